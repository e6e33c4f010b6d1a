"""What the trees of bookmarks and of notes share: looks, and keys that the window would take."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme

INDENT_PX: Final = 16
_CHEVRON_PX: Final = 12
Index = QModelIndex | QPersistentModelIndex


class MarkTree(QTreeView):
    """A tree of one column whose rows paint themselves."""

    def __init__(self, model: QAbstractItemModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setIndentation(INDENT_PX)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def room_for(self, index: Index) -> int:
        """Return the width of a row without its indentation."""
        levels = 1 + index.parent().isValid()
        return self.viewport().width() - levels * self.indentation()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give rows the height that they need at the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the current row, at first the first one; Qt would only make it the current one."""
        super().focusInEvent(event)
        index = self.currentIndex()
        self.setCurrentIndex(index if index.isValid() else self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Esc to the window; everything else as a tree does."""
        if self.state() == QAbstractItemView.State.EditingState:
            # Enter in the field comes through to here, and has been heard.
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw the ground before a row as in the row, and a chevron where it can be folded."""
        tokens = self._theme.tokens
        if self.selectionModel().isSelected(index):
            painter.fillRect(rect, QColor(tokens.accent_soft))
        if self.model().rowCount(index) and rect.width() >= _CHEVRON_PX:
            name = "chevron-down" if self.isExpanded(index) else "chevron-right"
            side = _CHEVRON_PX
            left = rect.right() - side + 1
            target = QRectF(left, rect.center().y() - side / 2, side, side)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_icon(painter, target, name, tokens.muted)
            painter.restore()
