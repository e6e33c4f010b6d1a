"""A technician's work in the window: a case from its start to its report."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QPushButton,
    QTextBrowser,
)
from pytestqt.qtbot import QtBot

from kbviewer.model.cases import CaseOutcome, StepOutcome
from kbviewer.state.user_state import UserState
from kbviewer.ui.article.note_editor import NoteEditor
from kbviewer.ui.case.bar import CaseBar
from kbviewer.ui.case.note_dialog import CaseNoteDialog
from kbviewer.ui.case.report_dialog import ReportDialog
from kbviewer.ui.case.start_dialog import ReferenceDialog, StartDialog
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.escalation_dialog import EscalationDialog
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow
from tests.support.case_window import act, only, page_of, press, read, start, strip, toast

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)

DONE, FAILED = StepOutcome.DONE, StepOutcome.FAILED


def test_a_case_begins_and_its_strip_appears(article_window: MainWindow, qtbot: QtBot) -> None:
    """With the reference, and an offer to take it back."""
    start(article_window, "INC1")
    qtbot.waitUntil(lambda: strip(article_window) == "Ärende 1 · INC1 · inga resultat än")
    assert toast(article_window) == "Ärende 1 är påbörjat"
    press(article_window.parts.toast, "Ångra")
    qtbot.waitUntil(lambda: strip(article_window) == "")


def test_the_focus_is_where_it_was_when_a_case_has_begun(article_window: MainWindow, qtbot: QtBot) -> None:
    """The page is built anew behind the dialog; Tab would begin at the top."""
    view = page_of(article_window).view
    view.focus_link(2)
    start(article_window, "INC1")
    qtbot.waitUntil(view.hasFocus)
    assert view.focused_link == 2


def test_a_failed_step_begins_a_case_with_what_was_ticked(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    """The page shows the same results before and after; one undo takes all of it back."""
    article_window.desk.set_outcome(read(article_window), ["one"], DONE)
    page_of(article_window).refresh_steps()
    page_of(article_window)._step_deeds.set_outcome("two-a", FAILED)
    qtbot.waitUntil(lambda: strip(article_window) == "Ärende 1 · 1 klart, 1 misslyckat")
    assert toast(article_window) == "Ärende 1 är påbörjat"
    assert state.ticks.done("steps") == frozenset()
    act(article_window, ActionId.UNDO)
    qtbot.waitUntil(lambda: strip(article_window) == "")
    assert state.ticks.done("steps") == {"one"}
    assert page_of(article_window).progress().done == 1
    assert toast(article_window).startswith("Ärende 1 är inte påbörjat.")


def test_the_dialog_offers_to_take_work_along_only_when_there_is_any(
    article_window: MainWindow, state: UserState
) -> None:
    """A question without a choice is only in the way."""
    act(article_window, ActionId.NEW_CASE)
    dialog = only(article_window, StartDialog)
    assert not [box for box in dialog.findChildren(QCheckBox) if box.isVisible()]
    dialog.reject()
    article_window.desk.set_outcome(read(article_window), ["one"], DONE)
    act(article_window, ActionId.NEW_CASE)
    dialog = next(d for d in article_window.findChildren(StartDialog) if d.isVisible())
    only(dialog, QCheckBox).setChecked(False)
    press(dialog, "Påbörja ärendet")
    assert state.ticks.done("steps") == {"one"}
    assert page_of(article_window).progress().done == 0


def test_the_case_is_at_work_again_after_a_restart(make_window: MakeWindow, qtbot: QtBot) -> None:
    """From the first paint on: nothing jumps."""
    first = make_window("steps")
    start(first, "INC1")
    first.desk.set_outcome(read(first), ["one"], DONE)
    first.close()
    second = make_window("steps")
    assert strip(second) == "Ärende 1 · INC1 · 1 klart"
    assert page_of(second).progress().done == 1


def test_pausing_brings_the_quiet_ticks_back(article_window: MainWindow, qtbot: QtBot) -> None:
    """The page shows what belongs to it now; resuming shows the case's results again."""
    article_window.desk.set_outcome(read(article_window), ["one"], DONE)
    article_window.desk.start("INC1")
    assert page_of(article_window).progress().done == 0
    act(article_window, ActionId.CASE_PAUSE)
    qtbot.waitUntil(lambda: strip(article_window) == "")
    assert page_of(article_window).progress().done == 1
    act(article_window, ActionId.UNDO)
    assert article_window.desk.case_id == 1
    assert page_of(article_window).progress().done == 0


def test_an_offer_to_undo_goes_when_something_else_was_done(article_window: MainWindow) -> None:
    """Its button would take back the wrong thing."""
    start(article_window, "INC1")
    assert toast(article_window)
    article_window.desk.set_outcome(read(article_window), ["one"], DONE)
    assert toast(article_window) == ""


def test_a_note_is_kept_with_ctrl_enter_and_a_draft_with_esc(window: MainWindow, state: UserState) -> None:
    """A note that took a minute must not vanish with one key."""
    window.desk.start("INC1")
    act(window, ActionId.CASE_NOTE)
    dialog = only(window, CaseNoteDialog)
    dialog.write("Halv")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    act(window, ActionId.CASE_NOTE)
    dialog = only(window, CaseNoteDialog)
    assert dialog.text == "Halv"
    dialog.write("Hel")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [note.text for note in state.cases.get(1).notes] == ["Hel"]
    assert toast(window) == "Anteckningen är sparad i ärende 1."


