"""Enter in the search field before the search can answer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kbviewer.model.hits import Hit, SearchAnswer
from kbviewer.search.protocol import Answer, Indexing, Ready
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import FakeSearch, MakeWindow

PLAIN = Hit("plain", "", "plain/sv.md", "sv", "Ren text", "Inget.", "", 1.0)
WIDE, NARROW = (1366, 768), (700, 700)
SETTLED_MS = 400


def answer_after_indexing(search: FakeSearch, *hits: Hit) -> None:
    for event in (Indexing(0, 0), Indexing(1, 4), Indexing(4, 4), Ready()):
        search.answered.emit(event)
    search.answered.emit(Answer(len(search.asked), SearchAnswer("ren", hits, 1.0, total=len(hits))))


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("article", ["", "steps"])
def test_enter_during_the_first_indexing_opens_the_first_hit_after_it(
    make_window: MakeWindow, search: FakeSearch, article: str, size: tuple[int, int], qtbot: QtBot
) -> None:
    """From home and from an article, beside and over it, also when the panel shows the progress."""
    window = make_window(article, size=size)
    window.table[ActionId.SEARCH].trigger()
    search.answered.emit(Indexing(0, 0))
    QTest.keyClicks(window.parts.field, "ren")
    qtbot.wait(SETTLED_MS)

    QTest.keyClick(window.parts.field, Qt.Key.Key_Return)
    answer_after_indexing(search, PLAIN)

    assert window.windowTitle().startswith("Ren text")


@pytest.mark.parametrize("is_large", [False, True])
def test_enter_before_the_panel_is_made_opens_the_first_hit(
    make_window: MakeWindow, search: FakeSearch, monkeypatch: pytest.MonkeyPatch, is_large: bool
) -> None:
    """At the first start the reader may be quicker than what is put off until the first paint is over."""
    finish = MainWindow._finish_start

    def type_first(window: MainWindow) -> None:
        QTest.keyClicks(window.parts.field, "ren")
        QTest.keyClick(window.parts.field, Qt.Key.Key_Return)
        finish(window)

    monkeypatch.setattr(MainWindow, "_finish_start", type_first)
    window = make_window(is_large=is_large)

    answer_after_indexing(search, PLAIN)

    assert window.windowTitle().startswith("Ren text")


def test_enter_outlives_a_search_process_that_starts_anew(
    article_window: MainWindow, search: FakeSearch
) -> None:
    """Looking at the files again ends the one that was asked."""
    article_window.table[ActionId.SEARCH].trigger()
    article_window.parts.field.setText("ren")
    search.answered.emit(Indexing(1, 4))
    QTest.keyClick(article_window.parts.field, Qt.Key.Key_Return)
    search.asked.clear()

    article_window.table[ActionId.RELOAD].trigger()
    assert [query.text for query in search.asked] == ["ren"]
    answer_after_indexing(search, PLAIN)

    assert article_window.windowTitle().startswith("Ren text")
