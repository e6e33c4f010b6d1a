"""The box of a step."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from kbviewer.model.cases import StepOutcome
from kbviewer.ui.article.geometry import RING_PX
from kbviewer.ui.article.step_keys import NOTE_KEY, OUTCOME_KEYS
from kbviewer.ui.article.tick_model import TickState
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import FOCUS_RING_PX, Tokens

_PARTLY = frozenset({TickState.PARTLY, TickState.FAILED_INSIDE})
_OUTCOMES: dict[int, StepOutcome | None] = {
    **{Qt.Key[f"Key_{key}"]: outcome for key, outcome in OUTCOME_KEYS.items()},
    Qt.Key.Key_Backspace: None,
}
_NOTE = Qt.Key[f"Key_{NOTE_KEY}"]


class BoxLook(NamedTuple):
    """Colours of a box and its sign, and which sign it is, "" for none."""

    edge: str
    fill: str
    sign: str = ""
    ink: str = ""


def box_look(state: TickState, tokens: Tokens) -> BoxLook:
    """Return how a box looks; each state has a sign of its own or a filling, so that colour is not needed."""
    match state:
        case TickState.DONE:
            return BoxLook(tokens.done, tokens.done, "check", tokens.on_done)
        case TickState.FAILED:
            return BoxLook(tokens.danger, tokens.danger, "cross", tokens.page)
        case TickState.SKIPPED:
            return BoxLook(tokens.control_border, tokens.window, "skip", tokens.muted)
        case TickState.PARTLY:
            return BoxLook(tokens.done, tokens.done_soft, "dash", tokens.done)
        case TickState.FAILED_INSIDE:
            return BoxLook(tokens.danger, tokens.danger_soft, "cross", tokens.danger)
        case _:
            return BoxLook(tokens.control_border, tokens.page)


class TickBox(QCheckBox):
    """Shows what became of a step. The page decides what a click means: the state comes from outside.

    Signals:
        outcome_wanted(outcome): a key says what became of the step, None for "not tried".
        note_wanted: a key asks for a note on it.
        menu_wanted(point): the menu is asked for, at a point of the screen.
    """

    outcome_wanted = Signal(object)
    note_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, box_px: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._box_px = box_px
        self._state = TickState.EMPTY
        self._offers_results = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_box(self, box_px: int) -> None:
        """Draw the box with this side."""
        self._box_px = box_px
        self.update()

    @property
    def state(self) -> TickState:
        """What is shown."""
        return self._state

    def show_state(self, state: TickState, *, tristate: bool) -> None:
        """Show `state`. To a screen reader what failed or was skipped is not checked; its name says more."""
        self._state = state
        self.setTristate(tristate)
        if state is TickState.DONE:
            self.setCheckState(Qt.CheckState.Checked)
        else:
            is_partly = state in _PARTLY
            self.setCheckState(Qt.CheckState.PartiallyChecked if is_partly else Qt.CheckState.Unchecked)
        self.update()

    def offer_results(self) -> None:
        """Let keys and menu say more than "done"."""
        if not self._offers_results:
            self._offers_results = True
            from kbviewer.ui.article.long_press import LongPress

            LongPress(self, lambda: self._theme.touch).held.connect(self._hold)

    def nextCheckState(self) -> None:
        """Leave the state to the page."""

    def hitButton(self, position: QPoint) -> bool:
        """Take clicks anywhere."""
        return self.rect().contains(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrows to the page; Enter ticks as Space does, letters say what else became of the step."""
        if self._offers_results and self._say(event):
            return
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the step's menu; below the box when a key asks for it."""
        if self._offers_results:
            is_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
            self.menu_wanted.emit(event.globalPos() if is_mouse else self._below())
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Repaint when the mouse comes and goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the box, its tick or dash, and the focus ring."""
        tokens = self._theme.tokens
        look = box_look(self._state, tokens)
        side = self._box_px
        left = (self.width() - side) // 2 if self._theme.touch else RING_PX
        box = QRectF(left, (self.height() - side) / 2, side, side).adjusted(1, 1, -1, -1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corner = side * 0.26
        if self._state is TickState.EMPTY and self.underMouse():
            look = BoxLook(tokens.accent, tokens.accent_soft)
        painter.setPen(QPen(QColor(look.edge), 1.6))
        painter.setBrush(QColor(look.fill))
        painter.drawRoundedRect(box, corner, corner)
        if look.sign:
            inset = side * 0.08
            paint_icon(painter, box.adjusted(inset, inset, -inset, -inset), look.sign, look.ink)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), FOCUS_RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), corner + 2, corner + 2)

    def _say(self, event: QKeyEvent) -> bool:
        """Tell of a key that says something of the step; return whether it was one."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_F10 and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.menu_wanted.emit(self._below())
        elif modifiers & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        elif key in _OUTCOMES:
            self.outcome_wanted.emit(_OUTCOMES[key])
        elif key == _NOTE:
            self.note_wanted.emit()
        else:
            return False
        return True

    def _below(self) -> QPoint:
        return self.mapToGlobal(self.rect().bottomLeft())

    def _hold(self, point: QPoint) -> None:
        self.setDown(False)
        self.menu_wanted.emit(self.mapToGlobal(point))
