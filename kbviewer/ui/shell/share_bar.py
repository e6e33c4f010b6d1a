"""A strip that stays as long as a share does not answer: what is read meanwhile, and a way to ask again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import Message
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme

_BUTTON_BELOW_UNDER_PX: Final = 640
_MARK_PX: Final = 20
_BAR_PX: Final = 4


class ShareBar(QWidget):
    """Says that a share does not answer.

    Signals:
        retry_wanted(): the reader wants the share to be asked again.
    """

    retry_wanted = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._message: Message | None = None
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._retry = QPushButton()
        self._retry.clicked.connect(self.retry_wanted)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(48, 6, 12, 6)
        self._layout.addWidget(self._text, 1)
        self._layout.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def stops(self) -> Sequence[QWidget]:
        """What Tab visits, in order."""
        return (self._retry,)

    def show_message(self, message: Message) -> None:
        """Show the strip and have it spoken."""
        self._message = message
        self.retranslate()
        self.show()
        announce(self, self._text.text())

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self._text.setText(self._message.render(_) if self._message is not None else "")
        self.setAccessibleName(self._text.text())
        self._retry.setText(_("Try again"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button below the text where there is no room beside it."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_narrow = self.width() < _BUTTON_BELOW_UNDER_PX * max(1.0, self._theme.zoom)
        self._layout.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip and its sign."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.warning_soft))
        painter.fillRect(0, 0, _BAR_PX, self.height(), QColor(tokens.warning_bar))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens.border))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self._text.geometry().center().y()
        paint_icon(painter, QRectF(16, middle - _MARK_PX / 2, _MARK_PX, _MARK_PX), "warning", tokens.warning)

    def _restyle(self) -> None:
        self._text.setStyleSheet(f"color: {self._theme.tokens.text}; background: transparent")
        self.update()
