"""What became of a step: by key, menu and finger; its line and its note; undo, language, copying, paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from kbviewer.model.blocks import Blocks, Faq
from kbviewer.model.cases import StepChange, StepMark, StepOutcome
from kbviewer.model.errors import StateError
from kbviewer.model.inline import Run
from kbviewer.model.messages import message
from kbviewer.ui.article.accessible import AccessiblePage
from kbviewer.ui.article.long_press import HOLD_MS
from kbviewer.ui.article.matrix_widget import MatrixWidget
from kbviewer.ui.article.note_editor import NoteEditor
from kbviewer.ui.article.result_line import ResultLine
from kbviewer.ui.article.tick_box import TickBox, box_look
from kbviewer.ui.article.tick_model import TickState
from kbviewer.ui.theme.tokens import THEMES, Tokens, contrast_ratio
from tests.gui.article.conftest import Desk
from tests.support.memory_steps import AT

KB, MEETINGS = "kb307294", "online-meetings"
STEP, NEXT = "automatic-start", "automatic-options"
DONE, FAILED, SKIPPED = StepOutcome
Key = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """A page with a case at work."""
    return make_desk(results=True, in_case=True)


@pytest.fixture
def free_desk(make_desk: Callable[..., Desk]) -> Desk:
    """A page without a case, which a result begins."""
    return make_desk(results=True)


def box(desk: Desk, step: str = STEP) -> TickBox:
    widget = desk.widget(f"tick:{step}")
    assert isinstance(widget, TickBox)
    return widget


def line(desk: Desk, step: str = STEP) -> ResultLine | None:
    """Return the line under a step, None while it is not shown."""
    found = desk.page.layer.made(f"result:{step}")
    assert found is None or isinstance(found, ResultLine)
    number = desk.page.stage.page.results.get(step)
    if number is None or not desk.page.stage.geometry.is_visible(number):
        assert found is None or found.isHidden()
        return None
    return found


def said(desk: Desk, step: str = STEP) -> str:
    """Return what the line says."""
    found = line(desk, step)
    return found.accessibleName() if found is not None else ""


def mark(desk: Desk, step: str = STEP, article: str = KB) -> StepMark | None:
    return desk.steps.kept.get(article, {}).get(step)


def editor() -> NoteEditor:
    """Return the note editor that has the focus."""
    focus = QApplication.focusWidget()
    assert isinstance(focus, NoteEditor)
    return focus


def button(desk: Desk, text: str, step: str = STEP) -> QAbstractButton:
    shown = line(desk, step)
    assert shown is not None
    return next(found for found in shown.findChildren(QAbstractButton) if found.text() == text)


def menu() -> QMenu:
    """Return the menu that is open."""
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def texts_of(shown: QMenu) -> list[str]:
    return [action.text().partition("\t")[0] for action in shown.actions() if not action.isSeparator()]


def choose(shown: QMenu, text: str) -> None:
    next(action for action in shown.actions() if action.text().partition("\t")[0] == text).trigger()
    shown.close()


def at(desk: Desk, step: str = STEP) -> None:
    """Go to a step, whose box gets the focus."""
    desk.page.go_to(step)
    assert QApplication.focusWidget() is box(desk, step)


@pytest.mark.parametrize(
    ("key", "outcome", "state"),
    [
        (Key.Key_Space, DONE, TickState.DONE),
        (Key.Key_Return, DONE, TickState.DONE),
        (Key.Key_F, FAILED, TickState.FAILED),
        (Key.Key_S, SKIPPED, TickState.SKIPPED),
    ],
)
def test_a_key_says_what_became_of_the_step(
    desk: Desk, key: Qt.Key, outcome: StepOutcome, state: TickState
) -> None:
    """The hands stay on the keyboard while the technician talks."""
    desk.open(KB)
    at(desk)
    desk.press(key)
    assert mark(desk) == StepMark(outcome, set_at=AT)
    assert box(desk).state is state
    assert QApplication.focusWidget() is box(desk)


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_a_key_takes_a_result_away(desk: Desk, key: Qt.Key) -> None:
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.press(key)
    assert mark(desk) is None
    assert line(desk) is None
    assert QApplication.focusWidget() is box(desk)


def test_enter_makes_what_failed_done(desk: Desk) -> None:
    """It worked on the second try; the note stays."""
    desk.open(KB)
    desk.steps.kept[KB][STEP] = StepMark(FAILED, "hung", AT)
    desk.page.refresh_steps()
    at(desk)
    desk.press(Key.Key_Return)
    assert mark(desk) == StepMark(DONE, "hung", AT)


def test_letters_with_modifiers_are_no_results(desk: Desk) -> None:
    """Ctrl+F finds in the article."""
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert mark(desk) is None


def test_without_results_a_step_is_only_ticked(make_desk: Callable[..., Desk]) -> None:
    """Keys, menu and button would promise what nobody keeps."""
    desk = make_desk()
    desk.open(KB)
    at(desk)
    for key in (Key.Key_F, Key.Key_S, Key.Key_N):
        desk.press(key)
    assert mark(desk) is None
    assert not desk.keys("more")
    assert not desk.keys("result")
    QTest.mouseClick(box(desk), Qt.MouseButton.RightButton)
    assert QApplication.activePopupWidget() is None


def test_a_result_is_said_to_screen_readers(desk: Desk) -> None:
    desk.open(KB)
    at(desk)
    heard: list[str] = []
    desk.page.announced.connect(heard.append)
    desk.press(Key.Key_F)
    assert heard == ["Misslyckades – 0 av 23 steg klara"]
    assert box(desk).accessibleName() == "Steg 1: Starta Windows Messenger. – Misslyckades"
    assert box(desk).accessibleDescription().startswith("Misslyckades 2026-11-22 ")
    assert box(desk).checkState() is Qt.CheckState.Unchecked


def test_a_plain_tick_moves_nothing(desk: Desk) -> None:
    """A page that jumps under the pointer makes the next click hit the wrong step."""
    desk.open(KB)
    at(desk)
    before = box(desk, NEXT).y()
    desk.press(Key.Key_Space)
    assert line(desk) is None
    assert box(desk, NEXT).y() == before
    assert box(desk).toolTip().startswith("Klart 2026-11-22 ")


def test_a_failure_is_told_below_the_step_without_building_the_page_anew(desk: Desk) -> None:
    page = desk.open(KB)
    at(desk)
    document, before = page.view.document(), box(desk, NEXT).y()
    desk.press(Key.Key_F)
    shown = line(desk)
    assert shown is not None
    assert said(desk).startswith("Misslyckades 2026-11-22 ")
    assert page.view.document() is document
    assert box(desk, NEXT).y() >= before + shown.height()
    assert shown.y() > box(desk).y()
    assert shown.height() == shown.heightForWidth(shown.width())


def test_what_is_in_view_stays_when_a_line_above_comes_and_goes(desk: Desk) -> None:
    """Undo reaches steps that have been scrolled past."""
    page = desk.open(KB)
    page.go_to("change-start")
    before = desk.y_of("change-start")
    desk.steps.kept[KB][STEP] = StepMark(FAILED, "one\ntwo", AT)
    page.refresh_steps()
    assert desk.y_of("change-start") == pytest.approx(before, abs=1)
    desk.steps.kept[KB].clear()
    page.refresh_steps()
    assert desk.y_of("change-start") == pytest.approx(before, abs=1)


def test_a_parent_shows_that_something_in_it_failed(desk: Desk) -> None:
    desk.open(MEETINGS)
    at(desk, "certificate-find")
    desk.press(Key.Key_F)
    parent = box(desk, "certificate")
    assert parent.state is TickState.FAILED_INSIDE
    assert parent.accessibleName().endswith("0 av 5 delsteg klara – 1 misslyckades")
    assert "result:certificate" not in desk.keys("result")


def test_a_parent_is_skipped_but_does_not_fail_as_a_whole(desk: Desk) -> None:
    """Which sub-step failed is what the next technician needs to know."""
    page = desk.open(MEETINGS)
    desk.steps.kept[MEETINGS]["certificate-open"] = StepMark(DONE, set_at=AT)
    page.refresh_steps()
    at(desk, "certificate")
    with desk.qtbot.waitSignal(page.announced) as told:
        desk.press(Key.Key_F)
    assert told.args == ["Välj det delsteg som misslyckades."]
    with desk.qtbot.waitSignal(page.announced) as told:
        desk.press(Key.Key_N)
    assert told.args == ["Välj det delsteg som anteckningen gäller."]
    desk.press(Key.Key_S)
    assert len(desk.steps.with_outcome(MEETINGS, SKIPPED)) == 4
    assert desk.steps.done(MEETINGS) == {"certificate-open"}


def test_the_menu_offers_every_result_and_shows_which_it_is(desk: Desk) -> None:
    desk.open(KB)
    at(desk)
    QTest.keyClick(box(desk), Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    shown = menu()
    assert texts_of(shown) == [
        "Steg 1",
        "Klart",
        "Misslyckades",
        "Överhoppat",
        "Inte provat",
        "Anteckning …",
    ]
    assert [action.text().partition("\t")[0] for action in shown.actions() if action.isChecked()] == [
        "Inte provat"
    ]
    choose(shown, "Överhoppat")
    assert mark(desk) == StepMark(SKIPPED, set_at=AT)
    assert QApplication.focusWidget() is box(desk)


def test_the_menu_of_a_parent_speaks_of_all_its_sub_steps(desk: Desk) -> None:
    desk.open(MEETINGS)
    at(desk, "certificate")
    QTest.keyClick(box(desk, "certificate"), Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert texts_of(menu()) == ["Steg 1", "Klart", "Överhoppat", "Inte provat"]
    choose(menu(), "Klart")
    assert len(desk.steps.done(MEETINGS)) == 5


@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard])
def test_a_right_click_on_the_box_opens_the_menu(desk: Desk, reason: QContextMenuEvent.Reason) -> None:
    """The Menu key arrives as the same event."""
    desk.open(KB)
    at(desk)
    middle = box(desk).rect().center()
    event = QContextMenuEvent(reason, middle, box(desk).mapToGlobal(middle))
    QApplication.sendEvent(box(desk), event)
    assert "Misslyckades" in texts_of(menu())
    menu().close()
    assert mark(desk) is None


def test_a_right_click_on_a_steps_text_offers_its_results_above_copying(desk: Desk) -> None:
    page = desk.open(KB)
    page.go_to(STEP)
    block = page.stage.geometry.block(page.stage.page.steps[STEP].first)
    page._deeds.show_menu(block.position() + 3, QPoint(10, 10))
    names = texts_of(menu())
    assert names[0] == "Steg 1"
    assert names.index("Misslyckades") < names.index("Kopiera")
    choose(menu(), "Misslyckades")
    assert mark(desk) == StepMark(FAILED, set_at=AT)
    page._deeds.show_menu(0, QPoint(10, 10))
    assert texts_of(menu())[0] == "Kopiera"
    menu().close()


def test_a_button_at_the_step_opens_the_menu(desk: Desk) -> None:
    """What only keys and right clicks reach, nobody finds."""
    desk.open(KB)
    at(desk)
    more = desk.widget(f"more:{STEP}")
    assert more.accessibleName() == "Steg 1: hur det gick"
    desk.click(more)
    choose(menu(), "Misslyckades")
    assert mark(desk) == StepMark(FAILED, set_at=AT)


@pytest.mark.parametrize("touch", [False, True])
def test_the_button_shows_while_the_pointer_is_at_the_step_and_always_for_fingers(
    make_desk: Callable[..., Desk], touch: bool
) -> None:
    desk = make_desk(results=True, in_case=True, touch=touch)
    page = desk.open(KB)
    page.go_to(STEP)
    more = desk.widget(f"more:{STEP}")

    def is_painted() -> bool:
        image = more.grab().toImage()
        return len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}) > 1

    QTest.mouseMove(page.view.viewport(), QPoint(5, 5))
    assert is_painted() is touch
    assert more.height() >= (48 if touch else 24)
    QTest.mouseMove(page.view.viewport(), more.geometry().topLeft() - QPoint(40, -2))
    assert is_painted()


@pytest.mark.parametrize("where", ["box", "text"])
def test_a_long_press_opens_the_menu_and_is_no_click(make_desk: Callable[..., Desk], where: str) -> None:
    """A finger has no second button."""
    desk = make_desk(results=True, in_case=True, touch=True)
    page = desk.open(KB)
    at(desk)
    widget: QWidget = box(desk)
    point = widget.rect().center()
    if where == "text":
        widget = page.view.viewport()
        point = QPoint(box(desk).geometry().right() + 60, box(desk).geometry().center().y())
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    desk.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None, timeout=5 * HOLD_MS)
    assert texts_of(menu())[0] == "Steg 1"
    menu().close()
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    assert mark(desk) is None
    if where == "box":
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        assert mark(desk) == StepMark(DONE, set_at=AT)


def test_a_finger_that_moves_scrolls_and_opens_nothing(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(results=True, in_case=True, touch=True)
    desk.open(KB)
    at(desk)
    start = box(desk).rect().center()
    QTest.mousePress(box(desk), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(box(desk), start + QPoint(0, 40))
    desk.qtbot.wait(HOLD_MS + 100)
    assert QApplication.activePopupWidget() is None
    QTest.mouseRelease(box(desk), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)


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
    assert (
        not shown.findChildren(NoteEditor, options=Qt.FindChildOption.FindDirectChildrenOnly)
        or shown.draft is None
    )


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


def test_results_survive_the_language_switch(desk: Desk) -> None:
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.switch("en")
    assert box(desk).state is TickState.FAILED
    assert said(desk).startswith("Failed ")


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


def test_a_changed_step_says_so_until_its_result_is_confirmed(desk: Desk) -> None:
    """A tick on a text that nobody read would be worth nothing."""
    page = desk.open(KB)
    desk.steps.kept[KB][STEP] = StepMark(FAILED, "hung", AT, StepChange.CHANGED, "Starta Messenger")
    page.refresh_steps()
    at(desk)
    assert "det löd: ”Starta Messenger”" in said(desk)
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Tab)
    assert QApplication.focusWidget() is button(desk, "Gäller fortfarande")
    desk.press(Key.Key_Return)
    assert mark(desk) == StepMark(FAILED, "hung", AT)
    assert "löd" not in said(desk)
    assert QApplication.focusWidget() is box(desk)


def test_a_failure_outside_a_case_begins_one(free_desk: Desk) -> None:
    """The page makes room for results then, at the same place, with the same focus."""
    desk = free_desk
    page = desk.open(KB)
    at(desk)
    desk.press(Key.Key_Space)
    assert not desk.keys("result")
    at(desk, NEXT)
    before = desk.y_of(NEXT)
    desk.press(Key.Key_F)
    assert page.stage.page.results
    assert said(desk, NEXT).startswith("Misslyckades ")
    assert box(desk).state is TickState.DONE
    assert QApplication.focusWidget() is box(desk, NEXT)
    assert desk.y_of(NEXT) == pytest.approx(before, abs=1)


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


def test_the_end_of_a_case_takes_the_lines_away(desk: Desk) -> None:
    page = desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.steps.kept.clear()
    desk.steps.in_case = False
    page.refresh_steps()
    assert not desk.keys("result")
    assert box(desk).state is TickState.EMPTY


def test_a_choice_that_something_else_changed_is_shown(desk: Desk) -> None:
    page = desk.open(MEETINGS)
    page.go_to("scope/m1")
    matrix = desk.widget("matrix:scope/m1")
    desk.steps.kept.clear()
    desk.choices.kept[MEETINGS, "scope/m1"] = (1, 0)
    page.refresh_steps()
    assert isinstance(matrix, MatrixWidget)
    assert (matrix.model.row, matrix.model.column) == (1, 0)
    assert matrix.height() == matrix.heightForWidth(matrix.width())


def test_results_are_no_part_of_what_is_copied(desk: Desk) -> None:
    """The text is the article's, with its numbers."""
    page = desk.open(KB)
    desk.steps.kept[KB] = {STEP: StepMark(FAILED, "hung", AT), NEXT: StepMark(SKIPPED, "", AT)}
    page.refresh_steps()
    first, last = (page.stage.page.areas[key].first for key in (STEP, "automatic-run"))
    cursor = page.view.textCursor()
    cursor.setPosition(page.stage.geometry.block(first).position())
    end = page.stage.geometry.block(last)
    cursor.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    lines = page.stage.copier.mime(cursor).text().splitlines()
    assert [text[:3] for text in lines] == ["1. ", "2. ", "3. "]
    assert "hung" not in "".join(lines)


