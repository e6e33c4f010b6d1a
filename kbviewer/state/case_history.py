"""Changes that can be taken back, last first."""

from __future__ import annotations

from typing import Final, NamedTuple

from kbviewer.state.case_rows import CaseChange
from kbviewer.state.cases import CaseStore

_MOST_CHANGES: Final = 200


class Deed(NamedTuple):
    """A change, and what there was before it.

    Attributes:
        change: what to take back; empty when only another case was taken up.
        at_work: the case that was worked in before, 0 for none.
        number: orders it among deeds that others remember; later ones have higher numbers.
    """

    change: CaseChange
    at_work: int = 0
    number: int = 0


class CaseHistory:
    """Remembers what the stores' changes did: `history.remember(cases.add_note(1, "…"))`."""

    def __init__(self, cases: CaseStore) -> None:
        self._cases = cases
        self._deeds: list[Deed] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._deeds)

    @property
    def last(self) -> Deed | None:
        """What is taken back next."""
        return self._deeds[-1] if self._deeds else None

    def remember(self, change: CaseChange, at_work: int | None = None, number: int = 0) -> CaseChange:
        """Keep a change and return it; one that changed nothing is not kept.

        Args:
            change: what a store returned.
            at_work: the case that was worked in before, 0 for none; given, it is kept in any case.
            number: see `Deed`.
        """
        if change or at_work is not None:
            self._deeds.append(Deed(change, at_work or 0, number))
            del self._deeds[:-_MOST_CHANGES]
        return change

    def undo(self) -> CaseChange | None:
        """Take the last change back and return it, None when there is none.

        Raises:
            ChangedSinceError: another window has changed the same since.
            StateError: nothing could be saved. In both cases the change can still be undone.
        """
        if not self._deeds:
            return None
        self._cases.undo(self._deeds[-1].change)
        return self._deeds.pop().change

    def forget_last(self) -> None:
        """Give up the last change."""
        del self._deeds[-1:]
