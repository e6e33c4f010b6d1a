"""What the side pane shows: contents, bookmarks or notes."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget

from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import FOCUS_RING_PX, TOUCH_TARGET_PX

_HEIGHT_PX: Final = 40
_PAD_PX: Final = 8
_BAR_PX: Final = 3


class Tab(IntEnum):
    """The views of the side pane, in order."""

    CONTENTS = 0
    BOOKMARKS = 1
    NOTES = 2


class PaneTabs(QTabBar):
    """Exactly one view is on; arrow keys move between them. The one that is on has a bar below it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.92)
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)
        self.setDrawBase(False)
        self.setExpanding(True)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setMouseTracking(True)
        for _tab in Tab:
            self.addTab("")
        theme.changed.connect(self.updateGeometry)

    def tabSizeHint(self, index: int) -> QSize:
        """Return the room for a text; touch mode takes more height."""
        width = self.fontMetrics().horizontalAdvance(self.tabText(index)) + 2 * _PAD_PX
        return QSize(width, TOUCH_TARGET_PX if self._theme.touch else _HEIGHT_PX)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the least room; a long text is cut short."""
        return QSize(40, self.tabSizeHint(index).height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the strip is small
        """Draw the texts, the bar under the view that is on, and the ring of the focus."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), QColor(tokens.border))
        for tab in Tab:
            rect, is_on = self.tabRect(tab), tab == self.currentIndex()
            enabled = self.isTabEnabled(tab)
            colour = tokens.accent if is_on else tokens.muted if enabled else tokens.disabled
            painter.setPen(QColor(colour))
            room = rect.width() - 4
            text = self.fontMetrics().elidedText(self.tabText(tab), self.elideMode(), room)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
            if is_on:
                bar = QRect(rect.left(), rect.bottom() + 1 - _BAR_PX, rect.width(), _BAR_PX)
                painter.fillRect(bar, QColor(tokens.accent))
                if self.hasFocus():
                    painter.setPen(QPen(QColor(tokens.accent), FOCUS_RING_PX))
                    painter.drawRoundedRect(QRectF(rect).adjusted(2, 3, -2, -6), 6, 6)
