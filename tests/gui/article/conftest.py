"""An article page over the shipped articles, with stores in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.content.folder import FolderLibrary
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.errors import ArticleNotFoundError, KbError
from kbviewer.model.library import LibraryEntry
from kbviewer.ui.article.guided_page import GuidedPage
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.article.paper_builder import PaperBuilder
from kbviewer.ui.article.printout import Printout
from kbviewer.ui.theme.theme import Theme
from tests.gui.article.guide import Guide, MakeGuide
from tests.support.memory_steps import MemoryChoices, MemorySteps
from tests.support.printed import Print

ROOT = Path(__file__).parents[3]
LANGUAGES = ("sv", "en")


class MemoryAnswers:
    """Open answers that last as long as the test."""

    def __init__(self) -> None:
        self.kept: set[tuple[str, str]] = set()

    def open_keys(self, article: str) -> frozenset[str]:
        return frozenset(key for name, key in self.kept if name == article)

    def set_open(self, article: str, key: str, is_open: bool) -> None:
        (self.kept.add if is_open else self.kept.discard)((article, key))


class MemoryMarks:
    """Notes and bookmarks that last as long as the test."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.bookmarked: set[str] = set()

    def notes(self, article: str) -> dict[str, str]:
        return self.kept

    def is_bookmarked(self, article: str, key: str) -> bool:
        return key in self.bookmarked


@dataclass
class Desk:
    """A page on a screen and everything around it."""

    page: ArticlePage
    theme: Theme
    translator: Translator
    library: FolderLibrary
    steps: MemorySteps
    choices: MemoryChoices
    answers: MemoryAnswers
    qtbot: QtBot
    media: dict[tuple[str, str], bytes] = field(default_factory=dict)
    marks: MemoryMarks = field(default_factory=MemoryMarks)

    def open(self, article: str | Article, language: str = "sv", **where: object) -> ArticlePage:
        """Open a shipped article, or one that the test made."""
        self.translator.set_language(language)
        if isinstance(article, str):
            article = self.library.article(article, language)
        self.page.show_article(article, LANGUAGES, **where)  # type: ignore[arg-type]
        # Widgets out of view are made after the first paint.
        self.qtbot.waitUntil(lambda: self.page.stage.is_painted)
        return self.page

    def switch(self, language: str) -> None:
        """Switch the language as the window does."""
        self.translator.set_language(language)
        self.page.switch_article(self.library.article(self.page.place().article, language))

    @property
    def text(self) -> str:
        """All text of the page that is not folded away."""
        document = self.page.view.document()
        block, lines = document.begin(), []
        while block.isValid():
            if block.isVisible():
                lines.append(block.text().replace("\u00a0", " "))
            block = block.next()
        return "\n".join(lines)

    def widget(self, key: str) -> QWidget:
        """Return an embedded widget."""
        widget = self.page.layer.widget(key)
        assert widget is not None, key
        return widget

    def keys(self, kind: str) -> list[str]:
        """Return the keys of the embedded widgets of a kind, in reading order."""
        return [item.key for item in self.page.stage.page.embedded if item.key.startswith(f"{kind}:")]

    def click(self, widget: QWidget) -> None:
        """Click a widget with the mouse."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifier)

    def link(self, label: str) -> int:
        """Return the number of the link with that text."""
        return next(
            number for number, spot in enumerate(self.page.stage.page.links) if spot.label.strip() == label
        )

    def link_point(self, number: int) -> QPoint:
        """Return the middle of a link's first line in the viewport."""
        spot = self.page.stage.page.links[number]
        rect = self.page.stage.geometry.text_rects(spot.start, spot.end)[0]
        return rect.center().toPoint() - self.page.view.offset

    def click_link(self, label: str) -> None:
        """Scroll to a link and click it."""
        number = self.link(label)
        self.page.view.focus_link(number)
        QTest.mouseClick(
            self.page.view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            self.link_point(number),
        )

    def y_of(self, key: str) -> float:
        """Return where a block starts on the screen."""
        area = self.page.stage.page.areas[key]
        return self.page.stage.geometry.top(area.first) - self.page.view.offset.y()

    def block(self, key: str) -> str:
        """Return the text of the first text block of something."""
        area = self.page.stage.page.areas[key]
        return self.page.stage.geometry.block(area.first).text().replace("\u00a0", " ")

    def line_with(self, part: str) -> str:
        """Return the first line of text that holds `part`."""
        return next(line for line in self.text.splitlines() if part in line)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> FolderLibrary:
    """The shipped articles; each is parsed once and then comes from the cache, as in the program."""
    return FolderLibrary(ROOT / "content", tmp_path_factory.mktemp("cache"))