def test_a_result_in_a_closed_answer_waits_until_it_is_opened(desk: Desk) -> None:
    """Opening shows what there is to say, and no empty line."""
    article = desk.library.article(KB, "sv")
    page = desk.open(replace(article, blocks=_in_an_answer(article.blocks)))
    desk.steps.kept[KB] = {STEP: StepMark(FAILED, "hung", AT)}
    page.refresh_steps()
    assert line(desk) is None
    page.expand_all()
    assert said(desk).endswith("hung")
    assert line(desk, NEXT) is None


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
def test_every_state_of_a_box_is_told_apart_without_colour(tokens: Tokens) -> None:
    """By its sign, and where two share one by whether the box is filled."""
    looks = {state: box_look(state, tokens) for state in TickState}
    assert len({(look.sign, look.edge == look.fill) for look in looks.values()}) == len(TickState)
    for look in looks.values():
        if look.sign:
            assert contrast_ratio(look.ink, look.fill) >= 3
        assert contrast_ratio(look.edge, tokens.page) >= 3


def test_a_screen_reader_meets_the_line_in_its_step(desk: Desk) -> None:
    desk.open(KB)
    at(desk)
    assert not _nodes(desk, f"result:{STEP}")
    desk.press(Key.Key_F)
    assert len(_nodes(desk, f"result:{STEP}")) == 1


def _nodes(desk: Desk, key: str) -> list[object]:
    page = AccessiblePage(desk.page.view, desk.page.layer, desk.page.stage, desk.translator)
    article = desk.page.opened.article
    assert article is not None
    page.load(article)
    return [node for node in page.root().walk() if node.widget == key]


def _in_an_answer(blocks: Blocks) -> Blocks:
    return (Faq(key="faq-x", question=(Run("Varför?"),), blocks=blocks),)
