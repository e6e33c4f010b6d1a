"""Tabs in the window: opening, closing, changing, and the place in each."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow, focused
from tests.support.tab_driver import (
    CTRL,
    NONE,
    SHIFT,
    click,
    press,
    scroll,
    scroll_to,
    shown,
    strip_of,
)


def test_there_is_no_strip_while_there_is_one_tab(window: MainWindow) -> None:
    """Who reads one article at a time loses no room to tabs."""
    assert window.tabs.strip is None
    assert shown(window) == ["[Hem]"]


def test_keys_open_close_and_bring_back(article_window: MainWindow) -> None:
    """Ctrl+T, Ctrl+W, Ctrl+Shift+T, as in every browser."""
    window = article_window
    press(window, Qt.Key.Key_T)
    assert shown(window) == ["Logga in", "[Hem]"]
    assert QApplication.focusWidget() is window.parts.field
    press(window, Qt.Key.Key_W)
    assert shown(window) == ["[Logga in]"]
    press(window, Qt.Key.Key_W)
    assert shown(window) == ["[Hem]"]
    press(window, Qt.Key.Key_W)
    assert window.isVisible()
    press(window, Qt.Key.Key_T, CTRL | SHIFT)
    assert shown(window) == ["[Logga in]"]


@pytest.mark.parametrize(
    ("forward", "back"),
    [
        ((Qt.Key.Key_Tab, CTRL), (Qt.Key.Key_Tab, CTRL | SHIFT)),
        ((Qt.Key.Key_Tab, CTRL), (Qt.Key.Key_Backtab, CTRL | SHIFT)),
        ((Qt.Key.Key_PageDown, CTRL), (Qt.Key.Key_PageUp, CTRL)),
    ],
)
def test_keys_go_from_tab_to_tab(
    article_window: MainWindow,
    forward: tuple[Qt.Key, Qt.KeyboardModifier],
    back: tuple[Qt.Key, Qt.KeyboardModifier],
) -> None:
    """Round and round, from the text and from the search field."""
    window = article_window
    window.open_article("plain")
    press(window, *forward)
    assert shown(window) == ["[Logga in]", "Ren text"]
    press(window, *back)
    assert shown(window) == ["Logga in", "[Ren text]"]
    window.parts.field.setFocus()
    press(window, *back)
    assert shown(window) == ["[Logga in]", "Ren text"]


def test_digits_go_to_a_tab_and_nine_to_the_last(article_window: MainWindow) -> None:
    """Ctrl+1 to Ctrl+8 count from the left."""
    window = article_window
    window.open_article("plain")
    press(window, Qt.Key.Key_T)
    press(window, Qt.Key.Key_2)
    assert shown(window) == ["Logga in", "[Ren text]", "Hem"]
    press(window, Qt.Key.Key_9)
    assert shown(window) == ["Logga in", "Ren text", "[Hem]"]
    press(window, Qt.Key.Key_1)
    assert shown(window) == ["[Logga in]", "Ren text", "Hem"]
    press(window, Qt.Key.Key_5)
    assert shown(window) == ["[Logga in]", "Ren text", "Hem"]


def test_each_tab_keeps_its_place_to_the_pixel(article_window: MainWindow) -> None:
    """Also two tabs with the same article: comparing two sections is what they are for."""
    window = article_window
    scroll_to(window, 517)
    window.table[ActionId.DUPLICATE_TAB].trigger()
    # The strip has taken room below the first place, not above.
    assert scroll(window) == 517
    scroll_to(window, 1203)
    press(window, Qt.Key.Key_1)
    assert scroll(window) == 517
    press(window, Qt.Key.Key_2)
    assert scroll(window) == 1203


def test_each_tab_has_a_history_of_its_own(article_window: MainWindow) -> None:
    """Back in one tab must not lead into what was read in another."""
    window = article_window
    press(window, Qt.Key.Key_T)
    window.reader.open("plain")
    press(window, Qt.Key.Key_1)
    assert not window.table[ActionId.FORWARD].isEnabled()
    press(window, Qt.Key.Key_2)
    window.table[ActionId.BACK].trigger()
    assert shown(window) == ["Logga in", "[Hem]"]
    assert window.table[ActionId.FORWARD].isEnabled()


def test_an_article_asked_for_from_outside_takes_no_place_away(article_window: MainWindow) -> None:
    """The ticket system opens an article while another is read."""
    article_window.open_article("plain", "end")
    assert shown(article_window) == ["Logga in", "[Ren text]"]


def test_a_tab_closes_with_its_cross_and_with_the_middle_button(article_window: MainWindow) -> None:
    """Also one in the background."""
    window = article_window
    for article in ("plain", "steps"):
        window.open_article(article)
        press(window, Qt.Key.Key_T)
    assert shown(window) == ["Logga in", "Ren text", "Logga in", "[Hem]"]
    bar = strip_of(window).bar
    cross = bar.tabButton(1, QTabBar.ButtonPosition.RightSide)
    click(window, cross, QPoint(10, 10))
    assert shown(window) == ["Logga in", "Logga in", "[Hem]"]
    click(window, bar, bar.tabRect(1).center(), Qt.MouseButton.MiddleButton)
    assert shown(window) == ["Logga in", "[Hem]"]


def test_a_dragged_tab_stays_where_it_is_put(article_window: MainWindow) -> None:
    """The article on the page does not change."""
    window = article_window
    window.open_article("plain")
    strip_of(window).bar.moveTab(1, 0)
    assert shown(window) == ["[Ren text]", "Logga in"]
    press(window, Qt.Key.Key_2)
    assert shown(window) == ["Ren text", "[Logga in]"]


def test_the_menu_of_a_tab_is_about_that_tab(article_window: MainWindow) -> None:
    """Not about the one in front."""
    window = article_window
    window.open_article("plain")
    menu = strip_of(window).make_menu(0)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:3] == ["Stäng flik", "Stäng övriga flikar", "Duplicera flik"]
    menu.actions()[1].trigger()
    menu.deleteLater()
    assert shown(window) == ["[Logga in]"]


def test_titles_follow_the_language(article_window: MainWindow) -> None:
    """Also of tabs in the background; an article without that language keeps its own."""
    window = article_window
    window.open_article("plain")
    press(window, Qt.Key.Key_T)
    window.language.switch_to("en")
    assert shown(window) == ["Signing in", "Ren text", "[Home]"]


def test_a_tab_in_the_background_opens_in_the_language_that_is_on(article_window: MainWindow) -> None:
    """At the block where it was left in the other one."""
    window = article_window
    scroll_to(window, 900)
    page = window.reading.page
    assert page is not None
    left = page.place()
    window.open_article("plain")
    window.language.switch_to("en")
    press(window, Qt.Key.Key_1)
    assert window.windowTitle().startswith("Signing in")
    assert page.place().anchor == left.anchor


def test_an_article_that_is_gone_says_so_in_its_tab(article_window: MainWindow) -> None:
    """The other tabs are not affected."""
    window = article_window
    window.open_article("4711")
    assert shown(window) == ["Logga in", "[Saknad del]"]
    assert window.parts.area.current is window.parts.area.status_page
    press(window, Qt.Key.Key_1)
    assert window.reading.page is not None


def test_a_screen_reader_meets_a_list_of_page_tabs(article_window: MainWindow) -> None:
    """With names, and which one is selected."""
    window = article_window
    window.open_article("plain")
    interface = QAccessible.queryAccessibleInterface(strip_of(window).bar)
    assert interface.role() == QAccessible.Role.PageTabList
    assert interface.parent().text(QAccessible.Text.Name) == "Flikar"
    tabs = [interface.child(at) for at in range(interface.childCount())]
    pages = [tab for tab in tabs if tab.role() == QAccessible.Role.PageTab]
    assert [tab.text(QAccessible.Text.Name) for tab in pages] == ["Logga in", "Ren text"]
    assert [bool(tab.state().selected) for tab in pages] == [False, True]
    cross = strip_of(window).bar.tabButton(0, QTabBar.ButtonPosition.RightSide)
    assert cross.accessibleName() == "Stäng Logga in"


def test_arrow_keys_in_the_strip_keep_the_focus_there(article_window: MainWindow) -> None:
    """Who looks for a tab goes past others; Enter or Tab leads on to the page."""
    window = article_window
    window.open_article("plain")
    bar = strip_of(window).bar
    bar.setFocus()
    press(window, Qt.Key.Key_Left, NONE)
    assert shown(window) == ["[Logga in]", "Ren text"]
    assert focused() is bar
    press(window, Qt.Key.Key_T)
    assert focused() is window.parts.field
    press(window, Qt.Key.Key_W)
    bar.setFocus()
    press(window, Qt.Key.Key_Delete, NONE)
    assert shown(window) == ["[Ren text]"]


def test_many_tabs_scroll_and_the_current_one_is_in_view(make_window: MakeWindow) -> None:
    """On a narrow window none is squeezed to a crumb."""
    window = make_window("steps", size=(400, 700))
    for _ in range(9):
        window.table[ActionId.DUPLICATE_TAB].trigger()
    bar = strip_of(window).bar
    assert min(bar.tabRect(at).width() for at in range(bar.count())) >= 100
    assert bar.rect().contains(bar.tabRect(9).center())
    left = bar.findChild(QToolButton, "ScrollLeftButton")
    assert left is not None
    assert left.isVisible()
    assert left.isEnabled()
    press(window, Qt.Key.Key_1)
    assert bar.rect().contains(bar.tabRect(0).center())
    assert not left.isEnabled()
    press(window, Qt.Key.Key_9)
    window.table[ActionId.ZOOM_IN].trigger()
    window.table[ActionId.ZOOM_IN].trigger()
    assert left.isEnabled()
    assert bar.rect().contains(bar.tabRect(9).center())
    assert bar.tabRect(9).width() >= 150


def test_targets_grow_for_fingers(make_window: MakeWindow) -> None:
    """A row of 48 px, and a cross that a finger meets."""
    window = make_window("steps")
    window.table[ActionId.DUPLICATE_TAB].trigger()
    window.table[ActionId.TOUCH].trigger()
    bar = strip_of(window).bar
    assert bar.tabRect(0).height() >= 48
    assert bar.tabButton(0, QTabBar.ButtonPosition.RightSide).width() >= 36


def test_tab_walks_from_the_bar_through_the_strip_to_the_page(
    article_window: MainWindow, qtbot: QtBot
) -> None:
    """In the order in which they stand."""
    window = article_window
    qtbot.waitUntil(window.parts.pane.outline.isVisible)
    window.open_article("plain")
    window.parts.bar.last_stop.setFocus()
    stops = []
    for _ in range(3):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        stops.append(focused())
    assert stops == [strip_of(window).bar, strip_of(window).new_button, window.parts.pane.tabs]


def test_too_many_tabs_are_refused_with_a_word(article_window: MainWindow) -> None:
    """A key that is held down ends somewhere."""
    for _ in range(105):
        article_window.tabs.open_new()
    assert len(article_window.tabs.open_tabs) == 100
    assert "100" in article_window.parts.toast.findChildren(QWidget)[0].property("text")


def test_another_library_begins_with_one_tab(article_window: MainWindow, library_folder: Path) -> None:
    """Tabs of articles that are closed would all say so."""
    article_window.open_article("plain")
    article_window.opener.open(library_folder)
    assert shown(article_window) == ["[Hem]"]
    assert not article_window.table[ActionId.REOPEN_TAB].isEnabled()
