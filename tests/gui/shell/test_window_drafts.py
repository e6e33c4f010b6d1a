"""What is typed and not yet kept anywhere survives a power cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.model.cases import StepOutcome
from kbviewer.state.user_state import UserState
from kbviewer.ui.article.note_editor import NoteEditor
from kbviewer.ui.case.note_dialog import CaseNoteDialog
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.comment_dialog import CommentDialog
from kbviewer.ui.shell.escalation_dialog import EscalationDialog
from kbviewer.ui.shell.note_dialog import NoteDialog
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow
from tests.support.case_window import act, only, page_of, press

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)

DONE, FAILED = StepOutcome.DONE, StepOutcome.FAILED


def cut_power(window: MainWindow, qtbot: QtBot, state: UserState, text: str) -> None:
    """Wait until what was typed is on disk, and look no more at the window."""
    qtbot.waitUntil(
        lambda: any(text in state.drafts.get(place) for place in state.drafts.places("")), timeout=5000
    )
    window.drafting._timer.stop()
    window.drafting._waiting.clear()


def test_a_note_on_a_step_goes_on_where_it_was(
    make_window: MakeWindow, state: UserState, qtbot: QtBot
) -> None:
    """The editor is open again; nothing was said of the step that the technician has not said."""
    first = make_window("steps")
    first.desk.start("INC1")
    page_of(first)._step_deeds.write_note("one")
    QTest.keyClicks(only(first, NoteEditor), "half a sen")
    cut_power(first, qtbot, state, "half a sen")

    second = make_window("steps")
    editor = only(second, NoteEditor)
    assert editor.toPlainText() == "half a sen"
    assert page_of(second).progress().done == 0
    QTest.keyClick(editor, Qt.Key.Key_Return)
    (result,) = state.cases.get(1).steps
    assert (result.outcome, result.note) == (DONE, "half a sen")
    second.drafting.flush()
    assert state.drafts.places("") == frozenset()


def test_a_note_that_is_discarded_does_not_come_back(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    page_of(article_window)._step_deeds.write_note("one")
    QTest.keyClicks(only(article_window, NoteEditor), "half")
    qtbot.waitUntil(lambda: bool(state.drafts.places("")), timeout=5000)
    QTest.keyClick(only(article_window, NoteEditor), Qt.Key.Key_Escape)
    article_window.drafting.flush()
    assert state.drafts.places("") == frozenset()


def test_a_note_that_begins_a_case_leaves_no_draft_outside_of_it(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    """It would open again as soon as the case is left."""
    page_of(article_window)._step_deeds.write_note("one")
    QTest.keyClicks(only(article_window, NoteEditor), "odd")
    qtbot.waitUntil(lambda: bool(state.drafts.places("")), timeout=5000)
    QTest.keyClick(only(article_window, NoteEditor), Qt.Key.Key_Return)
    assert article_window.desk.case_id == 1
    article_window.drafting.flush()
    assert state.drafts.places("") == frozenset()


def test_a_note_in_the_guided_view_waits_for_the_result(
    make_window: MakeWindow, state: UserState, qtbot: QtBot
) -> None:
    first = make_window("steps")
    first.desk.start("INC1")
    first.table[ActionId.GUIDED].trigger()
    assert first.reading.guided is not None
    QTest.keyClicks(first.reading.guided.foot.note, "hung")
    cut_power(first, qtbot, state, "hung")

    second = make_window("steps")
    second.table[ActionId.GUIDED].trigger()
    guided = second.reading.guided
    assert guided is not None
    assert guided.foot.note_text == "hung"
    guided.record(FAILED)
    assert [(step.outcome, step.note) for step in state.cases.get(1).steps] == [(FAILED, "hung")]
    second.drafting.flush()
    assert state.drafts.places("") == frozenset()


def _case_note(window: MainWindow) -> QWidget:
    act(window, ActionId.CASE_NOTE)
    return only(window, CaseNoteDialog)


def _note(window: MainWindow) -> QWidget:
    window.marking.notes.write("first")
    return only(window, NoteDialog)


def _comment(window: MainWindow) -> QWidget:
    window.conversations.comment("first")
    return only(window, CommentDialog)


@pytest.mark.parametrize("ask", [_case_note, _note, _comment])
def test_a_dialog_begins_with_what_was_being_typed(
    make_window: MakeWindow, state: UserState, qtbot: QtBot, ask: Callable[[MainWindow], QWidget]
) -> None:
    first = make_window("steps")
    first.desk.start("INC1")
    QTest.keyClicks(only(ask(first), QPlainTextEdit), "half a sen")
    cut_power(first, qtbot, state, "half a sen")

    second = make_window("steps")
    dialog = ask(second)
    assert only(dialog, QPlainTextEdit).toPlainText() == "half a sen"
    press(dialog, "Avbryt")
    second.drafting.flush()
    assert state.drafts.places("") == frozenset()


def test_words_for_support_wait_without_a_case_and_follow_into_one(
    make_window: MakeWindow, state: UserState, qtbot: QtBot
) -> None:
    first = make_window("steps")
    first.conversations.offer_help()
    QTest.keyClicks(only(first, EscalationDialog).words, "since nine")
    cut_power(first, qtbot, state, "since nine")

    second = make_window("steps")
    second.desk.start("INC1")
    second.conversations.offer_help()
    dialog = only(second, EscalationDialog)
    assert dialog.words.toPlainText() == "since nine"
    press(dialog, "Avsluta ärendet som eskalerat")
    assert [note.text for note in state.cases.get(1).notes] == ["since nine"]
    press(dialog, "Stäng")
    second.drafting.flush()
    assert state.drafts.places("") == frozenset()


def test_typing_on_and_on_is_saved_meanwhile(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    """Each key must not put it off again."""
    drafting = article_window.drafting
    drafting.keep("a", "note", "steps")
    left = drafting._timer.remainingTime()
    drafting.keep("ab", "note", "steps")
    assert drafting._timer.remainingTime() <= left
    qtbot.waitUntil(lambda: state.drafts.get("note\nsteps") == "ab", timeout=5000)
