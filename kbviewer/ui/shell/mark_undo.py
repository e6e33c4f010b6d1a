"""Changes to bookmarks or notes that can be taken back, last first, and what taking one back means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import ChangedSinceError, KbError

if TYPE_CHECKING:
    from kbviewer.state.marked_rows import MarkChange

_MOST_CHANGES: Final = 100
# Where in the row of a bookmark its article and its own name stand.
_ARTICLE, _NAME = 3, 5


class Undoing(Protocol):
    """A store that takes its changes back."""

    def undo(self, change: MarkChange) -> None:
        """Put everything back as it was."""


class MarkUndo:
    """Remembers what was done to one store. Errors end here: they are told through `on_failure`."""

    def __init__(
        self, store: Undoing, on_failure: Callable[[KbError], object], next_number: Callable[[], int]
    ) -> None:
        self._store = store
        self._on_failure = on_failure
        self._next_number = next_number
        self._changes: list[tuple[int, MarkChange]] = []

    @property
    def last_deed(self) -> int:
        """The number of the last change, 0 for none."""
        return self._changes[-1][0] if self._changes else 0

    def do(self, change: Callable[[], MarkChange]) -> MarkChange | None:
        """Change something; return what that did, None when it failed."""
        try:
            done = change()
        except KbError as error:
            self._on_failure(error)
            return None
        if done:
            self._changes.append((self._next_number(), done))
            del self._changes[:-_MOST_CHANGES]
        return done

    def take_back(self, change: MarkChange) -> bool:
        """Take one change back; return whether that went well. Once only: a note on the screen may be old.

        One that has become impossible is given up, so that those before it can be taken back.
        """
        at = next((at for at, (_number, known) in enumerate(self._changes) if known is change), None)
        if at is None:
            return False
        try:
            self._store.undo(change)
        except KbError as error:
            if isinstance(error, ChangedSinceError):
                del self._changes[at]
            self._on_failure(error)
            return False
        del self._changes[at]
        return True

    def take_back_last(self) -> MarkChange | None:
        """Take the last change back and return it; None when there is none or it failed."""
        if not self._changes:
            return None
        change = self._changes[-1][1]
        return change if self.take_back(change) else None


def describe_bookmark_undone(change: MarkChange, translator: Translator) -> str:
    """Return what taking back a change to bookmarks has done, in one sentence."""
    _ = translator.gettext
    before, after = change.rows[0]
    is_folder = not (before or after or ())[_ARTICLE]
    if before is None:
        return _("The folder is taken back.") if is_folder else _("The bookmark is taken back.")
    if after is None:
        return _("The folder is back.") if is_folder else _("The bookmark is back.")
    if before[_NAME] != after[_NAME]:
        return _("The folder has its old name.") if is_folder else _("The bookmark has its old name.")
    return _("The bookmarks are in their old order.")


def describe_note_undone(change: MarkChange, translator: Translator) -> str:
    """Return what taking back a change to notes on articles has done, in one sentence."""
    _ = translator.gettext
    before, after = change.rows[0]
    if before is None:
        return _("The note is taken back.")
    return _("The note is back.") if after is None else _("The note is as it was.")
