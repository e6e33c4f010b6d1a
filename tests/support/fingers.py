"""A finger on the screen of the window, as far as Qt's own tests have one."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QScroller, QWidget
from pytestqt.qtbot import QtBot

_SWIPE_STEPS = 12


class Finger:
    """Taps and swipes."""

    def __init__(self, device: QPointingDevice, qtbot: QtBot) -> None:
        self._device = device
        self._qtbot = qtbot

    def tap(self, target: QWidget, point: QPoint | None = None) -> None:
        """Touch a widget, in its middle."""
        at = self._in_window(target, point)
        self._touch(target, "press", at)
        self._touch(target, "release", at)

    def swipe(self, target: QWidget, by: int, point: QPoint | None = None) -> None:
        """Draw the finger over the window, up for `by` < 0, from a widget's middle on."""
        start = self._in_window(target, point)
        self._touch(target, "press", start)
        for step in range(1, _SWIPE_STEPS + 1):
            self._touch(target, "move", start + QPoint(0, by * step // _SWIPE_STEPS))
            # Qt reckons how fast the finger is.
            QTest.qWait(8)
        self._touch(target, "release", start + QPoint(0, by))

    def press(self, target: QWidget) -> None:
        """Put the finger down."""
        self._touch(target, "press", self._in_window(target, None))

    def lift(self, target: QWidget) -> None:
        """Take the finger away."""
        self._touch(target, "release", self._in_window(target, None))

    def rest(self, area: QAbstractScrollArea) -> None:
        """Wait until nothing moves any more."""
        scroller = QScroller.scroller(area.viewport())
        self._qtbot.waitUntil(lambda: scroller.state() is QScroller.State.Inactive)

    def _in_window(self, target: QWidget, point: QPoint | None) -> QPoint:
        return target.mapTo(target.window(), point or target.rect().center())

    def _touch(self, target: QWidget, what: str, at: QPoint) -> None:
        handle = target.window().windowHandle()
        sequence = QTest.touchEvent(handle, self._device, False)
        getattr(sequence, what)(0, at, handle).commit()
