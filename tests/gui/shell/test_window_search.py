"""The search in the window: beside the article or over it, what stays, and where Esc leads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.model.errors import StateError
from kbviewer.model.hits import Hit, SearchAnswer
from kbviewer.model.messages import message
from kbviewer.search.protocol import Answer
from kbviewer.state.user_state import UserState
from kbviewer.ui.search.panel import ResultsPanel
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import FakeSearch, MakeWindow, focused

STEPS = Hit("steps", "", "steps/sv.md", "sv", "Logga in", "Tryck på knappen.", "second", 2.0)
PLAIN = Hit("plain", "", "plain/sv.md", "sv", "Ren text", "Inget.", "", 1.0)
BROKEN = Hit("broken", "", "broken/sv.md", "sv", "Trasig", "Trasig.", "", 0.5)
WIDE, SMALL, NARROW = (1366, 768), (1180, 720), (700, 700)
SETTLED_MS = 400


def panel_of(window: MainWindow) -> ResultsPanel:
    return window.findChildren(ResultsPanel)[0]


def stands_beside(window: MainWindow) -> bool:
    panel = panel_of(window)
    return panel.isVisible() and panel.is_beside


def place_of(window: MainWindow, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def search_for(window: MainWindow, search: FakeSearch, *hits: Hit, text: str = "knapp") -> ResultsPanel:
    """Type into the field and answer."""
    window.table[ActionId.SEARCH].trigger()
    window.parts.field.setText(text)
    search.answered.emit(Answer(len(search.asked), SearchAnswer(text, hits, 1.0, total=len(hits))))
    return panel_of(window)


def test_results_stand_beside_the_article(article_window: MainWindow, search: FakeSearch) -> None:
    """Both can be read; nothing is covered."""
    panel = search_for(article_window, search, STEPS, PLAIN)
    area = place_of(article_window, article_window.parts.area)
    place = place_of(article_window, panel)

    assert panel.isVisible()
    assert not place.intersects(area)
    assert place.right() + 1 == area.left()
    assert 400 <= place.width() <= 440
    assert area.width() >= 560


def test_results_lie_over_the_article_in_a_narrow_window(make_window: MakeWindow, search: FakeSearch) -> None:
    """Two columns would leave room for neither."""
    window = make_window("steps", size=NARROW)

    panel = search_for(window, search, STEPS)

    assert place_of(window, panel).intersects(place_of(window, window.parts.area))
    assert window.parts.area.width() == NARROW[0]


def test_large_text_needs_a_wider_window_for_both(article_window: MainWindow, search: FakeSearch) -> None:
    """At twice the size half as much fits."""
    panel = search_for(article_window, search, STEPS)

    article_window.table[ActionId.ZOOM_IN].trigger()
    assert stands_beside(article_window)
    for _press in range(4):
        article_window.table[ActionId.ZOOM_IN].trigger()

    assert not stands_beside(article_window)
    assert panel.isVisible()


def test_results_follow_the_window(article_window: MainWindow, search: FakeSearch) -> None:
    """From beside to over and back, with rows and focus."""
    panel = search_for(article_window, search, STEPS, PLAIN)
    QTest.keyClick(article_window.parts.field, Qt.Key.Key_Down)

    article_window.resize(*NARROW)
    assert panel.isVisible()
    assert not stands_beside(article_window)
    article_window.resize(*WIDE)

    assert stands_beside(article_window)
    assert panel.current_article() == "plain"
    assert article_window.parts.field.hasFocus()


def test_enter_opens_beside_and_the_list_stays(article_window: MainWindow, search: FakeSearch) -> None:
    """One hit after the other, without searching anew."""
    panel = search_for(article_window, search, STEPS, PLAIN)
    field = article_window.parts.field
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert article_window.windowTitle().startswith("Ren text")
    assert panel.isVisible()
    assert field.hasFocus()

    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert article_window.windowTitle().startswith("Logga in")
    assert panel.isVisible()


def test_a_broken_article_leaves_the_list_and_the_focus(
    article_window: MainWindow, search: FakeSearch
) -> None:
    """The next hit is one key away."""
    panel = search_for(article_window, search, BROKEN)

    QTest.keyClick(article_window.parts.field, Qt.Key.Key_Return)

    assert article_window.parts.area.current is article_window.parts.area.status_page
    assert panel.isVisible()
    assert article_window.parts.field.hasFocus()


def test_enter_closes_what_lies_over_the_article(make_window: MakeWindow, search: FakeSearch) -> None:
    """The article is what the reader wants to see now."""
    window = make_window("steps", size=NARROW)
    panel = search_for(window, search, PLAIN)

    QTest.keyClick(window.parts.field, Qt.Key.Key_Return)

    assert window.windowTitle().startswith("Ren text")
    assert not panel.isVisible()
    assert window.parts.area.isAncestorOf(focused())


def test_escape_returns_to_where_the_reader_was(
    article_window: MainWindow, search: FakeSearch, qtbot: QtBot
) -> None:
    """Also to the line: the column that comes and goes must not move the text."""
    page = article_window.parts.area.article_page
    assert page is not None
    page.setFocus()
    page.go_to("second")
    qtbot.waitUntil(lambda: article_window.reading.section == "second")
    before, focus = page.place(), focused()
    panel = search_for(article_window, search, STEPS)
    assert page.place().anchor == before.anchor

    QTest.keyClick(article_window.parts.field, Qt.Key.Key_Escape)

    assert not panel.isVisible()
    assert article_window.parts.frame.column.isHidden()
    assert focused() is focus
    assert page.place().anchor == before.anchor
    assert page.place().fraction == pytest.approx(before.fraction, abs=0.02)


def test_escape_after_opening_a_hit_stays_in_it(article_window: MainWindow, search: FakeSearch) -> None:
    """It was chosen; Alt+Left leads back."""
    search_for(article_window, search, PLAIN)
    QTest.keyClick(article_window.parts.field, Qt.Key.Key_Return)

    QTest.keyClick(article_window.parts.field, Qt.Key.Key_Escape)

    assert article_window.windowTitle().startswith("Ren text")
    assert article_window.parts.area.isAncestorOf(focused())


def test_escape_leads_to_the_article_when_the_button_of_before_is_gone(
    article_window: MainWindow, search: FakeSearch, qtbot: QtBot
) -> None:
    """The page is written anew in another language, and its buttons with it."""
    page = article_window.parts.area.article_page
    assert page is not None
    button = QPushButton("x", page)
    button.show()
    button.setFocus()
    search_for(article_window, search, STEPS)
    article_window.language.switch_to("en")
    with qtbot.waitSignal(button.destroyed):
        button.deleteLater()

    QTest.keyClick(article_window.parts.field, Qt.Key.Key_Escape)

    assert not panel_of(article_window).isVisible()
    assert article_window.parts.area.isAncestorOf(focused())


def test_reading_beside_the_list_keeps_it(article_window: MainWindow, search: FakeSearch) -> None:
    """A click into the text, a link, a way back: the results cover nothing."""
    panel = search_for(article_window, search, STEPS, PLAIN)
    page = article_window.parts.area.article_page
    assert page is not None

    page.setFocus()
    assert panel.isVisible()
    article_window.reader.open("plain")
    assert panel.isVisible()
    assert article_window.parts.area.isAncestorOf(focused())

    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_clearing_the_query_gives_the_room_back(article_window: MainWindow, search: FakeSearch) -> None:
    panel = search_for(article_window, search, STEPS)
    article_window.parts.field.clear()
    assert not panel.isVisible()
    assert article_window.parts.frame.column.isHidden()


def test_going_home_closes_the_list(article_window: MainWindow, search: FakeSearch) -> None:
    """Home is a new beginning."""
    panel = search_for(article_window, search, STEPS)
    article_window.table[ActionId.HOME].trigger()
    assert not panel.isVisible()


def test_nothing_found_leads_home(article_window: MainWindow, search: FakeSearch) -> None:
    """The topics are there."""
    panel = search_for(article_window, search)
    button = next(b for b in panel.findChildren(QPushButton) if b.text() == "Bläddra bland ämnen")
    button.click()
    assert article_window.parts.area.current is article_window.parts.area.home_page


def test_the_side_pane_makes_room_where_three_columns_are_too_many(
    make_window: MakeWindow, search: FakeSearch
) -> None:
    """It folds as in a narrow window, and lies over the page when it is asked for."""
    window = make_window("steps", size=SMALL)
    field = place_of(window, window.parts.field)
    assert window.parts.pane.isVisible()
    search_for(window, search, STEPS)
    assert stands_beside(window)
    assert window.parts.pane.isHidden()
    QTest.qWait(SETTLED_MS)
    assert window.parts.area.width() == SMALL[0] - panel_of(window).width()
    assert place_of(window, window.parts.field) == field

    window.table[ActionId.SIDE_PANE].trigger()
    assert window.parts.pane.isVisible()
    QTest.keyClick(window.parts.pane.outline, Qt.Key.Key_Escape)
    window.table[ActionId.SEARCH].trigger()
    QTest.keyClick(window.parts.field, Qt.Key.Key_Escape)

    QTest.qWait(SETTLED_MS)
    assert window.parts.pane.isVisible()
    assert place_of(window, window.parts.area).left() == window.parts.pane.width()


def test_the_text_keeps_its_lines_where_the_side_pane_can_make_room(
    article_window: MainWindow, search: FakeSearch
) -> None:
    """On a laptop's screen nothing is laid out anew, so that the page follows at once."""
    page = article_window.reading.page
    assert page is not None
    before = page.stage.measures

    panel = search_for(article_window, search, STEPS)

    assert stands_beside(article_window)
    assert article_window.parts.pane.isHidden()
    assert article_window.parts.area.width() == WIDE[0] - panel.width()
    assert page.stage.measures == before


