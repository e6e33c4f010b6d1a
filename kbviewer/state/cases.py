"""The technician's cases. Every change is on disk on return, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from kbviewer.model.article import Article
from kbviewer.model.cases import (
    CaseOutcome,
    StepOutcome,
)
from kbviewer.model.errors import CaseClosedError, ModelError, StateError
from kbviewer.model.messages import N_, message
from kbviewer.state.case_answers import matrix_with, put_choice
from kbviewer.state.case_notes import add_note, delete_note, put_note
from kbviewer.state.case_questions import put_answers
from kbviewer.state.case_rows import (
    CaseChange,
    RowChange,
    RowChanges,
    Table,
    delete,
    delete_all,
    put,
    read_row,
    take_back,
)
from kbviewer.state.case_steps import NewResult, places_of, put_result, put_result_note
from kbviewer.state.case_texts import (
    MOST_ARTICLES,
    MOST_NOTES,
    MOST_STEPS,
    check_count,
    checked_note,
    checked_reference,
    checked_step_note,
    clipped,
)
from kbviewer.state.clock import Clock, to_text
from kbviewer.state.database import Database, Row
from kbviewer.state.kept_cases import KeptCases


class CaseStore(KeptCases):
    """Cases with their articles, answers, step results and notes.

    Every method that changes something returns what `undo` needs. All of them raise StateError when
    nothing could be saved, and those that take the id of a case CaseNotFoundError when there is none.
    A closed case can only be reopened or deleted; all else raises CaseClosedError.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database)
        self._clock = clock

    def create(self, language: str, reference: str = "", articles: Iterable[Article] = ()) -> CaseChange:
        """Begin a case; its id is that of the change."""
        kept, now = checked_reference(reference), self._now()
        with self._database.writing():
            case_id = self._database.write(
                "INSERT INTO cases (reference, language, started_at, outcome) VALUES (?, ?, ?, ?)",
                (kept, language, now, CaseOutcome.OPEN.value),
            )
            rows = [RowChange(Table.CASES, None, read_row(self._database, Table.CASES, (case_id,)))]
            for article in articles:
                rows += self._join(case_id, article, now)
        return CaseChange(case_id, tuple(rows))

    def set_reference(self, case_id: int, reference: str) -> CaseChange:
        """Give the case another reference, "" for none."""
        kept = checked_reference(reference)
        with self._changing(case_id) as rows:
            if self._head(case_id)[1] != kept:
                rows += self._change_head(
                    case_id,
                    "UPDATE cases SET reference = ?, changed_at = ? WHERE id = ?",
                    (kept, self._now(), case_id),
                )
        return CaseChange(case_id, tuple(rows))

    def add_article(self, case_id: int, article: Article) -> CaseChange:
        """Note that the case goes on in `article`; one that it has keeps the revision that it had."""
        with self._changing(case_id) as rows:
            rows += self._join(case_id, article, self._now())
        return CaseChange(case_id, tuple(rows))

    def set_step(
        self, case_id: int, article: Article, step_id: str, outcome: StepOutcome, note: str = ""
    ) -> CaseChange:
        """Say what became of a step of `article`, as it is shown to the technician now.

        The same result again changes nothing, the time included, unless the step's text has changed.

        Raises:
            ModelError: the article has no such step.
        """
        return self.set_steps(case_id, article, {step_id: NewResult(outcome, note)})

    def set_steps(self, case_id: int, article: Article, results: Mapping[str, NewResult]) -> CaseChange:
        """Say what became of several steps, by their ids; see `set_step`.

        Raises:
            ModelError: the article lacks one of the steps; nothing is changed.
        """
        checked = {
            step: result if result.note is None else result._replace(note=checked_step_note(result.note))
            for step, result in results.items()
        }
        places = places_of(article, results)
        with self._changing(case_id) as rows:
            now = self._now()
            rows += self._join(case_id, article, now)
            for step, result in checked.items():
                rows += put_result(self._database, (case_id, article.id, step), places[step], result, now)
            self._check_count(
                "SELECT count(*) FROM case_steps WHERE case_id = ?",
                case_id,
                MOST_STEPS,
                N_("A case can have at most {most} step results."),
            )
        return CaseChange(case_id, tuple(rows))

    def set_step_note(self, case_id: int, article_id: str, step_id: str, note: str) -> CaseChange:
        """Write a note on a result, "" for none. The result stays what it is, of when and of what text.

        Raises:
            StateError: the step has no result.
        """
        kept = checked_step_note(note)
        with self._changing(case_id) as rows:
            before = read_row(self._database, Table.STEPS, (case_id, article_id, step_id))
            if before is None:
                raise StateError(
                    message(N_("The step has no result yet.")),
                    message(N_("Mark it as done, failed or skipped first.")),
                )
            rows += put_result_note(self._database, before, kept, self._now())
        return CaseChange(case_id, tuple(rows))

    def clear_step(self, case_id: int, article_id: str, step_id: str) -> CaseChange:
        """Forget what became of a step."""
        return self.clear_steps(case_id, article_id, (step_id,))

    def clear_steps(self, case_id: int, article_id: str, step_ids: Iterable[str]) -> CaseChange:
        """Forget what became of steps."""
        with self._changing(case_id) as rows:
            for step in step_ids:
                rows += delete(self._database, Table.STEPS, (case_id, article_id, step))
        return CaseChange(case_id, tuple(rows))

    def answer_triage(
        self, case_id: int, article: Article, matrix: str, row: int | None, column: int | None
    ) -> CaseChange:
        """Keep the choice in the matrix with block key `matrix`; None and None forgets it.

        Raises:
            ModelError: the article has no such matrix, or the matrix no such row or column.
        """
        found = matrix_with(article, matrix, row, column)
        with self._changing(case_id) as rows:
            now = self._now()
            if row is not None or column is not None:
                rows += self._join(case_id, article, now)
            key = (case_id, article.id, matrix)
            rows += put_choice(self._database, key, found, row, column, article.language, now)
        return CaseChange(case_id, tuple(rows))

    def answer_questions(self, case_id: int, article: Article, answers: Mapping[str, str]) -> CaseChange:
        """Keep answers to triage questions of `article` by the keys of the questions; "" forgets one.

        Raises:
            ModelError: the article has no such question.
        """
        with self._changing(case_id) as rows:
            now = self._now()
            changes = put_answers(self._database, case_id, article, answers, now)
            if any(change.after is not None for change in changes):
                rows += self._join(case_id, article, now)
            rows += changes
        return CaseChange(case_id, tuple(rows))

    def add_note(self, case_id: int, text: str) -> CaseChange:
        """Write a note; its id is the change's `note_id`."""
        kept = checked_note(text)
        with self._changing(case_id) as rows:
            note_id, added = add_note(self._database, case_id, kept, self._now())
            rows += added
            self._check_count(
                "SELECT count(*) FROM case_notes WHERE case_id = ?",
                case_id,
                MOST_NOTES,
                N_("A case can have at most {most} notes."),
            )
        return CaseChange(case_id, tuple(rows), note_id)

    def edit_note(self, case_id: int, note_id: int, text: str) -> CaseChange:
        """Write a note anew.

        Raises:
            StateError: the case has no such note.
        """
        kept = checked_note(text)
        with self._changing(case_id) as rows:
            rows += put_note(self._database, case_id, note_id, kept, self._now())
        return CaseChange(case_id, tuple(rows))

    def delete_note(self, case_id: int, note_id: int) -> CaseChange:
        """Delete a note; one that is not there is no error."""
        with self._changing(case_id) as rows:
            rows += delete_note(self._database, case_id, note_id)
        return CaseChange(case_id, tuple(rows))

    def close(self, case_id: int, outcome: CaseOutcome) -> CaseChange:
        """End the case as solved or escalated.

        Raises:
            ModelError: `outcome` is that of a case that goes on.
        """
        if outcome is CaseOutcome.OPEN:
            raise ModelError(message(N_("A case is closed as solved or escalated.")))
        with self._changing(case_id) as rows:
            rows += self._put_end(case_id, outcome.value, self._now())
        return CaseChange(case_id, tuple(rows))

    def reopen(self, case_id: int) -> CaseChange:
        """Let a closed case go on."""
        with self._database.writing():
            rows = self._put_end(case_id, CaseOutcome.OPEN.value, None)
        return CaseChange(case_id, tuple(rows))

    def delete(self, case_id: int) -> CaseChange:
        """Delete a case, closed or not, with all that belongs to it."""
        with self._database.writing():
            self._head(case_id)
            rows = delete_all(self._database, case_id)
        return CaseChange(case_id, tuple(rows))

    def undo(self, change: CaseChange) -> None:
        """Put everything that `change` did back exactly as it was, ids and times included.

        Raises:
            ChangedSinceError: the same things have been changed since; nothing is undone.
        """
        with self._database.writing():
            take_back(self._database, change.case_id, change.rows)

    @contextmanager
    def _changing(self, case_id: int) -> Iterator[RowChanges]:
        """Collect what a change to an open case does; all of it is kept, or nothing."""
        with self._database.writing():
            if self._head(case_id)[4] != CaseOutcome.OPEN.value:
                raise CaseClosedError(
                    message(N_("Case {id} is closed."), id=case_id), message(N_("Reopen it to change it."))
                )
            yield []

    def _put_end(self, case_id: int, outcome: str, closed: str | None) -> RowChanges:
        if self._head(case_id)[4:6] == (outcome, closed):
            return []
        return self._change_head(
            case_id,
            "UPDATE cases SET outcome = ?, closed_at = ?, changed_at = ? WHERE id = ?",
            (outcome, closed, self._now(), case_id),
        )

    def _change_head(self, case_id: int, sql: str, values: Row) -> RowChanges:
        before = self._head(case_id)
        self._database.write(sql, values)
        return [RowChange(Table.CASES, before, self._head(case_id))]

    def _join(self, case_id: int, article: Article, now: str) -> RowChanges:
        """Add the article unless the case has it."""
        if read_row(self._database, Table.ARTICLES, (case_id, article.id)) is not None:
            return []
        row = (case_id, article.id, article.language, clipped(article.title), clipped(article.revision), now)
        changes = put(self._database, Table.ARTICLES, row)
        self._check_count(
            "SELECT count(*) FROM case_articles WHERE case_id = ?",
            case_id,
            MOST_ARTICLES,
            N_("A case can have at most {most} articles."),
        )
        return changes

    def _check_count(self, sql: str, case_id: int, most: int, complaint: str) -> None:
        check_count(self._database.read(sql, (case_id,))[0][0], most, complaint)

    def _now(self) -> str:
        return to_text(self._clock())