@pytest.fixture
def make_desk(qtbot: QtBot, library: FolderLibrary) -> Callable[..., Desk]:
    """Make a page in a theme, at a zoom, in a size."""

    def resolve(reference: str) -> LibraryEntry | None:
        try:
            return library.resolve(reference)
        except KbError:
            return None

    def make(
        theme: str = "light",
        zoom: float = 1.0,
        *,
        touch: bool = False,
        width: int = 1094,
        height: int = 700,
        results: bool = False,
        in_case: bool = False,
    ) -> Desk:
        look = Theme(theme, zoom, touch=touch)
        look.apply()
        translator = Translator(ROOT / "i18n", "sv")
        steps = MemorySteps(offers_results=results, in_case=in_case)
        choices, answers = MemoryChoices(), MemoryAnswers()
        media: dict[tuple[str, str], bytes] = {}
        marks = MemoryMarks()
        page = ArticlePage(
            look,
            translator,
            steps,
            choices,
            answers,
            lambda article, path: media.get((article, path)),
            resolve,
            lambda reference: library.absent_title(reference, translator.language),
            marks,
        )
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        qtbot.waitExposed(page)
        return Desk(page, look, translator, library, steps, choices, answers, qtbot, media, marks)

    return make


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """A page of the usual size in the light theme."""
    return make_desk()


@pytest.fixture
def on_paper(qapp: QApplication, library: FolderLibrary) -> Print:
    """Lays a shipped article, or one that the test made, out for paper."""

    def resolve(reference: str) -> LibraryEntry | None:
        try:
            return library.resolve(reference)
        except ArticleNotFoundError:
            return None

    def lay_out(
        article: str | Article,
        language: str = "sv",
        done: Iterable[str] = (),
        paper: QSizeF | None = None,
        marks: Mapping[str, StepMark] | None = None,
        **choices: Any,
    ) -> Printout:
        texts = Translator(ROOT / "i18n", language)
        if isinstance(article, str):
            article = library.article(article, language)
        builder = PaperBuilder(texts, library.media, resolve, lambda _reference: "")
        ticked = dict.fromkeys(done, StepMark(StepOutcome.DONE))
        return Printout(builder, texts, article, LANGUAGES, {**ticked, **(marks or {})}, paper, **choices)

    return lay_out


@pytest.fixture
def make_guide(qtbot: QtBot, library: FolderLibrary) -> MakeGuide:
    """Make a guided view in a theme, at a zoom, in a size."""

    def make(
        theme: str = "light",
        zoom: float = 1.0,
        *,
        touch: bool = False,
        size: tuple[int, int] = (1094, 700),
        steps: MemorySteps | None = None,
    ) -> Guide:
        look = Theme(theme, zoom, touch=touch)
        look.apply()
        translator = Translator(ROOT / "i18n", "en")
        kept = steps if steps is not None else MemorySteps(offers_results=True)
        page = GuidedPage(look, translator, kept, lambda *_: None, lambda _: None, lambda _: "")
        qtbot.addWidget(page)
        guide = Guide(page, look, translator, library, kept, qtbot)
        page.announced.connect(guide.said.append)
        page.resize(*size)
        page.show()
        page.activateWindow()
        qtbot.waitActive(page)
        return guide

    return make


@pytest.fixture
def guide(make_guide: MakeGuide) -> Guide:
    """A guided view of the usual size at the first step."""
    made = make_guide()
    made.open()
    return made
