"""The home page's content follows from the library and the reader's own data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from kbviewer.model.article import ArticleState
from kbviewer.model.contents import ContentsEntry
from kbviewer.model.library import LibraryEntry
from kbviewer.model.progress import Progress, Recent
from kbviewer.ui.home.view_model import HomeView, build_home
from tests.support.listed_library import ListedLibrary, make_entry, make_problem
from tests.support.small_catalogue import MarkingTranslator

BOTH = {"sv": "Kan inte ansluta till möten", "en": "Cannot join meetings"}


def build(
    entries: Sequence[LibraryEntry],
    language: str = "en",
    recents: Sequence[str] = (),
    in_progress: Sequence[tuple[str, Progress]] = (),
) -> HomeView:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return build_home(
        ListedLibrary(entries),
        language,
        [Recent(article, "sv", moment) for article in recents],
        in_progress,
        MarkingTranslator(),
    )


def test_articles_stand_under_their_topics_sorted_in_swedish() -> None:
    """The rest comes last, whatever its heading is called."""
    entries = [
        make_entry("a", {"sv": "Återställ"}, topic="account"),
        make_entry("b", {"sv": "Anslut"}, topic="account"),
        make_entry("c", {"sv": "Zooma"}, topic="meetings"),
        make_entry("d", {"sv": "Annat"}),
    ]

    view = build(entries, "sv")

    shown = [(group.title, [item.id for item in group.items]) for group in view.topics]
    assert shown == [("Onlinemöten", ["c"]), ("Åtkomst och konto", ["b", "a"]), ("Other articles", ["d"])]


def test_a_library_without_topics_has_one_group() -> None:
    """Nothing is "other" when there is nothing else."""
    view = build([make_entry("a", BOTH), make_entry("b", BOTH)])

    assert [group.title for group in view.topics] == ["All articles"]


def test_titles_are_in_the_readers_language_and_others_say_so() -> None:
    """An article that lacks the reader's language is listed in the one it has, with its name."""
    view = build([make_entry("a", BOTH), make_entry("b", {"sv": "Bara svenska"})])

    items = {item.id: item for item in view.topics[0].items}
    assert (items["a"].title, items["a"].shown_in) == ("Cannot join meetings", "")
    assert (items["b"].title, items["b"].shown_in) == ("Bara svenska", "Swedish")


def test_languages_begin_with_the_one_that_opens() -> None:
    """The first is what a click shows."""
    item = build([make_entry("a", BOTH)]).topics[0].items[0]

    assert item.languages == ("en", "sv")


def test_element_12_articles_stand_under_each_of_their_products() -> None:
    """Element 12: applies to; those whose source does not say come last, as not stated."""
    entries = [
        make_entry("a", BOTH, products=("Windows 10", "Windows 9")),
        make_entry("b", BOTH),
    ]

    view = build(entries)

    shown = [(group.title, [item.id for item in group.items]) for group in view.products]
    assert shown == [("Windows 9", ["a"]), ("Windows 10", ["a"]), ("Product not stated", ["b"])]


def test_element_08_the_state_is_listed() -> None:
    """Element 8: an archived article is recognised before it is opened."""
    item = build([make_entry("a", BOTH, state=ArticleState.ARCHIVED)]).topics[0].items[0]

    assert item.state is ArticleState.ARCHIVED


def test_recent_articles_are_listed_once_and_only_while_they_exist() -> None:
    """The library may have changed since."""
    entries = [make_entry("a", BOTH), make_entry("b", BOTH)]

    view = build(entries, recents=["b", "gone", "a", "b"])

    assert [item.id for item in view.recents] == ["b", "a"]


def test_only_what_is_begun_and_not_finished_is_in_progress() -> None:
    """A finished procedure asks for nothing more."""
    entries = [make_entry(name, BOTH) for name in "abc"]
    begun = [
        ("a", Progress(0, 4)),
        ("b", Progress(1, 4)),
        ("c", Progress(4, 4)),
        ("gone", Progress(1, 4)),
    ]

    view = build(entries, in_progress=begun)

    assert [(item.id, item.done, item.total, item.percent) for item in view.in_progress] == [("b", 1, 4, 25)]


def test_broken_files_are_told_and_not_listed() -> None:
    """The other articles stay; of an entry with one good variant both are shown."""
    problem = make_problem()
    entries = [make_entry("broken", {}, problems=(problem,)), make_entry("a", BOTH)]

    view = build(entries)

    assert view.problems == (problem,)
    assert [item.id for item in view.topics[0].items] == ["a"]


def test_a_library_of_broken_files_is_empty() -> None:
    """There is nothing to read, and the reasons are still there."""
    view = build([make_entry("broken", {}, problems=(make_problem(),))])

    assert view.is_empty
    assert view.problems


def test_counters_count_articles_and_topics() -> None:
    """What belongs to no topic is no topic."""
    entries = [
        make_entry("a", BOTH, topic="account"),
        make_entry("b", BOTH, topic="meetings"),
        make_entry("c", BOTH),
    ]

    assert build(entries).counters == "3 articles · 2 topics"


class _Written(ListedLibrary):
    """A library whose authors have written contents."""

    def contents(self, language: str) -> Sequence[ContentsEntry]:
        """Return them, in every language the same."""
        leaf = ContentsEntry("Leaf", "b")
        return (
            ContentsEntry("Start", "a"),
            ContentsEntry("Fixes", "", children=(ContentsEntry("Deep", "c", children=(leaf,)),)),
            ContentsEntry("Gone", "nowhere"),
        )


def test_contents_group_the_articles_as_their_authors_do() -> None:
    """Each branch under its path; what is not there is left out."""
    entries = [make_entry(name, {"en": name}) for name in "abc"]

    view = build_home(_Written(entries), "en", [], [], MarkingTranslator())

    shown = [(group.title, [item.id for item in group.items]) for group in view.contents]
    assert shown == [("", ["a"]), ("Fixes › Deep", ["c", "b"])]


def test_a_library_without_contents_has_none() -> None:
    assert build([make_entry("a", BOTH)]).contents == ()
