"""Where screen readers come in. For everybody else nothing behind it is even imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface

from kbviewer.model.article import Article
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.layer import EmbeddedLayer
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.view import ArticleView

if TYPE_CHECKING:
    from kbviewer.ui.article.accessible import AccessiblePage


class AccessibleDoor:
    """Opens at the first question."""

    def __init__(self, view: ArticleView, layer: EmbeddedLayer, stage: Stage, texts: Texts) -> None:
        self._view = view
        self._layer = layer
        self._stage = stage
        self._texts = texts
        self._article: Article | None = None
        self._page: AccessiblePage | None = None
        if QAccessible.isActive():
            self._forget_plain_viewport()

    def load(self, article: Article) -> None:
        """Take a page that was built."""
        self._article = article
        self._view.setAccessibleName(article.title)
        if self._page is not None:
            self._page.load(article)

    def part(self, widget: QObject) -> QAccessibleInterface | None:
        """Return a new object for the viewport or a widget on it, None for what Qt knows well enough."""
        if self._page is None:
            from kbviewer.ui.article.accessible import AccessiblePage

            self._page = AccessiblePage(self._view, self._layer, self._stage, self._texts)
            if self._article is not None:
                self._page.load(self._article)
        return self._page.interface_for(widget)

    def _forget_plain_viewport(self) -> None:
        """Have Qt ask for the viewport again: it did while the view was being made, and got a plain one."""
        plain = QAccessible.queryAccessibleInterface(self._view.viewport())
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(plain))
