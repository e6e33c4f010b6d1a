"""A finger scrolls, taps and rests; scrolling ticks, selects and opens nothing."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.ui.article.long_press import LongPress
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.home.cards import Card
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow
from tests.support.case_window import act, case_page, page_of
from tests.support.fingers import Finger

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(scope="session")
def screen(qapp: QApplication) -> QPointingDevice:
    """Qt keeps such a device for as long as the program runs."""
    return QTest.createTouchDevice()


@pytest.fixture
def finger(screen: QPointingDevice, qtbot: QtBot) -> Finger:
    return Finger(screen, qtbot)


@pytest.fixture
def article_window(make_window: MakeWindow) -> MainWindow:
    """Not larger than the screen of the tests: elsewhere Qt looks for a touched window in vain."""
    return make_window("steps", size=(780, 560))


def scrolled(page: ArticlePage) -> int:
    return page.view.verticalScrollBar().value()


def box(page: ArticlePage, step: str) -> QWidget:
    page.go_to(step)
    found = page.layer.widget(f"tick:{step}")
    assert found is not None
    return found


def test_drawn_over_the_text_it_scrolls_and_selects_nothing(
    article_window: MainWindow, finger: Finger
) -> None:
    page = page_of(article_window)

    finger.swipe(page.view.viewport(), -200)
    finger.rest(page.view)

    assert scrolled(page) > 100
    assert not page.view.textCursor().hasSelection()


def test_drawn_from_a_step_it_scrolls_and_ticks_nothing(article_window: MainWindow, finger: Finger) -> None:
    """The box moves with the finger: where it is lifted, it is still on the box."""
    page = page_of(article_window)
    target = box(page, "two")
    before = scrolled(page)

    finger.swipe(target, -120)
    finger.rest(page.view)

    assert scrolled(page) > before
    assert page.progress().done == 0
    assert QApplication.activePopupWidget() is None
    assert not page.view.textCursor().hasSelection()


def test_a_tap_ticks_also_after_scrolling(article_window: MainWindow, finger: Finger) -> None:
    page = page_of(article_window)
    finger.swipe(page.view.viewport(), -60)
    finger.rest(page.view)
    target = box(page, "one")

    finger.tap(target)

    assert page.progress().done == 1


def test_drawn_over_cards_it_scrolls_and_opens_nothing(make_window: MakeWindow, finger: Finger) -> None:
    window = make_window(size=(400, 560))
    home = window.parts.area.home_page
    assert isinstance(home, QScrollArea)
    card = next(found for found in home.findChildren(Card) if found.isVisible())

    finger.swipe(card, -150)
    finger.rest(home)

    assert home.verticalScrollBar().value() > 0
    assert window.parts.area.shows_home
    assert not any(button.isDown() for button in home.findChildren(QAbstractButton))


def test_drawn_over_the_list_of_cases_it_scrolls_and_chooses_nothing(
    make_window: MakeWindow, finger: Finger
) -> None:
    window = make_window(size=(780, 500))
    for number in range(14):
        window.desk.start(f"INC{number}")
    act(window, ActionId.CASES)
    page = case_page(window)
    chosen = page.current_case

    finger.swipe(page.list.viewport(), -120)
    finger.rest(page.list)

    assert page.list.verticalScrollBar().value() > 0
    assert page.current_case == chosen
    finger.tap(page.list.viewport())
    assert page.current_case != chosen


def test_drawn_over_a_short_step_it_selects_nothing(article_window: MainWindow, finger: Finger) -> None:
    """The guided view: there is nothing to scroll, and nothing to select with a finger either."""
    act(article_window, ActionId.GUIDED)
    guided = article_window.reading.guided
    assert guided is not None
    step = guided.step_id

    finger.swipe(guided.body.view.viewport(), -80)

    assert guided.step_id == step
    assert not guided.body.view.textCursor().hasSelection()


def test_resting_on_a_step_opens_its_menu_and_drawing_does_not(
    article_window: MainWindow, finger: Finger, qtbot: QtBot
) -> None:
    """The menu would come when the finger has long been lifted, because the page is told nothing of that."""
    page = page_of(article_window)
    target = box(page, "two")
    (press,) = target.findChildren(LongPress)

    finger.swipe(target, -60)
    finger.rest(page.view)
    press._hold()
    assert QApplication.activePopupWidget() is None

    finger.press(box(page, "one"))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    finger.lift(box(page, "one"))
    assert page.progress().done == 0
