"""A public terminal: no key, no hand and no later start leads out of it, and a PIN does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.kiosk import Kiosk
from kbviewer.app.window_request import WindowRequest
from tests.gui.kiosk.conftest import (
    PIN,
    FakeLock,
    MakeKiosk,
    attract_of,
    button,
    enter,
    pad_of,
    press_key,
    touch,
    window_of,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_no_key_leads_out(kiosk: Kiosk) -> None:
    """Nothing but home, articles and search is for visitors."""
    window = enter(kiosk)
    keys = Qt.Key
    for key in (keys.Key_Q, keys.Key_W, keys.Key_O, keys.Key_P, keys.Key_S, keys.Key_N, keys.Key_H):
        press_key(kiosk, key, CONTROL)
    press_key(kiosk, keys.Key_F4, ALT)
    for key in (keys.Key_F11, keys.Key_Escape, keys.Key_Menu):
        press_key(kiosk, key)
    QApplication.processEvents()

    assert window.isVisible()
    assert window.isFullScreen()
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [window]


def test_closing_by_the_window_system_does_nothing(kiosk: Kiosk) -> None:
    """Also a window manager that should not be there has a button for it."""
    window = enter(kiosk)

    assert not window_of(kiosk).close()
    assert not window.close()
    assert window.isVisible()


def test_a_window_that_was_made_small_comes_back(kiosk: Kiosk, qtbot: QtBot) -> None:
    """Whatever did it: a panel, a key of the window manager, a second screen."""
    window = enter(kiosk)
    window.setWindowState(Qt.WindowState.WindowNoState)

    qtbot.waitUntil(window.isFullScreen)


def test_nothing_can_be_dropped(kiosk: Kiosk) -> None:
    """A file from a desktop below would be opened."""
    window = enter(kiosk)
    data = QMimeData()
    data.setText("x")
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    held = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, held)
    dropped = QDropEvent(QPointF(5, 5), actions, data, buttons, held)
    for event in (entered, dropped):
        QApplication.sendEvent(window.parts.field, event)

    assert not entered.isAccepted()
    assert window.parts.field.text() == ""


def test_a_later_start_shows_an_article_and_nothing_more(
    kiosk: Kiosk, profile: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """Another user of the computer may start the program again, with arguments of his own."""
    other = tmp_path / "other"
    other.mkdir()
    kiosk.requested.emit(WindowRequest((other,), "en", profile, "steps"))
    qtbot.waitUntil(lambda: kiosk.session.window.windowTitle().startswith("Logga in"))

    assert not kiosk.is_resting
    assert kiosk.session.window.language.current == "sv"
    assert kiosk.session.window.isFullScreen()


# The PIN


@pytest.fixture
def guarded(make_kiosk: MakeKiosk) -> Kiosk:
    return make_kiosk(allow_exit="pin", exit_pin_hash="scrypt:4096:1:1:" + "00" * 16 + ":" + "00" * 32)


def test_the_pin_can_be_entered_without_a_keyboard(guarded: Kiosk, qtbot: QtBot, lock: FakeLock) -> None:
    """There is none."""
    touch(guarded, button(guarded, "Staff / Personal"))
    assert pad_of(guarded).isVisible()
    for digit in PIN:
        touch(guarded, button(guarded, digit))
    with qtbot.waitSignal(guarded.ended):
        touch(guarded, button(guarded, "OK"))

    assert lock.tried == [PIN]


def test_the_pin_can_be_entered_with_a_keyboard(guarded: Kiosk, qtbot: QtBot, lock: FakeLock) -> None:
    """A technician has brought one."""
    enter(guarded)
    guarded.session.window.close()
    assert pad_of(guarded).isVisible()
    for digit in "9" + PIN:
        press_key(guarded, Qt.Key(ord(digit)))
    for _time in range(7):
        press_key(guarded, Qt.Key.Key_Backspace)
    for digit in PIN:
        press_key(guarded, Qt.Key(ord(digit)))
    with qtbot.waitSignal(guarded.ended):
        press_key(guarded, Qt.Key.Key_Return)

    assert lock.tried == [PIN]


def test_a_wrong_pin_says_how_long_to_wait_and_locks_the_keys(guarded: Kiosk, lock: FakeLock) -> None:
    """A key that does nothing, without a word, looks broken."""
    touch(guarded, button(guarded, "Staff / Personal"))
    touch(guarded, button(guarded, "1"))
    lock.waits_after_a_try = 4.0
    touch(guarded, button(guarded, "OK"))

    assert guarded.session.window.isVisible()
    assert not button(guarded, "1").isEnabled()
    assert "4" in pad_of(guarded)._note.text()
    press_key(guarded, Qt.Key.Key_1)
    assert pad_of(guarded)._pin == ""


def test_the_pad_shows_how_many_digits_and_not_which(guarded: Kiosk) -> None:
    """Somebody may stand behind."""
    touch(guarded, button(guarded, "Staff / Personal"))
    for digit in "472":
        touch(guarded, button(guarded, digit))

    assert pad_of(guarded)._dots.text() == "●●●"
    assert pad_of(guarded)._dots.accessibleName() == "3 siffror angivna"


def test_the_pad_can_be_left(guarded: Kiosk) -> None:
    """A visitor was curious."""
    touch(guarded, button(guarded, "Staff / Personal"))
    press_key(guarded, Qt.Key.Key_1)
    press_key(guarded, Qt.Key.Key_Escape)

    assert not pad_of(guarded).isVisible()
    assert guarded.is_resting
    touch(guarded, button(guarded, "Staff / Personal"))
    assert pad_of(guarded)._dots.text() == ""


def test_no_key_goes_past_the_pad(guarded: Kiosk) -> None:
    """It lies over a window that would answer."""
    enter(guarded)
    guarded.session.window.close()
    press_key(guarded, Qt.Key.Key_K, CONTROL)
    for _time in range(40):
        press_key(guarded, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert pad_of(guarded).isAncestorOf(focus)


def test_without_a_pin_there_is_no_door(kiosk: Kiosk) -> None:
    """A lock that nothing opens invites to try."""
    kiosk.session.window.close()

    assert not pad_of(kiosk).isVisible()
    names = [each.text() for each in attract_of(kiosk).findChildren(QPushButton) if each.isVisible()]
    assert not any("Personal" in name for name in names)


def test_where_closing_is_free_it_closes(make_kiosk: MakeKiosk) -> None:
    """A kiosk for an exhibition stand, watched by staff."""
    kiosk = make_kiosk(allow_exit="yes")
    assert kiosk.session.window.close()
