"""Lets a finger scroll what a wheel scrolls: Qt makes a drag of the mouse of it, which selects and clicks."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QScroller,
    QScrollerProperties,
    QTextBrowser,
    QWidget,
)

from kbviewer.ui.theme.finger_watch import SCROLLED

_MOVING = (QScroller.State.Dragging, QScroller.State.Scrolling)
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)


def scroll_below(window: QWidget, point: QPoint) -> None:
    """Let fingers scroll every area of `window` that is at `point`, from now on."""
    for area in _areas(window.childAt(point)):
        # An area that had a scroller of its own knows what it does.
        if not QScroller.hasScroller(area.viewport()):
            FingerScroll(area)


class FingerScroll(QObject):
    """Scrolls one area, and takes a press back from whom it was meant for when the finger came to scroll."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._viewport = area.viewport()
        self._has_moved = False
        if isinstance(area, QAbstractItemView):
            area.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        QScroller.grabGesture(self._viewport, QScroller.ScrollerGestureType.TouchGesture)
        self._scroller = QScroller.scroller(self._viewport)
        properties = self._scroller.scrollerProperties()
        metric = QScrollerProperties.ScrollMetric
        never = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
        properties.setScrollMetric(metric.VerticalOvershootPolicy, never)
        properties.setScrollMetric(metric.HorizontalOvershootPolicy, never)
        self._scroller.setScrollerProperties(properties)
        self._scroller.stateChanged.connect(self._follow)
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Keep a scrolling finger from the text or list: no selection, no click where it is lifted."""
        kind = event.type()
        if kind not in _PRESSES or not isinstance(event, QMouseEvent) or not _is_finger(event):
            return False
        if kind is QEvent.Type.MouseMove:
            return bool(event.buttons() & Qt.MouseButton.LeftButton)
        return self._has_moved

    def _follow(self, state: QScroller.State) -> None:
        """Let go of the button that was pressed when the finger began to scroll."""
        if state is QScroller.State.Pressed:
            self._has_moved = False
        # A finger that stops what is moving goes on from there without a press.
        self._has_moved = self._has_moved or state in _MOVING
        self._viewport.setProperty(SCROLLED, self._has_moved)
        if self._has_moved:
            for button in self._viewport.findChildren(QAbstractButton):
                if button.isDown():
                    button.setDown(False)


def _is_finger(event: QMouseEvent) -> bool:
    return event.device().type() is QInputDevice.DeviceType.TouchScreen


def _areas(widget: QWidget | None) -> Iterator[QAbstractScrollArea]:
    """Yield the areas in which a widget is and that have more than they show."""
    while widget is not None:
        if isinstance(widget, QAbstractScrollArea) and _is_longer(widget):
            yield widget
        widget = widget.parentWidget()


def _is_longer(area: QAbstractScrollArea) -> bool:
    if isinstance(area, QTextBrowser):
        # A page that happens to be short is no more to be selected in than a long one.
        return True
    return area.verticalScrollBar().maximum() > 0 or area.horizontalScrollBar().maximum() > 0
