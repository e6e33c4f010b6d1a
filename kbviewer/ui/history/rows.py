"""The list of the history page and how its rows are drawn."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kbviewer.ui.history.listing import ReadItem
from kbviewer.ui.history.model import Index, ReadModel, ReadRole
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX, FOCUS_RING_PX, MIN_TARGET_PX, TOUCH_TARGET_PX

_SIDE_PX = 12
_PADDING_PX = 9
_DAY_GAP_PX = 18
_CROSS_PX = 14
_SMALL_SHARE = 0.92


class _RowDelegate(QStyledItemDelegate):
    """Paints title, time and description of an article with a cross at its end, or the heading of a day."""

    def __init__(self, theme: Theme, view: ReadList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; the width is the list's."""
        title, small = self._fonts(isinstance(index.data(ReadRole.ROW), str))
        height = QFontMetricsF(title).height()
        if isinstance(index.data(ReadRole.ROW), str):
            return QSize(1, round(height + 8 + (_DAY_GAP_PX if index.row() else 0)))
        rows = height + QFontMetricsF(small).height() + 2 * _PADDING_PX + 2
        return QSize(1, max(round(rows), TOUCH_TARGET_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(ReadRole.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            self._paint_day(painter, option.rect, row)
        else:
            self._paint_ground(painter, QRectF(option.rect), option.state)
            self._paint_item(painter, option.rect, row)
        painter.restore()

    def _fonts(self, is_day: bool) -> tuple[QFont, QFont]:
        title = self._theme.body_font()
        if is_day:
            title.setWeight(QFont.Weight.DemiBold)
        small = QFont(title)
        small.setPointSizeF(title.pointSizeF() * _SMALL_SHARE)
        return title, small

    def _paint_day(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.setFont(self._fonts(True)[0])
        painter.setPen(QColor(self._theme.tokens.text))
        area = rect.adjusted(_SIDE_PX, 0, -_SIDE_PX, -6)
        painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        tokens = self._theme.tokens
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if not has_focus and not hovered:
            return
        painter.setBrush(QColor(tokens.accent_soft))
        painter.setPen(Qt.PenStyle.NoPen)
        if has_focus or tokens.high_contrast:
            painter.setPen(QPen(QColor(tokens.accent if has_focus else tokens.border), FOCUS_RING_PX))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)

    def _paint_item(self, painter: QPainter, rect: QRect, item: ReadItem) -> None:
        tokens = self._theme.tokens
        title, small = self._fonts(False)
        metrics, below = QFontMetricsF(title), QFontMetricsF(small)
        inner = QRectF(rect).adjusted(_SIDE_PX, _PADDING_PX, -self._view.cross_px - 8, -_PADDING_PX)
        clock_px = below.horizontalAdvance("00:00") + 14
        left = inner.adjusted(clock_px, 0, 0, 0)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(title)
        painter.setPen(QColor(tokens.text))
        painter.drawText(left, align, metrics.elidedText(item.title, elide, left.width()))
        painter.setFont(small)
        painter.setPen(QColor(tokens.muted))
        base = inner.adjusted(0, metrics.ascent() - below.ascent(), 0, 0)
        painter.drawText(base, align, item.clock)
        second = left.adjusted(0, metrics.height() + 2, 0, 0)
        painter.drawText(second, align, below.elidedText(item.description, elide, left.width()))
        cross = self._view.cross_rect(rect)
        mark = QRectF(0, 0, _CROSS_PX, _CROSS_PX)
        mark.moveCenter(QRectF(cross).center())
        paint_icon(painter, mark, "close", tokens.muted)


class ReadList(QListView):
    """Lists what was read.

    Signals:
        opened(article): the reader wants to read it.
        removed(row): the reader wants it off the list.
        menu_wanted(row, global point).
    """

    opened = Signal(str)
    removed = Signal(int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, theme: Theme, model: ReadModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._click)
        self._on_cross = False
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        theme.zoom_changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def cross_px(self) -> int:
        """Side of the cross as a target."""
        return TOUCH_TARGET_PX if self._theme.touch else MIN_TARGET_PX + 8

    def cross_rect(self, row: QRect) -> QRect:
        """Return where the cross of a row takes clicks."""
        side = self.cross_px
        return QRect(row.right() - side - 3, row.center().y() - side // 2, side, side)

    def opens_at(self, point: QPoint) -> bool:
        """Return whether a click at a point of the viewport opens an article."""
        index = self.indexAt(point)
        return self._rows.item(index.row()) is not None and not self._is_cross(point)

    def make_current(self, row: int) -> None:
        """Go to a row, -1 for none."""
        self.setCurrentIndex(self._rows.index(row) if row >= 0 else self._rows.index(-1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note whether the press is on a cross."""
        self._on_cross = self._is_cross(event.position().toPoint())
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete removes."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(row)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit(row)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a row; with the keyboard, of the current one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if self._rows.item(index.row()) is not None:
            at = self.visualRect(index).bottomLeft()
            point = self.viewport().mapToGlobal(at) if by_key else event.globalPos()
            self.menu_wanted.emit(index.row(), point)

    def _is_cross(self, point: QPoint) -> bool:
        index = self.indexAt(point)
        is_item = self._rows.item(index.row()) is not None
        return is_item and self.cross_rect(self.visualRect(index)).contains(point)

    def _click(self, index: Index) -> None:
        if self._on_cross:
            self.removed.emit(index.row())
        else:
            self._open(index.row())

    def _open(self, row: int) -> None:
        item = self._rows.item(row)
        if item is not None:
            self.opened.emit(item.article)
