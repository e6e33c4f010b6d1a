"""What lies over the whole window and takes every touch."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kbviewer.ui.theme.theme import Theme

_SHADE_ALPHA = 150


class Cover(QWidget):
    """Fills its window, whatever size that gets, and lets nothing through to what is below."""

    def __init__(self, theme: Theme, window: QWidget, *, is_opaque: bool) -> None:
        super().__init__(window)
        self.theme = theme
        self._over = window
        self._is_opaque = is_opaque
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # What is below is neither seen nor meant; screen readers shall say the same.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        window.installEventFilter(self)
        theme.changed.connect(self.update)
        self.hide()

    def bring_up(self) -> None:
        """Come to the front, with the focus."""
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window, and above what comes up later."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        elif watched is self._over and event.type() == QEvent.Type.ChildPolished and self.isVisible():
            self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hide what is below, or darken it."""
        painter = QPainter(self)
        colour = QColor(self.theme.tokens.window if self._is_opaque else "#000000")
        if not self._is_opaque:
            colour.setAlpha(_SHADE_ALPHA)
        painter.fillRect(event.rect(), colour)
