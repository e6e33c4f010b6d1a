"""One line that says that somebody has newer content, until the reader has answered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import Message
from kbviewer.ui.theme.announce import announce


class NewsStrip(QWidget):
    """Shows what there is; takes no focus and covers nothing.

    Signals:
        wanted(): look at it.
    """

    wanted = Signal()

    def __init__(self, news: Message, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._news = news
        self._translator = translator
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.look_button, self.later_button = QPushButton(), QPushButton()
        self.look_button.clicked.connect(self._look)
        self.later_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(self.look_button)
        row.addWidget(self.later_button)
        self.retranslate()
        announce(self, self._text.text())

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self._text.setText(self._news.render(_))
        self.look_button.setText(_("Look at it"))
        self.later_button.setText(_("Not now"))

    def _look(self) -> None:
        self.hide()
        self.wanted.emit()
