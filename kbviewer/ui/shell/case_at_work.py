"""The desk's case, as far as its report asks for it."""

from __future__ import annotations

from collections.abc import Mapping

from kbviewer.model.article import Article
from kbviewer.model.cases import Case, CaseOutcome
from kbviewer.state.user_state import UserState
from kbviewer.ui.case.desk import CaseDesk


class DeskCase:
    """Reads from the store and changes through the desk, which tells of errors and can undo."""

    def __init__(self, desk: CaseDesk, state: UserState) -> None:
        self._desk = desk
        self._state = state

    def current(self) -> Case | None:
        """Return the case at work, None for none.

        Raises:
            KbError: it cannot be read.
        """
        return self._state.cases.get(self._desk.case_id) if self._desk.case_id else None

    def read(self, case_id: int) -> Case:
        """Return a case, closed or not.

        Raises:
            KbError: it cannot be read, or there is none.
        """
        return self._state.cases.get(case_id)

    def answer_questions(self, article: Article, answers: Mapping[str, str]) -> object:
        """Keep answers to triage questions, by the keys of the questions.

        Raises:
            KbError: nothing is changed.
        """
        return self._desk.answer_questions(article, answers)

    def set_reference(self, case_id: int, reference: str) -> None:
        """Give the case another reference.

        Raises:
            KbError: nothing is changed.
        """
        self._desk.set_reference(case_id, reference)

    def add_note(self, case_id: int, text: str) -> None:
        """Write a note on the case.

        Raises:
            KbError: nothing is changed.
        """
        self._desk.write_note(case_id, text)

    def escalate(self, case_id: int) -> None:
        """Close the case as escalated.

        Raises:
            KbError: nothing is changed.
        """
        self._desk.close(case_id, CaseOutcome.ESCALATED)
