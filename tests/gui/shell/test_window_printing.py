"""Printing and saving as PDF from the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.state.user_state import UserState
from kbviewer.ui.article.printout import Printout, paper_size
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.paper_choices import PaperChoices
from kbviewer.ui.shell.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing is being laid out or written any more; a slow machine takes several turns."""
    work = window.conversations.printing.work
    qtbot.waitUntil(lambda: not work.is_busy, timeout=20_000)


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_the_article_is_saved_in_the_readers_language_under_its_id(
    article_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """One name per language: the second does not replace the first."""
    article_window.table[ActionId.SAVE_PDF].trigger()
    dialog = article_window.findChild(QFileDialog)
    assert dialog is not None
    assert [Path(name).name for name in dialog.selectedFiles()] == ["KB1001-sv.pdf"]
    dialog.fileSelected.emit(str(tmp_path / "steg.pdf"))
    dialog.reject()
    settle(article_window, qtbot)

    assert (tmp_path / "steg.pdf").read_bytes().startswith(b"%PDF-")
    assert "steg.pdf" in words(article_window.parts.toast)


def test_what_is_printed_has_the_readers_ticks(article_window: MainWindow, state: UserState) -> None:
    """From the same place as the page on the screen."""
    state.ticks.set_done("steps", ["one"], True)

    printout = article_window.conversations.printing.printout(
        PaperChoices(), paper_size("A4", landscape=False)
    )

    assert isinstance(printout, Printout)
    assert printout.ticks.progress("one").done == 1
    assert printout.ticks.progress("two").done == 0


def test_a_file_that_cannot_be_written_is_one_sentence(
    article_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """And reading goes on."""
    article_window.conversations.printing.save_pdf(tmp_path / "lacking" / "steg.pdf")
    settle(article_window, qtbot)

    assert article_window.parts.notice.isVisible()
    assert "kunde inte skrivas till" in words(article_window.parts.notice)
    assert "Välj en annan mapp." in words(article_window.parts.notice)


def test_the_dialog_of_the_printer_stops_nothing(article_window: MainWindow, qtbot: QtBot) -> None:
    """It is open beside the window's event loop, and nothing is printed before it is accepted."""
    article_window.table[ActionId.PRINT].trigger()
    assert article_window.conversations.printing.preview is not None
    settle(article_window, qtbot)
    article_window.conversations.printing.preview.print_button.click()
    dialog = article_window.findChild(QPrintDialog)

    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.windowTitle() == "Skriv ut"
    dialog.reject()


def test_the_printers_paper_is_filled_with_the_chosen_pages(
    article_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """A printer that writes a file stands for one that is not here."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(1, 1)

    article_window.conversations.printing.print_on(printer)
    settle(article_window, qtbot)

    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF-")
    assert words(article_window.parts.toast) == "Artikeln är skickad till skrivaren."


def test_there_is_nothing_to_print_on_the_home_page(window: MainWindow) -> None:
    """Greyed out, like all that needs an article."""
    assert not window.table[ActionId.PRINT].isEnabled()
    assert not window.table[ActionId.SAVE_PDF].isEnabled()
