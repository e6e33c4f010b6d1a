"""A strip under the top bar for what the reader must know."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import Message
from kbviewer.ui.shell.bar_button import BarButton
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme


class NoticeBar(QWidget):
    """Shows one message until the reader closes it, or whoever showed it withdraws it."""

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._message: Message | None = None
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = BarButton(theme, "close")
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(48, 4, 12, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setVisible(False)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_message(self, message: Message) -> None:
        """Show `message` and have it spoken."""
        self._message = message
        self.retranslate()
        self.setVisible(True)
        announce(self, self._text.text())

    def withdraw(self, message: Message) -> None:
        """Hide `message`, when it is the one that is shown."""
        if self._message is message:
            self._message = None
            self.setVisible(False)

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self._close.set_name(_("Close"))
        if self._message is not None:
            self._text.setText(self._message.render(_))
            self.setAccessibleName(self._text.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip and its sign."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.warning_soft))
        painter.fillRect(0, 0, 4, self.height(), QColor(tokens.warning_bar))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens.border))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, QRectF(16, self.height() / 2 - 10, 20, 20), "warning", tokens.warning)

    def _restyle(self) -> None:
        self._text.setStyleSheet(f"color: {self._theme.tokens.text}; background: transparent")
        self.update()
