"""Ticks that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kbviewer.model.errors import KbError, StateError
from kbviewer.model.messages import message
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.undo import UndoableTicks


@pytest.fixture
def state() -> Iterator[UserState]:
    with UserState.in_memory() as state:
        yield state


@pytest.fixture
def ticks(state: UserState) -> UndoableTicks:
    return UndoableTicks(state.ticks, lambda error: None)


def test_undo_clears_the_last_tick_only(ticks: UndoableTicks) -> None:
    """Ctrl+Z takes back one thing at a time."""
    ticks.set_done("kb1", ["a"], True)
    ticks.set_done("kb1", ["b"], True)
    ticks.undo()
    assert ticks.done("kb1") == {"a"}


def test_undo_brings_back_all_ticks_of_a_reset(ticks: UndoableTicks) -> None:
    """A reset is the one thing that loses much at once."""
    ticks.set_done("kb1", ["a", "b"], True)
    ticks.clear("kb1")
    ticks.undo()
    assert ticks.done("kb1") == {"a", "b"}


def test_undo_leaves_steps_alone_that_the_change_did_not_change(ticks: UndoableTicks) -> None:
    """Ticking a parent ticks its open children; undo must not clear those that were done before."""
    ticks.set_done("kb1", ["a"], True)
    ticks.set_done("kb1", ["a", "b"], True)
    ticks.undo()
    assert ticks.done("kb1") == {"a"}


def test_undo_with_nothing_to_undo_does_nothing(ticks: UndoableTicks) -> None:
    """A fresh session has no past: ticks of an earlier one stay."""
    assert not ticks.can_undo
    assert ticks.undo() is None


def test_what_changes_nothing_is_not_undone(ticks: UndoableTicks) -> None:
    """Clearing an article without ticks must not make Ctrl+Z seem dead."""
    ticks.set_done("kb1", ["a"], True)
    ticks.clear("kb2")
    ticks.set_done("kb1", ["a"], True)
    ticks.undo()
    assert ticks.done("kb1") == set()


def test_a_tick_that_cannot_be_kept_is_told_and_raised(
    state: UserState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window says so; the page shows what is really kept."""
    told: list[KbError] = []
    ticks = UndoableTicks(state.ticks, told.append)

    def refuse(*args: object) -> None:
        raise StateError(message("The disk is full."))

    monkeypatch.setattr(state.ticks, "set_done", refuse)
    with pytest.raises(StateError):
        ticks.set_done("kb1", ["a"], True)
    assert [str(error) for error in told] == ["The disk is full."]
    assert not ticks.can_undo
