"""The article that is read, on its way to paper: asks for a printer or a file, then prints."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QMarginsF, QObject, QSizeF, Signal
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError
from kbviewer.ui.article.contracts import Steps
from kbviewer.ui.article.paper_builder import PaperBuilder
from kbviewer.ui.article.printout import PageRange, Printout, paper_of
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.reader import Reader


class Printing(QObject):
    """Prints what is read, as it is in the reader's language and with what became of its steps.

    Signals:
        said(text): a short note for the reader.
        failed(error): nothing was printed or written.
    """

    said = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        translator: Translator,
        reader: Reader,
        library: OpenLibrary,
        steps: Steps,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._translator = translator
        self._reader = reader
        self._library = library
        self._steps = steps

    def ask_printer(self) -> None:
        """Let the reader choose a printer and print on it."""
        if self._reader.article is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setDocName(self._reader.article.title)
        printer.setCreator("kbviewer")
        dialog = QPrintDialog(printer, self._window)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, True)
        dialog.setWindowTitle(self._translator.gettext("Print"))
        # The dialog does not own the printer; it must live as long as the dialog is open.
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.finished.connect(dialog.deleteLater)
        # A print dialog's own `open` wants a slot of Qt.
        QDialog.open(dialog)

    def print_on(self, printer: QPrinter) -> None:
        """Print the article on the printer's paper, and say so."""
        # Our margins are part of the page.
        printer.setFullPage(True)
        printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
        pages = PageRange(printer.fromPage(), printer.toPage()) if printer.fromPage() else None
        try:
            printout = self.printout(paper_of(printer))
            if printout is None:
                return
            printout.print_on(printer, pages)
        except KbError as error:
            self.failed.emit(error)
            return
        self.said.emit(self._translator.gettext("The article has been sent to the printer."))

    def ask_file(self) -> None:
        """Let the reader choose a file and write the article to it."""
        article = self._reader.article
        if article is None:
            return
        _ = self._translator.gettext
        dialog = QFileDialog(self._window, _("Save as PDF"), "", "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        name = next(iter(article.aliases), article.id)
        dialog.selectFile(re.sub(r"[^\w.-]+", "-", name) + f"-{article.language}.pdf")
        dialog.fileSelected.connect(lambda name: self.save_pdf(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_pdf(self, path: Path) -> None:
        """Write the article to a PDF file, and say so."""
        try:
            printout = self.printout()
            if printout is None:
                return
            printout.save_pdf(path)
        except KbError as error:
            self.failed.emit(error)
            return
        text = self._translator.ngettext(
            "{count} page in {name}", "{count} pages in {name}", printout.page_count
        )
        self.said.emit(text.format(count=printout.page_count, name=path.name))

    def printout(self, paper_px: QSizeF | None = None) -> Printout | None:
        """Return the article's pages, None when none is read."""
        article, entry = self._reader.article, self._reader.entry
        if article is None:
            return None
        builder = PaperBuilder(
            self._translator,
            self._library.media,
            self._library.find,
            lambda reference: self._library.absent_title(reference, self._translator.language),
        )
        languages = tuple(entry.variants) if entry is not None else (article.language,)
        return Printout(builder, self._translator, article, languages, self._steps.marks(article), paper_px)
