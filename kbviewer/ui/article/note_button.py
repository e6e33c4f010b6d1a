"""The small button beside a block that the reader has written a note on."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kbviewer.ui.article.buttons import TextPageButton
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme

_LONGEST_TIP = 400


class NoteButton(TextPageButton):
    """A slip of paper in the colour of warnings' ground, so that it is seen and does not shout."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setObjectName("note-marker")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the button is small
        """Paint the slip."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        active = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(QColor(tokens.accent if active else tokens.warning_bar), 1))
        painter.setBrush(QColor(tokens.accent_soft if self.underMouse() else tokens.warning_soft))
        painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)
        side = min(rect.width(), rect.height()) * 0.58
        target = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
        paint_icon(painter, target, "annotation", tokens.accent if active else tokens.warning)
        self._ring(painter, rect, 5)


def wrapped_tip(text: str) -> str:
    """Return `text` as a tool tip whose lines wrap; the text is the reader's and holds no markup."""
    short = text if len(text) <= _LONGEST_TIP else text[: _LONGEST_TIP - 1] + "…"
    return f"<p>{escape(short)}</p>"