def test_a_note_that_cannot_be_kept_waits_for_the_next_time(window: MainWindow, state: UserState) -> None:
    """Closed elsewhere: it is said, and nothing that was written is lost."""
    window.desk.start("INC1")
    act(window, ActionId.CASE_NOTE)
    dialog = only(window, CaseNoteDialog)
    dialog.write("Sent")
    state.cases.close(1, CaseOutcome.SOLVED)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.parts.notice.isVisible()
    assert "på annat håll" in window.parts.notice.accessibleName()
    state.cases.reopen(1)
    window.desk.resume(1)
    act(window, ActionId.CASE_NOTE)
    assert only(window, CaseNoteDialog).text == "Sent"


def test_a_reference_is_changed_and_cleared(window: MainWindow, qtbot: QtBot) -> None:
    """A ticket often gets its number later."""
    window.desk.start()
    act(window, ActionId.CASE_REFERENCE)
    dialog = only(window, ReferenceDialog)
    dialog.field.setText("INC9")
    press(dialog, "Spara")
    qtbot.waitUntil(lambda: strip(window) == "Ärende 1 · INC9 · inga resultat än")


def test_a_report_is_copied_in_the_other_language_as_page_and_text(
    article_window: MainWindow, qtbot: QtBot
) -> None:
    """Ticket systems take one or the other; the customer may read English."""
    article_window.desk.start("INC1")
    article_window.desk.set_outcome(read(article_window), ["one"], FAILED)
    act(article_window, ActionId.CASE_REPORT)
    dialog = only(article_window, ReportDialog)
    assert "Tryck på knappen." in dialog.view.text
    press(dialog, "Engelska")
    assert "Press the button." in only(dialog, QTextBrowser).toPlainText()
    press(dialog, "HTML")
    press(dialog, "Kopiera")
    data = QGuiApplication.clipboard().mimeData()
    assert "<h1>Case report</h1>" in data.html()
    assert data.text().startswith("Case report\n")
    assert "Press the button." in data.text()
    press(dialog, "Markdown")
    press(dialog, "Kopiera")
    assert QGuiApplication.clipboard().text().startswith("# Case report")


def test_a_report_is_saved_and_a_failure_is_told(window: MainWindow, tmp_path: Path) -> None:
    """A file that was there stays when the new one cannot be written."""
    window.desk.start("INC 1/2")
    act(window, ActionId.CASE_REPORT)
    dialog = only(window, ReportDialog)
    press(dialog, "Spara som…")
    chooser = only(window, QFileDialog)
    assert Path(chooser.selectedFiles()[0]).name == "ärende-1-INC-1-2-sv.txt"
    chooser.reject()
    window.cases.talks.files.save(tmp_path / "report.txt", dialog.view.text)
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == dialog.view.text
    assert toast(window) == "Rapporten finns i report.txt"
    window.cases.talks.files.save(tmp_path / "no" / "report.txt", dialog.view.text)
    assert "kunde inte skrivas" in window.parts.notice.accessibleName()


def test_help_sees_the_results_of_the_case(article_window: MainWindow) -> None:
    """Not the quiet ticks of another day."""
    article_window.desk.set_outcome(read(article_window), ["one"], DONE)
    article_window.desk.start("INC1")
    article_window.desk.set_outcome(read(article_window), ["two-a"], FAILED)
    article_window.conversations.offer_help()
    dialog = only(article_window, EscalationDialog)
    next(button for button in dialog.findChildren(QPushButton) if button.text() == "Kopiera").click()
    report = QGuiApplication.clipboard().text()
    assert "Räkna till tio." in report
    assert "Tryck på knappen." not in report


def test_tab_goes_from_the_top_bar_through_the_strip(article_window: MainWindow, qtbot: QtBot) -> None:
    """In the order in which they are seen."""
    start(article_window, "INC1")
    qtbot.waitUntil(lambda: bool(strip(article_window)))
    article_window.activateWindow()
    qtbot.waitUntil(article_window.isActiveWindow)
    bar = only(article_window, CaseBar)
    article_window.parts.bar.last_stop.setFocus()
    for stop in [stop for stop in bar.stops if stop.isVisible()]:
        QTest.keyClick(article_window, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is stop


def test_a_note_on_a_step_is_kept_in_its_case_before_another_begins(
    article_window: MainWindow, state: UserState
) -> None:
    """What is being written belongs to the case that it was written in."""
    article_window.desk.start("INC1")
    article_window.desk.set_outcome(read(article_window), ["one"], FAILED)
    page = page_of(article_window)
    page.refresh_steps()
    page._step_deeds.write_note("one")
    only(article_window, NoteEditor).setPlainText("grå")
    article_window.desk.start("INC2")
    assert [step.note for step in state.cases.get(1).steps] == ["grå"]
    assert state.cases.get(2).steps == ()
