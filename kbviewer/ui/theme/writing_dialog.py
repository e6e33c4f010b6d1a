"""A dialog with one field to write in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from kbviewer.ui.theme.dialog import Dialog

_FIELD_PX = 120


class WritingDialog(Dialog):
    """Takes one text. Ctrl+Enter saves; Esc hands over what is still unsaved, Cancel lets it go.

    Signals:
        typed(text): this stands in the field now.
        written(text): keep this.
        left(text): the dialog goes; `text` waits for the next time, "" when the reader saved or cancelled.
    """

    typed = Signal(str)
    written = Signal(str)
    left = Signal(str)

    field: QPlainTextEdit
    save: QPushButton
    _is_settled = False

    def add_field(self, name: str, hint: str) -> None:
        """Add the field; `hint` stands in it while it is empty."""
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(hint)
        self.field.setMinimumHeight(_FIELD_PX)
        self.body.addWidget(self.field, 1)

    def add_answers(self) -> None:
        """Add Cancel and Save, and begin with the field."""
        _ = self.translator.gettext
        self.add_button(_("Cancel")).clicked.connect(self._cancel)
        self.save = self.add_button(_("Save"), default=True)
        self.save.setToolTip(_("Ctrl+Enter"))
        self.save.setEnabled(False)
        self.save.clicked.connect(self._finish)
        self.field.textChanged.connect(self._take_text)
        self.field.setFocus()

    @property
    def text(self) -> str:
        """What has been written."""
        return self.field.toPlainText().strip()

    def write(self, text: str) -> None:
        """Put text into the field, with the cursor behind it."""
        self.field.setPlainText(text)
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Ctrl+Enter save: Enter alone makes a new line."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.save.click()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Close in whatever way, with Esc too, and hand over what is still unsaved."""
        super().done(result)
        self.left.emit("" if self._is_settled else self.text)

    def _take_text(self) -> None:
        self.save.setEnabled(bool(self.text))
        self.typed.emit(self.text)

    def _cancel(self) -> None:
        self._is_settled = True
        self.reject()

    def _finish(self) -> None:
        text = self.text
        self._is_settled = True
        self.accept()
        if text:
            self.written.emit(text)
