"""A comment for the author: written here, kept on this computer, exported when the reader wants."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Right
from kbviewer.state.comments import Comment
from kbviewer.ui.theme.rights import needs
from kbviewer.ui.theme.writing_dialog import WritingDialog

_LONGEST_TEXT = 20_000


class CommentDialog(WritingDialog):
    """Takes one comment and lists those already written about the article.

    Signals:
        deletion_requested(comment_id): forget that one.
        export_requested(): write all comments to a file.
    """

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
        self.add_field(_("Your comment"), _("What is wrong, missing or hard to understand?"))
        if earlier:
            self._list(earlier)
            export = needs(self.add_button(_("Export comments…")), Right.EXPORT)
            export.clicked.connect(self._export)
        self.add_answers()

    @property
    def text(self) -> str:
        """What has been written, as much of it as can be kept."""
        return super().text[:_LONGEST_TEXT]

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
        self.field.setFocus()
        self.deletion_requested.emit(comment.id)

    def _export(self) -> None:
        self.accept()
        self.export_requested.emit()
