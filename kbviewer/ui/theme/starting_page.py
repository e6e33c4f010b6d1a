"""A page on which work begins somewhere else than at its first control."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


class StartingPage(QWidget):
    """Hands the focus on to where work begins, when it is given to the page.

    A focus proxy would do that, too, but Tab would jump to it, past all that stands before it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._beginning: QWidget | None = None

    @property
    def beginning(self) -> QWidget | None:
        """Where work begins."""
        return self._beginning

    def begin_at(self, beginning: QWidget) -> None:
        """Set where work begins."""
        self._beginning = beginning

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the focus to where work begins: a screen reader must not hear of the page after it."""
        if self._beginning is not None:
            self._beginning.setFocus(reason)
        else:
            super().setFocus(reason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand on the focus that Qt itself has given to the page."""
        super().focusInEvent(event)
        if self._beginning is not None:
            self._beginning.setFocus(event.reason())
