"""The technician's cases, looked up."""

from __future__ import annotations

from collections.abc import Sequence

from kbviewer.model.cases import (
    Case,
    CaseOutcome,
    CaseSummary,
    CaseTally,
    ListedCase,
    StepResult,
)
from kbviewer.model.errors import CaseNotFoundError
from kbviewer.model.messages import N_, message
from kbviewer.state.case_reading import (
    CaseHead,
    list_cases,
    list_open,
    load_case,
    load_results,
    load_tally,
)
from kbviewer.state.case_rows import Table, read_row
from kbviewer.state.case_texts import clean_line
from kbviewer.state.database import Database, Row


class KeptCases:
    """What is kept in cases.

    Methods that take the id of a case raise CaseNotFoundError when there is none, and all of them StateError
    when the file cannot be read.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, text: str = "", outcome: CaseOutcome | None = None) -> Sequence[CaseSummary]:
        """Return the cases, newest first.

        Args:
            text: words that each occur in the reference, a note, or the id or title of an article,
                in part or whole, whatever their case.
            outcome: only cases with this one.
        """
        words = clean_line(text)
        return [case.summary for case in list_cases(self._database, outcome) if case.has_words(words)]

    def listed(self) -> Sequence[ListedCase]:
        """Return all cases, newest first, for a list that is searched again and again."""
        return list_cases(self._database)

    def latest_open(self, most: int) -> Sequence[CaseSummary]:
        """Return the newest open cases."""
        return list_open(self._database, most)

    def get(self, case_id: int) -> Case:
        """Return the case with all that belongs to it."""
        case = load_case(self._database, case_id)
        if case is None:
            raise case_not_found(str(case_id))
        return case

    def tally(self, case_id: int) -> CaseTally:
        """Return what a strip says about the case."""
        return load_tally(self._database, case_id, CaseHead(*self._head(case_id)[:6]))

    def results(self, case_id: int, article_id: str) -> Sequence[StepResult]:
        """Return the results in one article, oldest first; none for a case that there is not."""
        return load_results(self._database, case_id, article_id)

    def answer(self, case_id: int, article_id: str, matrix: str) -> tuple[int | None, int | None]:
        """Return the chosen row and column, None and None when there is no answer."""
        row = read_row(self._database, Table.ANSWERS, (case_id, article_id, matrix))
        return (row[3], row[4]) if row is not None else (None, None)

    def _head(self, case_id: int) -> Row:
        row = read_row(self._database, Table.CASES, (case_id,))
        if row is None:
            raise case_not_found(str(case_id))
        return row


def case_not_found(case_id: str) -> CaseNotFoundError:
    """Return the error that says that there is no such case."""
    return CaseNotFoundError(
        message(N_("There is no case “{id}”."), id=case_id),
        message(N_("The page “Cases”, or “kbviewer case list”, names the cases that there are.")),
    )
