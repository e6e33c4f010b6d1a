"""Sorting a library is done once for each language, and anew when the library changes."""

from __future__ import annotations

from dataclasses import replace

from kbviewer.model.library import LibraryEntry, Variant
from kbviewer.ui.home.sorted_articles import SortedByLanguage


def entry(name: str, topic: str = "", **titles: str) -> LibraryEntry:
    return LibraryEntry(
        name,
        {tag: Variant(tag, title, "", f"{name}/{tag}.md") for tag, title in titles.items()},
        topic=topic,
    )


LIBRARY = (
    entry("a", "sign-in", sv="Ögat", en="The eye"),
    entry("b", sv="Zonen", en="The zone"),
    entry("c", "sign-in", en="Ankle"),
)


def test_articles_stand_by_title_in_the_reader_s_language() -> None:
    articles = SortedByLanguage()

    swedish = articles.of(LIBRARY, "sv", "sv")
    english = articles.of(LIBRARY, "en", "en")

    assert list(swedish.by_id) == ["c", "b", "a"]
    assert list(english.by_id) == ["c", "a", "b"]
    assert [item.id for item in swedish.by_topic["sign-in"]] == ["c", "a"]
    assert swedish.by_id["c"].shown_in == "engelska"


def test_nothing_is_sorted_twice_while_the_library_stays() -> None:
    """Home is opened again and again, and the language goes to and fro."""
    articles = SortedByLanguage()
    first = articles.of(LIBRARY, "sv", "sv")
    other = articles.of(LIBRARY, "en", "en")

    assert articles.of(tuple(LIBRARY), "sv", "sv") is first
    assert articles.of(tuple(LIBRARY), "en", "en") is other


def test_a_changed_title_is_seen_at_once() -> None:
    articles = SortedByLanguage()
    articles.of(LIBRARY, "sv", "sv")
    articles.of(LIBRARY, "en", "en")
    changed = (replace(LIBRARY[0], variants=entry("a", sv="Armen", en="The arm").variants), *LIBRARY[1:])

    assert list(articles.of(changed, "sv", "sv").by_id) == ["c", "a", "b"]
    assert articles.of(changed, "en", "en").by_id["a"].title == "The arm"


def test_only_the_languages_in_use_are_kept() -> None:
    articles = SortedByLanguage()
    first = articles.of(LIBRARY, "sv", "sv")
    articles.of(LIBRARY, "en", "sv")
    articles.of(LIBRARY, "en", "en")

    assert articles.of(LIBRARY, "sv", "sv") is not first
