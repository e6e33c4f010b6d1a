"""A strip with something that the reader must know, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import Message
from kbviewer.ui.shell.bar_button import BarButton
from kbviewer.ui.shell.status_page import NextStep
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.button_row import ButtonRow
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme

_BUTTONS_BELOW_UNDER_PX: Final = 640
_GAP_PX: Final = 8
_MARK_PX: Final = 20
_BAR_PX: Final = 4


class OfferBar(QWidget):
    """Shows one message with buttons. Each button does its work; the strip is hidden by whoever has made it.

    Args:
        steps: what can be done, the most likely first.
        can_close: whether the reader may put the strip away.
    """

    def __init__(
        self,
        theme: Theme,
        translator: Translator,
        steps: Sequence[NextStep],
        *,
        can_close: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._steps = tuple(steps)
        self._message: Message | None = None
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = [QPushButton() for _step in self._steps]
        for button, step in zip(self.buttons, self._steps, strict=True):
            button.clicked.connect(step.handler)
        self._close = BarButton(theme, "close")
        self._close.clicked.connect(self.hide)
        self._close.setVisible(can_close)
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def stops(self) -> Sequence[QWidget]:
        """What Tab visits, in order."""
        return (*self.buttons, self._close)

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
        for button, step in zip(self.buttons, self._steps, strict=True):
            button.setText(_(step.text))
        self._close.set_name(_("Close"))
        self._row.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the text where there is no room beside it."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_narrow = self.width() < _BUTTONS_BELOW_UNDER_PX * max(1.0, self._theme.zoom)
        self._middle.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

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

    def _build(self) -> None:
        self._row = ButtonRow()
        self._row.set_items(self.buttons)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(_GAP_PX)
        self._middle.addWidget(self._text, 1)
        self._middle.addWidget(self._row, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(48, 6, 12, 6)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    def _restyle(self) -> None:
        self._text.setStyleSheet(f"color: {self._theme.tokens.text}; background: transparent")
        self.update()
