"""The print preview: what it shows, what can be chosen, and what reaches paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import PrintError
from kbviewer.model.messages import message
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell import gradual
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.gradual import Gradual
from kbviewer.ui.shell.paper_choices import PaperChoices
from kbviewer.ui.shell.printing_preview import PrintPreview
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow, focused

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)


def opened(window: MainWindow, qtbot: QtBot) -> PrintPreview:
    """Open the preview and wait for its pages."""
    window.table[ActionId.PRINT].trigger()
    printing = window.conversations.printing
    preview = printing.preview
    assert preview is not None
    qtbot.waitUntil(lambda: not printing.work.is_busy and preview.isActiveWindow())
    return preview


def choose(field: QWidget, value: object) -> None:
    field.setCurrentIndex(field.findData(value))  # type: ignore[attr-defined]


def shown_text(preview: PrintPreview) -> str:
    assert preview.printout is not None
    return "\n".join(preview.printout.text_of(page) for page in range(1, preview.view.page_count + 1))


def test_print_shows_the_pages_first(article_window: MainWindow, qtbot: QtBot) -> None:
    """What comes out of the printer is seen before paper is spent."""
    preview = opened(article_window, qtbot)

    assert preview.isVisible()
    assert preview.view.page_count > 1
    assert preview.bar.page_text == f"Sida 1 av {preview.view.page_count}"
    assert "Tryck på knappen." in shown_text(preview)
    assert preview.view.hasFocus()
    assert preview.panel.isVisible()


def test_keys_turn_pages_and_zoom(article_window: MainWindow, qtbot: QtBot) -> None:
    """All of it without a mouse."""
    preview = opened(article_window, qtbot)
    view = preview.view

    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == 2
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page == view.page_count
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.page == 1
    before = view.scale
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.scale > before
    assert view.fit == ""
    QTest.keyClick(preview, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.fit == "width"


def test_escape_leaves_the_preview_and_returns_the_focus(article_window: MainWindow, qtbot: QtBot) -> None:
    """Nothing has been printed, and a second one can be opened."""
    page = article_window.parts.area.article_page
    assert page is not None
    page.setFocus()
    preview = opened(article_window, qtbot)
    QTest.keyClick(preview.view, Qt.Key.Key_Escape)

    assert article_window.conversations.printing.preview is None
    # The window system does so; the one of the tests does not.
    article_window.activateWindow()
    qtbot.waitUntil(article_window.isActiveWindow)
    assert page.isAncestorOf(focused())
    assert opened(article_window, qtbot).isVisible()


def test_the_other_language_is_printed_with_its_own_words(article_window: MainWindow, qtbot: QtBot) -> None:
    """The customer gets an English sheet from a Swedish program."""
    preview = opened(article_window, qtbot)
    choose(preview.panel.language, "en")
    qtbot.waitUntil(lambda: "Press the button." in shown_text(preview))

    assert preview.printout is not None
    assert preview.printout.margin_texts(1)[3].startswith("page 1 of")
    assert article_window.language.current == "sv"


def test_choices_of_paper_are_remembered_and_the_language_is_not(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    """The printer stays the same from article to article; what is read does not."""
    preview = opened(article_window, qtbot)
    choose(preview.panel.paper, "Letter")
    choose(preview.panel.orientation, True)
    choose(preview.panel.boxes, True)
    choose(preview.panel.language, "en")
    preview.bar.fit_chosen.emit("page")
    qtbot.waitUntil(lambda: not article_window.conversations.printing.work.is_busy)
    assert preview.printout is not None
    size = preview.printout.paper_px
    preview.reject()
    article_window.settings.flush()
    values = state.settings.values

    assert (round(size.width()), round(size.height())) == (1056, 816)
    assert (values.print_paper, values.print_landscape, values.print_empty) == ("Letter", True, True)
    assert values.print_fit == "page"
    again = opened(article_window, qtbot)
    assert again.panel.choices == PaperChoices("Letter", True, True, "sv")
    assert again.view.fit == "page"


def test_boxes_are_printed_as_recorded_or_empty(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    """A fresh form for the next call, or a record of this one."""
    state.ticks.set_done("steps", ["one"], True)
    preview = opened(article_window, qtbot)
    assert preview.printout is not None
    assert preview.printout.ticks.progress("one").done == 1

    choose(preview.panel.boxes, True)
    qtbot.waitUntil(lambda: not article_window.conversations.printing.work.is_busy)

    assert preview.printout.ticks.progress("one").done == 0


def test_the_file_is_what_the_preview_shows(article_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """Its name says the language that was chosen there."""
    preview = opened(article_window, qtbot)
    choose(preview.panel.language, "en")
    qtbot.waitUntil(lambda: "Press the button." in shown_text(preview))
    preview.save_button.click()
    dialog = preview.findChild(QFileDialog)
    assert dialog is not None
    assert [Path(name).name for name in dialog.selectedFiles()] == ["KB1001-en.pdf"]
    dialog.fileSelected.emit(str(tmp_path / "steps.pdf"))
    dialog.reject()
    qtbot.waitUntil(lambda: article_window.conversations.printing.preview is None)

    assert (tmp_path / "steps.pdf").read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_written_is_told_in_the_preview(
    article_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """The window's own notices lie behind it; another folder can be chosen at once."""
    preview = opened(article_window, qtbot)
    article_window.conversations.printing.save_pdf(tmp_path / "lacking" / "steps.pdf")

    assert preview.isVisible()
    assert preview._problem.isVisible()
    assert "Välj en annan mapp." in preview._problem.text()
    preview.save_button.click()
    assert not preview._problem.isVisible()
    dialog = preview.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()