def test_the_page_waits_for_a_pause_before_it_takes_less_room(
    make_window: MakeWindow, search: FakeSearch
) -> None:
    """No keystroke waits until a long article is laid out; until then nothing moves on the screen."""
    window = make_window("steps", size=SMALL)
    area = window.parts.area
    before = place_of(window, area)

    panel = search_for(window, search, STEPS)
    assert stands_beside(window)
    assert place_of(window, area) == before
    QTest.qWait(SETTLED_MS)

    assert place_of(window, area).left() == place_of(window, panel).right() + 1
    assert place_of(window, area).right() == before.right()


def test_escape_before_the_pause_leaves_the_page_as_it_was(
    make_window: MakeWindow, search: FakeSearch
) -> None:
    """There is nothing to wait for."""
    window = make_window("steps", size=SMALL)
    before = place_of(window, window.parts.area)

    search_for(window, search, STEPS)
    QTest.keyClick(window.parts.field, Qt.Key.Key_Escape)

    assert place_of(window, window.parts.area) == before
    assert window.parts.pane.isVisible()


def test_an_opened_hit_has_all_its_room_at_once(make_window: MakeWindow, search: FakeSearch) -> None:
    """It is laid out for the room that it will stand in."""
    window = make_window("steps", size=SMALL)
    panel = search_for(window, search, PLAIN)

    QTest.keyClick(window.parts.field, Qt.Key.Key_Return)

    assert window.windowTitle().startswith("Ren text")
    assert place_of(window, window.parts.area).left() == place_of(window, panel).right() + 1


