"""A public terminal: who comes in, what happens when nobody is there any more, and no way out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.kiosk import Kiosk
from kbviewer.ui.kiosk.countdown import Countdown
from kbviewer.ui.kiosk.start_over import StartOverButton
from kbviewer.ui.shell.actions import ActionId
from tests.gui.kiosk.conftest import (
    IDLE_S,
    Hands,
    MakeKiosk,
    attract_of,
    button,
    enter,
    press_key,
    settle,
    touch,
    window_of,
)
from tests.support.fingers import Finger

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def countdown_of(kiosk: Kiosk) -> Countdown | None:
    return next((each for each in QApplication.topLevelWidgets() if isinstance(each, Countdown)), None)


# Coming in


def test_it_waits_on_the_whole_screen_with_the_topics_in_every_language(kiosk: Kiosk) -> None:
    """Who does not read Swedish must see so from across the hall."""
    texts = {each.text() for each in attract_of(kiosk).findChildren(QPushButton)}

    assert kiosk.session.window.isFullScreen()
    assert {"Svenska", "English", "Inloggning", "Signing in", "Ord", "Words"} <= texts


@pytest.mark.parametrize("language", ["sv", "en"])
def test_languages_stand_as_they_do_in_the_window(make_kiosk: MakeKiosk, language: str) -> None:
    """Whatever the terminal itself speaks; a touch beside the buttons begins in that."""
    kiosk = make_kiosk(language=language)
    begin = attract_of(kiosk).findChildren(QPushButton, "attract-begin")

    assert [each.text() for each in begin] == ["English", "Svenska"]


def test_any_key_lets_a_visitor_in_and_does_nothing_else(kiosk: Kiosk) -> None:
    """The key was a greeting: what it means in the window is not meant."""
    press_key(kiosk, Qt.Key.Key_K, CONTROL)

    assert not kiosk.is_resting
    assert not kiosk.session.window.parts.field.hasFocus()


def test_a_touch_anywhere_lets_a_visitor_in(kiosk: Kiosk) -> None:
    """Nobody reads what to touch."""
    QTest.mouseClick(window_of(kiosk), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))

    assert not kiosk.is_resting
    assert kiosk.session.window.parts.area.shows_home


def test_a_visitor_begins_in_the_language_that_he_touches(kiosk: Kiosk) -> None:
    """One touch, not two."""
    touch(kiosk, button(kiosk, "English"))

    assert not kiosk.is_resting
    assert kiosk.session.window.language.current == "en"


def test_a_topic_leads_to_its_articles(kiosk: Kiosk) -> None:
    """That is what was touched."""
    touch(kiosk, button(kiosk, "Words"))
    focus = QApplication.focusWidget()

    assert kiosk.session.window.language.current == "en"
    assert focus is not None
    assert "Ren text" in focus.accessibleName()


def test_without_the_right_to_switch_there_is_one_language(make_kiosk: MakeKiosk) -> None:
    """A switch that does nothing is worse than none."""
    kiosk = make_kiosk(allow_language_switch=False)
    begin = attract_of(kiosk).findChildren(QPushButton, "attract-begin")

    assert [each.text() for each in begin] == ["Svenska"]
    assert not kiosk.session.window.parts.bar.languages.isVisible()


def test_everything_on_it_is_large_enough_for_a_finger(make_kiosk: MakeKiosk) -> None:
    """48 px are what a thumb meets."""
    kiosk = make_kiosk(allow_exit="pin", exit_pin_hash="scrypt:4096:1:1:" + "00" * 16 + ":" + "00" * 32)
    for each in attract_of(kiosk).findChildren(QPushButton):
        assert not each.isVisible() or min(each.width(), each.height()) >= 48, each.text()

    window = enter(kiosk)
    for segment in window.parts.bar.languages.stops:
        assert min(segment.height(), segment.width()) >= 48
    assert button(kiosk, "Börja om").height() >= 48


def test_the_article_of_the_command_line_is_where_each_visitor_begins(
    make_kiosk: MakeKiosk, qtbot: QtBot
) -> None:
    """The terminal in front of the meeting room is about the meeting room."""
    kiosk = make_kiosk("steps")
    enter(kiosk)
    assert kiosk.session.window.windowTitle().startswith("Logga in")

    kiosk.start_over()
    settle(qtbot, kiosk)
    assert kiosk.session.window.windowTitle().startswith("Logga in")


def test_an_article_can_stand_in_place_of_the_home_page(make_kiosk: MakeKiosk, qtbot: QtBot) -> None:
    """A terminal with one purpose: its visitors come back to that, and the rest is found by searching."""
    kiosk = make_kiosk(home="steps")
    window = enter(kiosk)
    assert window.windowTitle().startswith("Logga in")
    window.open_article("plain")
    assert window.windowTitle().startswith("Ren text")
    window.table[ActionId.HOME].trigger()
    assert window.windowTitle().startswith("Logga in")


def test_a_home_that_is_not_there_is_the_home_page(make_kiosk: MakeKiosk) -> None:
    """The library has been changed, and nobody has thought of the terminal."""
    kiosk = make_kiosk(home="gone")

    assert enter(kiosk).parts.area.shows_home


# Nobody there


def test_it_counts_down_before_it_starts_over(kiosk: Kiosk, hands: Hands) -> None:
    """A slow reader must be able to stay."""
    window = enter(kiosk)
    hands.time += IDLE_S - 8
    kiosk.tick()
    countdown = countdown_of(kiosk)

    assert countdown is not None
    assert "8" in countdown.accessibleName()
    assert kiosk.session.window is window


def test_nobody_there_for_long_enough_starts_over(kiosk: Kiosk, hands: Hands) -> None:
    """The next visitor finds what the first one found."""
    window = enter(kiosk)
    hands.time += IDLE_S
    kiosk.tick()

    assert kiosk.is_resting
    assert kiosk.session.window is not window
    assert kiosk.session.window.isFullScreen()
    assert not window.isVisible()


def test_a_key_answers_the_countdown_and_does_nothing_else(kiosk: Kiosk, hands: Hands) -> None:
    """“Touch to go on” must be safe, wherever that touch lands."""
    window = enter(kiosk)
    window.open_article("steps")
    hands.time += IDLE_S - 5
    kiosk.tick()
    press_key(kiosk, Qt.Key.Key_Home, ALT)

    assert countdown_of(kiosk) is None or not countdown_of(kiosk).isVisible()  # type: ignore[union-attr]
    assert window.windowTitle().startswith("Logga in")
    hands.time += IDLE_S - 20
    kiosk.tick()
    assert kiosk.session.window is window


def test_a_touch_answers_the_countdown_and_does_nothing_else(kiosk: Kiosk, hands: Hands) -> None:
    """Whatever lies under the finger was not meant."""
    window = enter(kiosk)
    hands.time += IDLE_S - 5
    kiosk.tick()
    touch(kiosk, button(kiosk, "Börja om"))
    QApplication.processEvents()

    assert kiosk.session.window is window
    assert not kiosk.is_resting
    hands.time += 1
    touch(kiosk, button(kiosk, "Börja om"))
    QApplication.processEvents()
    assert kiosk.is_resting


def test_a_hand_on_the_mouse_counts_and_a_bumped_table_does_not(kiosk: Kiosk, hands: Hands) -> None:
    """Else a terminal beside a door would never start over."""
    enter(kiosk)
    handle = window_of(kiosk)
    QTest.mouseMove(handle, QPoint(200, 200))
    hands.time += IDLE_S - 15
    QTest.mouseMove(handle, QPoint(202, 201))
    hands.time += 10
    kiosk.tick()
    assert countdown_of(kiosk) is not None

    QTest.mouseMove(handle, QPoint(260, 260))
    kiosk.tick()
    assert countdown_of(kiosk) is None or not countdown_of(kiosk).isVisible()  # type: ignore[union-attr]


def test_while_nobody_is_there_nothing_happens(kiosk: Kiosk, hands: Hands) -> None:
    """A new window every minute, all night, would be for nobody."""
    window = kiosk.session.window
    hands.time += 100 * IDLE_S
    kiosk.tick()

    assert kiosk.session.window is window


def test_a_visitor_can_start_over_by_himself(kiosk: Kiosk) -> None:
    """Who has searched for something private does not want to wait for the time to be up."""
    window = enter(kiosk)
    touch(kiosk, window.findChildren(StartOverButton)[0])
    QApplication.processEvents()

    assert kiosk.is_resting
    assert kiosk.session.window is not window


def test_an_open_menu_does_not_hold_the_terminal(kiosk: Kiosk, hands: Hands) -> None:
    """It would lie over the countdown, and over the next visitor's page."""
    window = enter(kiosk)
    menu = window.table.build_menu()
    menu.popup(QPoint(10, 10))
    hands.time += IDLE_S - 5
    kiosk.tick()

    assert QApplication.activePopupWidget() is None


def test_an_open_dialog_goes_with_its_visitor(kiosk: Kiosk, hands: Hands) -> None:
    """Dialogs are windows of their own and would stay."""
    window = enter(kiosk)
    window.table[ActionId.SHORTCUTS].trigger()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    hands.time += IDLE_S
    kiosk.tick()

    assert QApplication.activeModalWidget() is None
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert shown == [kiosk.session.window]


def test_a_finger_lets_a_visitor_in_and_answers_the_countdown(
    kiosk: Kiosk, hands: Hands, qtbot: QtBot
) -> None:
    """A touch screen sends touches, of which Qt makes mouse events later, and only where nobody took them."""
    finger = Finger(QTest.createTouchDevice(), qtbot)
    finger.tap(attract_of(kiosk), QPoint(3, 3))
    assert not kiosk.is_resting
    window = kiosk.session.window

    hands.time += IDLE_S - 5
    kiosk.tick()
    finger.tap(button(kiosk, "Börja om"))
    QApplication.processEvents()
    assert kiosk.session.window is window

    hands.time += 1
    finger.tap(button(kiosk, "Börja om"))
    QApplication.processEvents()
    assert kiosk.is_resting
