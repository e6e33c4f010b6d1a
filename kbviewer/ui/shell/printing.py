"""The article that is read, on its way to paper: shows it, asks for a printer or a file, then prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QObject, QSizeF, Signal
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.errors import KbError
from kbviewer.ui.article.contracts import Choices, Steps
from kbviewer.ui.article.paper_builder import PaperBuilder
from kbviewer.ui.article.printout import PageRange, Printout, page_layout, paper_of, paper_size
from kbviewer.ui.shell.gradual import Gradual
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.paper_choices import PaperChoices, kept_choices, to_keep
from kbviewer.ui.shell.printing_preview import PrintPreview
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.settings_keeper import SettingsKeeper
from kbviewer.ui.theme.theme import Theme


class Printing(QObject):
    """Prints what is read, in the language and with the marks that the reader chooses.

    Signals:
        said(text): a short note for the reader.
        failed(error): nothing was printed or written.
    """

    said = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        translator: Translator,
        reader: Reader,
        library: OpenLibrary,
        steps: Steps,
        matrices: Choices,
        settings: SettingsKeeper,
        notes: Callable[[Article], Sequence[tuple[str, str]]] = lambda _article: (),
        *,
        may_save: bool = True,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._translator = translator
        self._reader = reader
        self._library = library
        self._steps = steps
        self._matrices = matrices
        self._settings = settings
        self._notes = notes
        self._may_save = may_save
        self._shown = PaperChoices()
        self.preview: PrintPreview | None = None
        self.work = Gradual(window, translator)

    def open_preview(self) -> None:
        """Show the article as it will be on paper."""
        article = self._reader.article
        if article is None or self.preview is not None:
            return
        values = self._settings.values
        self._shown = kept_choices(values)._replace(language=article.language)
        preview = self.preview = PrintPreview(
            self._languages(article),
            self._shown,
            values.print_fit,
            self._theme,
            self._translator,
            self._window,
        )
        preview.chosen.connect(self._lay_out)
        preview.fit_changed.connect(lambda fit: self._settings.keep("print_fit", fit))
        preview.print_wanted.connect(self.ask_printer)
        preview.save_wanted.connect(self.ask_file)
        preview.finished.connect(self._leave_preview)
        preview.open_over(self._window)
        self._lay_out(self._shown)

    def ask_printer(self) -> None:
        """Let the reader choose a printer and print on it."""
        if self._reader.article is None:
            return
        choices = self._choices()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(choices.paper, landscape=choices.landscape))
        printer.setCreator("kbviewer")
        dialog = QPrintDialog(printer, self.preview or self._window)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, True)
        # A printer that writes a file would ask for one, and show the folders on the way.
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, self._may_save)
        shown = self.preview.printout if self.preview is not None else None
        printer.setDocName(shown.title if shown is not None else self._reader.article.title)
        if shown is not None:
            dialog.setMinMax(1, shown.page_count)
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

        def paint(printout: Printout) -> None:
            self.work.run(
                self._translator.gettext("Printing"),
                printout.print_in_parts(printer, pages),
                self._say_printed,
                given_up=printer.abort,
                failed=self._fail,
            )

        self._with_pages(paper_of(printer), paint)

    def ask_file(self) -> None:
        """Let the reader choose a file and write the article to it."""
        article = self._reader.article
        if article is None or not self._may_save:
            return
        _ = self._translator.gettext
        language = self._choices().language
        dialog = QFileDialog(self.preview or self._window, _("Save as PDF"), "", "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        name = next(iter(article.aliases), article.id)
        dialog.selectFile(re.sub(r"[^\w.-]+", "-", name) + f"-{language}.pdf")
        dialog.fileSelected.connect(lambda name: self.save_pdf(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_pdf(self, path: Path) -> None:
        """Write the article to a PDF file, and say so."""

        def write(printout: Printout) -> None:
            self.work.run(
                self._translator.gettext("Saving as PDF"),
                printout.save_in_parts(path),
                lambda: self._say_saved(printout.page_count, path.name),
                failed=self._fail,
            )

        choices = self._choices()
        self._with_pages(paper_size(choices.paper, landscape=choices.landscape), write)

    def printout(self, choices: PaperChoices, paper_px: QSizeF) -> Printout | None:
        """Return the article's pages, to be laid out; None when none is read.

        Raises:
            KbError: the variant in that language cannot be read.
        """
        article, entry = self._reader.article, self._reader.entry
        if article is None:
            return None
        texts = self._translator
        if choices.language not in ("", article.language):
            article = self._library.article(article.id, choices.language)
            texts = texts.speaking(choices.language)
        builder = PaperBuilder(
            texts,
            self._library.media,
            self._library.find,
            lambda reference: self._library.absent_title(reference, texts.language),
        )
        builder.notes = self._notes(article) if choices.notes else ()
        languages = texts.in_order(entry.variants) if entry is not None else (article.language,)
        marks = {} if choices.empty else self._steps.marks(article)
        chosen = recorded_choices(self._matrices, article, empty=choices.empty)
        return Printout(builder, texts, article, languages, marks, paper_px, chosen=chosen, at_once=False)

    def _choices(self) -> PaperChoices:
        """Return what is chosen: in the preview, else the last time."""
        if self.preview is not None:
            return self._shown
        article = self._reader.article
        language = article.language if article is not None else ""
        return kept_choices(self._settings.values)._replace(language=language)

    def _languages(self, article: Article) -> list[str]:
        entry = self._reader.entry
        variants = entry.variants if entry is not None else ()
        return list(self._translator.in_order((article.language, *variants)))

    def _lay_out(self, choices: PaperChoices) -> None:
        """Show the pages as they are with other choices; what is given up leaves those before."""
        preview = self.preview
        if preview is None:
            return

        def back(error: KbError | None = None) -> None:
            if preview.printout is None:
                preview.reject()
            else:
                preview.panel.show_choices(self._shown)
            if error is not None:
                self._fail(error)

        def show(printout: Printout) -> None:
            self._shown = choices
            for name, value in to_keep(choices).items():
                self._settings.keep(name, value)
            preview.show_printout(printout)

        size = paper_size(choices.paper, landscape=choices.landscape)
        self._make(choices, size, show, given_up=back, failed=back)

    def _with_pages(self, paper_px: QSizeF, then: Callable[[Printout], None]) -> None:
        """Hand on the pages for that paper: those that are shown when it is the same, else others."""
        shown = self.preview.printout if self.preview is not None else None
        if shown is not None and not self.work.is_busy and _is_same(shown.paper_px, paper_px):
            then(shown)
        else:
            self._make(self._choices(), paper_px, then, failed=self._fail)

    def _make(
        self,
        choices: PaperChoices,
        paper_px: QSizeF,
        then: Callable[[Printout], None],
        *,
        given_up: Callable[[], None] = lambda: None,
        failed: Callable[[KbError], object],
    ) -> None:
        try:
            printout = self.printout(choices, paper_px)
        except KbError as error:
            failed(error)
            return
        if printout is not None:
            title = self._translator.gettext("Laying out pages")
            self.work.run(title, printout.lay_out(), lambda: then(printout), given_up=given_up, failed=failed)

    def _fail(self, error: KbError) -> None:
        """Say what went wrong where the reader looks."""
        if self.preview is not None:
            self.preview.show_problem(error.render(self._translator.gettext))
        else:
            self.failed.emit(error)

    def _say_printed(self) -> None:
        if self.preview is not None:
            self.preview.accept()
        self.said.emit(self._translator.gettext("The article has been sent to the printer."))

    def _say_saved(self, count: int, name: str) -> None:
        if self.preview is not None:
            self.preview.accept()
        text = self._translator.ngettext("{count} page in {name}", "{count} pages in {name}", count)
        self.said.emit(text.format(count=count, name=name))

    def _leave_preview(self) -> None:
        self.preview = None
        self.work.give_up()


def recorded_choices(
    matrices: Choices, article: Article, *, empty: bool
) -> Callable[[str], tuple[int | None, int | None]]:
    """Return what tells the recorded choice of a matrix, none when paper is to be empty."""
    if empty:
        return lambda _key: (None, None)
    return lambda key: matrices.get(article, key)


def _is_same(one: QSizeF, other: QSizeF) -> bool:
    """Return whether two papers differ by rounding only."""
    return abs(one.width() - other.width()) < 1 and abs(one.height() - other.height()) < 1
