"""The header of a FAQ answer: a button over the question, which stays text of the document."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleStateChangeEvent, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kbviewer.ui.article.buttons import TextPageButton
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CARD_CORNER_PX


class FaqHeader(TextPageButton):
    """Opens and closes an answer; paints the chevron, the focus and the mouse over it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._is_open = False

    @property
    def is_open(self) -> bool:
        """Whether the answer is shown."""
        return self._is_open

    def show_open(self, is_open: bool) -> None:
        """Show whether the answer is open."""
        changed, self._is_open = is_open is not self._is_open, is_open
        if changed and QAccessible.isActive():
            state = QAccessible.State()
            state.expanded = True
            QAccessible.updateAccessibility(QAccessibleStateChangeEvent(self, state))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint over the card, leaving the question readable."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.underMouse():
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, CARD_CORNER_PX, CARD_CORNER_PX)
        side = round(18 * max(0.75, min(self._theme.zoom, 1.75)))
        name = "chevron-down" if self._is_open else "chevron-right"
        target = QRectF(14, (self.height() - side) / 2, side, side)
        paint_icon(painter, target, name, tokens.accent)
        self._ring(painter, QRectF(self.rect()), CARD_CORNER_PX)
