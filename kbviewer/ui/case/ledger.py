"""Every change to the technician's work: carried out, remembered, told, and taken back. One per window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from kbviewer.model.errors import (
    CaseClosedError,
    CaseNotFoundError,
    ChangedSinceError,
    KbError,
    StateError,
)
from kbviewer.model.messages import N_, message
from kbviewer.state.user_state import UserState

if TYPE_CHECKING:
    from kbviewer.state.case_history import CaseHistory
    from kbviewer.state.case_rows import CaseChange

_SETTING = "case_at_work"


class Undone(NamedTuple):
    """What was taken back, and the case that is at work again, 0 for none."""

    change: CaseChange
    at_work: int


class Ledger(QObject):
    """Knows which case is at work, and can undo whatever it has carried out, last first.

    An error is told through `failed`, then raised; nothing has changed then. A case that was closed or
    deleted elsewhere is left, and the error says so.

    Signals: as of CaseDesk.
    """

    work_changed = Signal(str)
    at_work_changed = Signal()
    cases_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        state: UserState,
        next_number: Callable[[], int],
        parent: QObject | None = None,
        *,
        resumes: bool = True,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._next_number = next_number
        self._past: CaseHistory | None = None
        self.at_work = self._remembered() if resumes else 0

    @property
    def last_deed(self) -> int:
        """The number of what is taken back next, 0 for nothing."""
        deed = self._past.last if self._past is not None else None
        return deed.number if deed is not None else 0

    def carry_out(
        self,
        act: Callable[[], CaseChange],
        *,
        case_id: int | None = None,
        then: Callable[[CaseChange], int] | None = None,
    ) -> CaseChange:
        """Make a change, all of it or nothing, and remember it.

        Args:
            act: makes the change.
            case_id: the case that it is about, when it is not the one at work.
            then: the case that is at work afterwards, when that may be another.

        Raises:
            KbError: nothing is changed.
        """
        before = self.at_work
        with self._telling(before if case_id is None else case_id), self._state.together():
            change = act()
            after = then(change) if then is not None else before
            self._keep(after)
        if change or after != before:
            self._history.remember(change, before, self._next_number())
        self._settle(after)
        return change

    def take_up(self, case_id: int) -> None:
        """Work in an open case from now on, outside of cases for 0.

        Raises:
            KbError: it is closed, there is none, or nothing could be saved.
        """
        if case_id == self.at_work:
            return
        from kbviewer.state.case_rows import CaseChange

        def look() -> CaseChange:
            if case_id and not self._if_open(case_id):
                self._state.cases.get(case_id)
                raise CaseClosedError(
                    message(N_("Case {id} is closed."), id=case_id), message(N_("Reopen it to change it."))
                )
            return CaseChange(case_id)

        self.carry_out(look, case_id=case_id, then=lambda _change: case_id)
        self.work_changed.emit("")

    def undo(self) -> Undone | None:
        """Take the last change back; None when there is none.

        Raises:
            StateError: nothing could be saved; or the same has been changed elsewhere since, then the
                change before it is undone next.
        """
        deed = self._past.last if self._past is not None else None
        if self._past is None or deed is None:
            return None
        with self._telling():
            try:
                with self._state.together():
                    self._past.undo()
                    at_work = self._if_open(deed.at_work)
                    self._keep(at_work)
            except ChangedSinceError:
                self._past.forget_last()
                raise
        moved = at_work != self.at_work
        self._settle(at_work)
        for article in {""} if moved else _articles_of(deed.change):
            self.work_changed.emit(article)
        return Undone(deed.change, at_work)

    def look(self) -> None:
        """Take in what other programs have changed; a case that has ended there is left, and that is told."""
        try:
            ended = self.at_work if self.at_work and not self._if_open(self.at_work) else 0
        except StateError as error:
            self.failed.emit(error)
            return
        if ended:
            self.failed.emit(StateError(message(N_("Case {id} has ended elsewhere."), id=ended)))
            self._leave()
        else:
            self.cases_changed.emit()
            self.work_changed.emit("")

    def _settle(self, at_work: int) -> None:
        """Let everybody know what is new."""
        moved = at_work != self.at_work
        self.at_work = at_work
        if moved:
            self.at_work_changed.emit()
        self.cases_changed.emit()

    @contextmanager
    def _telling(self, case_id: int = 0) -> Iterator[None]:
        """Tell of an error before whoever asked meets it; leave a case that has ended elsewhere."""
        try:
            yield
        except KbError as error:
            told = self._explained(error, case_id)
            if told is not error and case_id == self.at_work:
                self._leave()
            self.failed.emit(told)
            if told is error:
                raise
            raise told from error

    def _explained(self, error: KbError, case_id: int) -> KbError:
        if isinstance(error, CaseNotFoundError):
            return CaseNotFoundError(
                message(N_("Case {id} has been deleted elsewhere, so nothing was kept in it."), id=case_id)
            )
        if isinstance(error, CaseClosedError) and case_id == self.at_work:
            return CaseClosedError(
                message(N_("Case {id} has been closed elsewhere, so nothing was kept in it."), id=case_id)
            )
        return error

    def _leave(self) -> None:
        """Go on outside of cases. The page hears of it when it is done with what failed."""
        try:
            self._keep(0)
        except StateError as error:
            self.failed.emit(error)
        self._settle(0)
        QTimer.singleShot(0, self, lambda: self.work_changed.emit(""))

    @property
    def _history(self) -> CaseHistory:
        if self._past is None:
            from kbviewer.state.case_history import CaseHistory

            self._past = CaseHistory(self._state.cases)
        return self._past

    def _keep(self, case_id: int) -> None:
        if case_id != self.at_work:
            self._state.settings.set(_SETTING, case_id)

    def _remembered(self) -> int:
        """Return the case that was at work when the window was closed, 0 when it has ended since."""
        try:
            return self._if_open(int(self._state.settings.values.case_at_work))
        except StateError:
            return 0

    def _if_open(self, case_id: int) -> int:
        """Return the case when there is one that goes on, else 0."""
        if not case_id:
            return 0
        from kbviewer.model.cases import CaseOutcome

        try:
            tally = self._state.cases.tally(case_id)
        except CaseNotFoundError:
            return 0
        return case_id if tally.outcome is CaseOutcome.OPEN else 0


def _articles_of(change: CaseChange) -> frozenset[str]:
    """Return the ids of the articles in which the change happened."""
    from kbviewer.ui.case.undone import articles_of

    return articles_of(change)
