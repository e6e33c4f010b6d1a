"""Buttons in the text: small ones with an icon, and ones with words that wrap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX, FOCUS_RING_PX

_FLAGS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft)


class TextPageButton(QAbstractButton):
    """A button that follows the theme, is reached by the page's own tab order and repaints on hover."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def event(self, event: QEvent) -> bool:
        """Repaint when the mouse comes and goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrows to the page; Enter presses as Space does."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _ring(self, painter: QPainter, rect: QRectF, corner: float) -> None:
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.tokens.accent), FOCUS_RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), corner, corner)


class IconButton(TextPageButton):
    """A small quiet button; with `on_hover` its icon shows only under the mouse or the focus."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget, *, on_hover: bool = False) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self._on_hover = on_hover
        self._is_lit = False

    def light(self, is_lit: bool) -> None:
        """Show the icon although the mouse is elsewhere, or not."""
        if is_lit != self._is_lit:
            self._is_lit = is_lit
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the icon."""
        tokens = self._theme.tokens
        active = self.underMouse() or self.hasFocus()
        if self._on_hover and not (active or self._is_lit):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        side = min(rect.width(), rect.height()) * 0.58
        target = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
        paint_icon(painter, target, self._icon, tokens.accent if active else tokens.muted)
        self._ring(painter, rect, 5)


class WordButton(TextPageButton):
    """A button with words, which wrap when there is too little room, and an icon before or after."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        icon: str = "",
        trailing: bool = False,
        primary: bool = False,
        quiet: bool = False,
    ) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self._trailing = trailing
        self._primary = primary
        self._quiet = quiet

    def sizeHint(self) -> QSize:
        """Return the size in one line."""
        metrics = self._metrics()
        width = metrics.horizontalAdvance(self.text()) + self._room()
        return QSize(width + 2, self.heightForWidth(width + 2))

    def heightForWidth(self, width: int) -> int:
        """Return the height that the words need."""
        text = self._metrics().boundingRect(
            QRect(0, 0, max(40, width - self._room()), 10_000), _FLAGS, self.text()
        )
        return max(self._least(), text.height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the button."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        hover = self.underMouse()
        if self._primary:
            fill, edge, ink = tokens.accent, tokens.accent, tokens.on_accent
        elif self._quiet:
            fill, edge, ink = (tokens.accent_soft if hover else ""), "", tokens.accent
        else:
            fill, edge, ink = (
                (tokens.accent_soft if hover else tokens.raised),
                tokens.control_border,
                tokens.text,
            )
        if not self.isEnabled():
            fill, edge, ink = "", tokens.border, tokens.control_border
        painter.setPen(QPen(QColor(edge), 1) if edge else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, CORNER_PX, CORNER_PX)
        if self._primary and (hover or self.hasFocus()):
            painter.setPen(QPen(QColor(tokens.on_accent), 1.5))
            painter.drawRoundedRect(rect.adjusted(3, 3, -3, -3), CORNER_PX - 3, CORNER_PX - 3)
        self._words(painter, ink)
        self._ring(painter, QRectF(self.rect()), CORNER_PX)

    def _words(self, painter: QPainter, ink: str) -> None:
        side = self._side()
        pad = self._pad()
        words = self.rect().adjusted(pad, 0, -pad, 0)
        middle = self.height() / 2
        if self._icon:
            if self._trailing:
                target = QRectF(words.right() - side + 1, middle - side / 2, side, side)
                words.setRight(words.right() - side - 7)
            else:
                target = QRectF(words.left(), middle - side / 2, side, side)
                words.setLeft(words.left() + side + 7)
            paint_icon(painter, target, self._icon, ink)
        painter.setPen(QColor(ink))
        painter.setFont(self._font())
        painter.drawText(words, _FLAGS, self.text())

    def _font(self) -> QFont:
        font = self._theme.body_font()
        font.setPointSizeF(font.pointSizeF() * 0.92)
        if self._primary:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._font())

    def _side(self) -> int:
        return round(self._metrics().ascent() * 1.1)

    def _pad(self) -> int:
        return 8 if self._quiet else 14

    def _room(self) -> int:
        return 2 * self._pad() + (self._side() + 7 if self._icon else 0)

    def _least(self) -> int:
        return 48 if self._theme.touch else max(30, round(30 * min(self._theme.zoom, 1.75)))
