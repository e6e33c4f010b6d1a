"""A comment for the author: written here, kept on this computer, exported when the reader wants."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kbviewer.i18n.translator import Translator
from kbviewer.state.comments import Comment
from kbviewer.ui.theme.dialog import Dialog

_LONGEST_TEXT = 20_000


class CommentDialog(Dialog):
    """Takes one comment and lists those already written about the article.

    Signals:
        typed(text): this stands in the field now.
        written(text): keep this.
        left(text): the dialog goes; `text` waits for the next time, "" when the reader saved or cancelled.
        deletion_requested(comment_id): forget that one.
        export_requested(): write all comments to a file.
    """

    typed = Signal(str)
    written = Signal(str)
    left = Signal(str)
    deletion_requested = Signal(int)
    export_requested = Signal()

    def __init__(
        self,
        article_title: str,
        earlier: Sequence[Comment],
        translator: Translator,
        parent: QWidget | None = None,
        *,
        said: str = "",
    ) -> None:
        super().__init__(translator.gettext("Comment for the author"), translator, parent)
        _ = translator.gettext
        self.add_text(
            _("About “{title}”. The comment stays on this computer until you export it.").format(
                title=article_title
            )
        )
        if said:
            self.add_text(_("Place: “{text}”").format(text=said))
        self._is_settled = False
        self._field = QPlainTextEdit()
        self._field.setTabChangesFocus(True)
        self._field.setAccessibleName(_("Your comment"))
        self._field.setPlaceholderText(_("What is wrong, missing or hard to understand?"))
        self._field.setMinimumHeight(120)
        self.body.addWidget(self._field, 1)
        if earlier:
            self._list(earlier)
            export = self.add_button(_("Export comments…"))
            export.clicked.connect(self._export)
        cancel = self.add_button(_("Cancel"))
        cancel.clicked.connect(self._cancel)
        self._save = self.add_button(_("Save"), default=True)
        self._save.setEnabled(False)
        self._save.clicked.connect(self._finish)
        self._field.textChanged.connect(self._check)
        self._field.setFocus()

    @property
    def text(self) -> str:
        """What has been written."""
        return self._field.toPlainText().strip()[:_LONGEST_TEXT]

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

    def _list(self, earlier: Sequence[Comment]) -> None:
        _ = self.translator.gettext
        caption = QLabel(_("Earlier comments"))
        self.body.addWidget(caption)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        for comment in earlier:
            row = QHBoxLayout()
            text = QLabel(f"{comment.written_at:%Y-%m-%d}  {comment.text}")
            text.setWordWrap(True)
            delete = QPushButton(_("Delete"))
            delete.setAccessibleDescription(comment.text[:80])
            delete.clicked.connect(lambda _checked=False, c=comment, w=(text, delete): self._delete(c, w))
            row.addWidget(text, 1)
            row.addWidget(delete)
            rows.addLayout(row)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMaximumHeight(140)
        self.body.addWidget(area)

    def _delete(self, comment: Comment, widgets: tuple[QWidget, ...]) -> None:
        for widget in widgets:
            widget.hide()
        self._field.setFocus()
        self.deletion_requested.emit(comment.id)

    def _export(self) -> None:
        self.accept()
        self.export_requested.emit()

    def _check(self) -> None:
        self._save.setEnabled(bool(self.text))
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
