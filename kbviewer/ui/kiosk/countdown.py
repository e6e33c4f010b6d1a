"""The warning before the terminal starts over. Whatever is touched then says that somebody is there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.surfaces import paint_surface
from kbviewer.ui.theme.theme import Theme

_WIDTH_PX: Final = 520
_SAID_AT: Final = (10, 5)


class Countdown(QWidget):
    """A card above everything, dialogs included. It takes no focus: the next key is the visitor's answer."""

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget) -> None:
        flags = Qt.WindowType
        super().__init__(parent, flags.ToolTip | flags.FramelessWindowHint)
        self._theme = theme
        self._above = parent
        self._translator = translator
        self._seconds = 0
        self.setObjectName("countdown")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setLocale(parent.locale())
        self._number, self._text = QLabel(self), QLabel(self)
        body = theme.body_font()
        for label, share in ((self._number, 3.0), (self._text, 1.3)):
            font = QFont(body)
            font.setPointSizeF(font.pointSizeF() * share)
            font.setWeight(QFont.Weight.DemiBold)
            label.setFont(font)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self._number.setStyleSheet(f"QLabel {{ color: {theme.tokens.accent}; }}")
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 32)
        column.addWidget(self._number)
        column.addWidget(self._text)

    def show_seconds(self, seconds: int) -> None:
        """Say how many are left; come up when that is not to be seen yet."""
        if seconds == self._seconds and self.isVisible():
            return
        is_new = not self.isVisible()
        self._seconds = seconds
        text = self._translator.ngettext(
            "Starts over in {count} second – touch to go on",
            "Starts over in {count} seconds – touch to go on",
            seconds,
        ).format(count=seconds)
        self._number.setText(str(seconds))
        self._text.setText(text)
        self.setAccessibleName(text)
        if is_new:
            self._place()
            self.show()
            self.raise_()
        if is_new or seconds in _SAID_AT:
            announce(self, text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the card is small
        """Draw the card."""
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), tokens.raised)
        paint_surface(painter, QRectF(self.rect()), tokens.raised, tokens.accent, edge_px=3, corner=0)

    def _place(self) -> None:
        width = min(_WIDTH_PX, self.screen().geometry().width() - 24)
        height = self._column.totalHeightForWidth(width)
        self.setFixedSize(width, height)
        # By the window below it: where a dialog is on the screen, no program is told under Wayland.
        middle = self._above.mapToGlobal(self._above.rect().center())
        self.move(middle.x() - width // 2, middle.y() - height // 2)
