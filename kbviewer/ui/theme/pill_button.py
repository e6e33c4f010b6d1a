"""A button with text and a small icon before or behind it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX

_ICON_PX = 14
_SIDE_PX = 10
_GAP_PX = 6


class PillButton(QPushButton):
    """Elides its text and leaves the focus in the search field when it is clicked.

    A button of Qt puts its icon before the text only, and too close to it.
    """

    def __init__(
        self, icon_name: str, theme: Theme, parent: QWidget | None = None, *, icon_behind: bool = False
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._theme = theme
        self._icon_behind = icon_behind
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        wide = _SIDE_PX + _ICON_PX + _GAP_PX
        before, behind = (_SIDE_PX, wide) if icon_behind else (wide, _SIDE_PX)
        self.setStyleSheet(f"QPushButton {{ padding-left: {before}px; padding-right: {behind}px; }}")

    def show_text(self, text: str, most_px: int) -> None:
        """Show as much of `text` as fits into `most_px`."""
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, most_px)
        self.setText(shown.replace("&", "&&"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, then its icon."""
        super().paintEvent(event)
        tokens = self._theme.tokens
        left = self.width() - _SIDE_PX - _ICON_PX if self._icon_behind else _SIDE_PX
        place = QRectF(left, (self.height() - _ICON_PX) / 2, _ICON_PX, _ICON_PX)
        painter = QPainter(self)
        paint_icon(painter, place, self._icon_name, tokens.on_accent if self.isChecked() else tokens.muted)
        if self.isChecked() and self.hasFocus():
            # The ring of the style sheet has the colour of what it surrounds.
            ring = QRectF(self.rect()).adjusted(3, 3, -3, -3)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.on_accent), 1.5))
            painter.drawRoundedRect(ring, CORNER_PX - 3, CORNER_PX - 3)
        painter.end()
