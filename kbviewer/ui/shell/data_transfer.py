"""The reader's data to a file and back: asks for the file, then says what went out or came in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError
from kbviewer.state.user_data import Imported, UserData
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.dialog import Dialog


@contextmanager
def _busy() -> Iterator[None]:
    """Show that something takes a moment: ten thousand cases are some seconds."""
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QApplication.restoreOverrideCursor()


class ImportDialog(Dialog):
    """Says what came in."""

    def __init__(self, name: str, imported: Imported, translator: Translator, parent: QWidget) -> None:
        super().__init__(translator.gettext("Import my data"), translator, parent)
        _ = translator.gettext
        if imported.has_changed:
            summary = _("What “{name}” holds is now among your data.").format(name=name)
        else:
            summary = _("All that “{name}” holds was here already. Nothing has changed.").format(name=name)
        texts = [summary, "\n".join(imported.counts(_)), *imported.remarks(_)]
        for text in texts:
            self.add_text(text)
        self.add_close_button().setFocus()
        announce(self, " ".join(texts))


class DataTransfer(QObject):
    """Exports and imports everything that the reader owns.

    Signals:
        imported(): the data has changed.
        said(text): a short note for the reader.
        failed(error): nothing was written or imported.
    """

    imported = Signal()
    said = Signal(str)
    failed = Signal(object)

    def __init__(self, window: QWidget, data: UserData, translator: Translator) -> None:
        super().__init__(window)
        self._window = window
        self._data = data
        self._translator = translator

    def ask_export(self) -> None:
        """Let the reader choose a file and write everything to it."""
        _ = self._translator.gettext
        dialog = QFileDialog(self._window, _("Export my data"), "", "JSON (*.json)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(f"kbviewer-{date.today().isoformat()}.json")  # noqa: DTZ011 - the reader's day
        self._ask(dialog, self.export_to)

    def ask_import(self) -> None:
        """Let the reader choose a file and take in what it holds."""
        _ = self._translator.gettext
        dialog = QFileDialog(self._window, _("Import my data"), "", "JSON (*.json)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask(dialog, self.import_from)

    def export_to(self, path: Path) -> None:
        """Write everything to `path` and say so."""
        try:
            with _busy():
                self._data.export(path)
        except KbError as error:
            self.failed.emit(error)
            return
        self.said.emit(self._translator.gettext("Your data is written to {name}.").format(name=path.name))

    def import_from(self, path: Path) -> None:
        """Take in what a file holds and say what came in."""
        try:
            with _busy():
                imported = self._data.import_from(path)
        except KbError as error:
            self.failed.emit(error)
            return
        if imported.has_changed:
            self.imported.emit()
        ImportDialog(path.name, imported, self._translator, self._window).open_centred()

    def _ask(self, dialog: QFileDialog, then: Callable[[Path], object]) -> None:
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
