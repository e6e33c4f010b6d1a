"""Sorting a library is done once for each language, and anew when the library changes."""

from __future__ import annotations

from dataclasses import replace

from kbviewer.model.library import LibraryEntry, Variant
from kbviewer.ui.home.shelf import Shelves


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
    shelves = Shelves()

    swedish = shelves.shelf(LIBRARY, "sv", "sv")
    english = shelves.shelf(LIBRARY, "en", "en")

    assert list(swedish.by_id) == ["c", "b", "a"]
    assert list(english.by_id) == ["c", "a", "b"]
    assert [item.id for item in swedish.by_topic["sign-in"]] == ["c", "a"]
    assert swedish.by_id["c"].shown_in == "engelska"


def test_nothing_is_sorted_twice_while_the_library_stays() -> None:
    """Home is opened again and again, and the language goes to and fro."""
    shelves = Shelves()
    first = shelves.shelf(LIBRARY, "sv", "sv")
    other = shelves.shelf(LIBRARY, "en", "en")

    assert shelves.shelf(tuple(LIBRARY), "sv", "sv") is first
    assert shelves.shelf(tuple(LIBRARY), "en", "en") is other


def test_a_changed_title_is_seen_at_once() -> None:
    shelves = Shelves()
    shelves.shelf(LIBRARY, "sv", "sv")
    shelves.shelf(LIBRARY, "en", "en")
    changed = (replace(LIBRARY[0], variants=entry("a", sv="Armen", en="The arm").variants), *LIBRARY[1:])

    assert list(shelves.shelf(changed, "sv", "sv").by_id) == ["c", "a", "b"]
    assert shelves.shelf(changed, "en", "en").by_id["a"].title == "The arm"


def test_only_the_languages_in_use_are_kept() -> None:
    shelves = Shelves()
    first = shelves.shelf(LIBRARY, "sv", "sv")
    shelves.shelf(LIBRARY, "en", "sv")
    shelves.shelf(LIBRARY, "en", "en")

    assert shelves.shelf(LIBRARY, "sv", "sv") is not first
