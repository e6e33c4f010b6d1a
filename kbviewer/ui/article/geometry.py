"""Where text blocks, characters and embedded widgets are, in document coordinates."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine

from kbviewer.ui.article.page_map import Embedded, Place
from kbviewer.ui.article.styles import Styles

RING_PX = 4


class Geometry:
    """Measures a laid-out document. Hidden blocks have no place; neighbours stand in for them."""

    def __init__(self, document: QTextDocument, styles: Styles) -> None:
        self.document = document
        self._styles = styles
        self._em = styles.body_font.pointSizeF() * 96 / 72

    @property
    def em(self) -> float:
        """Size of the body text in pixels."""
        return self._em

    def block(self, number: int) -> QTextBlock:
        """Return a text block by its number."""
        return self.document.findBlockByNumber(number)

    def rect(self, number: int) -> QRectF:
        """Return the lines of a text block; empty when it is hidden."""
        block = self.block(number)
        if not block.isValid() or not block.isVisible():
            return QRectF()
        return self.document.documentLayout().blockBoundingRect(block)

    def is_visible(self, number: int) -> bool:
        """Return whether the block is not folded away."""
        return self.block(number).isVisible()

    def top(self, number: int) -> float:
        """Return the upper edge of a block, of the next shown one when it is hidden."""
        last = self.document.blockCount() - 1
        while number < last and not self.is_visible(number):
            number += 1
        return self.rect(number).top()

    def bottom(self, number: int) -> float:
        """Return the lower edge of a block, of the last shown one before when it is hidden."""
        while number > 0 and not self.is_visible(number):
            number -= 1
        return self.rect(number).bottom()

    def block_at(self, y: float) -> int:
        """Return the first shown block whose lower edge is below `y`, the last when none is."""
        last = self.document.blockCount() - 1
        low, high = 0, 8
        # Ever larger steps first: a probe far down would have everything above it laid out.
        while high < last and (not self.is_visible(high) or self.rect(high).bottom() <= y):
            low, high = high if self.is_visible(high) else low, high * 2
        high = min(high, last)
        while low < high:
            middle = (low + high) // 2
            probe = middle
            while probe < high and not self.is_visible(probe):
                probe += 1
            if self.is_visible(probe) and self.rect(probe).bottom() > y:
                high = middle
            elif self.is_visible(probe):
                low = probe + 1
            else:
                high = middle
        while low > 0 and not self.is_visible(low):
            low -= 1
        return low

    def area(self, first: int, last: int) -> QRectF:
        """Return the lines of the shown blocks from `first` to `last`."""
        while last > first and not self.is_visible(last):
            last -= 1
        upper = self.rect(first)
        return upper if last == first else upper.united(self.rect(last))

    def line_of(self, position: int) -> tuple[QTextBlock, QTextLine] | None:
        """Return the block and line that hold a document position, None when it is hidden."""
        block = self.document.findBlock(position)
        if not block.isValid() or not block.isVisible():
            return None
        line = block.layout().lineForTextPosition(position - block.position())
        return (block, line) if line.isValid() else None

    def text_rects(self, start: int, end: int) -> list[QRectF]:
        """Return one rectangle per line for the characters from `start` to `end`, as high as body text."""
        found: list[QRectF] = []
        while start < end:
            where = self.line_of(start)
            if where is None:
                return found
            block, line = where
            origin = self.origin(block)
            line_end = block.position() + line.textStart() + line.textLength()
            stop = min(end, line_end)
            left = _x(line, start - block.position())
            right = _x(line, stop - block.position())
            base = origin.y() + line.y() + line.ascent()
            found.append(QRectF(origin.x() + left, base - self._em, right - left, self._em * 1.34))
            if stop <= start:
                return found
            start = stop
        return found

    def origin(self, block: QTextBlock) -> QPointF:
        """Return where a block's layout is; its lines are relative to that."""
        return self.document.documentLayout().blockBoundingRect(block).topLeft()

    def first_line(self, number: int) -> QRectF:
        """Return the first line of a block."""
        block = self.block(number)
        line = block.layout().lineAt(0)
        if not block.isVisible() or not line.isValid():
            return self.rect(number)
        return line.rect().translated(self.origin(block))

    def embedded_rect(self, item: Embedded, target_px: int) -> QRectF:
        """Return the rectangle of a widget; `target_px` is the least side of what takes clicks."""
        if not self.is_visible(item.first):
            return QRectF()
        match item.place:
            case Place.MARGIN:
                line = self.first_line(item.first)
                left = item.left - RING_PX
                return QRectF(left, line.center().y() - target_px / 2, target_px, target_px)
            case Place.BLOCKS:
                area = self.area(item.first, item.last)
                return QRectF(item.left, area.top(), self._width() - item.left - item.right, area.height())
            case Place.CORNER:
                area = self.area(item.first, item.last)
                right = self._width() - item.right
                return QRectF(right - target_px - 4, area.top() - 6, target_px, target_px)
            case Place.ASIDE:
                line = self.first_line(item.first)
                right = self._width() - item.right + RING_PX
                return QRectF(right - target_px, line.center().y() - target_px / 2, target_px, target_px)
            case Place.OBJECT:
                return self._object_rect(item, target_px)

    def _object_rect(self, item: Embedded, target_px: int) -> QRectF:
        where = self.line_of(item.position)
        if where is None:
            return QRectF()
        block, line = where
        origin = self.origin(block)
        if item.width is None:
            room = self._width() - item.left - item.right
            return QRectF(item.left, origin.y() + line.y(), room, line.height())
        left = origin.x() + _x(line, item.position - block.position())
        base = origin.y() + line.y() + line.ascent()
        centre = QPointF(left + item.width / 2, base - self._em * 0.34)
        return QRectF(centre.x() - target_px / 2, centre.y() - target_px / 2, target_px, target_px)

    def _width(self) -> float:
        return float(self._styles.measures.document_width)


def _x(line: QTextLine, position: int) -> float:
    found = line.cursorToX(position)
    if isinstance(found, tuple):
        found = found[0]
    return float(found) if isinstance(found, (int, float)) else 0.0
