"""The reader's notes on blocks: one per block, never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kbviewer.model.errors import StateError
from kbviewer.state.marked_rows import MarkChange
from kbviewer.state.user_state import UserState


@pytest.fixture
def state() -> Iterator[UserState]:
    with UserState.in_memory() as opened:
        yield opened


def write(state: UserState, anchor: str, text: str, article: str = "kb1") -> MarkChange:
    return state.annotations.write(
        article, anchor, text, excerpt="It said", title="Title", language="sv", revision="5.0"
    )


def test_a_note_is_kept_with_what_its_block_said(tmp_path: Path) -> None:
    """The place may be gone one day; then this is what is left of it."""
    with UserState.open(tmp_path / "state.sqlite") as first:
        write(first, "lan", "Port 1863\nis shut.")
    with UserState.open(tmp_path / "state.sqlite") as again:
        note = again.annotations.get("kb1", "lan")
        assert note is not None
        assert (note.text, note.excerpt, note.title, note.language, note.revision) == (
            "Port 1863\nis shut.",
            "It said",
            "Title",
            "sv",
            "5.0",
        )


def test_a_block_has_one_note_which_is_written_anew(state: UserState) -> None:
    first = write(state, "lan", "one")
    second = write(state, "lan", "two")
    assert [note.text for note in state.annotations.list("kb1")] == ["two"]
    assert not write(state, "lan", " two ")

    state.annotations.undo(second)
    assert [note.text for note in state.annotations.list()] == ["one"]
    state.annotations.undo(first)
    assert not state.annotations.list()


def test_an_empty_text_deletes_and_can_be_undone(state: UserState) -> None:
    write(state, "lan", "one")
    change = write(state, "lan", "  \n")
    assert state.annotations.get("kb1", "lan") is None
    state.annotations.undo(change)
    assert state.annotations.get("kb1", "lan") is not None
    assert not write(state, "nowhere", "")


def test_undoing_does_not_overwrite_a_newer_note(state: UserState) -> None:
    """Two notes on one block: the older one may not push the newer one out."""
    write(state, "lan", "old")
    note = state.annotations.get("kb1", "lan")
    assert note is not None
    change = state.annotations.delete(note.id)
    write(state, "lan", "new")

    with pytest.raises(StateError):
        state.annotations.undo(change)

    assert [note.text for note in state.annotations.list()] == ["new"]


def test_limits_are_told(state: UserState, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StateError):
        write(state, "lan", "x" * 20_001)
    monkeypatch.setattr("kbviewer.state.annotations.MOST_NOTES", 1)
    write(state, "lan", "one")
    with pytest.raises(StateError):
        write(state, "other", "two")
    write(state, "lan", "may still change")
    assert len(state.annotations.list()) == 1


def test_half_a_character_is_kept_readable(state: UserState) -> None:
    """Qt can hand over half an emoji."""
    write(state, "lan", "a\ud83d")
    assert [note.text for note in state.annotations.list()] == ["a?"]
