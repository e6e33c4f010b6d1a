"""Links to places, the context menu of a block, comments that point at lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import FakeSearch
from tests.support.marks import note_dialog, page_of, texts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_the_context_menu_acts_on_the_block_that_was_clicked(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    page = page_of(article_window)
    block = page.stage.geometry.block(page.stage.page.areas["one"].first)

    def choose(text: str) -> None:
        page.view.menu_requested.emit(block.position() + 3, QPoint(10, 10))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        next(action for action in menu.actions() if action.text() == text).trigger()
        menu.close()

    choose("Bokmärk det här stället")
    assert state.bookmarks.of_article("steps") == {"one"}
    choose("Ta bort bokmärket här")
    assert state.bookmarks.of_article("steps") == frozenset()
    choose("Kopiera länk")
    assert QGuiApplication.clipboard().text() == "kb://steps#one"
    choose("Kopiera titel och id")
    assert QGuiApplication.clipboard().text() == "Logga in (KB1001) – Tryck på knappen."
    assert "<strong>Logga in</strong> (KB1001)" in QGuiApplication.clipboard().mimeData().html()
    choose("Anteckning här…")
    assert "Tryck på knappen." in texts(note_dialog(article_window))
    note_dialog(article_window).reject()


def test_a_link_in_the_search_field_opens_instead_of_searching(
    window: MainWindow, search: FakeSearch, qtbot: QtBot
) -> None:
    """Pasted from a ticket."""
    field = window.parts.field
    window.searching.prepare()
    asked = len(search.asked)
    field.setText("kb://KB1001#second")
    assert len(search.asked) == asked
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.windowTitle().startswith("Logga in")
    assert window.reading.section == "second"


@pytest.mark.parametrize("link", ["kb://", "kb://a%zz", "kb://a%00b"])
def test_a_link_that_cannot_be_one_is_told(window: MainWindow, link: str) -> None:
    """It may come from anywhere."""
    window.searching.prepare()
    window.parts.field.setText(link)
    QTest.keyClick(window.parts.field, Qt.Key.Key_Return)
    assert window.parts.notice.isVisible()
    assert window.parts.area.current is window.parts.area.home_page


def test_a_link_never_opens_a_file(window: MainWindow, tmp_path: Path) -> None:
    """Only articles of the library: the link may have been written by somebody else."""
    secret = tmp_path / "secret.md"
    secret.write_text("# Hemligt\n", encoding="utf-8")
    window.marking.open_link(f"kb://{secret}")
    assert window.windowTitle().startswith("Finns inte i det här biblioteket")


def test_comments_are_exported_with_the_line_that_they_are_about(
    article_window: MainWindow, state: UserState, tmp_path: Path, library_folder: Path
) -> None:
    """An editor clicks on it."""
    for language, anchor, text in (
        ("sv", "two", "Hur länge?"),
        ("en", "faq-code", "Which code?"),
        ("sv", "gone", "Borta"),
    ):
        state.comments.add("steps", language, anchor, text)
    state.comments.add("nowhere", "sv", "", "Okänd")
    target = tmp_path / "comments.md"
    article_window.conversations.write_comments(target)
    headings = [line[3:] for line in target.read_text("utf-8").splitlines() if line.startswith("## ")]
    assert headings[2:] == ["steps/sv.md", "nowhere"]
    for heading, said in zip(headings, ("Vänta:", "What is a code?"), strict=False):
        path, _, line = heading.partition(":")
        assert said in (library_folder / path).read_text("utf-8").splitlines()[int(line) - 1]