def test_the_printers_dialog_knows_how_many_pages_there_are(article_window: MainWindow, qtbot: QtBot) -> None:
    """So that a range can be chosen."""
    preview = opened(article_window, qtbot)
    preview.print_button.click()
    dialog = preview.findChild(QPrintDialog)
    assert dialog is not None

    assert (dialog.minPage(), dialog.maxPage()) == (1, preview.view.page_count)
    dialog.reject()


def test_a_narrow_window_shows_pages_or_choices(make_window: MakeWindow, qtbot: QtBot) -> None:
    """Nothing reaches beyond 320 pixels."""
    preview = opened(make_window("steps", size=(320, 568)), qtbot)

    assert preview.width() == 320
    assert preview.view.isVisible()
    assert not preview.panel.isVisible()
    preview.bar.choices.click()
    assert preview.panel.isVisible()
    assert not preview.view.isVisible()
    preview.bar.close_button.click()
    assert not preview.isVisible()


@pytest.fixture
def work(qtbot: QtBot, translator: Translator) -> Iterator[Gradual]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    yield Gradual(window, translator)


def endless() -> Iterator[float]:
    while True:
        yield 0.5


def test_long_work_shows_how_far_it_is_and_can_be_given_up(
    work: Gradual, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window answers meanwhile."""
    monkeypatch.setattr(gradual, "_PATIENCE_SECONDS", 0.0)
    came: list[str] = []
    work.run("Skriver ut", endless(), lambda: came.append("done"), given_up=lambda: came.append("given up"))
    qtbot.waitUntil(lambda: work.dialog is not None and work.dialog.isVisible())
    assert work.dialog is not None
    work.dialog.reject()

    assert came == ["given up"]
    assert not work.is_busy
    assert work.dialog is None


def test_short_work_shows_nothing(work: Gradual) -> None:
    """A flash of a dialog tells nobody anything."""
    came: list[str] = []
    work.run("Skriver ut", iter([0.5, 1.0]), lambda: came.append("done"))

    assert came == ["done"]
    assert work.dialog is None


def test_work_that_fails_says_so(work: Gradual) -> None:
    """And the next can begin."""

    def failing() -> Iterator[float]:
        yield 0.1
        raise PrintError(message("no paper"))

    came: list[object] = []
    work.run("Skriver ut", failing(), lambda: came.append("done"), failed=came.append)

    assert isinstance(came[0], PrintError)
    assert not work.is_busy
