"""What the results panel has spoken, because the focus stays in the field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_SPEAK_AFTER_MS = 350


class Speech(QTimer):
    """Speaks for a widget while it is seen.

    Signals:
        spoken(text): a screen reader was told this.
    """

    spoken = Signal(str)

    def __init__(self, widget: QWidget, summary: Callable[[], str]) -> None:
        super().__init__(widget)
        self._widget = widget
        self.setSingleShot(True)
        self.setInterval(_SPEAK_AFTER_MS)
        self.timeout.connect(lambda: self.say(summary()))

    def say_later(self) -> None:
        """Speak the summary once typing rests: one message for a word, not one for each letter."""
        self.start()

    def say(self, text: str) -> None:
        """Speak `text` now."""
        if text and self._widget.isVisible():
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, text))
            self.spoken.emit(text)
