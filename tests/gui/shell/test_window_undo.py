"""Ctrl+Z in the window: one order over everything that can be taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kbviewer.model.cases import StepOutcome
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.support.case_window import act, page_of, press, read, start, strip, toast
from tests.support.marks import bookmarks_of, rows_of, write_note

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)


def test_steps_bookmarks_notes_and_history_are_taken_back_last_first(
    article_window: MainWindow, state: UserState
) -> None:
    """Whoever presses Ctrl+Z means what he did last, wherever that was; the note says what it was."""
    window = article_window
    page_of(window)._step_deeds.press("one")
    page_of(window).go_to("second")
    act(window, ActionId.BOOKMARK)
    write_note(window, "first", "Ring igen")
    window.tab_desk._show_history()
    assert window.tab_desk._history is not None
    window.tab_desk._history.remove(["steps"])
    start(window, "INC1")

    said = []
    for _number in range(6):
        act(window, ActionId.UNDO)
        said.append(toast(window))

    assert said == [
        "Ärende 1 är inte påbörjat. Det som togs med är tillbaka i artikeln.",
        "1 artikel är tillbaka i historiken",
        "Anteckningen har tagits tillbaka.",
        "Bokmärket har tagits tillbaka.",
        "1 bock togs bort",
        "Det finns inget att ångra.",
    ]
    assert state.ticks.done("steps") == frozenset()
    assert state.bookmarks.list() == []
    assert state.annotations.list() == []
    assert strip(window) == ""


def test_ctrl_z_in_a_list_takes_back_what_was_done_last_anywhere(
    article_window: MainWindow, state: UserState
) -> None:
    """A list with an order of its own would undo something that was done long before."""
    state.bookmarks.add("steps", "first", title="Logga in", place="first", language="sv")
    pane = bookmarks_of(article_window)
    QTest.keyClick(pane.tree, Qt.Key.Key_Delete)
    page_of(article_window)._step_deeds.press("one")
    QTest.keyClick(pane.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page_of(article_window).progress().done == 0
    assert rows_of(pane) == []
    QTest.keyClick(pane.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rows_of(pane) == ["Det första"]


def test_what_an_offer_took_back_is_not_taken_back_again(
    article_window: MainWindow, state: UserState
) -> None:
    """The next Ctrl+Z is about what was done before it."""
    page_of(article_window)._step_deeds.press("one")
    act(article_window, ActionId.BOOKMARK)
    press(article_window.parts.toast, "Ångra")
    assert state.bookmarks.list() == []
    act(article_window, ActionId.UNDO)
    assert state.ticks.done("steps") == frozenset()


def test_an_offer_goes_when_a_bookmark_is_changed_after_it(article_window: MainWindow) -> None:
    """Its button would take back the bookmark."""
    start(article_window, "INC1")
    assert toast(article_window)
    bookmarks_of(article_window)
    article_window.marking.bookmarks._add_folder()
    assert toast(article_window) == ""


def test_a_mark_that_was_changed_elsewhere_does_not_block_undo(
    article_window: MainWindow, state: UserState
) -> None:
    """It is told once; what was before it can still be taken back."""
    page_of(article_window)._step_deeds.press("one")
    act(article_window, ActionId.BOOKMARK)
    state.bookmarks.rename(state.bookmarks.list()[0].id, "Annat namn")
    act(article_window, ActionId.UNDO)
    assert article_window.parts.notice.isVisible()
    act(article_window, ActionId.UNDO)
    assert state.ticks.done("steps") == frozenset()


def test_results_that_were_cleared_in_a_case_come_back_as_results(
    article_window: MainWindow,
) -> None:
    """Ticks are what there is outside of cases."""
    start(article_window, "INC1")
    article_window.desk.set_outcome(read(article_window), ["one"], StepOutcome.DONE)
    article_window.desk.set_outcome(read(article_window), ["two-a"], StepOutcome.FAILED)
    page_of(article_window).refresh_steps()
    act(article_window, ActionId.RESET_PROGRESS)
    assert toast(article_window) == "Alla resultat i ärendet för den här artikeln är rensade."
    act(article_window, ActionId.UNDO)
    assert toast(article_window) == "2 resultat är som de var"
