"""A note on a case: what was said, seen or agreed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.theme.dialog import Dialog


class NoteDialog(Dialog):
    """Takes one note.

    Signals:
        typed(text): this stands in the field now.
        written(text): keep this.
        left(text): the dialog goes; `text` waits for the next time, "" when the reader saved or cancelled.
    """

    typed = Signal(str)
    written = Signal(str)
    left = Signal(str)

    def __init__(self, case: str, translator: Translator, parent: QWidget | None = None) -> None:
        """Ask for a note on the case that is called `case`."""
        super().__init__(translator.gettext("Note"), translator, parent)
        _ = translator.gettext
        self._is_settled = False
        self.add_text(case)
        self._field = QPlainTextEdit()
        self._field.setTabChangesFocus(True)
        self._field.setAccessibleName(_("Note"))
        self._field.setPlaceholderText(_("What the user said, what you saw, what you agreed on"))
        self._field.setMinimumHeight(120)
        self.body.addWidget(self._field, 1)
        self.add_button(_("Cancel")).clicked.connect(self._cancel)
        self._save = self.add_button(_("Save"), default=True)
        self._save.setToolTip(_("Ctrl+Enter"))
        self._save.setEnabled(False)
        self._save.clicked.connect(self._finish)
        self._field.textChanged.connect(lambda: self._save.setEnabled(bool(self.text)))
        self._field.textChanged.connect(lambda: self.typed.emit(self.text))
        self._field.setFocus()

    @property
    def text(self) -> str:
        """What has been written."""
        return self._field.toPlainText().strip()

    def write(self, text: str) -> None:
        """Put text into the field, with the cursor behind it."""
        self._field.setPlainText(text)
        self._field.moveCursor(QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Ctrl+Enter save: Enter alone makes a new line."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and modifiers == Qt.KeyboardModifier.ControlModifier:
            self._save.click()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Close in whatever way, with Esc too, and hand over what is still unsaved."""
        super().done(result)
        self.left.emit("" if self._is_settled else self.text)

    def _cancel(self) -> None:
        self._is_settled = True
        self.reject()

    def _finish(self) -> None:
        text = self.text
        self._is_settled = True
        self.accept()
        if text:
            self.written.emit(text)
