"""Makes a window ready for fingers when the first one touches it: most computers have no such screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QTouchEvent
from PySide6.QtWidgets import QWidget

# Set on what scrolls: whether the last finger on it has scrolled it.
SCROLLED: Final = "scrolled-by-finger"


def has_scrolled(widget: QWidget) -> bool:
    """Return whether the finger has scrolled what `widget` stands on, and so asks nothing of the widget."""
    above: QWidget | None = widget
    while above is not None:
        if above.property(SCROLLED):
            return True
        above = above.parentWidget()
    return False


class FingerWatch(QObject):
    """Lets fingers scroll what they touch."""

    def __init__(self, window: QWidget) -> None:
        """Watch a window that is on the screen."""
        super().__init__(window)
        self._window = window
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Look what is touched, before it hears of it."""
        if event.type() == QEvent.Type.TouchBegin and isinstance(event, QTouchEvent):
            # Not at the top: a start needs none of it.
            from kbviewer.ui.theme.finger_scroll import scroll_below

            for point in event.points():
                scroll_below(self._window, point.position().toPoint())
        return False
