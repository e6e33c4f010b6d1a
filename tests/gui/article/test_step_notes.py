"""Notes on steps: written under the step, and never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.errors import StateError
from kbviewer.model.messages import message
from kbviewer.ui.article.tick_model import TickState
from tests.gui.article.conftest import Desk
from tests.support.memory_steps import AT
from tests.support.results_on_page import (
    KB,
    MEETINGS,
    NEXT,
    STEP,
    at,
    box,
    button,
    editor,
    line,
    mark,
    said,
)

DONE, FAILED, SKIPPED = StepOutcome
Key = Qt.Key


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """A page with a case at work."""
    return make_desk(results=True, in_case=True)


@pytest.fixture
def free_desk(make_desk: Callable[..., Desk]) -> Desk:
    """A page without a case, which a result begins."""
    return make_desk(results=True)


def test_a_note_is_written_under_the_step(desk: Desk) -> None:
    """Enter saves it and the focus is back at the step; Shift+Enter goes on below."""
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.press(Key.Key_N)
    shown = line(desk)
    assert shown is not None
    before = shown.height()
    QTest.keyClicks(editor(), "Error 0x80072efd")
    desk.press(Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(editor(), "again")
    assert shown.height() > before
    with desk.qtbot.waitSignal(desk.page.announced) as told:
        desk.press(Key.Key_Return)
    assert told.args == ["Anteckningen är sparad"]
    assert mark(desk) == StepMark(FAILED, "Error 0x80072efd\nagain", AT)
    assert said(desk).endswith(" – Error 0x80072efd\nagain")
    assert QApplication.focusWidget() is box(desk)
    assert shown.draft is None


def test_escape_discards_what_was_typed_and_gives_the_focus_back(desk: Desk) -> None:
    page = desk.open(KB)
    desk.steps.kept[KB][STEP] = StepMark(FAILED, "hung", AT)
    page.refresh_steps()
    at(desk)
    place = page.view.offset
    desk.press(Key.Key_N)
    assert editor().toPlainText() == "hung"
    QTest.keyClicks(editor(), " and more")
    desk.press(Key.Key_Escape)
    assert mark(desk) == StepMark(FAILED, "hung", AT)
    assert said(desk).endswith(" – hung")
    assert QApplication.focusWidget() is box(desk)
    assert page.view.offset == place


def test_buttons_save_and_discard_for_those_without_keys(desk: Desk) -> None:
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.press(Key.Key_N)
    QTest.keyClicks(editor(), "one")
    desk.click(button(desk, "Spara"))
    assert mark(desk) == StepMark(FAILED, "one", AT)
    assert QApplication.focusWidget() is box(desk)
    desk.press(Key.Key_N)
    QTest.keyClicks(editor(), "two")
    desk.click(button(desk, "Avbryt"))
    assert mark(desk) == StepMark(FAILED, "one", AT)
    assert QApplication.focusWidget() is box(desk)


def test_tab_goes_from_the_note_to_its_buttons_and_on(desk: Desk) -> None:
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.press(Key.Key_N)
    desk.press(Key.Key_Tab)
    assert QApplication.focusWidget() is button(desk, "Spara")
    desk.press(Key.Key_Tab)
    assert QApplication.focusWidget() is button(desk, "Avbryt")
    desk.press(Key.Key_Tab)
    assert QApplication.focusWidget() is box(desk, NEXT)


def test_a_note_on_an_untried_step_says_that_it_is_done(desk: Desk) -> None:
    """The line says so while the note is written; F makes it a failure."""
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_N)
    assert said(desk) == "Klart"
    desk.press(Key.Key_Return)
    assert mark(desk) is None
    assert line(desk) is None
    desk.press(Key.Key_N)
    QTest.keyClicks(editor(), "was already running")
    desk.press(Key.Key_Return)
    assert mark(desk) == StepMark(DONE, "was already running", AT)


def test_a_note_can_be_emptied(desk: Desk) -> None:
    desk.open(KB)
    desk.steps.kept[KB][STEP] = StepMark(DONE, "hung", AT)
    desk.page.refresh_steps()
    at(desk)
    desk.press(Key.Key_N)
    editor().selectAll()
    desk.press(Key.Key_Delete)
    desk.press(Key.Key_Return)
    assert mark(desk) == StepMark(DONE, "", AT)
    assert line(desk) is None


def test_a_note_that_cannot_be_saved_stays_in_its_editor(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too long, or the disk is full: nothing that was typed is lost."""
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.press(Key.Key_N)
    QTest.keyClicks(editor(), "one")

    def fail(*args: object) -> None:
        raise StateError(message("The disk is full."))

    monkeypatch.setattr(desk.steps, "set_note", fail)
    with desk.qtbot.waitSignal(desk.page.announced) as told:
        desk.press(Key.Key_Return)
    assert told.args == ["The disk is full."]
    assert editor().toPlainText() == "one"
    desk.open(MEETINGS)
    monkeypatch.undo()
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_N)
    assert editor().toPlainText() == "one"


def test_a_note_that_is_being_written_survives_the_language_switch(desk: Desk) -> None:
    """The customer reads English; the technician writes on."""
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.press(Key.Key_N)
    QTest.keyClicks(editor(), "half a sen")
    writing = editor()
    desk.switch("en")
    assert editor() is writing
    assert said(desk).startswith("Failed ")
    assert writing.accessibleName() == "Note on the step"
    QTest.keyClicks(editor(), "tence")
    desk.press(Key.Key_Return)
    assert mark(desk) == StepMark(FAILED, "half a sentence", AT)


def test_the_focus_on_a_notes_button_survives_the_language_switch(desk: Desk) -> None:
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.press(Key.Key_N)
    desk.press(Key.Key_Tab)
    desk.switch("en")
    assert QApplication.focusWidget() is button(desk, "Save")


def test_a_note_is_saved_when_the_page_is_left(desk: Desk) -> None:
    """A call that comes in between must not cost what was typed."""
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.press(Key.Key_N)
    QTest.keyClicks(editor(), "hung")
    desk.open(MEETINGS)
    assert mark(desk) == StepMark(FAILED, "hung", AT)


def test_undo_is_shown_while_a_note_is_being_written(desk: Desk) -> None:
    """What is typed is nobody's but the typist's."""
    page = desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.press(Key.Key_N)
    QTest.keyClicks(editor(), "hung")
    desk.steps.kept[KB].clear()
    page.refresh_steps()
    assert box(desk).state is TickState.EMPTY
    assert editor().toPlainText() == "hung"


def test_a_note_outside_a_case_begins_one_when_it_is_saved(free_desk: Desk) -> None:
    desk = free_desk
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_N)
    QTest.keyClicks(editor(), "no")
    desk.press(Key.Key_Escape)
    assert desk.steps.kept == {KB: {}}
    assert QApplication.focusWidget() is box(desk)
    desk.press(Key.Key_N)
    QTest.keyClicks(editor(), "yes")
    desk.press(Key.Key_Return)
    assert desk.steps.in_case
    assert mark(desk) == StepMark(DONE, "yes", AT)
    assert said(desk).endswith(" – yes")
    assert QApplication.focusWidget() is box(desk)
