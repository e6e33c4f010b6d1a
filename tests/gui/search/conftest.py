"""A window with a search field, a panel and a controller whose questions are kept instead of asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.model.article import ArticleState
from kbviewer.model.hits import Hit, Query, SearchAnswer
from kbviewer.ui.search.controller import SearchController
from kbviewer.ui.search.field import SearchField
from kbviewer.ui.search.panel import ResultsPanel
from kbviewer.ui.theme.enter_key import press_with_enter
from kbviewer.ui.theme.theme import Theme
from tests.support.small_catalogue import MarkingTranslator


class _Window(QWidget):
    """Hands Enter on to buttons, as the main window does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_with_enter(event, self.focusWidget()):
            super().keyPressEvent(event)


class FakeRecent:
    """Searches of before, kept in a list."""

    def __init__(self) -> None:
        self.queries: list[str] = []

    def latest(self) -> list[str]:
        return list(self.queries)

    def record(self, query: str) -> None:
        self.queries = [query, *(old for old in self.queries if old != query)]

    def clear(self) -> None:
        self.queries = []


@dataclasses.dataclass
class Desk:
    """What a test of the search works with."""

    window: QWidget
    field: SearchField
    panel: ResultsPanel
    controller: SearchController
    content: QPushButton
    theme: Theme
    translator: MarkingTranslator
    recent: FakeRecent
    asked: list[Query] = dataclasses.field(default_factory=list)

    @property
    def newest(self) -> int:
        """The number of the newest question; they are counted from 1."""
        return len(self.asked)


def make_hit(
    article: str = "meetings",
    *,
    title: str = "Join a meeting by phone",
    snippet: str = "Dial the number in the invitation and join with the PIN",
    language: str = "en",
    state: ArticleState = ArticleState.CURRENT,
    applies_to: tuple[str, ...] = (),
    found_in: str = "",
    missing: tuple[str, ...] = (),
) -> Hit:
    title_marks = ((0, 4),) if title.startswith("Join") else ()
    start = snippet.find("join")
    marks = ((start, start + 4),) if start >= 0 else ()
    return Hit(
        article,
        "library",
        f"{article}/{language}.md",
        language,
        title,
        snippet,
        "phone",
        1.0,
        marks,
        title_marks,
        state,
        applies_to,
        found_in,
        missing,
    )


def make_answer(*hits: Hit, query: str = "join", corrected: str | None = None, **more: Any) -> SearchAnswer:
    more.setdefault("total", len(hits))
    return SearchAnswer(query, hits, 1.0, corrected, **more)


@pytest.fixture
def make_desk(qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    def make(width: int = 1000, height: int = 600, theme_name: str = "light") -> Desk:
        theme, translator = Theme(theme_name), MarkingTranslator()
        window = _Window()
        qtbot.addWidget(window)
        window.resize(width, height)
        entry = SearchField(theme, translator, window)
        entry.setGeometry(16, 8, min(600, width - 32), 40)
        content = QPushButton("content", window)
        content.setGeometry(0, height - 40, 100, 40)
        panel = ResultsPanel(theme, translator, window)
        asked: list[Query] = []
        recent = FakeRecent()

        def ask(query: Query) -> int:
            asked.append(query)
            return len(asked)

        controller = SearchController(entry, panel, ask, lambda: translator.language, recent)
        window.show()
        with qtbot.waitActive(window):
            window.activateWindow()
        entry.setFocus()
        return Desk(window, entry, panel, controller, content, theme, translator, recent, asked)

    yield make


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()
