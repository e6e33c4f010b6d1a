"""Where two columns stand on a page, and what is said over them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

from kbviewer.model.article import Article
from kbviewer.ui.article.banners import stale_sentence
from kbviewer.ui.article.beside_age import outdated, outdated_sentence
from kbviewer.ui.article.beside_head import BesideHead, ColumnEdge
from kbviewer.ui.article.beside_lack import LackingColumn
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import BESIDE_FROM_PX


class BesideFrame(QObject):
    """The head, the right column's place, and the line between the columns.

    Attributes:
        head: the strip above the columns.
        lack: stands on the right when there is no text for it.
        is_split: whether there is room for two columns.
    """

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget, companion: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._companion = companion
        self.head = BesideHead(theme, texts, parent)
        self.lack = LackingColumn(theme, texts, parent)
        self._edge = ColumnEdge(theme, parent)
        self.is_split = False
        self.hide()

    def describe(
        self, left: Article, right: Article | None, language: str, offered: Sequence[str], has: Sequence[str]
    ) -> None:
        """Say what the columns are.

        Args:
            left: the left column.
            right: the right one, None when the article has no text in `language`.
            language: of the right column, "" for none.
            offered: languages that can be chosen for it.
            has: languages of the article.
        """
        self.head.show_languages(left.language, language, offered)
        if right is None:
            self.lack.show_lack(language, has)
        found = outdated(left, right) if right is not None else None
        stale = next((article for article in (left, right) if article is not None and article.stale), None)
        if not self.is_split:
            self.head.show_note(self._texts.gettext("Side by side needs a wider window or smaller text."))
        elif found is not None:
            title = self._texts.gettext("Original changed")
            self.head.show_note(f"{title}: {outdated_sentence(found, self._texts)}", warning=True)
        elif stale is not None:
            title = self._texts.gettext("Original changed")
            self.head.show_note(f"{title}: {stale_sentence(stale, self._texts)}", warning=True)
        else:
            self.head.show_note("")

    def divide(self, room: QRect) -> bool:
        """Find out whether there is room for two columns; return whether that is new."""
        split = room.width() >= BESIDE_FROM_PX * max(1.0, self._theme.zoom)
        if split is self.is_split:
            return False
        self.is_split = split
        self.head.set_split(split)
        return True

    def place(self, room: QRect) -> QRect:
        """Put everything into the page's room; return what is left for the left column."""
        height = self.head.height_for(room.width())
        self.head.setGeometry(0, 0, room.width(), height)
        self.head.show()
        body = room.adjusted(0, height, 0, 0)
        if not self.is_split:
            return body
        width = (body.width() - 1) // 2
        right = QRect(body.width() - width, body.top(), width, body.height())
        for part in (self.lack, self._companion):
            part.setGeometry(right)
        self._edge.setGeometry(width, body.top(), body.width() - 2 * width, body.height())
        return QRect(0, body.top(), width, body.height())

    def show_parts(self, *, has_text: bool, indent: int) -> None:
        """Show the right column or what stands for it; the names stand `indent` from the columns' edges."""
        self._companion.setVisible(self.is_split and has_text)
        self.lack.setVisible(self.is_split and not has_text)
        self._edge.setVisible(self.is_split)
        self.head.set_indent(indent)

    def hide(self) -> None:
        """Leave the page to its article."""
        for part in (self._companion, self.head, self.lack, self._edge):
            part.hide()
