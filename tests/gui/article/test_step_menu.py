"""The menu of a step: by key, right click, button and finger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.ui.article.long_press import HOLD_MS, LongPress
from tests.gui.article.conftest import Desk
from tests.support.memory_steps import AT
from tests.support.results_on_page import (
    KB,
    MEETINGS,
    STEP,
    at,
    box,
    choose,
    editor,
    mark,
    menu,
    texts_of,
)

DONE, FAILED, SKIPPED = StepOutcome
Key = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """A page with a case at work."""
    return make_desk(results=True, in_case=True)


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
        "Anteckning…",
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
    (watched,) = box(desk).findChildren(LongPress)
    QTest.mousePress(box(desk), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    waited = watched.is_waiting
    QTest.mouseMove(box(desk), start + QPoint(0, 40))
    assert (waited, watched.is_waiting) == (True, False)
    QTest.mouseRelease(box(desk), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)


def test_the_keys_of_a_step_work_on_the_button_of_its_menu(desk: Desk) -> None:
    """Tab comes to the button after the box; both belong to the step."""
    desk.open(KB)
    more = desk.widget(f"more:{STEP}")
    more.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_F)
    assert mark(desk) == StepMark(FAILED, "", AT)
    desk.press(Qt.Key.Key_D)
    assert mark(desk) == StepMark(DONE, "", AT)
    desk.press(Qt.Key.Key_Delete)
    assert mark(desk) is None
    desk.press(Qt.Key.Key_N)
    assert editor().hasFocus()
