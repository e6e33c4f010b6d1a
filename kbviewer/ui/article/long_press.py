"""A finger that rests on something, which is what a right click is to a mouse."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QInputDevice, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from kbviewer.model.policy import Right
from kbviewer.ui.theme.finger_watch import has_scrolled
from kbviewer.ui.theme.rights import allows

HOLD_MS = 600


class LongPress(QObject):
    """Watches a widget. A mouse counts as a finger in touch mode only: it may be pressed for long.

    Signals:
        held(point): a finger rests there, in the widget's coordinates. Its lifting is no click.
    """

    held = Signal(QPoint)

    def __init__(self, widget: QWidget, is_touch: Callable[[], bool]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._is_touch = is_touch
        self._start = QPoint()
        self._is_held = self._is_finger = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HOLD_MS)
        self._timer.timeout.connect(self._hold)
        widget.installEventFilter(self)

    @property
    def is_waiting(self) -> bool:
        """Whether a finger rests that may come to be a long press."""
        return self._timer.isActive()

    def give_up(self) -> None:
        """Take the press for something else, such as a drag."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Follow the press; swallow its end when it was a long one."""
        if not isinstance(event, QMouseEvent):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress:
                self._is_held = False
                finger = event.device().type() is QInputDevice.DeviceType.TouchScreen
                self._is_finger = finger
                if finger or self._is_touch():
                    self._start = event.position().toPoint()
                    self._timer.start()
            case QEvent.Type.MouseMove if self._timer.isActive():
                moved = event.position().toPoint() - self._start
                if moved.manhattanLength() > QApplication.startDragDistance():
                    self._timer.stop()
            case QEvent.Type.MouseButtonRelease:
                self._timer.stop()
                held, self._is_held = self._is_held, False
                return held
        return False

    def _hold(self) -> None:
        if self._is_finger and has_scrolled(self._widget):
            return
        if not allows(self._widget, Right.CONTEXT_MENU):
            return
        self._is_held = True
        self.held.emit(self._start)
