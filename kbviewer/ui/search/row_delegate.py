"""Draws the rows of the results list: hits, or recent searches."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kbviewer.ui.search.results_model import ResultRole
from kbviewer.ui.search.row_layout import RowLayout, RowLook
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX, FOCUS_RING_PX, TOUCH_TARGET_PX, Tokens

RECENT_ROW_PX = 40
_SIDE_PX = 12


class ResultDelegate(QStyledItemDelegate):
    """Paints rows; what was laid out for one is kept until `forget`."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._width = 0
        self._look: RowLook | None = None
        self._layouts: dict[int, RowLayout] = {}
        theme.changed.connect(self._restyle)
        theme.zoom_changed.connect(self._restyle)

    def set_width(self, width: int) -> None:
        """Prepare for rows of this width; a list asks for heights before it has its own."""
        if width != self._width:
            self._width = width
            self.forget()

    def forget(self) -> None:
        """Lay out anew, as for other rows."""
        self._layouts.clear()

    def height_of(self, index: QModelIndex | QPersistentModelIndex) -> int:
        """Return the height of the row at `index`."""
        if isinstance(index.data(ResultRole.ROW), str):
            least = TOUCH_TARGET_PX if self._theme.touch else RECENT_ROW_PX
            return max(least, round(QFontMetricsF(self._theme.body_font()).height()) + 16)
        return self._layout(index).height

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
        tokens = self._theme.tokens
        row = index.data(ResultRole.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, QRectF(option.rect), option.state, tokens)
        if isinstance(row, str):
            inner = QRectF(option.rect).adjusted(_SIDE_PX, 0, -_SIDE_PX, 0)
            _paint_recent(painter, inner, row, self._theme.body_font(), tokens)
        else:
            self._layout(index).paint(painter, QPointF(option.rect.left() + _SIDE_PX, option.rect.top()))
        painter.restore()

    def _layout(self, index: QModelIndex | QPersistentModelIndex) -> RowLayout:
        layout = self._layouts.get(index.row())
        if layout is None:
            if self._look is None:
                self._look = RowLook.of(self._theme)
            hit, chips = index.data(ResultRole.ROW), index.data(ResultRole.CHIPS)
            layout = RowLayout(hit, chips, self._look, max(1, self._width - 2 * _SIDE_PX))
            self._layouts[index.row()] = layout
        return layout

    def _restyle(self) -> None:
        self._look = None
        self.forget()


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
