"""Side by side in the window: the action, the side pane, keys, find, and that it is remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kbviewer.state.user_state import UserState
from kbviewer.ui.article.beside import Beside
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow, focused


def _beside(window: MainWindow) -> Beside:
    beside = window.parts.area.beside
    assert beside is not None
    return beside


def _switch(window: MainWindow) -> None:
    window.table[ActionId.SIDE_BY_SIDE].trigger()


def test_the_shortcut_shows_both_languages_and_takes_one_away_again(article_window: MainWindow) -> None:
    """One key, there and back; the place stays."""
    page = article_window.reading.page
    assert page is not None
    page.go_to("second")
    section = page.place().anchor

    QTest.keyClick(
        focused(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert _beside(article_window).is_aligned
    assert "Signing in" in _beside(article_window).companion.view.toPlainText()
    assert page.place().anchor == section
    assert article_window.table[ActionId.SIDE_BY_SIDE].isChecked()
    _switch(article_window)
    assert not _beside(article_window).is_on
    assert page.place().anchor == section


def test_side_by_side_is_remembered(make_window: MakeWindow, state: UserState) -> None:
    """Who reads with customers wants it every time, from the first article on."""
    first = make_window("steps")
    _switch(first)
    first.close()
    assert state.settings.get("side_by_side") is True

    window = make_window("steps")

    assert window.table[ActionId.SIDE_BY_SIDE].isChecked()
    assert _beside(window).is_aligned


def test_the_button_over_the_columns_switches_the_action_off(article_window: MainWindow) -> None:
    """Where a finger or the mouse looks for it; the menu must agree."""
    _switch(article_window)

    close = _beside(article_window).frame.head.stops[1]
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)

    assert not article_window.table[ActionId.SIDE_BY_SIDE].isChecked()
    assert not _beside(article_window).is_on


def test_an_article_in_one_language_says_so_and_the_next_one_has_both(article_window: MainWindow) -> None:
    """Nothing is switched off behind the reader's back."""
    _switch(article_window)

    article_window.reader.open("plain")
    assert _beside(article_window).frame.lack.isVisible()
    article_window.reader.go_back()

    assert _beside(article_window).is_aligned
    assert not _beside(article_window).frame.lack.isVisible()


def test_the_language_switch_swaps_the_columns(article_window: MainWindow) -> None:
    """The reader's language stands on the left."""
    _switch(article_window)
    beside = _beside(article_window)

    article_window.language.switch_to("en")

    page = article_window.reading.page
    assert page is not None
    assert page.opened.article is not None
    assert beside.companion.opened.article is not None
    assert (page.opened.article.language, beside.companion.opened.article.language) == ("en", "sv")
    assert beside.is_aligned


def test_a_tick_on_the_right_moves_the_progress_in_the_side_pane(article_window: MainWindow) -> None:
    """And undo takes it back in both columns."""
    _switch(article_window)
    companion = _beside(article_window).companion
    box = companion.layer.widget("tick:one")
    assert box is not None

    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    assert article_window.parts.pane._shown.done == 1
    article_window.table[ActionId.UNDO].trigger()

    assert article_window.parts.pane._shown.done == 0
    assert companion.progress().done == 0
    assert not companion.layer.widget("tick:one").isChecked()  # type: ignore[union-attr]


def test_the_pane_gives_way_where_both_columns_need_its_room(
    make_window: MakeWindow, state: UserState
) -> None:
    """It comes back afterwards, and the reader's wish for it is not overwritten."""
    window = make_window("steps", size=(1000, 700))
    pane = window.parts.pane
    assert pane.isVisible()

    _switch(window)
    assert not pane.isVisible()
    assert _beside(window).is_aligned
    window.resize(1366, 700)
    assert pane.isVisible()
    window.resize(1000, 700)
    assert not pane.isVisible()
    _switch(window)

    assert pane.isVisible()
    window.settings.flush()
    assert state.settings.get("side_pane_folded") is False


def test_a_pane_that_the_reader_brings_back_stays(make_window: MakeWindow) -> None:
    """The columns then say that they have too little room."""
    window = make_window("steps", size=(1000, 700))
    _switch(window)

    window.table[ActionId.SIDE_PANE].trigger()

    assert window.parts.pane.isVisible()
    assert not _beside(window).is_aligned
    assert _beside(window).frame.head.note
    window.resize(990, 700)
    assert window.parts.pane.isVisible()


def test_find_counts_both_columns(article_window: MainWindow) -> None:
    """A word is sought in whichever language it comes to mind."""
    _switch(article_window)

    article_window.finding.start("knappen")
    bar = article_window.parts.area.find_bar
    assert bar is not None
    assert _beside(article_window).companion.finder._session.text == "knappen"
    for text in ("button", "sign in"):
        article_window.finding.start(text)
        assert _beside(article_window).companion.finder._session.matches
        assert not article_window.reading.page.finder._session.matches  # type: ignore[union-attr]
    article_window.finding.stop()
    assert not _beside(article_window).companion.view.extraSelections()


def test_copy_and_select_all_act_in_the_column_with_the_focus(article_window: MainWindow) -> None:
    """Text is copied from where the reader is."""
    _switch(article_window)
    companion = _beside(article_window).companion
    companion.view.setFocus()

    article_window.table[ActionId.SELECT_ALL].trigger()
    article_window.table[ActionId.COPY].trigger()

    assert "Press the button" in QApplication.clipboard().text()
    assert "Tryck" not in QApplication.clipboard().text()


def test_f6_goes_on_to_the_other_column(article_window: MainWindow) -> None:
    """From a step to the same step; then on to the search field as ever."""
    _switch(article_window)
    page = article_window.reading.page
    assert page is not None
    page.go_to("one")
    next_area = article_window.table[ActionId.NEXT_AREA]

    next_area.trigger()
    companion = _beside(article_window).companion
    assert companion.layer.key_of(focused()) == "tick:one"
    next_area.trigger()

    assert focused() is article_window.parts.field


def test_tab_goes_through_the_head_then_the_left_then_the_right_column(article_window: MainWindow) -> None:
    """Column by column: ticks are shared, so nobody has to pass each of them twice."""
    _switch(article_window)
    beside, page = _beside(article_window), article_window.reading.page
    assert page is not None
    close = beside.frame.head.stops[1]
    close.setFocus()
    order: list[str] = []
    for _ in range(60):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        here = focused()
        if beside.companion.isAncestorOf(here):
            order.append("right")
        elif page.isAncestorOf(here):
            order.append("left")
        else:
            break
    assert order == sorted(order)
    assert {"left", "right"} == set(order)


def test_a_link_in_the_right_column_leads_on(article_window: MainWindow) -> None:
    """Both columns are the same article."""
    _switch(article_window)
    companion = _beside(article_window).companion
    number = next(n for n, spot in enumerate(companion.stage.page.links) if spot.label == "other")

    companion.view.link_pressed.emit(number)

    assert article_window.reader.article is not None
    assert article_window.reader.article.id == "plain"


@pytest.mark.parametrize("size", [(320, 600), (700, 600)])
def test_small_windows_show_one_column(make_window: MakeWindow, size: tuple[int, int]) -> None:
    """With a sentence that says why, inside the window."""
    window = make_window("steps", size=size)
    _switch(window)
    beside = _beside(window)

    assert not beside.companion.isVisible()
    assert beside.frame.head.note
    assert beside.frame.head.width() <= size[0]
    assert beside.frame.head._note.height() >= beside.frame.head._note.heightForWidth(
        beside.frame.head._note.width()
    )
