"""The technician's desk: which case is at work, and everything that is done in it or outside of cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kbviewer.model.article import Article
from kbviewer.model.blocks import ScopeMatrix, walk
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.state.user_state import UserState
from kbviewer.ui.case.ledger import Ledger, Undone
from kbviewer.ui.case.step_marks import StepMarks, VariantOf

if TYPE_CHECKING:
    from kbviewer.model.cases import CaseOutcome, CaseTally
    from kbviewer.state.case_rows import CaseChange


class CaseDesk(QObject):
    """Keeps what is done in the case at work; ticks and choices are quiet while there is none.

    Every change is on disk on return and can be undone, last first. An error is told through `failed`,
    then raised; nothing has changed then. A case that was closed or deleted elsewhere is not written to:
    it is left, and the error says so.

    Attributes:
        offers_results: whether a step can be more than done: it may fail, be skipped and carry a note.

    Signals:
        work_changed(article_id): results or choices are others than the page of the article shows, all
            of them for "".
        leaving(): another case is about to be at work, or none; what is unsaved in this one can be kept.
        at_work_changed(): another case is at work, or none.
        cases_changed(): something in some case is new.
        started(case_id): a case began because of a result that only a case can hold.
        failed(error): something was not kept.
    """

    work_changed = Signal(str)
    leaving = Signal()
    at_work_changed = Signal()
    cases_changed = Signal()
    started = Signal(int)
    failed = Signal(object)

    def __init__(
        self,
        state: UserState,
        variant_of: VariantOf,
        language: Callable[[], str],
        next_number: Callable[[], int] | None = None,
        parent: QObject | None = None,
        *,
        takes_notes: bool = True,
    ) -> None:
        """Take up the case that was at work when the window was closed.

        Args:
            state: where everything is kept.
            variant_of: finds an article in a language.
            language: the reader's.
            next_number: numbers deeds, in one order with what others can take back.
            parent: owns it.
            takes_notes: whether there may be cases, notes and results; else steps are only ticked.
        """
        super().__init__(parent)
        self.offers_results = takes_notes
        self._state = state
        self._language = language
        self._marks = StepMarks(variant_of)
        self._ledger = Ledger(state, next_number or count(1).__next__, self, resumes=takes_notes)
        self._do = self._ledger.carry_out
        for own, told in (
            (self.work_changed, self._ledger.work_changed),
            (self.at_work_changed, self._ledger.at_work_changed),
            (self.cases_changed, self._ledger.cases_changed),
            (self.failed, self._ledger.failed),
        ):
            told.connect(own)

    @property
    def in_case(self) -> bool:
        """Whether a case is at work."""
        return bool(self.case_id)

    @property
    def case_id(self) -> int:
        """The case at work, 0 for none."""
        return self._ledger.at_work

    @property
    def last_deed(self) -> int:
        """The number of what `undo` takes back next, 0 for nothing."""
        return self._ledger.last_deed

    def tally(self) -> CaseTally | None:
        """Return what the strip says of the case at work, None for none.

        Raises:
            KbError: it cannot be read.
        """
        return self._state.cases.tally(self.case_id) if self.case_id else None

    def look(self) -> None:
        """Take in what other programs have changed; a case that has ended there is left, and that is told."""
        self._ledger.look()

    def forget_articles(self) -> None:
        """Compare results with the articles anew, as when their files have changed."""
        self._marks.forget()

    # What the article page asks for.

    def marks(self, article: Article) -> Mapping[str, StepMark]:
        """Return the marks of its steps by id; only steps without sub-steps have one."""
        if not self.case_id:
            return self._marks.of_ticks(article, self._state.ticks.done(article.id))
        return self._marks.of_results(article, self._state.cases.results(self.case_id, article.id))

    def done(self, article: Article) -> frozenset[str]:
        """Return the ids of the steps that are done."""
        marks = self.marks(article)
        return frozenset(step for step, mark in marks.items() if mark.outcome is StepOutcome.DONE)

    def in_progress(self) -> Sequence[str]:
        """Return the ids of the articles in which something was done, the latest first."""
        if self.case_id:
            return [entry.id for entry in reversed(self._state.cases.get(self.case_id).articles)]
        return [entry.article for entry in self._state.ticks.in_progress()]

    def set_outcome(self, article: Article, ids: Iterable[str], outcome: StepOutcome | None) -> CaseChange:
        """Keep what became of the steps (they keep their notes), None for untried.

        Outside a case, FAILED and SKIPPED begin a case that takes the article's ticks and choices along.

        Raises:
            KbError: nothing is changed.
        """
        steps = tuple(ids)
        case_id, quiet = self.case_id, self._state.quiet_work
        if not case_id and outcome in (None, StepOutcome.DONE):
            return self._do(lambda: quiet.set_ticks(article.id, steps, outcome is not None))
        from kbviewer.state.case_steps import NewResult

        if outcome is None:
            return self._do(lambda: self._state.cases.clear_steps(case_id, article.id, steps))
        results = {step: NewResult(outcome) for step in steps}
        return self._in_case(article, lambda case: self._state.cases.set_steps(case, article, results))

    def set_note(self, article: Article, step_id: str, note: str) -> CaseChange:
        """Keep a note on a step's result, "" for none; outside a case it begins one, as above.

        Raises:
            KbError: the step has no result, or nothing could be saved; nothing is changed.
        """
        return self._in_case(
            article, lambda case: self._state.cases.set_step_note(case, article.id, step_id, note)
        )

    def clear(self, article: Article) -> int:
        """Forget all results of the article; return how many there were.

        Raises:
            KbError: nothing is changed.
        """
        case_id, cases = self.case_id, self._state.cases
        if not case_id:
            return len(self._do(lambda: self._state.quiet_work.clear_ticks(article.id)).rows)
        steps = [result.step for result in cases.results(case_id, article.id)]
        return len(self._do(lambda: cases.clear_steps(case_id, article.id, steps)).rows)

    def get(self, article: Article, key: str) -> tuple[int | None, int | None]:
        """Return the chosen row and column of a matrix; None when not chosen."""
        if self.case_id:
            return self._state.cases.answer(self.case_id, article.id, key)
        row, column = self._state.choices.get(article.id, key)
        return row, column

    def set(self, article: Article, key: str, row: int | None, column: int | None) -> CaseChange:
        """Keep a choice.

        Raises:
            KbError: nothing is changed.
        """
        case_id = self.case_id
        if case_id:
            return self._do(lambda: self._state.cases.answer_triage(case_id, article, key, row, column))
        return self._do(lambda: self._state.quiet_work.set_choice(article.id, key, row, column))

    def answer_questions(self, article: Article, answers: Mapping[str, str]) -> CaseChange:
        """Keep answers to triage questions of the article, by their keys, in the case at work.

        Raises:
            KbError: nothing is changed; without a case there is nothing to change.
        """
        case_id = self.case_id
        return self._do(lambda: self._state.cases.answer_questions(case_id, article, answers))

    def has_quiet_work(self, article: Article) -> bool:
        """Return whether a new case could take ticks or choices of the article along."""
        if self.case_id:
            return False
        matrices = (block for block in walk(article.blocks) if isinstance(block, ScopeMatrix))
        return bool(self.marks(article)) or any(
            self.get(article, block.key) != (None, None) for block in matrices
        )

    # What is done with cases as a whole.

    def start(self, reference: str = "", take: Article | None = None) -> int:
        """Begin a case and work in it; it takes the ticks and choices of `take` along.

        Raises:
            KbError: there is no new case.
        """
        was_quiet = not self.in_case
        self.leaving.emit()
        if was_quiet and self.in_case:
            # A note that was being written on a step has begun it.
            self.set_reference(self.case_id, reference)
            return self.case_id
        change = self._do(lambda: self._new_case(reference, take), then=lambda change: change.case_id)
        self.work_changed.emit("")
        return change.case_id

    def pause(self) -> None:
        """Leave the case open and work outside of cases.

        Raises:
            StateError: nothing could be saved.
        """
        self.leaving.emit()
        self._ledger.take_up(0)

    def resume(self, case_id: int) -> None:
        """Work in an open case.

        Raises:
            KbError: it is closed, or there is none.
        """
        self.leaving.emit()
        self._ledger.take_up(case_id)

    def close(self, case_id: int, outcome: CaseOutcome) -> None:
        """End a case; one that is at work is left.

        Raises:
            KbError: nothing is changed.
        """
        self._do_with_case(case_id, lambda: self._state.cases.close(case_id, outcome), leaves=True)

    def reopen(self, case_id: int) -> None:
        """Let a closed case go on; `resume` takes it up.

        Raises:
            KbError: nothing is changed.
        """
        self._do_with_case(case_id, lambda: self._state.cases.reopen(case_id))

    def delete(self, case_id: int) -> None:
        """Delete a case, closed or not; one that is at work is left.

        Raises:
            KbError: nothing is changed.
        """
        self._do_with_case(case_id, lambda: self._state.cases.delete(case_id), leaves=True)

    def set_reference(self, case_id: int, reference: str) -> None:
        """Give a case another reference, "" for none.

        Raises:
            KbError: nothing is changed.
        """
        self._do_with_case(case_id, lambda: self._state.cases.set_reference(case_id, reference))

    def write_note(self, case_id: int, text: str, note_id: int = 0) -> None:
        """Write a note on a case, or `note_id` anew.

        Raises:
            KbError: nothing is changed.
        """
        cases = self._state.cases
        self._do_with_case(
            case_id,
            lambda: cases.edit_note(case_id, note_id, text) if note_id else cases.add_note(case_id, text),
        )

    def delete_note(self, case_id: int, note_id: int) -> None:
        """Delete a note.

        Raises:
            KbError: nothing is changed.
        """
        self._do_with_case(case_id, lambda: self._state.cases.delete_note(case_id, note_id))

    def undo(self) -> Undone | None:
        """Take the last change back, in or outside of cases; None when there is none.

        Raises:
            StateError: see `Ledger.undo`.
        """
        return self._ledger.undo()

    def _in_case(self, article: Article, act: Callable[[int], CaseChange]) -> CaseChange:
        """Do something in the case at work; begin one with the article's work when there is none."""
        if self.case_id:
            return self._do(lambda: act(self.case_id))
        from kbviewer.state.case_rows import CaseChange

        def begin() -> CaseChange:
            start = self._new_case("", article)
            return CaseChange(start.case_id, (*start.rows, *act(start.case_id).rows))

        change = self._do(begin, then=lambda change: change.case_id)
        self.started.emit(change.case_id)
        return change

    def _new_case(self, reference: str, take: Article | None) -> CaseChange:
        if take is None:
            return self._state.cases.create(self._language(), reference)
        from kbviewer.state.case_start import start_with_work

        return start_with_work(self._state.cases, self._state.quiet_work, self._language(), reference, take)

    def _do_with_case(self, case_id: int, act: Callable[[], CaseChange], *, leaves: bool = False) -> None:
        is_left = leaves and case_id == self.case_id
        if is_left:
            self.leaving.emit()
        self._do(act, case_id=case_id, then=(lambda _change: 0) if is_left else None)
        if is_left:
            self.work_changed.emit("")
