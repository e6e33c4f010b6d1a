"""Back and forward to the exact place, their lists, and the page of what was read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kbviewer.model.inline import Link, LinkKind
from kbviewer.state.user_state import UserState
from kbviewer.ui.history.page import HistoryPage
from kbviewer.ui.home.cards import ArticleCard
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.history_menu import HistoryMenu
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow, focused
from tests.support.tab_driver import scroll, scroll_to

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def top_block(window: MainWindow) -> str:
    page = window.reading.page
    assert page is not None
    return page.place().anchor


def follow(window: MainWindow, article: str = "plain") -> None:
    window.reading.follow_link(Link(LinkKind.ARTICLE, article))


def press(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = ALT) -> None:
    QTest.keyClick(window.windowHandle(), key, held)
    # Qt remembers what is held down until it hears otherwise.
    QTest.keyRelease(window.windowHandle(), Qt.Key.Key_Control)


def history_of(window: MainWindow) -> HistoryPage:
    page = window.parts.area.current
    assert isinstance(page, HistoryPage)
    return page


def listed(page: HistoryPage) -> list[str]:
    return [page.model.index(row).data() for row in range(page.model.rowCount())]


@pytest.mark.parametrize("y", [1, 87, 333, 719, 1201, 1777])
def test_alt_left_returns_to_the_pixel(article_window: MainWindow, y: int) -> None:
    """Wherever it was: a line that moves is a line that has to be found again."""
    window = article_window
    scroll_to(window, y)
    follow(window)
    press(window, Qt.Key.Key_Left)
    assert scroll(window) == y
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Left)
    assert scroll(window) == y


def test_a_mouse_that_goes_back_at_once_returns_to_the_pixel(article_window: MainWindow) -> None:
    """Without the rest after which a place is noted otherwise."""
    window = article_window
    scroll_to(window, 641)
    follow(window)
    middle = QPoint(700, 400)
    for button in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton, Qt.MouseButton.BackButton):
        QTest.mouseClick(window.windowHandle(), button, Qt.KeyboardModifier.NoModifier, middle)
    assert scroll(window) == 641


def test_a_jump_inside_the_article_can_be_taken_back(article_window: MainWindow, qtbot: QtBot) -> None:
    """From the contents as from a link in the text."""
    window = article_window
    scroll_to(window, 222)
    window.reading.go_to_section("second")
    landed = scroll(window)
    assert landed != 222
    press(window, Qt.Key.Key_Left)
    assert scroll(window) == 222
    press(window, Qt.Key.Key_Right)
    assert scroll(window) == landed


def test_the_same_section_twice_is_one_jump(article_window: MainWindow) -> None:
    """A double click in the contents must not need back twice."""
    window = article_window
    scroll_to(window, 222)
    window.reading.go_to_section("second")
    window.reading.go_to_section("second")
    press(window, Qt.Key.Key_Left)
    assert scroll(window) == 222


def test_back_to_the_top_is_a_key_and_can_be_taken_back(article_window: MainWindow) -> None:
    """An article opens where it was left; its beginning is one key away, and so is the way back."""
    window = article_window
    scroll_to(window, 900)
    press(window, Qt.Key.Key_Home, CTRL)
    assert scroll(window) == 0
    press(window, Qt.Key.Key_Left)
    assert scroll(window) == 900


def test_after_zoom_and_language_the_same_block_is_at_the_top(article_window: MainWindow) -> None:
    """Pixels mean nothing there; the block does."""
    window = article_window
    scroll_to(window, 1000)
    block = top_block(window)
    follow(window)
    window.table[ActionId.ZOOM_IN].trigger()
    window.language.switch_to("en")
    press(window, Qt.Key.Key_Left)
    assert window.windowTitle().startswith("Signing in")
    assert top_block(window) == block
    page = window.reading.page
    assert page is not None
    # Not only told so: the block is there.
    assert page.stage.places.at(scroll(window)).key == block


def test_an_article_opens_where_it_was_left(article_window: MainWindow, state: UserState) -> None:
    """From search, home or the history, when no section is asked for; also in the other language."""
    window = article_window
    scroll_to(window, 1000)
    block = top_block(window)
    window.reader.go_home()
    window.language.switch_to("en")
    window.tabs.open("steps")
    assert top_block(window) == block
    window.reader.go_home()
    window.tabs.open("steps", "first")
    assert top_block(window) != block


def test_an_article_that_opens_in_its_middle_says_so(article_window: MainWindow) -> None:
    """And offers its beginning; not when back leads there, which is no surprise."""
    window = article_window
    toast = window.parts.toast
    scroll_to(window, 1000)
    follow(window)
    press(window, Qt.Key.Key_Left)
    assert not toast.isVisible()
    window.reader.go_home()
    window.tabs.open("steps")
    assert toast.isVisible()
    button = toast.findChild(QPushButton)
    assert button is not None
    assert button.text() == "Tillbaka till början"
    button.click()
    assert scroll(window) == 0
    press(window, Qt.Key.Key_Left)
    assert scroll(window) == 1000


def test_home_comes_back_where_it_was_left(make_window: MakeWindow) -> None:
    """A long list of articles is not gone through from its beginning for each of them."""
    window = make_window(size=(500, 400))
    home = window.parts.area.home_page
    assert home is not None
    bar = home.verticalScrollBar()
    assert bar.maximum() > 60
    bar.setValue(57)

    def top_of(title: str) -> int:
        card = next(card for card in home.findChildren(ArticleCard) if title in card.accessibleName())
        return card.mapTo(window, QPoint()).y()

    before = top_of("Ren text")
    window.tabs.open("steps")
    window.table[ActionId.BACK].trigger()
    # What was read has come in above.
    assert bar.value() > 57
    assert top_of("Ren text") == before


def test_the_list_behind_back_names_pages_and_leads_there(article_window: MainWindow) -> None:
    """The nearest first, in the reader's language, with the section that was gone to."""
    window = article_window
    window.reading.go_to_section("second")
    follow(window)
    window.language.switch_to("en")
    menu_of = window.parts.bar.back_button.findChild(HistoryMenu)
    assert menu_of is not None
    menu = menu_of.make_menu()
    assert [item.text() for item in menu.actions()] == [
        "Signing in – Other things",
        "Signing in",
        "Home",
    ]
    menu.actions()[1].trigger()
    menu.deleteLater()
    assert scroll(window) == 0
    menu_of = window.parts.bar.forward_button.findChild(HistoryMenu)
    assert menu_of is not None
    menu = menu_of.make_menu()
    assert [item.text() for item in menu.actions()] == ["Signing in – Other things", "Ren text"]
    menu.deleteLater()


