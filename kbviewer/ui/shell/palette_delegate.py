"""Draws the rows of the command palette: name and menu on the left, shortcut on the right."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kbviewer.ui.shell.palette_matching import Entry
from kbviewer.ui.shell.palette_model import PaletteRole
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.text_lines import line_height, paint_lines, wrap_lines
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX, FOCUS_RING_PX, TOUCH_TARGET_PX

_ROW_PX = 36
_SIDE_PX = 12
_AROUND_PX = 5
_GAP_PX = 8
_ICON_PX = 16
_SMALL_SHARE = 0.88
# A heading may be long, and everything of it is shown.
_MOST_LINES = 12

Index = QModelIndex | QPersistentModelIndex


class _RowText(NamedTuple):
    """One row, laid out. Menu and shortcut stand beside the name, or below it where that is too long."""

    name: list[str]
    below: list[str]
    beside: bool
    height: float


class PaletteDelegate(QStyledItemDelegate):
    """Paints rows for a width that is told beforehand; a list asks for heights before it has its own."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._width = 0

    def set_width(self, width: int) -> None:
        """Prepare for rows of this width."""
        self._width = width

    def height_of(self, index: Index) -> int:
        """Return the height of a row."""
        least = TOUCH_TARGET_PX if self._theme.touch else _ROW_PX
        return max(least, round(self._lay_out(index.data(PaletteRole.ENTRY)).height) + 2 * _AROUND_PX)

    def lines_of(self, index: Index) -> list[str]:
        """Return the texts of a row, as they are drawn."""
        row = self._lay_out(index.data(PaletteRole.ENTRY))
        return row.name + row.below

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the row's height; the width is the list's."""
        return QSize(1, self.height_of(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        entry: Entry = index.data(PaletteRole.ENTRY)
        tokens = self._theme.tokens
        rect, state = QRectF(option.rect), option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, current, bool(state & QStyle.StateFlag.State_MouseOver))
        row = self._lay_out(entry)
        inner = QRectF(rect.left() + _SIDE_PX, 0, self._text_px, row.height)
        inner.moveTop(rect.center().y() - row.height / 2)
        body, small = self._fonts()
        if entry.is_on:
            middle = inner.top() + line_height(body) / 2
            place = QRectF(inner.right() + 4, middle - _ICON_PX / 2, _ICON_PX, _ICON_PX)
            paint_icon(painter, place, "check", tokens.accent)
        quiet = tokens.text if current else tokens.muted
        used = paint_lines(painter, inner, row.name, body, tokens.text)
        if row.beside:
            baseline = inner.top() + (line_height(body) - QFontMetricsF(body).height()) / 2
            baseline += QFontMetricsF(body).ascent()
            painter.setFont(small)
            painter.setPen(QColor(quiet))
            name_px = QFontMetricsF(body).horizontalAdvance(entry.text)
            painter.drawText(QPointF(inner.left() + name_px + _GAP_PX, baseline), _beside(entry))
            keys_px = QFontMetricsF(small).horizontalAdvance(entry.keys)
            painter.drawText(QPointF(inner.right() - keys_px, baseline), entry.keys)
        else:
            paint_lines(painter, inner.adjusted(0, used, 0, 0), row.below, small, quiet)
        painter.restore()

    @property
    def _text_px(self) -> float:
        """Width of the text; the tick of what is on stands right of it."""
        return max(1.0, self._width - 2 * _SIDE_PX - _ICON_PX - 4)

    def _fonts(self) -> tuple[QFont, QFont]:
        body = self._theme.body_font()
        small = QFont(body)
        small.setPointSizeF(body.pointSizeF() * _SMALL_SHARE)
        return body, small

    def _lay_out(self, entry: Entry) -> _RowText:
        body, small = self._fonts()
        width = self._text_px
        taken = QFontMetricsF(body).horizontalAdvance(entry.text)
        taken += sum(
            _GAP_PX + QFontMetricsF(small).horizontalAdvance(text) for text in (_beside(entry), entry.keys)
        )
        if taken <= width:
            return _RowText([entry.text], [], True, line_height(body))
        name = wrap_lines(entry.text, body, width, _MOST_LINES)
        parts = filter(None, (entry.place, entry.keys))
        below = wrap_lines(" · ".join(parts), small, width, _MOST_LINES)
        height = len(name) * line_height(body) + len(below) * line_height(small)
        return _RowText(name, below, False, height)

    def _paint_ground(self, painter: QPainter, rect: QRectF, current: bool, hovered: bool) -> None:
        tokens = self._theme.tokens
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
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(rect.left() + 3, rect.top() + 9, 3, rect.height() - 18), 1.5, 1.5)


def _beside(entry: Entry) -> str:
    """Return what stands beside the name. In high contrast both have one colour: the dot parts them."""
    return f"· {entry.place}" if entry.place else ""
