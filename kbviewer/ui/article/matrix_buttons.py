"""The parts of a scope matrix that can be chosen: headings and cells."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QRadioButton, QWidget

from kbviewer.ui.article.matrix_model import Spot, Step
from kbviewer.ui.article.wrapped_text import draw_text, text_height
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX, FOCUS_RING_PX, blend

_KEYS = {
    Qt.Key.Key_Left: Step.LEFT,
    Qt.Key.Key_Right: Step.RIGHT,
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_Home: Step.FIRST,
    Qt.Key.Key_End: Step.LAST,
}
_RADIO_PX = 16
_DOT_SHARE = 0.23
_PAD = 6


class HeadingButton(QRadioButton):
    """The heading of a row or a column: one of its axis can be chosen.

    Signals:
        moved(step): the reader wants to go to a neighbour.
    """

    moved = Signal(object)

    def __init__(self, theme: Theme, spot: Spot, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.spot = spot
        self.words = ""
        self.words_font = QFont()
        self.is_beside = False
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def _side(self) -> int:
        """Side of the radio dot at the theme's zoom."""
        return round(_RADIO_PX * max(0.75, min(self._theme.zoom, 2.0)))

    def nextCheckState(self) -> None:
        """Leave the state to the matrix."""

    def hitButton(self, position: QPoint) -> bool:
        """Take clicks anywhere."""
        return self.rect().contains(position)

    def height_in(self, width: float, *, beside: bool) -> float:
        """Return the height that the words need in `width`, beside the dot or above it."""
        if beside:
            return text_height(self.words, self.words_font, width - self._side - 3 * _PAD - 1) + 2 * _PAD
        return text_height(self.words, self.words_font, width - _PAD) + self._side + 3 * _PAD

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, choose with Space and Enter."""
        if not _handle_key(self, event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Repaint when the mouse comes and goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the radio dot and the words."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.underMouse() or self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)
        if self.is_beside:
            dot = QRectF(_PAD + 1, rect.center().y() - self._side / 2, self._side, self._side)
            words = rect.adjusted(self._side + 2 * _PAD + 1, 0, -_PAD, 0)
        else:
            dot = QRectF(
                rect.center().x() - self._side / 2, rect.bottom() - self._side - _PAD, self._side, self._side
            )
            words = rect.adjusted(_PAD / 2, _PAD, -_PAD / 2, -self._side - 2 * _PAD)
        dot = dot.adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(tokens.accent if self.isChecked() else tokens.control_border), 1.6))
        painter.setBrush(QColor(tokens.page))
        painter.drawEllipse(dot)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent))
            inner = dot.width() * _DOT_SHARE
            painter.drawEllipse(dot.adjusted(inner, inner, -inner, -inner))
        painter.setPen(QColor(tokens.accent if self.isChecked() else tokens.text))
        if self.is_beside:
            draw_text(painter, self.words, self.words_font, words)
        else:
            draw_text(
                painter,
                self.words,
                self.words_font,
                words,
                align=Qt.AlignmentFlag.AlignHCenter,
                vertical=Qt.AlignmentFlag.AlignBottom,
            )
        _ring(self, painter, tokens.accent)


class CellButton(QAbstractButton):
    """A cell: names a category in its colour; choosing it chooses its row and column.

    Signals:
        moved(step): the reader wants to go to a neighbour.
    """

    moved = Signal(object)

    def __init__(self, theme: Theme, spot: Spot, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.spot = spot
        self.words = ""
        self.words_font = QFont()
        self.colour = ""
        self.is_lit = True
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def nextCheckState(self) -> None:
        """Leave the state to the matrix."""

    def height_in(self, width: float) -> float:
        """Return the height that the words need in `width`."""
        return text_height(self.words, self.words_font, width - 2 * _PAD) + 34

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, choose with Space and Enter."""
        if not _handle_key(self, event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Repaint when the mouse comes and goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the cell; the chosen one lights and bears a tick."""
        tokens = self._theme.tokens
        colour = tokens.categories.get(self.colour, tokens.muted)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        share = 0.05 if not self.is_lit else 0.22 if self.underMouse() else 0.11
        if tokens.high_contrast:
            share = 0.0
        fill = colour if self.isChecked() else blend(colour, tokens.page, share)
        edge = tokens.high_contrast or self.underMouse() or self.isChecked()
        painter.setPen(QPen(QColor(colour), 1) if edge else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(rect, CORNER_PX, CORNER_PX)
        ink = tokens.page if self.isChecked() else tokens.text if self.is_lit else tokens.muted
        block = text_height(self.words, self.words_font, rect.width() - 2 * _PAD) + 16
        top = rect.center().y() - block / 2
        centre = rect.center().x()
        if self.isChecked():
            paint_icon(painter, QRectF(centre - 8, top - 3, 16, 16), "check", ink)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QRectF(centre - 4, top, 8, 8))
        painter.setPen(QColor(ink))
        words = QRectF(rect.left() + _PAD, top + 14, rect.width() - 2 * _PAD, block - 14)
        draw_text(
            painter,
            self.words,
            self.words_font,
            words,
            align=Qt.AlignmentFlag.AlignHCenter,
            vertical=Qt.AlignmentFlag.AlignTop,
        )
        _ring(self, painter, tokens.text if self.isChecked() else tokens.accent)


def _handle_key(button: HeadingButton | CellButton, event: QKeyEvent) -> bool:
    step = _KEYS.get(Qt.Key(event.key()))
    if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        button.moved.emit(step)
        return True
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        button.click()
        return True
    return False


def _ring(button: QAbstractButton, painter: QPainter, colour: str) -> None:
    if button.hasFocus():
        painter.setPen(QPen(QColor(colour), FOCUS_RING_PX))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(button.rect()).adjusted(1.5, 1.5, -1.5, -1.5), CORNER_PX, CORNER_PX)
