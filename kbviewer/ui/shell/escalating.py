"""The way to a person: the dialog with the report, and what of it is kept in the case at work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.cases import Case
from kbviewer.model.errors import KbError
from kbviewer.ui.article.contracts import Choices, Steps
from kbviewer.ui.shell.drafting import Drafting
from kbviewer.ui.shell.escalation import Draft, Escalation
from kbviewer.ui.shell.escalation_dialog import EscalationDialog
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.report_files import ReportFiles
from kbviewer.ui.theme.theme import Theme


class CaseAtWork(Protocol):
    """The case at work, as far as its report asks for it. What cannot be kept is told, then raised."""

    def current(self) -> Case | None:
        """Return the case at work, None for none."""

    def read(self, case_id: int) -> Case:
        """Return a case, closed or not."""

    def answer_questions(self, article: Article, answers: Mapping[str, str]) -> object:
        """Keep answers to triage questions in the case at work, by the keys of the questions."""

    def set_reference(self, case_id: int, reference: str) -> object:
        """Give the case another reference."""

    def add_note(self, case_id: int, text: str) -> object:
        """Write a note on the case."""

    def escalate(self, case_id: int) -> object:
        """Close the case as escalated."""


class Escalating(QObject):
    """Opens the dialog. Without a case what is typed waits until there is one.

    Signals:
        said(text): a short note for the reader.
        failed(error): a file could not be written, or a case not be read.
    """

    said = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        reader: Reader,
        library: OpenLibrary,
        steps: Steps,
        choices: Choices,
        drafting: Drafting,
        theme: Theme,
        translator: Translator,
        cases: CaseAtWork | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._reader = reader
        self._library = library
        self._steps = steps
        self._choices = choices
        self._theme = theme
        self._translator = translator
        self._cases = cases
        self._drafting = drafting

    def start(self) -> None:
        """Show the dialog for the article that is read."""
        article = self._reader.article
        if article is None:
            return
        try:
            case = self._cases.current() if self._cases is not None else None
        except KbError as error:
            self.failed.emit(error)
            case = None
        escalation = self._escalation(article, case)
        if case is not None:
            self._keep(escalation, escalation.draft_answers())
        dialog = EscalationDialog(
            escalation, self._translator.languages(), self._theme, self._translator, self._window
        )
        self._connect(dialog, escalation)
        dialog.open_centred()

    def _escalation(self, article: Article, case: Case | None) -> Escalation:
        draft = Draft.from_text(self._drafting.get(*_place(article, case)))
        if case is not None:
            waiting = Draft.from_text(self._drafting.get(*_place(article, None)))
            draft.answers = {**waiting.answers, **draft.answers}
            draft.words = draft.words or waiting.words
            self._drafting.keep(draft.to_text(), *_place(article, case))
            self._drafting.keep("", *_place(article, None))
        return Escalation(
            article,
            case,
            draft,
            self._steps.marks(article),
            lambda key: self._choices.get(article, key),
            self._library,
            self._translator,
        )

    def _connect(self, dialog: EscalationDialog, escalation: Escalation) -> None:
        def keep(answers: Mapping[str, str]) -> None:
            if self._keep(escalation, answers):
                dialog.show_case()

        def name(reference: str) -> None:
            case = escalation.case
            if case is not None and reference.strip() != case.reference and self._cases is not None:
                cases = self._cases
                self._try(escalation, lambda: cases.set_reference(case.id, reference))
                dialog.show_case()

        dialog.typed.connect(lambda: self._keep_draft(escalation))
        dialog.answered.connect(lambda key, text: keep({key: text}))
        dialog.reference_given.connect(name)
        dialog.taken.connect(lambda: keep(escalation.unsaved()))
        files = ReportFiles(self._translator, dialog)
        files.said.connect(self.said)
        files.failed.connect(self.failed)
        files.saved.connect(dialog.note_taken)
        dialog.save_wanted.connect(lambda *wanted: files.ask(dialog, *wanted))
        dialog.escalation_wanted.connect(lambda: self._escalate(dialog, escalation))
        dialog.left.connect(lambda is_taken: self._leave(escalation, is_taken))

    def _keep(self, escalation: Escalation, answers: Mapping[str, str]) -> bool:
        """Keep answers in the case; return whether anything was new."""
        cases, case = self._cases, escalation.case
        unsaved = escalation.unsaved()
        wanted = {key: text for key, text in answers.items() if key in unsaved}
        if cases is None or case is None or not case.is_open or not wanted:
            return False
        article = escalation.article
        if self._try(escalation, lambda: cases.answer_questions(article, wanted)):
            escalation.forget_drafts(wanted)
            self._keep_draft(escalation)
        return True

    def _escalate(self, dialog: EscalationDialog, escalation: Escalation) -> None:
        """Close the case, with everything in it that the report says."""
        cases, case = self._cases, escalation.case
        if cases is None or case is None or not case.is_open:
            return
        self._keep(escalation, escalation.unsaved())
        if self._keep_words(escalation) and self._try(escalation, lambda: cases.escalate(case.id)):
            dialog.show_case()

    def _leave(self, escalation: Escalation, is_taken: bool) -> None:
        """Keep the words that support has got as a note; others wait for the next time."""
        case = escalation.case
        if is_taken and case is not None and case.is_open:
            self._keep_words(escalation)

    def _keep_words(self, escalation: Escalation) -> bool:
        cases, case, words = self._cases, escalation.case, escalation.draft.words.strip()
        if cases is None or case is None or not words:
            return True
        if not self._try(escalation, lambda: cases.add_note(case.id, words)):
            return False
        escalation.draft.words = ""
        self._keep_draft(escalation)
        return True

    def _keep_draft(self, escalation: Escalation) -> None:
        self._drafting.keep(escalation.draft.to_text(), *_place(escalation.article, escalation.case))

    def _try(self, escalation: Escalation, act: Callable[[], object]) -> bool:
        """Change the case and read it anew; an error is told already."""
        case = escalation.case
        if self._cases is None or case is None:
            return False
        try:
            act()
            escalation.case = self._cases.read(case.id)
        except KbError:
            return False
        return True


def _place(article: Article, case: Case | None) -> tuple[object, ...]:
    """Return where what is typed for a report is kept: apart for each case and article."""
    return ("report", case.id if case is not None else 0, article.id)
