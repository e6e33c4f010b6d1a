"""Bookmarks in the window: one key, a list in folders, the menu, and places that are gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from kbviewer.app.libraries import open_libraries
from kbviewer.state.user_state import UserState
from kbviewer.ui.marks.note_rows import Annotated
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.outline_view import MARKED_ROLE
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import FakeSearch, MakeWindow, focused
from tests.support.marks import bookmarks_of, page_of, rows_of, undo_button

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_one_key_keeps_the_section_that_is_read_and_forgets_it(
    article_window: MainWindow, state: UserState
) -> None:
    """The outline shows where the ribbon is."""
    window = article_window
    page_of(window).go_to("second")
    window.table[ActionId.BOOKMARK].trigger()

    assert state.bookmarks.of_article("steps") == {"second"}
    outline = window.parts.pane.outline.outline
    assert [bool(outline.index(row).data(MARKED_ROLE)) for row in range(outline.rowCount())] == [
        False,
        True,
        False,
    ]
    assert "Har bokmärke" in outline.index(1).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert window.table[ActionId.BOOKMARK].text() == "Ta bort &bokmärke"

    window.table[ActionId.BOOKMARK].trigger()

    assert state.bookmarks.of_article("steps") == frozenset()
    assert window.table[ActionId.BOOKMARK].text() == "Lägg till &bokmärke"
    undo_button(window).click()
    assert state.bookmarks.of_article("steps") == {"second"}


def test_at_the_top_the_article_itself_is_kept(article_window: MainWindow, state: UserState) -> None:
    article_window.table[ActionId.BOOKMARK].trigger()
    (mark,) = state.bookmarks.list()
    assert (mark.article, mark.anchor, mark.title) == ("steps", "", "Logga in")


def test_a_step_with_the_focus_is_kept(article_window: MainWindow, state: UserState) -> None:
    """Finer than its section, because the reader is at it."""
    page_of(article_window).go_to("two-a")
    article_window.table[ActionId.BOOKMARK].trigger()
    (mark,) = state.bookmarks.list()
    assert (mark.anchor, mark.place) == ("two-a", "Räkna till tio.")


def test_the_list_opens_places_also_from_home(make_window: MakeWindow, state: UserState) -> None:
    """No article need be open."""
    state.bookmarks.add("steps", "second", title="Old title", place="Old place", language="sv")
    window = make_window()
    pane = bookmarks_of(window)
    assert window.parts.pane.isVisible()
    assert focused() is pane.tree
    assert rows_of(pane) == ["Annat"]

    QTest.keyClick(pane.tree, Qt.Key.Key_Return)

    assert window.windowTitle().startswith("Logga in")
    assert window.reading.section == "second"


def test_titles_are_those_of_the_language_that_is_read(article_window: MainWindow, state: UserState) -> None:
    """A bookmark is a place, not a text."""
    state.bookmarks.add("steps", "second", title="Logga in", place="Annat", language="sv")
    pane = bookmarks_of(article_window)
    assert rows_of(pane) == ["Annat"]
    article_window.table[ActionId.SWITCH_LANGUAGE].trigger()
    assert rows_of(pane) == ["Other things"]
    assert article_window.parts.pane.tabs.tabText(1) == "Bookmarks"


def test_order_is_changed_by_keys_and_kept(article_window: MainWindow, state: UserState) -> None:
    """Alt with the arrows, through folders."""
    for anchor in ("first", "second"):
        state.bookmarks.add("steps", anchor, title="Logga in", place=anchor, language="sv")
    state.bookmarks.add_folder("Kund A")
    pane = bookmarks_of(article_window)
    assert rows_of(pane) == ["Det första", "Annat", "Kund A"]

    QTest.keyClick(pane.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert rows_of(pane) == ["Annat", "Det första", "Kund A"]
    QTest.keyClick(pane.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert rows_of(pane) == ["Annat", "Kund A", "  Det första"]
    assert not pane.down.isEnabled() or pane.up.isEnabled()
    QTest.keyClick(pane.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rows_of(pane) == ["Annat", "Det första", "Kund A"]
    assert [mark.anchor for mark in state.bookmarks.list()] == ["second", "first", ""]


def test_a_drop_moves_a_bookmark_into_a_folder(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    """What the model is told when the mouse lets go."""
    state.bookmarks.add("steps", "first", title="Logga in", place="first", language="sv")
    folder = state.bookmarks.add_folder("Kund A").id
    pane = bookmarks_of(article_window)
    data = pane.model.mimeData([pane.model.index(0, 0)])
    with qtbot.waitSignal(pane.move_wanted):
        pane.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, pane.model.index_of(folder))
    assert rows_of(pane) == ["Kund A", "  Det första"]
    refused = pane.model.mimeData([pane.model.index(0, 0)])
    assert not pane.model.dropMimeData(
        refused, Qt.DropAction.MoveAction, -1, -1, pane.model.index(0, 0, pane.model.index(0, 0))
    )


def test_rename_with_f2_and_delete_with_undo(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    state.bookmarks.add("steps", "first", title="Logga in", place="first", language="sv")
    pane = bookmarks_of(article_window)
    QTest.keyClick(pane.tree, Qt.Key.Key_F2)
    editor = next(field for field in pane.tree.findChildren(QLineEdit) if field.isVisible())
    editor.setText("Mitt ställe")
    with qtbot.waitSignal(pane.rename_wanted):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert rows_of(pane) == ["Mitt ställe"]

    QTest.keyClick(pane.tree, Qt.Key.Key_Delete)
    assert rows_of(pane) == []
    assert focused() is pane.filter
    undo_button(article_window).click()
    assert rows_of(pane) == ["Mitt ställe"]


def test_a_new_folder_is_named_at_once(article_window: MainWindow, qtbot: QtBot) -> None:
    pane = bookmarks_of(article_window)
    pane.new_folder.click()
    editor = next(field for field in pane.tree.findChildren(QLineEdit) if field.isVisible())
    with qtbot.waitSignal(pane.rename_wanted):
        QTest.keyClicks(editor, "Kund B")
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert rows_of(pane) == ["Kund B"]
    QTest.keyClick(pane.tree, Qt.Key.Key_F2)
    editor = next(field for field in pane.tree.findChildren(QLineEdit) if field.isVisible())
    editor.clear()
    with qtbot.waitSignal(pane.rename_wanted):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert rows_of(pane) == ["Kund B"]
    assert article_window.parts.notice.isVisible(), "an empty name is told, not taken"


def test_a_bookmark_that_leads_nowhere_says_so_and_offers_a_way_on(
    article_window: MainWindow, state: UserState, search: FakeSearch
) -> None:
    """Another library may be open; the bookmark is not at fault."""
    state.bookmarks.add("gone", "", title="Outlook svarar inte", place="", language="sv")
    state.bookmarks.add("steps", "lost", title="Logga in", place="Ett stycke", language="sv")
    pane = bookmarks_of(article_window)
    assert pane.model.index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole) == (
        "Finns inte i det öppna biblioteket"
    )
    assert pane.strip.isVisible()
    QTest.keyClick(pane.tree, Qt.Key.Key_Return)
    assert focused() is pane.strip.search
    assert article_window.windowTitle().startswith("Logga in"), "the page stays"
    pane.strip.search.click()
    assert search.asked[-1].text == "Outlook svarar inte"

    pane.tree.set_current(state.bookmarks.list()[1].id)
    assert "har inte längre det här stället" in pane.strip.text
    pane.strip.delete.click()
    assert rows_of(pane) == ["Outlook svarar inte"]


def test_the_menu_lists_the_first_twenty(article_window: MainWindow, state: UserState) -> None:
    for number in range(25):
        state.bookmarks.add("steps", "second", title="T", place=str(number), language="sv")
    menus = [menu for menu in article_window.findChildren(QMenu) if menu.title() == "&Bokmärken"]
    (menu,) = menus
    for _again in range(2):
        menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts[:3] == ["Lägg till &bokmärke", "&Visa bokmärken", "Visa &anteckningar"]
    assert texts[3:] == ["Annat – Logga in"] * 20
    menu.actions()[-1].trigger()
    assert article_window.reading.section == "second"


def test_a_filter_narrows_the_list(article_window: MainWindow, state: UserState) -> None:
    for anchor in ("first", "second"):
        state.bookmarks.add("steps", anchor, title="Logga in", place=anchor, language="sv")
    pane = bookmarks_of(article_window)
    pane.filter.setText("annat")
    assert rows_of(pane) == ["Annat"]
    pane.filter.setText("xyz")
    assert rows_of(pane) == []


def test_showing_another_list_does_not_move_the_text(article_window: MainWindow) -> None:
    """A hidden list hands its focus to the page, which would scroll to its first link."""
    page_of(article_window).go_to("second")
    bar = page_of(article_window).view.verticalScrollBar()
    before = bar.value()
    for action in (ActionId.SHOW_BOOKMARKS, ActionId.SHOW_NOTES, ActionId.SHOW_BOOKMARKS):
        article_window.table[action].trigger()
        assert bar.value() == before
        assert article_window.parts.pane.isAncestorOf(focused())


def test_escape_takes_the_pane_that_was_called_away_again(window: MainWindow) -> None:
    """On the home page it is a guest."""
    bookmarks_of(window)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert window.parts.pane.isHidden()


def test_in_a_narrow_window_the_list_lies_over_the_page(make_window: MakeWindow, state: UserState) -> None:
    state.bookmarks.add("steps", "second", title="Logga in", place="x", language="sv")
    window = make_window("plain", size=(400, 700))
    pane = bookmarks_of(window)
    assert pane.isVisible()
    assert window.parts.pane.width() <= 360
    QTest.keyClick(pane.tree, Qt.Key.Key_Return)
    assert window.parts.pane.isHidden()
    assert window.windowTitle().startswith("Logga in")


def test_marks_follow_another_library(article_window: MainWindow, state: UserState, tmp_path: Path) -> None:
    """What was there a moment ago may be gone now."""
    state.bookmarks.add("steps", "second", title="Logga in", place="Annat", language="sv")
    pane = bookmarks_of(article_window)
    other = tmp_path / "other" / "x"
    other.mkdir(parents=True)
    (other / "sv.md").write_text("# X\n", encoding="utf-8")
    article_window.library.replace(open_libraries((other.parent,), tmp_path))
    article_window.opener.opened.emit()
    said = pane.model.index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert said == "Finns inte i det öppna biblioteket"


def test_only_bookmarks_in_view_are_looked_up(
    article_window: MainWindow, state: UserState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds of them would have hundreds of articles read."""
    for number in range(300):
        state.bookmarks.add(f"a{number}", "", title=f"T {number}", place="", language="sv")
    looked_up: set[str] = set()
    real = article_window.marking.looks.article

    def look(article: str) -> Annotated:
        looked_up.add(article)
        return real(article)

    monkeypatch.setattr(article_window.marking.looks, "article", look)
    pane = bookmarks_of(article_window)
    pane.tree.viewport().repaint()
    assert 0 < len(looked_up) < 60
