"""A field of plain text that is as high as its text, up to a few lines."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_MOST_LINES: Final = 3
_FRAME_PX: Final = 18


class GrowingText(QPlainTextEdit):
    """Takes a few lines; Tab leaves it.

    Signals:
        left(): the focus has gone elsewhere.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, least_lines: int = 1, least_px: int = 0) -> None:
        """Make an empty field, never lower than `least_lines` or `least_px`."""
        super().__init__(parent)
        self._least_px = least_px
        self._least_lines = least_lines
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height that the text needs."""
        most = max(_MOST_LINES, self._least_lines)
        wanted = max(1, round(self.document().size().height()), self._placeholder_lines())
        policy = Qt.ScrollBarPolicy
        has_more = wanted > most
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if has_more else policy.ScrollBarAlwaysOff)
        lines = max(self._least_lines, min(most, wanted))
        self.setFixedHeight(max(self._least_px, self.fontMetrics().lineSpacing() * lines + _FRAME_PX))

    def setPlaceholderText(self, text: str) -> None:
        """Say what belongs into the field, in a field that has room for it."""
        super().setPlaceholderText(text)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit another size of letters."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            # Once shown, the viewport keeps the font before, in which it writes the placeholder.
            self.viewport().setFont(self.font())
            self.fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the text may be complete."""
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def _placeholder_lines(self) -> int:
        """Return how many lines the placeholder takes while it is seen."""
        width = round(self.viewport().width() - 2 * self.document().documentMargin())
        if not self.placeholderText() or not self.document().isEmpty() or width <= 0:
            return 0
        metrics = self.fontMetrics()
        wrapped = metrics.boundingRect(
            QRect(0, 0, width, 0), Qt.TextFlag.TextWordWrap, self.placeholderText()
        )
        return round(wrapped.height() / metrics.lineSpacing())

    def write(self, text: str) -> None:
        """Put text into the field, with the caret behind it."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
