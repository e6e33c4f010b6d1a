"""The generated table of contents: follows the scroll position, goes where the reader points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from kbviewer.model.article import OutlineEntry
from kbviewer.model.inline import plain_text
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import FOCUS_RING_PX, TOUCH_TARGET_PX

ANCHOR_ROLE: Final = Qt.ItemDataRole.UserRole
LEVEL_ROLE: Final = Qt.ItemDataRole.UserRole + 1
MARKED_ROLE: Final = Qt.ItemDataRole.UserRole + 2
_ROW_PX: Final = 30
_INDENT_PX: Final = 14
_MARGIN_PX: Final = 16
_BAR_PX: Final = 3
_RIBBON_PX: Final = 14

Index = QModelIndex | QPersistentModelIndex


class OutlineModel(QAbstractListModel):
    """The entries as rows; the active one is where the reader is."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[OutlineEntry] = ()
        self._active = -1
        self._here = ""
        self._bookmarked = ""
        self._marked: frozenset[str] = frozenset()

    @property
    def active(self) -> int:
        """Row of the section that is read, -1 for none."""
        return self._active

    def set_entries(self, entries: Sequence[OutlineEntry]) -> None:
        """Show another article's outline."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self._active = -1
        self.endResetModel()

    def set_texts(self, here: str, bookmarked: str) -> None:
        """Say in words which entry is active and which ones have a ribbon, for screen readers."""
        self._here, self._bookmarked = here, bookmarked

    def set_marked(self, anchors: frozenset[str]) -> None:
        """Put a ribbon on the sections in which there are bookmarks."""
        self._marked = anchors
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def set_active(self, anchor: str) -> int:
        """Mark the entry with that anchor; return its row, -1 when there is none."""
        row = next((i for i, entry in enumerate(self._entries) if entry.anchor == anchor), -1)
        before, self._active = self._active, row
        for changed in {before, row} - {-1}:
            index = self.index(changed)
            self.dataChanged.emit(index, index)
        return row

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of entries."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, anchor, level or description of an entry."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return plain_text(entry.runs).replace("\n", " ")
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            said = (self._here, index.row() == self._active), (self._bookmarked, entry.anchor in self._marked)
            return ", ".join(text for text, is_so in said if is_so)
        if role == MARKED_ROLE:
            return entry.anchor in self._marked
        if role == ANCHOR_ROLE:
            return entry.anchor
        if role == LEVEL_ROLE:
            return entry.level
        return None


class _RowDelegate(QStyledItemDelegate):
    """Paints a row: indented, on at most two lines, the active one with a bar at its edge."""

    def __init__(self, theme: Theme, view: OutlineView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """Return the size of a row; a long title takes two lines."""
        height = TOUCH_TARGET_PX if self._theme.touch else _ROW_PX
        metrics = self._view.fontMetrics()
        if len(self._lines(index, metrics)) > 1:
            height = max(height, metrics.lineSpacing() + _ROW_PX)
        return QSize(0, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        tokens = self._theme.tokens
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        active = index.row() == self._view.outline.active
        painter.save()
        if active:
            painter.fillRect(rect, QColor(tokens.accent_soft))
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR_PX, rect.height()), QColor(tokens.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.border if not tokens.high_contrast else tokens.page))
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.accent), FOCUS_RING_PX))
            painter.drawRoundedRect(QRectF(rect).adjusted(3, 1, -3, -1), 6, 6)
        level = int(index.data(LEVEL_ROLE))
        font = QFont(self._view.font())
        if active and tokens.high_contrast:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        quiet = level > self._view.top_level and not active
        painter.setPen(QColor(tokens.accent if active else tokens.muted if quiet else tokens.text))
        area = self._view.text_area(rect, level)
        text = "\n".join(self._lines(index, painter.fontMetrics()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
        if index.data(MARKED_ROLE):
            side = _RIBBON_PX
            ribbon = QRectF(rect.right() - side - 6, rect.center().y() - side / 2, side, side)
            paint_icon(painter, ribbon, "bookmark-on", tokens.accent)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's signature
        index: Index,
    ) -> bool:
        """Show the whole title when it is cut short."""
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            text = str(index.data())
            if " ".join(self._lines(index, view.fontMetrics())) != text:
                QToolTip.showText(event.globalPos(), text, view)
                return True
        QToolTip.hideText()
        return False

    def _lines(self, index: Index, metrics: QFontMetrics) -> list[str]:
        """Break the title at a blank; the second line is cut short when there is more."""
        text = str(index.data())
        rect = QRect(0, 0, self._view.viewport().width(), _ROW_PX)
        width = self._view.text_area(rect, int(index.data(LEVEL_ROLE))).width()
        if index.data(MARKED_ROLE):
            width -= _RIBBON_PX
        words = text.split(" ")
        fitting = len(words)
        while fitting > 1 and metrics.horizontalAdvance(" ".join(words[:fitting])) > width:
            fitting -= 1
        lines = [" ".join(part) for part in (words[:fitting], words[fitting:]) if part]
        return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]


class OutlineView(QListView):
    """Lists headings and questions.

    Signals:
        anchor_chosen(anchor): the reader wants to go there.
    """

    anchor_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.outline = OutlineModel()
        self.top_level = 2
        self.setModel(self.outline)
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        self._chosen_by_click = False

    def set_entries(self, entries: Sequence[OutlineEntry]) -> None:
        """Show the outline of an article."""
        self.top_level = min((entry.level for entry in entries), default=2)
        self.outline.set_entries(entries)

    def set_active(self, anchor: str) -> None:
        """Follow the reader to a section."""
        row = self.outline.set_active(anchor)
        if row >= 0:
            index = self.outline.index(row)
            self.scrollTo(index)
            if not self.hasFocus():
                self.setCurrentIndex(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break titles anew: a scroll bar that comes or goes makes rows of another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def text_area(self, rect: QRect, level: int) -> QRect:
        """Return where the text of a row stands."""
        indent = _MARGIN_PX + _INDENT_PX * min(3, max(0, level - self.top_level))
        return rect.adjusted(indent, 0, -10, 0)

    def opens_at(self, point: QPoint) -> bool:
        """Return whether an entry stands at a point of the viewport."""
        return self.indexAt(point).isValid()

    def _choose(self, index: QModelIndex) -> None:
        self.anchor_chosen.emit(str(index.data(ANCHOR_ROLE)))
