"""All cases in the window: the list, the strip that leads to it, and home."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kbviewer.model.cases import StepOutcome
from kbviewer.state.user_state import UserState
from kbviewer.ui.case.bar import CaseBar
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.support.case_window import act, case_page, only, page_of, press, read, strip, toast

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)

FAILED = StepOutcome.FAILED


def test_enter_resumes_a_case_in_its_article_and_esc_returns(window: MainWindow, qtbot: QtBot) -> None:
    """The list is a stop on the way, not the end of it."""
    window.open_article("steps")
    page_of(window).go_to("second")
    qtbot.waitUntil(lambda: window.reading.section == "second")
    left = page_of(window).place()
    window.desk.start("INC1")
    window.desk.set_outcome(read(window), ["one"], FAILED)
    window.desk.pause()
    act(window, ActionId.CASES)
    page = case_page(window)
    assert window.windowTitle() == "Ärenden – Kunskapsbas"
    assert page.list.hasFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert page_of(window).place().anchor == left.anchor
    window.reader.go_home()
    act(window, ActionId.CASES)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert window.desk.case_id == 1
    assert window.windowTitle().startswith("Logga in")


def test_a_case_without_articles_resumes_where_the_reader_was(window: MainWindow) -> None:
    """There is nowhere else to go on."""
    window.desk.start("INC1")
    window.desk.pause()
    act(window, ActionId.CASES)
    QTest.keyClick(case_page(window).list, Qt.Key.Key_Return)
    assert window.desk.case_id == 1
    assert window.parts.area.current is window.parts.area.home_page


def test_del_deletes_and_the_toast_brings_it_back(window: MainWindow, state: UserState, qtbot: QtBot) -> None:
    """No dialog asks; everything comes back."""
    window.desk.start("INC1")
    window.desk.write_note(1, "Viktigt")
    act(window, ActionId.CASES)
    page = case_page(window)
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.list.model().rowCount() == 0)
    assert toast(window) == "Ärende 1 är borttaget."
    press(window.parts.toast, "Ångra")
    qtbot.waitUntil(lambda: page.list.model().rowCount() == 1)
    assert state.cases.get(1).notes[0].text == "Viktigt"
    assert window.desk.case_id == 1


def test_a_case_is_closed_reopened_and_resumed_on_the_page(window: MainWindow, qtbot: QtBot) -> None:
    """The actions are about the case that is chosen there."""
    window.desk.start("INC1")
    window.desk.start("INC2")
    act(window, ActionId.CASES)
    page = case_page(window)
    page.list.go_to(1)
    act(window, ActionId.CASE_SOLVED)
    qtbot.waitUntil(lambda: page.details.case is not None and not page.details.case.is_open)
    assert window.desk.case_id == 2
    assert not window.table[ActionId.CASE_NOTE].isEnabled()
    assert window.table[ActionId.CASE_REOPEN].isEnabled()
    act(window, ActionId.CASE_REOPEN)
    qtbot.waitUntil(lambda: page.details.case is not None and page.details.case.is_open)
    assert window.table[ActionId.CASE_NOTE].isEnabled()


def test_actions_of_cases_are_grey_without_one(window: MainWindow) -> None:
    """Only beginning and looking make sense."""
    enabled = {spec for spec in ActionId if spec.value.startswith("case-") and window.table[spec].isEnabled()}
    assert enabled == set()
    assert window.table[ActionId.NEW_CASE].isEnabled()
    assert window.table[ActionId.CASES].isEnabled()


def test_home_shows_the_newest_open_cases_and_resumes_them(window: MainWindow, qtbot: QtBot) -> None:
    """Where the day begins."""
    for number in range(5):
        window.desk.start(f"INC{number}")
    window.desk.pause()
    home = window.parts.area.home_page
    assert home is not None
    cards = [card for card in home.findChildren(QWidget) if card.isVisible()]
    names = [card.accessibleName() for card in cards if "INC" in card.accessibleName()]
    assert [name.split(",")[0] for name in names] == [
        f"Återuppta: Ärende {number} · INC{number - 1}" for number in (5, 4, 3)
    ]
    home.case_chosen.emit(4)
    assert window.desk.case_id == 4


def test_the_page_follows_the_language(window: MainWindow) -> None:
    """While it is shown, too."""
    window.desk.start("INC1")
    act(window, ActionId.CASES)
    page = case_page(window)
    act(window, ActionId.SWITCH_LANGUAGE)
    assert window.windowTitle() == "Cases – Knowledge base"
    assert window.parts.area.shows_cases
    assert page.outcomes.buttons[1].text() == "Open (1)"
    QApplication.processEvents()
    assert strip(window) == "Case 1 · INC1 · no results yet"


def test_the_strip_leads_to_its_case_in_the_list(window: MainWindow, qtbot: QtBot) -> None:
    """Whatever was looked for there before."""
    window.desk.start("INC1")
    window.desk.start("INC2")
    window.desk.resume(1)
    act(window, ActionId.CASES)
    case_page(window).field.setText("INC2")
    window.reader.go_back()
    qtbot.waitUntil(lambda: strip(window).startswith("Ärende 1"))
    stop = only(window, CaseBar).stops[0]
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert case_page(window).current_case == 1


def test_articles_of_cases_have_the_titles_of_the_readers_language(window: MainWindow) -> None:
    """A case that was worked in in Swedish is found and read in English; one that is gone keeps its title."""
    window.open_article("steps")
    window.desk.start("INC1")
    window.desk.set_outcome(read(window), ["one"], FAILED)
    act(window, ActionId.CASES)
    page = case_page(window)
    row = page.list.model().index(0, 0)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert "Logga in" in row.data(spoken)

    window.language.switch_to("en")

    row = page.list.model().index(0, 0)
    assert "Signing in" in row.data(spoken)
    assert page.details.case is not None
    assert [article.title for article in page.details.case.articles] == ["Signing in"]
    assert [step.text for step in page.details.case.steps] == ["Press the button."]
    for words in ("signing", "logga"):
        page.field.setText(words)
        assert page.list.model().rowCount() == 1
    page.field.clear()
    window.reader.go_home()
    assert any("Signing in" in name for name in _names(window))


def _names(window: QWidget) -> list[str]:
    return [child.accessibleName() for child in window.findChildren(QWidget) if child.isVisible()]