def test_a_resized_window_does_not_wait(make_window: MakeWindow, search: FakeSearch) -> None:
    """The reader watches the page, not the results."""
    window = make_window("steps", size=SMALL)
    panel = search_for(window, search, STEPS)

    window.resize(1100, 720)

    assert window.parts.area.width() == 1100 - panel.width()


def test_tab_goes_from_the_field_through_the_list_to_the_page(
    article_window: MainWindow, search: FakeSearch
) -> None:
    """Nothing in the panel needs a mouse; also after a change of language."""
    article_window.language.switch_to("en")
    panel = search_for(article_window, search)
    QTest.keyClick(article_window.parts.field, Qt.Key.Key_Tab)
    assert panel.isAncestorOf(focused())
    assert isinstance(focused(), QPushButton)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_searches_come_back_after_a_restart(
    article_window: MainWindow, make_window: MakeWindow, search: FakeSearch, state: UserState
) -> None:
    """Yesterday's question is often today's."""
    search_for(article_window, search, PLAIN, text="ren text")
    QTest.keyClick(article_window.parts.field, Qt.Key.Key_Return)
    article_window.close()
    assert state.searches.latest() == ["ren text"]

    window = make_window("steps")
    window.table[ActionId.SEARCH].trigger()
    QTest.keyClick(window.parts.field, Qt.Key.Key_Down)
    QTest.keyClick(window.parts.field, Qt.Key.Key_Return)

    assert search.asked[-1].text == "ren text"
    assert not stands_beside(window)


def test_a_search_that_cannot_be_kept_is_told(
    article_window: MainWindow, search: FakeSearch, state: UserState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hit opens all the same."""

    def refuse(*args: object) -> None:
        raise StateError(message("The disk is full."))

    monkeypatch.setattr(state.searches, "record", refuse)
    search_for(article_window, search, PLAIN)
    QTest.keyClick(article_window.parts.field, Qt.Key.Key_Return)
    assert article_window.parts.notice.isVisible()
    assert article_window.windowTitle().startswith("Ren text")


def test_the_search_gets_ready_when_the_field_gets_the_focus(
    article_window: MainWindow, search: FakeSearch
) -> None:
    """The first letter should not wait for a process to start; who only reads needs none."""
    assert search.warmed_up == 0
    article_window.table[ActionId.SEARCH].trigger()
    assert search.warmed_up == 1
    assert not search.asked


def test_the_search_gets_ready_on_the_first_page(window: MainWindow, search: FakeSearch) -> None:
    """The field has the focus there from the start."""
    assert search.warmed_up == 1
