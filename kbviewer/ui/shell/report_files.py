"""Reports into files that the reader chooses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kbviewer.content.export import ReportForm
from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError
from kbviewer.model.messages import N_
from kbviewer.state.text_file import write_text_file
from kbviewer.ui.case.reports import SUFFIXES


class ReportFiles(QObject):
    """Asks for a file and writes a report into it.

    Signals:
        saved(): the report is there.
        said(text): a short note for the reader.
        failed(error): it could not be written.
    """

    saved = Signal()
    said = Signal(str)
    failed = Signal(object)

    def __init__(self, translator: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator = translator

    def ask(self, over: QWidget, name: str, form: ReportForm, text: str) -> None:
        """Let the reader choose a file, beginning with `name`."""
        _ = self._translator.gettext
        kinds = {
            ReportForm.TEXT: _("Text (*.txt)"),
            ReportForm.MARKDOWN: "Markdown (*.md)",
            ReportForm.HTML: "HTML (*.html)",
        }
        chooser = QFileDialog(over, _("Save the report"), "", kinds[form])
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(SUFFIXES[form])
        chooser.selectFile(name)
        chooser.fileSelected.connect(lambda chosen: self.save(Path(chosen), text))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def save(self, path: Path, text: str) -> None:
        """Write a report to a file and say so."""
        try:
            write_text_file(path, text, N_("The report could not be written to {path} ({reason})."))
        except KbError as error:
            self.failed.emit(error)
            return
        self.said.emit(self._translator.gettext("The report is in {name}").format(name=path.name))
        self.saved.emit()
