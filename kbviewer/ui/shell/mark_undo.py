"""Changes to bookmarks or notes that can be taken back, last first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

from kbviewer.model.errors import KbError

if TYPE_CHECKING:
    from kbviewer.state.marked_rows import MarkChange

_MOST_CHANGES: Final = 100


class Undoing(Protocol):
    """A store that takes its changes back."""

    def undo(self, change: MarkChange) -> None:
        """Put everything back as it was."""


class MarkUndo:
    """Remembers what was done to one store. Errors end here: they are told through `on_failure`."""

    def __init__(self, store: Undoing, on_failure: Callable[[KbError], object]) -> None:
        self._store = store
        self._on_failure = on_failure
        self._changes: list[MarkChange] = []

    def do(self, change: Callable[[], MarkChange]) -> MarkChange | None:
        """Change something; return what that did, None when it failed."""
        try:
            done = change()
        except KbError as error:
            self._on_failure(error)
            return None
        if done:
            self._changes.append(done)
            del self._changes[:-_MOST_CHANGES]
        return done

    def take_back(self, change: MarkChange) -> bool:
        """Take one change back; return whether that went well. Once only: a note on the screen may be old."""
        if change not in self._changes:
            return False
        try:
            self._store.undo(change)
        except KbError as error:
            self._on_failure(error)
            return False
        self._changes.remove(change)
        return True

    def take_back_last(self) -> bool:
        """Take the last change back; return whether there was one."""
        return bool(self._changes) and self.take_back(self._changes[-1])
