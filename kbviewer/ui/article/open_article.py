"""The article that is open, as its document and its widgets ask about it."""

from __future__ import annotations

from PySide6.QtCore import QUrl

from kbviewer.model.article import Article, outline
from kbviewer.model.inline import plain_text
from kbviewer.model.progress import Progress
from kbviewer.ui.article.contracts import Choices, Media, Steps
from kbviewer.ui.article.pictures import load_picture
from kbviewer.ui.article.tick_model import TickModel


class OpenArticle:
    """One variant, what became of its steps, and its pictures; nothing is open at first."""

    def __init__(self, steps: Steps, choices: Choices, media: Media) -> None:
        self._steps = steps
        self._choices = choices
        self._media = media
        self.article: Article | None = None
        self.languages: tuple[str, ...] = ()
        self.model = TickModel(Article(id="", language="", title="", blocks=()), {})

    def open(self, article: Article, languages: tuple[str, ...] | None = None) -> None:
        """Take an article; another variant of the same keeps its list of languages."""
        self.article = article
        self.languages = self.languages if languages is None else languages
        self.model = TickModel(article, self._steps.marks(article))

    def picture(self, kind: int, name: QUrl | str, width_px: int) -> object:
        """Return a picture of the article, at most `width_px` wide; nothing else that is asked for."""
        if self.article is None:
            return None
        return load_picture(self._media, self.article.id, kind, name, width_px)

    def progress_of(self, payload: str) -> Progress:
        """Return the progress that "step:ID" or "list:KEY" shows."""
        kind, _, key = payload.partition(":")
        return self.model.list_progress(key) if kind == "list" else self.model.progress(key)

    def title_of(self, anchor: str) -> str:
        """Return the heading or question with that anchor, "" when there is none."""
        entries = outline(self.article) if self.article is not None else ()
        return next((plain_text(entry.runs) for entry in entries if entry.anchor == anchor), "")

    def choice(self, key: str) -> tuple[int | None, int | None]:
        """Return the kept choice of a matrix."""
        if self.article is None:
            return None, None
        row, column = self._choices.get(self.article, key)
        return row, column
