"""The keyboard's way through the buttons of the results panel: from the field, and back to it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget

_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class PanelFocus(QObject):
    """Knows the field and the buttons that Tab reaches from it.

    Signals:
        left: the focus went from one of the buttons somewhere else in this window.
    """

    left = Signal()

    def __init__(self, panel: QWidget, stops: Sequence[QWidget]) -> None:
        super().__init__(panel)
        self._stops = stops
        self._field: QWidget | None = None
        for stop in stops:
            stop.installEventFilter(self)

    def begin_at(self, field: QWidget) -> None:
        """Come from `field`, and go back to it."""
        self._field = field
        self.order()

    def order(self) -> None:
        """Let Tab come here right after the field; other parts may have put themselves between."""
        if self._field is not None:
            for before, after in pairwise((self._field, *self._stops)):
                QWidget.setTabOrder(before, after)

    def rescue(self, *going: QWidget) -> None:
        """Bring the focus back to the field before the parts that have it are hidden."""
        focus = QApplication.focusWidget()
        if self._field is not None and focus is not None and any(part.isAncestorOf(focus) for part in going):
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the focus goes."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _PASSING:
            self.left.emit()
        return super().eventFilter(watched, event)
