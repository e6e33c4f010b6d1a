"""Makes the parts of an article page, each with those that it works with."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from kbviewer.ui.article.builder import DocumentBuilder
from kbviewer.ui.article.contracts import (
    AbsentTitle,
    Answers,
    Choices,
    Marks,
    Media,
    Resolve,
    Steps,
    Texts,
)
from kbviewer.ui.article.drafts import Drafts
from kbviewer.ui.article.drag_selection import DragSelection
from kbviewer.ui.article.factory import WidgetFactory
from kbviewer.ui.article.finder import Finder
from kbviewer.ui.article.folding import Folding
from kbviewer.ui.article.header_writer import TITLE
from kbviewer.ui.article.here import Here
from kbviewer.ui.article.interactions import Interactions
from kbviewer.ui.article.layer import EmbeddedLayer
from kbviewer.ui.article.navigator import Navigator
from kbviewer.ui.article.open_article import OpenArticle
from kbviewer.ui.article.reserved_space import ReservedSpace
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.step_deeds import StepDeeds
from kbviewer.ui.article.step_words import StepWords
from kbviewer.ui.article.view import ArticleView
from kbviewer.ui.article.walker import FocusWalker
from kbviewer.ui.theme.theme import Theme


class PageParts:
    """What a page consists of. The page connects it and says when something is built."""

    def __init__(
        self,
        page: QWidget,
        theme: Theme,
        texts: Texts,
        steps: Steps,
        choices: Choices,
        answers: Answers,
        media: Media,
        resolve: Resolve,
        absent_title: AbsentTitle,
        marks: Marks,
        drafts: Drafts,
        *,
        is_led: bool,
    ) -> None:
        self._page = page
        self._marks = marks
        self.opened = OpenArticle(steps, choices, media)
        self.view = ArticleView(theme, self._load, lambda cursor: self.stage.copier.mime(cursor), page)
        words = StepWords(texts)
        self.factory = self._make_factory(theme, texts, words, steps)
        drags = DragSelection(self.view.viewport())
        self.layer = EmbeddedLayer(
            self.view.viewport(),
            lambda item, parent: drags.watch(self.factory.make(item, parent)),
            self.factory.refresh,
            self.factory.height_of,
        )
        builder = DocumentBuilder(texts, media, resolve, absent_title)
        self.stage = Stage(theme, self.view, builder, self.layer, self._make_space, self._load)
        self.stage.chosen = self.opened.choice
        self.walker = FocusWalker(self.view, self.layer, self.stage, from_start=is_led)
        self.folding = Folding(answers, self.stage, self.layer)
        self.finder = Finder(self.view, self.stage, self.folding, theme)
        self.navigator = Navigator(self.view, self.stage, self.folding, self.walker, page)
        self.deeds = Interactions(
            texts,
            self.opened,
            choices,
            self.view,
            self.stage,
            self.layer,
            self.folding,
            self.navigator,
            page,
            marks,
        )
        self.step_deeds = StepDeeds(texts, words, self.opened, steps, self.stage, self.layer, drafts, page)
        self.here = Here(self.view, self.layer, self.stage, self.navigator)

    def _make_factory(self, theme: Theme, texts: Texts, words: StepWords, steps: Steps) -> WidgetFactory:
        return WidgetFactory(
            theme,
            texts,
            steps=lambda: self.opened.model,
            words=words,
            offers_results=lambda: steps.offers_results,
            measures=lambda: self.stage.measures,
            choice=self.opened.choice,
            is_open=lambda key: self.folding.is_open(key),
            title_of=self.opened.title_of,
            parent=self._page,
            note_of=self._note_of,
        )

    def _make_space(self, document: QTextDocument) -> ReservedSpace:
        return ReservedSpace(document, self.layer.height_for, self.opened.progress_of)

    def _note_of(self, key: str) -> str:
        article = self.opened.article
        return self._marks.notes(article.id).get(note_anchor(key), "") if article is not None else ""

    def _load(self, kind: int, name: QUrl | str) -> object:
        """Return a picture, scaled to the column."""
        width = round(self.stage.measures.column * self._page.devicePixelRatioF())
        return self.opened.picture(kind, name, width)


def note_anchor(key: str) -> str:
    """Return the anchor of a note's block: the title stands for the article as a whole."""
    return "" if key == TITLE else key
