"""The field in which a note on a step is written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import MIN_TARGET_PX, TOUCH_TARGET_PX

_MOST_LINES = 6
_FRAME_PX = 14


class NoteEditor(QPlainTextEdit):
    """A few lines of plain text, as high as what is written in it.

    Signals:
        confirmed, discarded: Enter, Esc.
        height_changed: it needs more or less room than before.
    """

    confirmed = Signal()
    discarded = Signal()
    height_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = 1
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def write(self, text: str) -> None:
        """Put text into the field, with the caret behind it."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def wanted_height(self) -> int:
        """Return the height that the text needs."""
        line = QFontMetrics(self.font()).lineSpacing()
        return max(
            TOUCH_TARGET_PX if self._theme.touch else MIN_TARGET_PX + 8, self._lines * line + _FRAME_PX
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm with Enter, discard with Esc; Shift+Enter begins a new line."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.discarded.emit()
        elif is_enter and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        elif is_enter:
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take Esc before the window does."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def _fit(self) -> None:
        """Count the lines; more than a few scroll."""
        lines = max(1, round(self.document().size().height()))
        has_more = lines > _MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if has_more else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        lines = min(lines, _MOST_LINES)
        if lines != self._lines:
            self._lines = lines
            self.height_changed.emit()
