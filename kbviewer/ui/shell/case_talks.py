"""Dialogs about cases: when they come up, what they are told, and what follows from the reader's answer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.cases import Case
from kbviewer.model.errors import KbError
from kbviewer.ui.case.desk import CaseDesk
from kbviewer.ui.case.note_dialog import CaseNoteDialog
from kbviewer.ui.case.report_dialog import ReportDialog
from kbviewer.ui.case.reports import CaseReports
from kbviewer.ui.case.start_dialog import ReferenceDialog, StartDialog
from kbviewer.ui.case.wording import case_name
from kbviewer.ui.shell.drafting import Drafting
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.report_files import ReportFiles
from kbviewer.ui.theme.theme import Theme

_NOTE = "case-note"


class CaseTalks(QObject):
    """Opens dialogs over the window; what the desk cannot keep it tells itself.

    Signals:
        started(case_id): the reader began a case.
        said(text): a short note for the reader.
        undoable_said(text): the same, with a way to take it back.
        failed(error): a file could not be written.
    """

    started = Signal(int)
    said = Signal(str)
    undoable_said = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        desk: CaseDesk,
        library: OpenLibrary,
        drafting: Drafting,
        theme: Theme,
        translator: Translator,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._library = library
        self._theme = theme
        self._translator = translator
        self.files = ReportFiles(translator, self)
        self.files.said.connect(self.said)
        self.files.failed.connect(self.failed)
        self._drafting = drafting

    def start(self, article: Article | None) -> None:
        """Ask for the reference of a new case, and whether it takes the work in `article` along."""
        work = article if article is not None and self._desk.has_quiet_work(article) else None
        dialog = StartDialog(work.title if work is not None else "", self._translator, self._window)
        dialog.given.connect(lambda reference: self._start(reference, work if dialog.takes_work else None))
        dialog.open_centred()

    def change_reference(self, case: Case) -> None:
        """Ask for another reference."""
        _ = self._translator.gettext
        title = _("Reference of case {id}").format(id=case.id)
        dialog = ReferenceDialog(title, _("Save"), self._translator, self._window)
        dialog.write(case.reference)
        dialog.given.connect(lambda reference: self._try_reference(case.id, reference))
        dialog.open_centred()

    def write_note(self, case: Case, note_id: int = 0) -> None:
        """Take a note, or one anew, beginning with what was left unsaved."""
        kept = next((note.text for note in case.notes if note.id == note_id), "")
        dialog = CaseNoteDialog(
            case_name(case.id, case.reference, self._translator), self._translator, self._window
        )
        place = (_NOTE, case.id, note_id)
        dialog.write(self._drafting.get(*place) or kept)
        dialog.typed.connect(lambda text: self._drafting.keep(text if text != kept else "", *place))
        dialog.left.connect(lambda text: self._drafting.keep(text if text != kept else "", *place))
        dialog.written.connect(lambda text: self._keep_note(case.id, note_id, text))
        dialog.open_centred()

    def report(self, case: Case) -> None:
        """Show the report."""
        reports = CaseReports(case, self._library, self._translator)
        languages = self._translator.languages()
        dialog = ReportDialog(reports, languages, self._theme, self._translator, self._window)
        dialog.save_wanted.connect(lambda *wanted: self.files.ask(dialog, *wanted))
        dialog.open_centred()

    def _start(self, reference: str, take: Article | None) -> None:
        try:
            case_id = self._desk.start(reference, take)
        except KbError:
            return  # told already
        self.started.emit(case_id)

    def _try_reference(self, case_id: int, reference: str) -> None:
        try:
            self._desk.set_reference(case_id, reference)
        except KbError:
            return  # told already

    def _keep_note(self, case_id: int, note_id: int, text: str) -> None:
        try:
            self._desk.write_note(case_id, text, note_id)
        except KbError:
            # Told already. The text waits for the next time.
            self._drafting.keep(text, _NOTE, case_id, note_id)
            return
        self.undoable_said.emit(self._translator.gettext("The note is kept in case {id}.").format(id=case_id))
