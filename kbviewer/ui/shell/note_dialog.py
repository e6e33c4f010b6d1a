"""The reader's note on a block: written, changed and deleted here."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.theme.dialog import Dialog

_LONGEST_TEXT = 20_000
_GAP_PX = 6


class NoteDialog(Dialog):
    """Takes one note.

    Signals:
        typed(text): this stands in the field now; None for what is kept already.
        written(text): keep this; "" deletes the note.
        left(text): the dialog goes; `text` waits for the next time, None when the reader saved or cancelled.
    """

    typed = Signal(object)
    written = Signal(str)
    left = Signal(object)

    def __init__(
        self,
        about: str,
        text: str,
        said_then: str,
        translator: Translator,
        parent: QWidget | None = None,
        *,
        draft: str | None = None,
    ) -> None:
        super().__init__(translator.gettext("Your note"), translator, parent, width_px=440)
        _ = translator.gettext
        self._kept = text
        self._is_settled = False
        self.add_text(_("On “{text}”.").format(text=about))
        if said_then:
            self.add_text(_("When you wrote the note, it said: “{text}”.").format(text=said_then))
        self._field = QPlainTextEdit(text if draft is None else draft)
        self._field.setTabChangesFocus(True)
        self._field.setAccessibleName(_("Your note"))
        self._field.setAccessibleDescription(_("Ctrl+Enter saves."))
        self._field.setPlaceholderText(_("Only you see this; it stays on this computer."))
        self._field.setMinimumHeight(110)
        self.body.addWidget(self._field, 1)
        if text:
            self.add_button(_("Delete")).clicked.connect(lambda: self._finish(""))
        self.add_button(_("Cancel")).clicked.connect(self._cancel)
        self._save = self.add_button(_("Save"), default=True)
        self._save.clicked.connect(lambda: self._finish(self.text))
        self._field.textChanged.connect(self._check)
        self._field.moveCursor(QTextCursor.MoveOperation.End)
        self._check()
        self._field.setFocus()

    @property
    def text(self) -> str:
        """What has been written."""
        return self._field.toPlainText().strip()[:_LONGEST_TEXT]

    def write(self, text: str) -> None:
        """Put text into the field, with the cursor behind it."""
        self._field.setPlainText(text)
        self._field.moveCursor(QTextCursor.MoveOperation.End)

    def open_near(self, marker: QWidget | None) -> None:
        """Show the dialog under a note's button, inside the window; over the window's middle without one."""
        self.open_centred()
        parent = self.parentWidget()
        if marker is None or parent is None:
            return
        corner = marker.mapToGlobal(QPoint(marker.width(), marker.height() + _GAP_PX))
        edge = parent.mapToGlobal(QPoint(0, 0))
        left = max(edge.x(), min(corner.x() - self.width(), edge.x() + parent.width() - self.width()))
        top = max(edge.y(), min(corner.y(), edge.y() + parent.height() - self.height()))
        self.move(left, top)

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
        self.left.emit(self._unsaved)

    @property
    def _unsaved(self) -> str | None:
        return self.text if not self._is_settled and self.text != self._kept else None

    def _check(self) -> None:
        self._save.setEnabled(bool(self.text))
        self.typed.emit(self._unsaved)

    def _cancel(self) -> None:
        self._is_settled = True
        self.reject()

    def _finish(self, text: str) -> None:
        self._is_settled = True
        self.accept()
        self.written.emit(text)
