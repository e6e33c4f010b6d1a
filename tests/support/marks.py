"""Hands for the lists of bookmarks and notes in a window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from kbviewer.state.user_state import UserState
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.marks.bookmark_pane import BookmarkPane
from kbviewer.ui.marks.note_pane import NotePane
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.note_dialog import NoteDialog
from kbviewer.ui.shell.window import MainWindow


def page_of(window: MainWindow) -> ArticlePage:
    page = window.reading.page
    assert page is not None
    return page


def bookmarks_of(window: MainWindow) -> BookmarkPane:
    window.table[ActionId.SHOW_BOOKMARKS].trigger()
    (pane,) = window.findChildren(BookmarkPane)
    return pane


def notes_of(window: MainWindow) -> NotePane:
    window.table[ActionId.SHOW_NOTES].trigger()
    (pane,) = window.findChildren(NotePane)
    return pane


def rows_of(pane: BookmarkPane) -> list[str]:
    found, model = [], pane.model
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        found.append(str(index.data()))
        found += [f"  {model.index(inner, 0, index).data()}" for inner in range(model.rowCount(index))]
    return found


def note_rows(pane: NotePane) -> list[str]:
    found, model = [], pane.model
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        found.append(str(index.data()))
        found += [f"  {model.index(inner, 0, index).data()}" for inner in range(model.rowCount(index))]
    return found


def note_dialog(window: MainWindow) -> NoteDialog:
    (dialog,) = [found for found in window.findChildren(NoteDialog) if found.isVisible()]
    return dialog


def write_note(window: MainWindow, anchor: str, text: str) -> None:
    window.marking.notes.write(anchor)
    dialog = note_dialog(window)
    dialog.write(text)
    QTest.keyClick(
        dialog.findChildren(QPlainTextEdit)[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )


def keep_note(state: UserState, article: str, anchor: str, text: str, excerpt: str) -> None:
    state.annotations.write(article, anchor, text, excerpt=excerpt, title="T", language="sv", revision="")


def texts(dialog: NoteDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def undo_button(window: MainWindow) -> QPushButton:
    (button,) = window.parts.toast.findChildren(QPushButton)
    assert button.isVisible()
    return button
