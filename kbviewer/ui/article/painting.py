"""Paints what rich text cannot: rounded cards and rounded backgrounds behind pieces of text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from kbviewer.ui.article.geometry import Geometry
from kbviewer.ui.article.page_map import Card, CardLook, InlineMark, MarkLook, PageMap
from kbviewer.ui.article.styles import Styles
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.tokens import CARD_CORNER_PX, Tokens, blend

_BAR_PX = 4
_SMALL_CORNER = 4.0


class PagePainter:
    """Paints cards and marks of the blocks in view, in document coordinates."""

    def __init__(self, page: PageMap, geometry: Geometry, styles: Styles) -> None:
        self._page = page
        self._geometry = geometry
        self._styles = styles
        self._tokens: Tokens = styles.tokens

    def paint(self, painter: QPainter, first: int, last: int, flash: tuple[int, int] | None = None) -> None:
        """Paint what belongs to the text blocks from `first` to `last`."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for card in self._page.cards:
            if card.first <= last and card.last >= first:
                self._card(painter, card)
        if flash is not None:
            self._flash(painter, *flash)
        begin = self._geometry.block(first).position()
        tail = self._geometry.block(last)
        end = tail.position() + tail.length()
        for mark in self._page.marks:
            if mark.start < end and mark.end > begin:
                self._mark(painter, mark)

    def _flash(self, painter: QPainter, first: int, last: int) -> None:
        """Paint the brief highlight behind the step that the reader was sent to."""
        area = self._geometry.area(first, last)
        if area.isEmpty():
            return
        measures, form = self._styles.measures, self._geometry.block(first).blockFormat()
        left = form.leftMargin() - measures.step_indent - 10
        right = measures.document_width - form.rightMargin() + 10
        rect = QRectF(left, area.top() - 6, right - left, area.height() + 12)
        edge = self._tokens.high_contrast
        painter.setPen(QPen(QColor(self._tokens.accent), 2) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._tokens.accent_soft))
        painter.drawRoundedRect(rect, CARD_CORNER_PX, CARD_CORNER_PX)

    def focus_ring(self, painter: QPainter, start: int, end: int) -> None:
        """Paint the ring around the link that has the focus."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._tokens.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect in self._geometry.text_rects(start, end):
            painter.drawRoundedRect(rect.adjusted(-3, -1, 3, 1), _SMALL_CORNER, _SMALL_CORNER)

    def _colour(self, name: str) -> QColor:
        if name.startswith("category:"):
            return QColor(self._tokens.categories[name.removeprefix("category:")])
        return QColor(getattr(self._tokens, name))

    def _card(self, painter: QPainter, card: Card) -> None:
        if not self._geometry.is_visible(card.first):
            return
        area = self._geometry.area(card.first, card.last)
        rect = QRectF(
            card.left,
            area.top() - card.pad_top,
            self._styles.measures.document_width - card.left - card.right,
            area.height() + card.pad_top + card.pad_bottom,
        ).adjusted(0.5, 0.5, -0.5, -0.5)
        look = card.look
        pen = QPen(self._colour(look.border), 1) if look.border else QPen(Qt.PenStyle.NoPen)
        if look.dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(self._colour(look.fill) if look.fill else QBrush(Qt.BrushStyle.NoBrush))
        painter.drawRoundedRect(rect, CARD_CORNER_PX, CARD_CORNER_PX)
        if look.bar:
            self._bar(painter, rect, self._colour(look.bar))
        if look.icon:
            self._icon(painter, rect, card.first, look)

    def _bar(self, painter: QPainter, rect: QRectF, colour: QColor) -> None:
        """Paint the coloured edge, cut by the card's corners."""
        path = QPainterPath()
        path.addRoundedRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5), CARD_CORNER_PX, CARD_CORNER_PX)
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.fillRect(QRectF(rect.left() - 0.5, rect.top() - 1, _BAR_PX, rect.height() + 2), colour)
        painter.restore()

    def _icon(self, painter: QPainter, rect: QRectF, first: int, look: CardLook) -> None:
        side = look.icon_px
        colour = self._colour(look.icon_colour)
        if look.poster:
            panel = QRectF(rect.left() + 12, rect.top() + 12, side * 1.55, min(side, rect.height() - 24))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(blend(self._tokens.accent, self._tokens.window, 0.16)))
            painter.drawRoundedRect(panel, 6, 6)
            glyph = min(panel.height() * 0.62, side * 0.6)
            centre = panel.center()
            target = QRectF(centre.x() - glyph / 2, centre.y() - glyph / 2, glyph, glyph)
            paint_icon(painter, target, look.icon, self._tokens.accent)
            return
        if look.dashed and look.icon == "picture":
            middle = rect.center().y()
        else:
            middle = self._geometry.first_line(first).center().y()
        left = rect.left() + 14
        paint_icon(painter, QRectF(left, middle - side / 2, side, side), look.icon, colour.name())

    def _mark(self, painter: QPainter, mark: InlineMark) -> None:
        tokens = self._tokens
        for rect in self._geometry.text_rects(mark.start, mark.end):
            match mark.look:
                case MarkLook.CODE:
                    painter.setPen(QColor(tokens.border) if tokens.high_contrast else Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(blend(tokens.control_border, tokens.page, 0.14)))
                    painter.drawRoundedRect(rect.adjusted(-3, 0, 3, 0), _SMALL_CORNER, _SMALL_CORNER)
                case MarkLook.KEY:
                    self._key(painter, rect)
                case MarkLook.CHIP | MarkLook.TAG:
                    self._chip(painter, rect, mark)

    def _key(self, painter: QPainter, rect: QRectF) -> None:
        tokens = self._tokens
        cap = rect.adjusted(-4, 0.5, -self._styles.measures.px(7) + 4, 0.5)
        painter.setPen(QColor(tokens.control_border))
        painter.setBrush(QColor(tokens.control_border))
        painter.drawRoundedRect(cap.translated(0, 1.5), _SMALL_CORNER, _SMALL_CORNER)
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(cap, _SMALL_CORNER, _SMALL_CORNER)

    def _chip(self, painter: QPainter, rect: QRectF, mark: InlineMark) -> None:
        tokens = self._tokens
        colour = mark.colour or tokens.control_border
        pill = rect.adjusted(0.5, -0.5, -0.5, 0.5)
        painter.setPen(QColor(colour if mark.colour or tokens.high_contrast else tokens.border))
        painter.setBrush(QColor(blend(colour, tokens.page, 0.0 if tokens.high_contrast else 0.1)))
        radius = pill.height() / 2 if mark.look is MarkLook.CHIP else _SMALL_CORNER
        painter.drawRoundedRect(pill, radius, radius)
