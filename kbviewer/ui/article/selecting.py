"""A selection that survives a rebuild: exactly in the same text, by blocks in another language."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QTextCursor

from kbviewer.ui.article.page_map import PageMap
from kbviewer.ui.article.view import ArticleView


class SelectionMemory(NamedTuple):
    """Both ends: the block's key and how much of its text lies before, 0 to 1."""

    ends: tuple[tuple[str, float], tuple[str, float]] | None

    @classmethod
    def of(cls, cursor: QTextCursor, page: PageMap) -> SelectionMemory:
        """Remember the selection of `cursor`."""
        if not cursor.hasSelection():
            return cls(None)
        return cls((_end(cursor, cursor.anchor(), page), _end(cursor, cursor.position(), page)))

    def restore(self, view: ArticleView, page: PageMap) -> None:
        """Select the same in the view's document; in another text, to the nearest words."""
        if self.ends is None:
            return
        anchor, position = (_position(view, key, fraction, page) for key, fraction in self.ends)
        if anchor is None or position is None or anchor == position:
            return
        cursor = view.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        view.setTextCursor(cursor)


def _end(cursor: QTextCursor, position: int, page: PageMap) -> tuple[str, float]:
    document = cursor.document()
    block = document.findBlock(position)
    span = page.span_at(block.blockNumber())
    if span is None:
        return "", 0.0
    first = document.findBlockByNumber(span.first)
    last = document.findBlockByNumber(_last(span.first, page, document.blockCount()))
    length = last.position() + last.length() - 1 - first.position()
    return span.key, (position - first.position()) / length if length else 0.0


def _position(view: ArticleView, key: str, fraction: float, page: PageMap) -> int | None:
    span = next((span for span in page.spans if span.key == key), None)
    if span is None:
        return None
    document = view.document()
    first = document.findBlockByNumber(span.first)
    last = document.findBlockByNumber(_last(span.first, page, document.blockCount()))
    length = last.position() + last.length() - 1 - first.position()
    return first.position() + round(max(0.0, min(1.0, fraction)) * length)


def _last(first: int, page: PageMap, count: int) -> int:
    """Return the last text block of the span that starts with block `first`."""
    return next((span.first - 1 for span in page.spans if span.first > first), count - 1)
