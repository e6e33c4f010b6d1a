"""A thin rounded bar that shows how much is done."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar

from kbviewer.ui.theme.theme import Theme

_BAR_PX: Final = 8


class ThinBar(QProgressBar):
    """A thin rounded bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTextVisible(False)

    def sizeHint(self) -> QSize:
        """Return the bar's size."""
        return QSize(80, _BAR_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, any width."""
        return QSize(20, _BAR_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the bar is small
        """Draw groove and share."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(self.rect())
        if tokens.high_contrast:
            painter.setPen(QPen(QColor(tokens.border), 1))
            groove.adjust(0.5, 0.5, -0.5, -0.5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.border if not tokens.high_contrast else tokens.page))
        painter.drawRoundedRect(groove, groove.height() / 2, groove.height() / 2)
        if self.maximum() > 0 and self.value() > 0:
            share = max(groove.height(), groove.width() * self.value() / self.maximum())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.done))
            done = QRectF(groove.left(), groove.top(), share, groove.height())
            painter.drawRoundedRect(done, groove.height() / 2, groove.height() / 2)
