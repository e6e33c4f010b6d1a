"""Dialogs: links that lead nowhere, comments, help, keys, about; and undo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kbviewer.model.errors import StateError
from kbviewer.model.inline import Link, LinkKind
from kbviewer.model.messages import message
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.about_dialog import AboutDialog
from kbviewer.ui.shell.actions import ACTIONS, ActionId, without_mnemonic
from kbviewer.ui.shell.comment_dialog import CommentDialog
from kbviewer.ui.shell.link_dialog import LinkDialog
from kbviewer.ui.shell.shortcuts_dialog import ShortcutsDialog
from kbviewer.ui.shell.window import MainWindow
from kbviewer.ui.theme.dialog import Dialog
from tests.gui.shell.conftest import FakeSearch
from tests.support.shelf import FakeLibraries

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def only(window: QWidget, kind: type[AnyWidget]) -> AnyWidget:
    """Return the one visible child of that kind."""
    found = [child for child in window.findChildren(kind) if child.isVisible()]
    assert len(found) == 1
    return found[0]


def press(dialog: QWidget, text: str) -> None:
    next(button for button in dialog.findChildren(QPushButton) if button.text() == text).click()


def texts(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_element_51_an_external_address_is_copied_never_opened(
    article_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Offline there is nothing to open, and a link may lead anywhere."""
    opened: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    article_window.reading.follow_link(Link(LinkKind.EXTERNAL, "https://example.org/page"))
    dialog = only(article_window, LinkDialog)
    assert only(dialog, QLineEdit).text() == "https://example.org/page"
    press(dialog, "Kopiera adressen")
    assert QGuiApplication.clipboard().text() == "https://example.org/page"
    press(dialog, "Stäng")
    assert not opened


def test_element_48_a_link_to_an_absent_article_says_so_and_searches(
    article_window: MainWindow, search: FakeSearch
) -> None:
    """One sentence and one next step."""
    article_window.reading.follow_link(Link(LinkKind.ARTICLE, "4711"))
    dialog = only(article_window, LinkDialog)
    assert "Saknad del" in texts(dialog)
    press(dialog, "Sök efter det här")
    assert search.asked[-1].text == "Saknad del"


def test_a_link_to_another_article_opens_it(article_window: MainWindow) -> None:
    """At the section that the link names."""
    article_window.reading.follow_link(Link(LinkKind.ARTICLE, "plain", "end"))
    assert article_window.windowTitle().startswith("Ren text")


def test_element_17_a_comment_is_kept_and_exported(
    article_window: MainWindow, state: UserState, tmp_path: Path
) -> None:
    """For the author, without a network."""
    article_window.reading.comment_wanted.emit("first")
    dialog = only(article_window, CommentDialog)
    dialog.write("Steg 2 är otydligt.")
    press(dialog, "Spara")
    kept = state.comments.list("steps")
    assert [(comment.anchor, comment.text) for comment in kept] == [("first", "Steg 2 är otydligt.")]
    target = tmp_path / "comments.json"
    article_window.conversations.write_comments(target)
    assert json.loads(target.read_text("utf-8"))["comments"][0]["article"] == "steps"


def button_of(dialog: QWidget, text: str) -> QPushButton:
    return next(button for button in dialog.findChildren(QPushButton) if button.text() == text)


def press_enter_on(dialog: QWidget, text: str, qtbot: QtBot) -> None:
    """Walk to the button with Tab, as a reader does, and press Enter."""
    for _ in range(12):
        widget = dialog.focusWidget()
        if isinstance(widget, QPushButton) and widget.text() == text:
            qtbot.keyClick(widget, Qt.Key.Key_Return)
            return
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    pytest.fail(f"Tab never comes to {text}")


