"""Changes to cases that can be taken back, last first."""

from __future__ import annotations

from typing import Final

from kbviewer.state.case_rows import CaseChange
from kbviewer.state.cases import CaseStore

_MOST_CHANGES: Final = 200


class CaseHistory:
    """Remembers what the store's changes did: `history.remember(cases.add_note(1, "…"))`."""

    def __init__(self, cases: CaseStore) -> None:
        self._cases = cases
        self._changes: list[CaseChange] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._changes)

    def remember(self, change: CaseChange) -> CaseChange:
        """Keep a change and return it; one that changed nothing is not kept."""
        if change:
            self._changes.append(change)
            del self._changes[:-_MOST_CHANGES]
        return change

    def undo(self) -> CaseChange | None:
        """Take the last change back and return it, None when there is none.

        Raises:
            StateError: nothing could be saved, or another window has changed the same since. The
                change can still be undone.
        """
        if not self._changes:
            return None
        self._cases.undo(self._changes[-1])
        return self._changes.pop()
