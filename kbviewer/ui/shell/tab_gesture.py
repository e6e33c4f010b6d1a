"""Whether the reader asks for another tab: with Ctrl or the middle button, and Shift to go there at once."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget


class Where(Enum):
    """Where an article is to open."""

    HERE = auto()
    BEHIND = auto()
    FRONT = auto()


@runtime_checkable
class Opens(Protocol):
    """A widget that leads to articles."""

    def opens_at(self, point: QPoint) -> bool:
        """Return whether a click there, in the coordinates of what scrolls, opens an article or a section."""


class TabGesture(QObject):
    """Lets the middle button click where Ctrl and the left one would, where something opens."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._pressed: QWidget | None = None
        self._is_middle = False

    @property
    def where(self) -> Where:
        """What the reader asks for with the click or the key that is being answered."""
        held = QGuiApplication.keyboardModifiers()
        if not self._is_middle and not held & Qt.KeyboardModifier.ControlModifier:
            return Where.HERE
        return Where.FRONT if held & Qt.KeyboardModifier.ShiftModifier else Where.BEHIND

    @property
    def is_elsewhere(self) -> bool:
        """Whether another tab is asked for."""
        return self.where is not Where.HERE

    def watch(self, handle: QWindow) -> None:
        """Begin to answer the middle button."""
        handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn a click of the middle button into one of the left."""
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.MiddleButton:
            if event.type() == QEvent.Type.MouseButtonPress:
                self._pressed = self._opener_at(event.position().toPoint())
                return self._pressed is not None
            if event.type() == QEvent.Type.MouseButtonRelease:
                pressed, self._pressed = self._pressed, None
                point = event.position().toPoint()
                if pressed is not None and self._opener_at(point) is pressed:
                    self._click(pressed, point)
                return pressed is not None
        return super().eventFilter(watched, event)

    def _opener_at(self, point: QPoint) -> QWidget | None:
        """Return the widget that takes the click, when it opens something there."""
        target = self._window.childAt(point)
        if target is None:
            return None
        # A list or text takes clicks in its viewport.
        holders: tuple[object, ...] = (target, target.parentWidget())
        opener = next((holder for holder in holders if isinstance(holder, Opens)), None)
        opens = opener is not None and opener.opens_at(target.mapFrom(self._window, point))
        return target if opens else None

    def _click(self, target: QWidget, point: QPoint) -> None:
        place = QPointF(target.mapFrom(self._window, point))
        held = QGuiApplication.keyboardModifiers() | Qt.KeyboardModifier.ControlModifier
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        at = QPointF(target.mapToGlobal(place.toPoint()))
        self._is_middle = True
        try:
            for kind, down in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
                QApplication.sendEvent(target, QMouseEvent(kind, place, at, left, down, held))
        finally:
            self._is_middle = False
