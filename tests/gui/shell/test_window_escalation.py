"""Still need help? The dialog with the questions, the report and the case."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from kbviewer.model.cases import CaseOutcome
from kbviewer.state.user_state import UserState
from kbviewer.ui.case.desk import CaseDesk
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.escalation_dialog import EscalationDialog
from kbviewer.ui.shell.report_files import ReportFiles
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)

TRIAGE = """\
---
title: {title}
uid: triage
lang: {lang}
kb.help: {{label: Community, url: "https://example.org/help"}}
---
# {title}

> [!div class="kb-triage"]
>
> - {users}
> - {error}

> [!div class="kb-boundary"]
>
> {limit}

> [!div class="kb-scope"]
>
> | {question} | {one} | {several} |
> |---|---|---|
> | {computer} | [A](#first) | [B](#first) |

## {first} {{#first}}

1. {step} {{#try}}
"""
SWEDISH = {
    "lang": "sv", "title": "Fel", "users": "Hur många användare är det?", "error": "Hur lyder felet?",
    "limit": "Här slutar stödet.", "question": "Fråga", "one": "En användare", "several": "Flera användare",
    "computer": "Från en dator", "first": "Först", "step": "Starta om.",
}  # fmt: skip
ENGLISH = {
    "lang": "en", "title": "Error", "users": "How many users are there?", "error": "What does the error say?",
    "limit": "Support ends here.", "question": "Question", "one": "One user", "several": "Several users",
    "computer": "From one computer", "first": "First", "step": "Restart.",
}  # fmt: skip
USERS, ERROR = "s0/l1/0", "s0/l1/1"


@pytest.fixture
def window(library_folder: Path, make_window: MakeWindow) -> MainWindow:
    """A window that shows an article with questions."""
    folder = library_folder / "triage"
    folder.mkdir()
    (folder / "sv.md").write_text(TRIAGE.format(**SWEDISH), encoding="utf-8")
    (folder / "en.md").write_text(TRIAGE.format(**ENGLISH), encoding="utf-8")
    window = make_window()
    window.opener.reload()
    window.open_article("triage")
    return window


@pytest.fixture
def desk(window: MainWindow) -> CaseDesk:
    """The window's desk with a case at work."""
    window.desk.start("INC-1")
    return window.desk


def help_in(window: MainWindow) -> EscalationDialog:
    window.table[ActionId.GET_HELP].trigger()
    (dialog,) = [found for found in window.findChildren(EscalationDialog) if found.isVisible()]
    return dialog


def press(dialog: EscalationDialog, text: str) -> None:
    next(button for button in dialog.findChildren(QPushButton) if button.text() == text).click()


def test_element_30_the_questions_are_asked_and_answered_in_the_report(window: MainWindow) -> None:
    """They are what support asks for before it helps."""
    dialog = help_in(window)
    assert [box.accessibleName() for box in dialog.answers.values()] == [SWEDISH["users"], SWEDISH["error"]]

    dialog.answers[ERROR].setPlainText("Fel 500")
    press(dialog, "Kopiera")

    assert "  Hur lyder felet?\n    Fel 500\n" in QGuiApplication.clipboard().text()
    press(dialog, "Stäng")


def test_element_37_the_choice_in_the_matrix_answers_a_question(window: MainWindow, state: UserState) -> None:
    """It was asked for already."""
    (key,) = [item.key for item in window.reading.page.stage.page.embedded if item.key.startswith("matrix:")]  # type: ignore[union-attr]
    state.choices.set("triage", key.removeprefix("matrix:"), None, 1)

    dialog = help_in(window)

    assert dialog.answers[USERS].toPlainText() == "Flera användare"
    assert dialog.answers[USERS].accessibleDescription() == "Från ditt val i tabellen"
    press(dialog, "Stäng")


def test_without_a_case_what_is_typed_waits_for_the_next_time(window: MainWindow) -> None:
    """Esc throws nothing away."""
    dialog = help_in(window)
    dialog.answers[USERS].setPlainText("Två")
    dialog.words.setPlainText("Bråttom")
    QTest.keyClicks(dialog.reference, "T-9")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    again = help_in(window)

    assert again.answers[USERS].toPlainText() == "Två"
    assert again.words.toPlainText() == "Bråttom"
    assert again.reference.text() == "T-9"
    assert "Referens: T-9" in again.view.text
    press(again, "Stäng")


def test_element_18_the_offer_of_the_source_can_be_copied(window: MainWindow) -> None:
    """Offline there is nothing to open."""
    dialog = help_in(window)
    address = next(field for field in dialog.findChildren(QLineEdit) if field.isReadOnly())
    assert address.text() == "https://example.org/help"

    press(dialog, "Kopiera adressen")

    assert QGuiApplication.clipboard().text() == "https://example.org/help"
    press(dialog, "Stäng")


def test_the_report_can_be_read_in_the_other_language_and_as_a_page(window: MainWindow) -> None:
    """Whatever the ticket system wants."""
    dialog = help_in(window)
    dialog.answers[USERS].setPlainText("Två")
    dialog.view.languages.buttons[1].click()
    dialog.view.forms.buttons[2].click()

    press(dialog, "Kopiera")

    data = QGuiApplication.clipboard().mimeData()
    assert "<dt>How many users are there?</dt><dd>Två</dd>" in data.html()
    assert "How many users are there?\n    Två" in data.text()
    assert "How many users are there?" in dialog.view.preview.toPlainText()
    press(dialog, "Stäng")


def test_element_41_the_limit_of_support_has_a_button(window: MainWindow) -> None:
    """It says that somebody else has to go on."""
    page = window.reading.page
    assert page is not None
    (key,) = [item.key for item in page.stage.page.embedded if item.key.startswith("escalate:")]
    row = page.layer.widget(key)
    assert row is not None
    (button,) = row.tab_stops()  # type: ignore[attr-defined]
    assert button.text() == "Eskalera…"

    button.click()

    (dialog,) = [found for found in window.findChildren(EscalationDialog) if found.isVisible()]
    press(dialog, "Stäng")


def test_in_a_case_answers_and_reference_are_kept_when_a_field_is_left(
    window: MainWindow, desk: CaseDesk, state: UserState, qtbot: QtBot
) -> None:
    """A power cut takes at most the field that is being written."""
    dialog = help_in(window)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.reference.text() == "INC-1"
    dialog.answers[ERROR].setFocus()
    QTest.keyClicks(dialog.answers[ERROR], "500")
    dialog.reference.setFocus()
    dialog.reference.selectAll()
    QTest.keyClicks(dialog.reference, "INC-2")
    dialog.words.setFocus()

    case = state.cases.get(desk.case_id)
    assert [(said.question, said.answer) for said in case.questions] == [(ERROR, "500")]
    assert case.reference == "INC-2"
    desk.undo()
    desk.undo()
    case = state.cases.get(desk.case_id)
    assert (case.questions, case.reference) == ((), "INC-1")
    press(dialog, "Stäng")


def test_answers_given_before_there_was_a_case_come_into_it(window: MainWindow, state: UserState) -> None:
    """The questions are often asked before anybody thinks of a case."""
    dialog = help_in(window)
    dialog.answers[USERS].setPlainText("Två")
    press(dialog, "Stäng")
    desk = window.desk
    desk.start()

    again = help_in(window)

    assert again.answers[USERS].toPlainText() == "Två"
    assert [said.answer for said in state.cases.get(desk.case_id).questions] == ["Två"]
    press(again, "Stäng")


def test_a_case_is_closed_as_escalated_with_all_that_the_report_says(
    window: MainWindow, desk: CaseDesk, state: UserState
) -> None:
    """The record and what was sent say the same."""
    case_id = desk.case_id
    dialog = help_in(window)
    dialog.answers[USERS].setPlainText("Två")
    dialog.words.setPlainText("Ring tillbaka.")

    press(dialog, "Avsluta ärendet som eskalerat")

    case = state.cases.get(case_id)
    assert case.outcome is CaseOutcome.ESCALATED
    assert [said.answer for said in case.questions] == ["Två"]
    assert [note.text for note in case.notes] == ["Ring tillbaka."]
    assert not desk.in_case
    assert "Utfall: eskalerat" in dialog.view.text
    assert dialog.view.text.count("Ring tillbaka.") == 1
    assert dialog.answers[USERS].isReadOnly()
    press(dialog, "Stäng")


def test_words_that_were_copied_become_a_note(window: MainWindow, desk: CaseDesk, state: UserState) -> None:
    """What support has got is on record; half a thought is not."""
    dialog = help_in(window)
    dialog.words.setPlainText("Halva")
    press(dialog, "Stäng")
    assert state.cases.get(desk.case_id).notes == ()

    again = help_in(window)
    assert again.words.toPlainText() == "Halva"
    press(again, "Kopiera")
    press(again, "Stäng")

    assert [note.text for note in state.cases.get(desk.case_id).notes] == ["Halva"]


def test_the_report_is_saved_to_a_file(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """And says where; a folder that is not there is told."""
    dialog = help_in(window)
    press(dialog, "Spara som…")
    (chooser,) = [found for found in dialog.findChildren(QFileDialog) if found.isVisible()]
    assert Path(chooser.selectedFiles()[0]).name == "rapport-triage-sv.txt"
    chooser.reject()
    (files,) = dialog.findChildren(ReportFiles)
    taken = []
    dialog.taken.connect(lambda: taken.append(True))

    files.save(tmp_path / "missing" / "a.txt", "x")
    assert not taken
    files.save(tmp_path / "a.txt", "x")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "x"
    assert taken
    assert window.parts.notice.isVisible()
    press(dialog, "Stäng")


@pytest.mark.parametrize("size", [(320, 480), (1366, 768)])
def test_fields_and_report_have_room(window: MainWindow, size: tuple[int, int], qtbot: QtBot) -> None:
    """Beside each other in a wide window, below each other in a narrow one."""
    window.resize(*size)
    dialog = help_in(window)
    qtbot.waitExposed(dialog)

    assert dialog.width() <= size[0]
    box, view = dialog.answers[USERS], dialog.view
    below = view.mapTo(dialog, view.rect().topLeft()).y() > box.mapTo(dialog, box.rect().bottomLeft()).y()
    assert below == (size[0] < 700)
    assert view.width() >= 180
    press(dialog, "Stäng")
