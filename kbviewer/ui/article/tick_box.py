"""The box of a step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from kbviewer.ui.article.geometry import RING_PX
from kbviewer.ui.article.tick_model import TickState
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import FOCUS_RING_PX

_STATES = {
    TickState.EMPTY: Qt.CheckState.Unchecked,
    TickState.PARTLY: Qt.CheckState.PartiallyChecked,
    TickState.DONE: Qt.CheckState.Checked,
}


class TickBox(QCheckBox):
    """Shows whether a step is done. The page decides what a click means: the state comes from outside."""

    def __init__(self, theme: Theme, box_px: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._box_px = box_px
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_box(self, box_px: int) -> None:
        """Draw the box with this side."""
        self._box_px = box_px
        self.update()

    def show_state(self, state: TickState, *, tristate: bool) -> None:
        """Show `state`."""
        self.setTristate(tristate)
        self.setCheckState(_STATES[state])

    def nextCheckState(self) -> None:
        """Leave the state to the page."""

    def hitButton(self, position: QPoint) -> bool:
        """Take clicks anywhere."""
        return self.rect().contains(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrows to the page; Enter ticks as Space does."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Repaint when the mouse comes and goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the box, its tick or dash, and the focus ring."""
        tokens = self._theme.tokens
        side = self._box_px
        left = (self.width() - side) // 2 if self._theme.touch else RING_PX
        box = QRectF(left, (self.height() - side) / 2, side, side).adjusted(1, 1, -1, -1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = self.checkState()
        corner = side * 0.26
        if state is Qt.CheckState.Unchecked:
            painter.setPen(QPen(QColor(tokens.accent if self.underMouse() else tokens.control_border), 1.6))
            painter.setBrush(QColor(tokens.accent_soft if self.underMouse() else tokens.page))
        elif state is Qt.CheckState.Checked:
            painter.setPen(QPen(QColor(tokens.done), 1.6))
            painter.setBrush(QColor(tokens.done))
        else:
            painter.setPen(QPen(QColor(tokens.done), 1.6))
            painter.setBrush(QColor(tokens.done_soft))
        painter.drawRoundedRect(box, corner, corner)
        if state is not Qt.CheckState.Unchecked:
            done = state is Qt.CheckState.Checked
            name, colour = ("check", tokens.on_done) if done else ("dash", tokens.done)
            paint_icon(
                painter, box.adjusted(side * 0.08, side * 0.08, -side * 0.08, -side * 0.08), name, colour
            )
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), FOCUS_RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), corner + 2, corner + 2)
