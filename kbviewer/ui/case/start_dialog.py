"""Asks what a case is called by others, when it begins or later."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.theme.check_line import CheckLine
from kbviewer.ui.theme.dialog import Dialog

_MOST_REFERENCE = 100


class ReferenceDialog(Dialog):
    """Takes a reference, such as a ticket number; "" is none.

    Signals:
        given(reference): the reader is done.
    """

    given = Signal(str)

    def __init__(
        self, title: str, done_text: str, translator: Translator, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, translator, parent, width_px=460)
        _ = translator.gettext
        label = QLabel(_("Reference, such as a ticket number (may be left empty)"))
        label.setWordWrap(True)
        self.field = QLineEdit()
        self.field.setMaxLength(_MOST_REFERENCE)
        label.setBuddy(self.field)
        self.field.setAccessibleName(_("Reference"))
        self.body.addWidget(label)
        self.body.addWidget(self.field)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(done_text, default=True).clicked.connect(self._finish)
        self.field.setFocus()

    def write(self, reference: str) -> None:
        """Put a reference into the field, selected."""
        self.field.setText(reference)
        self.field.selectAll()

    def _finish(self) -> None:
        self.accept()
        self.given.emit(self.field.text())


class StartDialog(ReferenceDialog):
    """Begins a case, with what was done in the open article when there is anything."""

    def __init__(self, article_title: str, translator: Translator, parent: QWidget | None = None) -> None:
        """Ask whether to take the work in `article_title` along; "" when there is none."""
        _ = translator.gettext
        super().__init__(_("New case"), _("Start case"), translator, parent)
        self._take = CheckLine(_("Take the ticks and choices of the open article along"))
        self._take.setToolTip(article_title)
        self._take.setAccessibleDescription(article_title)
        self._take.setChecked(bool(article_title))
        self._take.setVisible(bool(article_title))
        self.body.addWidget(self._take)

    @property
    def takes_work(self) -> bool:
        """Whether the work in the article comes along."""
        return self._take.isChecked()
