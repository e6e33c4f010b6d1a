"""Draws the rows of the results list: title and snippet with their matches marked, badges beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kbviewer.model.hits import Hit
from kbviewer.ui.search.marked_text import MarkedLine, Span, fit_line
from kbviewer.ui.search.results_model import ResultRole
from kbviewer.ui.theme.chips import (
    CHIP_GAP_PX,
    Chip,
    chip_font,
    chip_height,
    chip_width,
    fitting_widths,
    paint_chips,
)
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX, FOCUS_RING_PX, RESULT_ROW_PX, TOUCH_TARGET_PX, Tokens

RECENT_ROW_PX = 40
STACK_BELOW_PX = 440
_SIDE_PX = 12
_LINE_GAP_PX = 3
_CHIPS_SHARE = 0.48
_SNIPPET_SHARE = 0.93


class ResultDelegate(QStyledItemDelegate):
    """Paints one row; in a narrow list the badges stand on a line of their own."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stacked = False

    def set_width(self, width: int) -> None:
        """Prepare for a list of this width; a list asks for heights before it has its own."""
        self._stacked = width < STACK_BELOW_PX * self._theme.zoom

    def height_of(self, index: QModelIndex | QPersistentModelIndex) -> int:
        """Return the height of the row at `index`."""
        font = self._theme.body_font()
        if isinstance(index.data(ResultRole.ROW), str):
            least = TOUCH_TARGET_PX if self._theme.touch else RECENT_ROW_PX
            return max(least, round(QFontMetricsF(font).height()) + 16)
        lines = QFontMetricsF(_title_font(font)).height() + QFontMetricsF(_snippet_font(font)).height()
        height = max(RESULT_ROW_PX, lines + _LINE_GAP_PX + 16)
        if self._stacked and index.data(ResultRole.CHIPS):
            height += chip_height(chip_font(font)) + 6
        return round(height)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the row's height; the width is the list's."""
        return QSize(1, self.height_of(index))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the row."""
        tokens, font = self._theme.tokens, self._theme.body_font()
        row = index.data(ResultRole.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, QRectF(option.rect), option.state, tokens)
        inner = QRectF(option.rect).adjusted(_SIDE_PX, 0, -_SIDE_PX, 0)
        if isinstance(row, str):
            _paint_recent(painter, inner, row, font, tokens)
        else:
            chips = index.data(ResultRole.CHIPS)
            _paint_hit(painter, inner, row, chips, font, tokens, stacked=self._stacked and bool(chips))
        painter.restore()


def _paint_ground(painter: QPainter, rect: QRectF, state: QStyle.StateFlag, tokens: Tokens) -> None:
    current = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    if not current and not hovered:
        return
    painter.setBrush(QColor(tokens.accent_soft if current else tokens.window))
    painter.setPen(Qt.PenStyle.NoPen)
    if tokens.high_contrast:
        # All surfaces are black there: the edge has to say it.
        painter.setPen(QPen(QColor(tokens.accent if current else tokens.border), FOCUS_RING_PX))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)
    if current and not tokens.high_contrast:
        painter.setBrush(QColor(tokens.accent))
        bar = QRectF(rect.left() + 3, rect.top() + 14, 3, rect.height() - 28)
        painter.drawRoundedRect(bar, 1.5, 1.5)


def _paint_recent(painter: QPainter, rect: QRectF, query: str, font: QFont, tokens: Tokens) -> None:
    icon = QRectF(rect.left(), rect.center().y() - 8, 16, 16)
    paint_icon(painter, icon, "search", tokens.muted)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text))
    text = rect.adjusted(28, 0, 0, 0)
    shown = QFontMetricsF(font).elidedText(query, Qt.TextElideMode.ElideRight, text.width())
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_hit(
    painter: QPainter,
    rect: QRectF,
    hit: Hit,
    chips: list[Chip],
    font: QFont,
    tokens: Tokens,
    *,
    stacked: bool,
) -> None:
    title, snippet, small = _title_font(font), _snippet_font(font), chip_font(font)
    title_height = QFontMetricsF(title).height()
    lines = title_height + _LINE_GAP_PX + QFontMetricsF(snippet).height()
    chips_height = chip_height(small)
    used = lines + (chips_height + 6 if stacked else 0)
    top = rect.top() + (rect.height() - used) / 2
    title_width = rect.width()
    if stacked:
        start = QPointF(rect.left(), top + lines + 6)
        paint_chips(painter, start, rect.width(), chips, small, tokens)
    elif chips:
        natural = QFontMetricsF(title).horizontalAdvance(hit.title) + 2 * CHIP_GAP_PX
        first = chip_width(chips[0].text, small)
        # The title is what readers choose by: chips after the first take only what it leaves.
        room = max(min(first, rect.width() * _CHIPS_SHARE), rect.width() - natural)
        widths = fitting_widths(chips, min(room, rect.width() * _CHIPS_SHARE), small)
        width = sum(widths) + CHIP_GAP_PX * (len(widths) - 1)
        start = QPointF(rect.right() - width, top + (title_height - chips_height) / 2)
        paint_chips(painter, start, width, chips, small, tokens)
        title_width -= width + 2 * CHIP_GAP_PX
    place = QPointF(rect.left(), top)
    _paint_line(painter, place, title_width, hit.title, hit.title_marks, title, tokens.text, tokens)
    place = QPointF(rect.left(), top + title_height + _LINE_GAP_PX)
    _paint_line(painter, place, rect.width(), hit.snippet, hit.marks, snippet, tokens.muted, tokens)


def _paint_line(
    painter: QPainter,
    place: QPointF,
    width: float,
    text: str,
    marks: Sequence[Span],
    font: QFont,
    colour: str,
    tokens: Tokens,
) -> None:
    line = fit_line(text, marks, width, QFontMetricsF(font).horizontalAdvance)
    layout = marked_layout(line, font, tokens)
    painter.setPen(QColor(colour))
    layout.draw(painter, place)


def marked_layout(line: MarkedLine, font: QFont, tokens: Tokens) -> QTextLayout:
    """Return a laid out line whose matches have the theme's find colours."""
    layout = QTextLayout(line.text, font)
    look = QTextCharFormat()
    look.setBackground(QColor(tokens.find))
    look.setForeground(QColor(tokens.on_find))
    formats = []
    for start, end in line.marks:
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, end - start, look
        formats.append(part)
    layout.setFormats(formats)
    layout.beginLayout()
    layout.createLine().setLineWidth(1 << 20)
    layout.endLayout()
    return layout


def _title_font(base: QFont) -> QFont:
    font = QFont(base)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _snippet_font(base: QFont) -> QFont:
    font = QFont(base)
    if base.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF() * _SNIPPET_SHARE)
    return font
