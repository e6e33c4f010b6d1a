"""What the home page is narrowed down to, and what each choice would leave."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from kbviewer.model.article import ArticleState
from kbviewer.ui.home.filtering import ALL, Picking, Respect, Standing
from kbviewer.ui.home.view_model import HomeView, TopicGroup, build_home
from tests.support.listed_library import ListedLibrary, make_entry, make_problem
from tests.support.small_catalogue import MarkingTranslator

ENTRIES = (
    make_entry("one", {"sv": "Ett", "en": "One"}, topic="meetings", products=("Lync", "Teams")),
    make_entry("two", {"en": "Two"}, topic="meetings", products=("Lync",), problems=(make_problem(),)),
    make_entry("three", {"sv": "Tre"}, state=ArticleState.ARCHIVED),
)
PRODUCT, LANGUAGE, STANDING = Respect.PRODUCT, Respect.LANGUAGE, Respect.STANDING


@pytest.fixture
def view() -> HomeView:
    return build_home(ListedLibrary(ENTRIES), "sv", [], [], MarkingTranslator())


def ids(groups: list[TopicGroup]) -> list[str]:
    return sorted(item.id for group in groups for item in group.items)


def test_nothing_picked_leaves_all(view: HomeView) -> None:
    assert ids(Picking(view).groups(view.topics, ALL)) == ["one", "three", "two"]


@pytest.mark.parametrize(
    ("respect", "value", "left"),
    [
        (PRODUCT, "Lync", ["one", "two"]),
        (PRODUCT, "", ["three"]),
        (LANGUAGE, "sv", ["one", "three"]),
        (STANDING, Standing.ARCHIVED, ["three"]),
        (STANDING, Standing.TRANSLATED, ["one"]),
        (STANDING, Standing.OTHER_LANGUAGE, ["two"]),
        (STANDING, Standing.PROBLEMS, ["two"]),
        (STANDING, Standing.MINE, ["three"]),
        (STANDING, Standing.OUTDATED, ["one"]),
    ],
)
def test_each_choice_leaves_its_articles(
    view: HomeView, respect: Respect, value: str, left: list[str]
) -> None:
    view = replace(view, own=lambda: {"three"}, outdated=lambda: {"one"})
    picking = Picking(view)
    assert ids(picking.groups(view.topics, ALL.choose(respect, value))) == left
    assert picking.counts(respect, ALL)[value] == len(left)


def test_choices_count_what_the_others_leave(view: HomeView) -> None:
    """As with the results of a search: no choice leads to nothing by surprise."""
    picked = ALL.choose(LANGUAGE, "sv").choose(PRODUCT, "Teams")
    assert Picking(view).counts(PRODUCT, picked) == {"Lync": 1, "Teams": 1, "": 1}
    assert Picking(view).counts(LANGUAGE, picked) == {"sv": 1, "en": 1}


def test_by_product_one_product_is_one_group(view: HomeView) -> None:
    """An article with two products would else bring the other one along."""
    (group,) = Picking(view).groups(view.products, ALL.choose(PRODUCT, "Lync"))
    assert (group.title, len(group.items)) == ("Lync", 2)


def test_words_are_looked_for_in_titles_and_headings(view: HomeView) -> None:
    picking = Picking(view)
    assert ids(picking.groups(view.topics, ALL.say("TRE"))) == ["three"]
    assert ids(picking.groups(view.topics, ALL.say("möten"))) == ["one", "two"]
    assert ids(picking.groups(view.topics, ALL.say("möten two"))) == ["two"]


def test_files_and_data_are_looked_at_only_when_somebody_looks(view: HomeView) -> None:
    """A home page must not pay for it."""
    asked: list[str] = []

    def ask(what: str) -> frozenset[str]:
        asked.append(what)
        return frozenset()

    view = replace(view, own=partial(ask, "own"), outdated=partial(ask, "out"))
    picking = Picking(view)
    picking.counts(STANDING, ALL)
    assert asked == []
    picking.look_closer()
    picking.look_closer()
    assert asked == ["out", "own"]


def test_taking_a_choice_back_leaves_the_others() -> None:
    picked = ALL.choose(PRODUCT, "Lync").choose(LANGUAGE, "sv").choose(PRODUCT, None)
    assert picked == ALL.choose(LANGUAGE, "sv")
    assert picked.is_on
    assert not picked.choose(LANGUAGE, None).is_on
