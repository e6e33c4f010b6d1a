"""Selections that begin on a widget of the page: a drag from there, or a click with Shift."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from kbviewer.ui.article.long_press import LongPress

_LEFT = Qt.MouseButton.LeftButton
_DIRECTLY = Qt.FindChildOption.FindDirectChildrenOnly
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class DragSelection(QObject):
    """Hands the mouse on from widgets to the text below them once it is dragged.

    Fields of text keep it: there a drag selects what is typed.
    """

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self._pressed: QPointF | None = None
        self._is_dragging = False

    def watch(self, widget: QWidget) -> QWidget:
        """Watch a widget and all in it, also what comes later; return it."""
        for part in (widget, *widget.findChildren(QWidget)):
            self._watch_one(part)
        return widget

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a drag away from its widget."""
        kind = event.type()
        if kind == QEvent.Type.ChildPolished:
            child = getattr(event, "child", lambda: None)()
            if isinstance(child, QWidget):
                self.watch(child)
        elif isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            if kind == QEvent.Type.MouseButtonPress and event.button() == _LEFT:
                return self._press(event)
            if kind == QEvent.Type.MouseMove and event.buttons() & _LEFT:
                return self._move(watched, event)
            if kind == QEvent.Type.MouseButtonRelease and event.button() == _LEFT:
                return self._release(event)
        return super().eventFilter(watched, event)

    def _press(self, event: QMouseEvent) -> bool:
        if event.device().type() is QInputDevice.DeviceType.TouchScreen:
            # A finger that is drawn over the page scrolls it.
            self._pressed = None
            return False
        self._pressed = event.globalPosition()
        self._is_dragging = bool(event.modifiers() & _SHIFT)
        if self._is_dragging:
            self._hand_on(QEvent.Type.MouseButtonPress, event.globalPosition(), event)
        return self._is_dragging

    def _move(self, widget: QWidget, event: QMouseEvent) -> bool:
        if self._pressed is None:
            return False
        moved = (event.globalPosition() - self._pressed).manhattanLength()
        if not self._is_dragging and moved >= QApplication.startDragDistance():
            self._is_dragging = True
            if isinstance(widget, QAbstractButton):
                # A button that is not down is not clicked by the release.
                widget.setDown(False)
            for press in widget.findChildren(LongPress, options=_DIRECTLY):
                press.give_up()
            self._hand_on(QEvent.Type.MouseButtonPress, self._pressed, event)
        if self._is_dragging:
            self._hand_on(QEvent.Type.MouseMove, event.globalPosition(), event)
        return self._is_dragging

    def _release(self, event: QMouseEvent) -> bool:
        was_dragging, self._pressed, self._is_dragging = self._is_dragging, None, False
        if was_dragging:
            self._hand_on(QEvent.Type.MouseButtonRelease, event.globalPosition(), event)
        return was_dragging

    def _hand_on(self, kind: QEvent.Type, point: QPointF, event: QMouseEvent) -> None:
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else _LEFT
        buttons = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else _LEFT
        local = QPointF(self._viewport.mapFromGlobal(point))
        handed = QMouseEvent(kind, local, point, button, buttons, event.modifiers())
        QApplication.sendEvent(self._viewport, handed)

    def _watch_one(self, widget: QWidget) -> None:
        if not isinstance(widget, QLineEdit) and not isinstance(widget.parentWidget(), QLineEdit):
            widget.removeEventFilter(self)
            widget.installEventFilter(self)