def test_the_list_ends_after_ten_pages(article_window: MainWindow) -> None:
    """What lies further back is in the history."""
    window = article_window
    for _ in range(8):
        follow(window)
        follow(window, "steps")
    menu_of = window.parts.bar.back_button.findChild(HistoryMenu)
    assert menu_of is not None
    menu = menu_of.make_menu()
    assert len(menu.actions()) == 10
    menu.deleteLater()


def test_a_long_press_opens_the_list_and_a_short_one_goes_back(
    article_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that fingers reach it, too."""
    window = article_window
    follow(window)
    follow(window, "steps")
    opened: list[int] = []

    def make(_menu: HistoryMenu) -> _Nothing:
        opened.append(1)
        return _Nothing()

    monkeypatch.setattr(HistoryMenu, "make_menu", make)
    button = window.parts.bar.back_button
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(opened), timeout=3000)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert window.windowTitle().startswith("Logga in")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.windowTitle().startswith("Ren text")
    assert len(opened) == 1


class _Nothing:
    """A menu without entries, which is not shown."""

    def isEmpty(self) -> bool:
        return True


def test_the_history_lists_what_was_read_by_day(article_window: MainWindow) -> None:
    """The newest first, and the keyboard begins there."""
    window = article_window
    follow(window)
    press(window, Qt.Key.Key_H, CTRL)
    page = history_of(window)
    assert listed(page) == ["I dag", "Ren text", "Logga in"]
    assert window.windowTitle() == "Historik – Kunskapsbas"
    assert focused() is page.rows
    press(window, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert window.windowTitle().startswith("Logga in")
    press(window, Qt.Key.Key_Left)
    assert history_of(window).rows.currentIndex().data() == "Logga in"


def test_ctrl_enter_opens_from_the_history_in_another_tab(article_window: MainWindow) -> None:
    """And the middle button on a row."""
    window = article_window
    follow(window)
    press(window, Qt.Key.Key_H, CTRL)
    page = history_of(window)
    press(window, Qt.Key.Key_Return, CTRL)
    assert len(window.tabs.open_tabs) == 2
    point = page.rows.visualRect(page.model.index(2)).center()
    target = page.rows.viewport().mapTo(window, point)
    QTest.mouseClick(
        window.windowHandle(), Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, target
    )
    assert len(window.tabs.open_tabs) == 3
    assert window.parts.area.current is page


def test_an_article_is_removed_and_brought_back(article_window: MainWindow, state: UserState) -> None:
    """With Delete or the cross; Ctrl+Z, the button, or the note bring it back."""
    window = article_window
    follow(window)
    press(window, Qt.Key.Key_H, CTRL)
    page = history_of(window)
    press(window, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    assert listed(page) == ["I dag", "Logga in"]
    assert page.rows.currentIndex().data() == "Logga in"
    assert focused() is page.rows
    press(window, Qt.Key.Key_Z, CTRL)
    assert listed(page) == ["I dag", "Ren text", "Logga in"]
    cross = page.rows.cross_rect(page.rows.visualRect(page.model.index(2))).center()
    QTest.mouseClick(page.rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, cross)
    assert [recent.article for recent in state.recents.latest(5)] == ["plain"]
    undo = window.parts.toast.findChild(QPushButton)
    assert undo is not None
    assert undo.text() == "Ångra"
    undo.click()
    assert [recent.article for recent in state.recents.latest(5)] == ["plain", "steps"]


def test_clearing_the_history_can_be_undone(article_window: MainWindow, state: UserState) -> None:
    """The focus does not get lost with what is gone."""
    window = article_window
    follow(window)
    press(window, Qt.Key.Key_H, CTRL)
    page = history_of(window)
    page.clear_button.setFocus()
    page.clear_button.click()
    assert state.recents.latest(5) == []
    assert page.rows.isHidden()
    assert focused() is page.undo_button
    page.undo_button.click()
    assert listed(page) == ["I dag", "Ren text", "Logga in"]
    assert focused() is page.rows


def test_the_history_is_searched_while_typing(article_window: MainWindow, state: UserState) -> None:
    """And only what is found is removed with the button beside it."""
    window = article_window
    follow(window)
    press(window, Qt.Key.Key_H, CTRL)
    page = history_of(window)
    page.field.setFocus()
    QTest.keyClicks(page.field, "logga")
    assert listed(page) == ["I dag", "Logga in"]
    page.clear_button.click()
    assert [recent.article for recent in state.recents.latest(5)] == ["plain"]
    assert page.rows.isHidden()
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert listed(page) == ["I dag", "Ren text"]
    QTest.keyClicks(page.field, "ren")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert window.windowTitle().startswith("Ren text")


def test_an_empty_history_says_so(window: MainWindow) -> None:
    """And the keyboard is somewhere."""
    window.table[ActionId.HISTORY].trigger()
    page = history_of(window)
    assert page.rows.isHidden()
    assert focused() is page.field
    assert QApplication.focusWidget() is not window.parts.field


def test_the_history_follows_the_language(article_window: MainWindow) -> None:
    """At once, and when it comes up again."""
    window = article_window
    window.table[ActionId.HISTORY].trigger()
    page = history_of(window)
    window.language.switch_to("en")
    assert listed(page) == ["Today", "Signing in"]
    assert window.windowTitle() == "History – Knowledge base"
    assert page.clear_button.text() == "Clear the history"


def test_a_screen_reader_hears_title_and_time(article_window: MainWindow) -> None:
    """And which line is only a heading."""
    window = article_window
    window.table[ActionId.HISTORY].trigger()
    page = history_of(window)
    interface = QAccessible.queryAccessibleInterface(page.rows)
    rows = [interface.child(at) for at in range(interface.childCount())]
    names = [row.text(QAccessible.Text.Name) for row in rows]
    assert names[0] == "I dag"
    assert names[1].startswith("Logga in, ")
    assert interface.text(QAccessible.Text.Name) == "Lästa artiklar"


def test_the_history_is_a_page_of_its_tab(article_window: MainWindow, make_window: MakeWindow) -> None:
    """It is kept and restored as any other."""
    article_window.table[ActionId.HISTORY].trigger()
    article_window.close()
    history_of(make_window())
