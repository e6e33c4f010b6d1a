"""A guided view for tests, with results in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kbviewer.content.folder import FolderLibrary
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.errors import StateError
from kbviewer.model.messages import message
from kbviewer.ui.article.guided_page import GuidedPage
from kbviewer.ui.theme.theme import Theme
from tests.support.memory_steps import MemorySteps

ARTICLE = "online-meetings"
PROCEDURE = "clear-credentials"


class FailingSteps(MemorySteps):
    """Steps that cannot be saved."""

    def set_outcome(self, article: Article, ids: Iterable[str], outcome: StepOutcome | None) -> None:
        raise StateError(message("The disk is full."))


@dataclass
class Guide:
    """A guided view on a screen and everything around it."""

    page: GuidedPage
    theme: Theme
    translator: Translator
    library: FolderLibrary
    steps: MemorySteps
    qtbot: QtBot
    said: list[str] = field(default_factory=list)

    def open(self, language: str = "en", anchor: str = PROCEDURE, article: str = ARTICLE) -> None:
        self.translator.set_language(language)
        assert self.page.open(self.library.article(article, language), anchor)
        self.page.setFocus()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        # The window may have to be told yet that it is active.
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifier)

    @property
    def index(self) -> int:
        assert self.page.walk is not None
        return self.page.walk.index

    @property
    def text(self) -> str:
        return self.page.body.view.document().toPlainText().replace("\u00a0", " ")

    def mark(self, index: int) -> StepMark | None:
        assert self.page.walk is not None
        return self.page.walk.mark(self.page.walk.steps[index].id)


MakeGuide = Callable[..., Guide]
