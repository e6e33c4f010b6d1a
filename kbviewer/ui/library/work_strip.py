"""What is being done beside the window with libraries: what, how far, and a way to give it up."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import Message
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.thin_bar import ThinBar

# What takes less needs no bar.
_SHOWN_AFTER_MS = 500
_PARTS = 1000


class WorkStrip(QWidget):
    """Shows what is under way, half a second after it has begun.

    Signals:
        cancelled(): give it up.
    """

    cancelled = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._translator = translator
        self.work: Message | None = None
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.bar = ThinBar(theme)
        self.bar.setRange(0, _PARTS)
        self.cancel_button = QPushButton()
        self.cancel_button.clicked.connect(self.cancelled)
        left = QVBoxLayout()
        left.addWidget(self._text)
        left.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self.cancel_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_AFTER_MS)
        self._timer.timeout.connect(self._appear)
        self.hide()
        self.retranslate()

    def show_work(self, work: Message | None) -> None:
        """Show what is under way, or nothing."""
        if work is self.work:
            return
        self.work = work
        if work is None:
            self._timer.stop()
            self.hide()
            return
        self.bar.setValue(0)
        self.retranslate()
        self._timer.start()

    def show_share(self, done: int, total: int) -> None:
        """Show how much is done."""
        self.bar.setValue(_PARTS * done // total if total > 0 else 0)

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self.cancel_button.setText(_("Cancel"))
        if self.work is not None:
            self._text.setText(self.work.render(_))
            self.bar.setAccessibleName(self._text.text())

    def _appear(self) -> None:
        self.show()
        announce(self, self._text.text())