def test_enter_on_cancel_throws_the_comment_away(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    """Enter presses the button that has the focus ring, not the default one."""
    article_window.conversations.comment()
    dialog = only(article_window, CommentDialog)
    dialog.write("Fel")
    press_enter_on(dialog, "Avbryt", qtbot)
    assert not dialog.isVisible()
    assert not state.comments.list("steps")


def written_in(dialog: QWidget) -> str:
    return only(dialog, QPlainTextEdit).toPlainText()


def test_esc_keeps_a_comment_as_a_draft_for_its_block(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    """A key pressed too early takes no words away; another block has its own."""
    article_window.conversations.comment("first")
    dialog = only(article_window, CommentDialog)
    qtbot.keyClicks(dialog.focusWidget(), "Steg 2")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)
    assert not state.comments.list("steps")

    article_window.conversations.comment("second")
    other = only(article_window, CommentDialog)
    assert written_in(other) == ""
    other.close()

    article_window.conversations.comment("first")
    dialog = only(article_window, CommentDialog)
    qtbot.keyClicks(dialog.focusWidget(), " saknas")
    assert written_in(dialog) == "Steg 2 saknas"
    press(dialog, "Spara")

    assert [comment.text for comment in state.comments.list("steps")] == ["Steg 2 saknas"]
    article_window.conversations.comment("first")
    assert written_in(only(article_window, CommentDialog)) == ""


def test_cancel_leaves_no_draft(article_window: MainWindow) -> None:
    """The button says so; Esc may be a slip."""
    article_window.conversations.comment()
    dialog = only(article_window, CommentDialog)
    dialog.write("Fel")
    press(dialog, "Avbryt")

    article_window.conversations.comment()
    assert written_in(only(article_window, CommentDialog)) == ""


def test_a_comment_that_cannot_be_kept_stays_in_the_dialog(
    article_window: MainWindow, state: UserState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk may have room again later."""

    def refuse(*args: object) -> None:
        raise StateError(message("The disk is full."))

    monkeypatch.setattr(state.comments, "add", refuse)
    article_window.conversations.comment()
    dialog = only(article_window, CommentDialog)
    dialog.write("Fel")
    press(dialog, "Spara")

    assert written_in(only(article_window, CommentDialog)) == "Fel"


@pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_saves_the_comment(
    article_window: MainWindow, state: UserState, qtbot: QtBot, enter: Qt.Key
) -> None:
    """Enter alone makes a new line."""
    article_window.conversations.comment()
    dialog = only(article_window, CommentDialog)
    qtbot.keyClick(dialog.focusWidget(), enter, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.focusWidget(), "Fel")

    qtbot.keyClick(dialog.focusWidget(), enter, Qt.KeyboardModifier.ControlModifier)

    assert not dialog.isVisible()
    assert [comment.text for comment in state.comments.list("steps")] == ["Fel"]


def test_enter_on_copy_copies_and_the_dialog_stays(article_window: MainWindow, qtbot: QtBot) -> None:
    """Copying is also what Enter does while the address has the focus."""
    article_window.reading.follow_link(Link(LinkKind.EXTERNAL, "https://example.org/page"))
    dialog = only(article_window, LinkDialog)
    copy = button_of(dialog, "Kopiera adressen")
    assert copy.isDefault()
    QGuiApplication.clipboard().clear()
    press_enter_on(dialog, "Kopiera adressen", qtbot)
    assert QGuiApplication.clipboard().text() == "https://example.org/page"
    assert dialog.isVisible()
    press_enter_on(dialog, "Stäng", qtbot)
    assert not dialog.isVisible()


def test_an_empty_comment_cannot_be_saved(article_window: MainWindow) -> None:
    """Blanks are no comment."""
    article_window.conversations.comment()
    dialog = only(article_window, CommentDialog)
    dialog.write("  \n")
    save = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Spara")
    assert not save.isEnabled()
    press(dialog, "Avbryt")


def test_an_earlier_comment_can_be_deleted(article_window: MainWindow, state: UserState) -> None:
    """The reader's words are the reader's."""
    state.comments.add("steps", "sv", "", "Fel")
    article_window.conversations.comment()
    dialog = only(article_window, CommentDialog)
    assert "Fel" in texts(dialog)
    press(dialog, "Ta bort")
    assert not state.comments.list("steps")
    press(dialog, "Avbryt")


def test_export_asks_for_a_file_only_when_there_are_comments(
    article_window: MainWindow, state: UserState
) -> None:
    """An empty file helps nobody."""
    article_window.table[ActionId.EXPORT_COMMENTS].trigger()
    assert not article_window.findChildren(QFileDialog)
    assert article_window.parts.toast.isVisible()
    state.comments.add("steps", "sv", "", "Fel")
    article_window.table[ActionId.EXPORT_COMMENTS].trigger()
    only(article_window, QFileDialog).reject()


def test_an_export_that_fails_is_told(article_window: MainWindow, state: UserState, tmp_path: Path) -> None:
    """With the reason and what to do."""
    state.comments.add("steps", "sv", "", "Fel")
    article_window.conversations.write_comments(tmp_path / "missing" / "comments.md")
    assert article_window.parts.notice.isVisible()


def test_the_key_sheet_lists_every_shortcut(window: MainWindow) -> None:
    """It is made from the table, so that it cannot lie."""
    window.table[ActionId.SHORTCUTS].trigger()
    dialog = only(window, ShortcutsDialog)
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    for spec in ACTIONS:
        if spec.shortcuts and spec.listed:
            assert without_mnemonic(window.table[spec.id].text()) in shown
    assert "Ctrl+Skift+L" in shown
    assert {"Vid ett steg", "Misslyckades", "F", "Skriv en anteckning på steget", "N"} <= shown
    assert {"Steg för steg", "D, Ctrl+Enter", "Tillbaka till hela artikeln"} <= shown
    press(dialog, "Stäng")


def test_about_tells_age_and_licences(window: MainWindow) -> None:
    """How old the articles are matters more than the version."""
    window.table[ActionId.ABOUT].trigger()
    dialog = only(window, AboutDialog)
    assert "1.2.3" in texts(dialog)
    assert "22 november 2026" in texts(dialog)
    assert "LGPL-3.0" in only(dialog, QPlainTextEdit).toPlainText()
    press(dialog, "Stäng")


def test_choosing_a_folder_reads_it_beside_the_others(
    article_window: MainWindow, libraries: FakeLibraries, tmp_path: Path
) -> None:
    """Ctrl+O."""
    article_window.table[ActionId.OPEN_LIBRARY].trigger()
    chooser = only(article_window, QFileDialog)
    chooser.fileSelected.emit(str(tmp_path))
    chooser.reject()
    assert libraries.told == [("folder", tmp_path)]
    assert article_window.parts.area.shows_home


def test_reset_can_be_undone_with_the_key_and_the_button(
    article_window: MainWindow, state: UserState
) -> None:
    """It is the one press that loses work."""
    state.ticks.set_done("steps", ["one", "two-a"], True)
    article_window.reader.reload()
    article_window.parts.pane.reset_requested.emit()
    assert state.ticks.done("steps") == set()
    assert article_window.parts.toast.isVisible()
    article_window.table[ActionId.UNDO].trigger()
    assert state.ticks.done("steps") == {"one", "two-a"}
    page = article_window.reading.page
    assert page is not None
    assert page.progress().done == 2
    article_window.table[ActionId.RESET_PROGRESS].trigger()
    press(article_window.parts.toast, "Ångra")
    assert state.ticks.done("steps") == {"one", "two-a"}


def test_copy_link_names_article_and_section(article_window: MainWindow, qtbot: QtBot) -> None:
    """To paste into a case; `kbviewer open` takes it."""
    page = article_window.reading.page
    assert page is not None
    page.go_to("second")
    qtbot.waitUntil(lambda: article_window.reading.section == "second")
    article_window.table[ActionId.COPY_LINK].trigger()
    assert QGuiApplication.clipboard().text() == "kb://steps#second"


@pytest.mark.parametrize("width", [320, 1366])
def test_dialogs_fit_into_the_window(article_window: MainWindow, width: int) -> None:
    """A dialog wider than the screen hides its buttons."""
    article_window.resize(width, 568)
    for action in (ActionId.COMMENT, ActionId.GET_HELP, ActionId.SHORTCUTS, ActionId.ABOUT):
        article_window.table[action].trigger()
        dialog = only(article_window, Dialog)
        assert dialog.width() <= width
        dialog.reject()
