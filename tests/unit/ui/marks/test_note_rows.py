"""Notes stand in the order of the article; none is lost with its place."""

from __future__ import annotations

from datetime import UTC, datetime

from kbviewer.model.block_texts import BlockText
from kbviewer.model.marks import Annotation
from kbviewer.ui.marks.note_rows import Annotated, group_notes
from kbviewer.ui.marks.shown import Gone

NOW = datetime(2026, 3, 1, tzinfo=UTC)
BLOCKS = {key: BlockText(key, f"Says {key}", 1, "sv", "") for key in ("one", "two", "three")}


def note(number: int, anchor: str, article: str = "kb1", text: str = "") -> Annotation:
    kept = text or f"Note {number}"
    return Annotation(number, article, anchor, kept, "Said then", "Old title", "sv", "", NOW)


def look(article: str) -> Annotated:
    known = {"kb1": Annotated("Zebra", BLOCKS), "kb2": Annotated("Apple", BLOCKS)}
    return known.get(article, Annotated("", None))


def test_the_open_article_comes_first_in_its_own_order() -> None:
    groups = group_notes([note(1, "three"), note(2, "one"), note(3, ""), note(4, "two", "kb2")], "kb1", look)

    assert [(group.title, [row.note.id for row in group.rows]) for group in groups] == [
        ("Zebra", [3, 2, 1]),
        ("Apple", [4]),
    ]
    assert groups[0].rows[1].said == "Says one"


def test_what_lost_its_place_is_kept_with_what_it_was_about() -> None:
    """The text can be found again by what the block said."""
    groups = group_notes([note(1, "gone"), note(2, "one", "kb9"), note(3, "one")], "kb1", look)

    assert [group.is_gone for group in groups] == [False, True]
    lost = groups[1].rows
    assert [(row.note.id, row.gone, row.said) for row in lost] == [
        (1, Gone.PLACE, "Said then"),
        (2, Gone.ARTICLE, "Said then"),
    ]


def test_a_search_looks_at_note_block_and_title() -> None:
    notes = [note(1, "one", text="Port shut"), note(2, "two"), note(3, "three", "kb2")]

    assert [row.note.id for group in group_notes(notes, "", look, "port SHUT") for row in group.rows] == [1]
    assert [row.note.id for group in group_notes(notes, "", look, "says two") for row in group.rows] == [2]
    assert [row.note.id for group in group_notes(notes, "", look, "apple") for row in group.rows] == [3]
    assert group_notes(notes, "", look, "nothing") == []
