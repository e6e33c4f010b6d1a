"""The guided view in the window: in and out, undo, language, history, what is greyed out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kbviewer.state.user_state import UserState
from kbviewer.ui.article.guided_page import GuidedPage
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow, focused

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)


def start(window: MainWindow) -> GuidedPage:
    """Start the guided view as its key does."""
    window.table[ActionId.GUIDED].trigger()
    page = window.reading.guided
    assert page is not None
    return page


def test_the_key_starts_at_the_first_untried_step(article_window: MainWindow, state: UserState) -> None:
    """A call that was interrupted goes on."""
    state.ticks.set_done("steps", ["one"], True)

    page = start(article_window)

    assert page.step_id == "two-a"
    assert page.foot.done.hasFocus()
    assert not article_window.parts.pane.isVisible()


def test_esc_leads_to_the_box_of_the_same_step(article_window: MainWindow, qtbot: QtBot) -> None:
    """The reader finds himself where he was, and the tick with him."""
    page = start(article_window)
    QTest.keyClick(page.foot.done, Qt.Key.Key_D)
    assert page.step_id == "two-a"

    QTest.keyClick(page.foot.done, Qt.Key.Key_Escape)

    article = article_window.reading.page
    assert article is not None
    assert focused() is article.layer.widget("tick:two-a")
    assert article.progress().done == 1
    assert article_window.parts.pane.isVisible()
    assert not article_window.table[ActionId.GUIDED].isChecked()


def test_alt_left_leaves_and_then_goes_back(article_window: MainWindow) -> None:
    """Back takes one step at a time."""
    start(article_window)
    back = article_window.table[ActionId.BACK]
    assert back.isEnabled()

    back.trigger()
    assert article_window.reading.guided is None
    assert article_window.reading.page is not None
    back.trigger()
    assert article_window.parts.area.current is article_window.parts.area.home_page


def test_undo_is_shown_at_once(article_window: MainWindow, state: UserState) -> None:
    """What the bar shows is what is kept."""
    page = start(article_window)
    QTest.keyClick(page.foot.done, Qt.Key.Key_D)
    assert page.head.bar.value() == 1

    article_window.table[ActionId.UNDO].trigger()

    assert page.head.bar.value() == 0
    assert state.ticks.done("steps") == frozenset()


def test_another_language_keeps_the_step(article_window: MainWindow) -> None:
    """Switched for the customer, in the middle of it."""
    page = start(article_window)
    page.go_to(1)

    article_window.table[ActionId.SWITCH_LANGUAGE].trigger()

    assert article_window.reading.guided is page
    assert page.step_id == "two-a"
    assert page.head.title.text() == "Step 2 of 2 · First things"
    assert article_window.windowTitle().startswith("Signing in")
    page.leave()
    article = article_window.reading.page
    assert article is not None
    assert article.opened.article is not None
    assert article.opened.article.language == "en"


def test_only_what_makes_sense_is_offered(article_window: MainWindow) -> None:
    """Printing does, finding in a text that is not shown does not."""
    start(article_window)

    table = article_window.table
    assert table[ActionId.PRINT].isEnabled()
    assert table[ActionId.GET_HELP].isEnabled()
    assert not table[ActionId.FIND].isEnabled()
    assert not table[ActionId.EXPAND_ALL].isEnabled()


def test_an_article_without_steps_offers_no_guided_view(make_window: MakeWindow) -> None:
    """There is nothing to go through."""
    window = make_window("plain")

    assert not window.table[ActionId.GUIDED].isEnabled()


def test_another_article_ends_the_guided_view(article_window: MainWindow) -> None:
    """It was a view of the one before."""
    start(article_window)

    article_window.reader.open("plain")

    assert article_window.reading.guided is None
    assert not article_window.table[ActionId.GUIDED].isEnabled()
    article_window.reader.go_back()
    assert article_window.reading.page is not None
    assert article_window.table[ActionId.GUIDED].isEnabled()


def test_the_side_pane_has_a_button_for_it(article_window: MainWindow) -> None:
    """Those who use the mouse find it beside the progress."""
    article_window.parts.pane.progress.guided_button.click()

    assert article_window.reading.guided is not None


def test_a_section_from_a_link_opens_in_the_whole_article(article_window: MainWindow) -> None:
    """The guided view has no sections."""
    page = start(article_window)

    page.section_wanted.emit("second")

    assert article_window.reading.page is not None
    assert article_window.reading.section == "second"


def test_esc_closes_results_beside_it_first(article_window: MainWindow, qtbot: QtBot) -> None:
    """One key press, one thing."""
    page = start(article_window)
    article_window.searching.search_for("x")
    qtbot.waitUntil(lambda: article_window.searching.is_beside)
    page.foot.done.setFocus()

    QTest.keyClick(page.foot.done, Qt.Key.Key_Escape)
    assert article_window.guiding.is_on
    assert not article_window.searching.is_beside
    QTest.keyClick(page.foot.done, Qt.Key.Key_Escape)

    assert article_window.reading.page is not None


def test_a_failed_step_begins_a_case_and_its_note_hides_no_button(
    article_window: MainWindow, qtbot: QtBot
) -> None:
    """The next step may fail while the note stays."""
    page = start(article_window)
    QTest.keyClick(page.foot.done, Qt.Key.Key_F)

    assert article_window.desk.in_case
    (result,) = article_window._state.cases.get(article_window.desk.case_id).steps
    assert result.step == "one"
    toast = article_window.parts.toast
    qtbot.waitUntil(toast.isVisible)
    foot = page.foot.mapTo(article_window, page.foot.rect().bottomLeft()).y()
    assert toast.mapTo(article_window, QPoint(0, 0)).y() > foot


def test_a_note_that_is_shown_already_hides_no_button(article_window: MainWindow, qtbot: QtBot) -> None:
    """It came with the article, and must not lie over "failed"."""
    toast = article_window.parts.toast
    toast.show_text("Kopierat")
    article_window.table[ActionId.GUIDED].trigger()
    guided = article_window.reading.guided
    assert guided is not None
    qtbot.waitUntil(
        lambda: (
            toast.mapTo(article_window, QPoint(0, 0)).y()
            > guided.foot.mapTo(article_window, guided.foot.rect().bottomLeft()).y()
        )
    )
