"""How a row of the marks' lists looks: an icon, a line, a smaller line, the ring of the focus."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle

from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import FOCUS_RING_PX, TOUCH_TARGET_PX

ICON_PX: Final = 18
_SMALL: Final = 0.88
_PAD_PX: Final = 6
_TEXT_LEFT_PX: Final = 32
_TEXT_RIGHT_PX: Final = 8
_AROUND_TEXT_PX: Final = _TEXT_LEFT_PX + _TEXT_RIGHT_PX


class RowLook(NamedTuple):
    """What stands in a row; `small` and `icon` may be ""."""

    text: str
    small: str = ""
    icon: str = ""
    is_warning: bool = False
    lines: int = 1


def small_font(font: QFont) -> QFont:
    """Return the font of the second line."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * _SMALL)
    return small


def row_height(look: RowLook, font: QFont, width: int, theme: Theme) -> int:
    """Return how high a row is that has `width` for its text and icon."""
    main = QFontMetrics(font)
    lines = 1 if look.lines == 1 else len(broken(look.text, main, width - _AROUND_TEXT_PX, look.lines))
    height = lines * main.lineSpacing() + 2 * _PAD_PX
    if look.small:
        height += QFontMetrics(small_font(font)).lineSpacing() + 1
    return max(height, TOUCH_TARGET_PX if theme.touch else 32)


def paint_row(
    painter: QPainter,
    rect: QRect,
    look: RowLook,
    font: QFont,
    theme: Theme,
    state: QStyle.StateFlag,
    focused: bool,
) -> None:
    """Draw a row into `rect`."""
    tokens = theme.tokens
    selected = bool(state & QStyle.StateFlag.State_Selected)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if selected:
        painter.fillRect(rect, QColor(tokens.accent_soft))
    elif state & QStyle.StateFlag.State_MouseOver and not tokens.high_contrast:
        painter.fillRect(rect, QColor(tokens.border))
    if selected and focused:
        painter.setPen(QPen(QColor(tokens.accent), FOCUS_RING_PX))
        painter.drawRoundedRect(QRectF(rect).adjusted(2, 1, -3, -1), 6, 6)
    elif selected and tokens.high_contrast:
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawRoundedRect(QRectF(rect).adjusted(2.5, 1.5, -3.5, -1.5), 6, 6)
    text = rect.adjusted(_TEXT_LEFT_PX, _PAD_PX, -_TEXT_RIGHT_PX, -_PAD_PX)
    colour = tokens.warning if look.is_warning else tokens.accent
    main = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text))
    lines = broken(look.text, main, text.width(), look.lines)
    used = len(lines) * main.lineSpacing()
    small = QFontMetrics(small_font(font)).lineSpacing() + 1 if look.small else 0
    top = text.top() + max(0, (text.height() - used - small) // 2)
    if look.icon:
        middle = top + (main.lineSpacing() - ICON_PX) / 2
        paint_icon(painter, QRectF(rect.left() + 8, middle, ICON_PX, ICON_PX), look.icon, colour)
    for number, line in enumerate(lines):
        area = QRect(text.left(), top + number * main.lineSpacing(), text.width(), main.lineSpacing())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, line)
    if look.small:
        painter.setFont(small_font(font))
        painter.setPen(QColor(tokens.warning if look.is_warning else tokens.muted))
        area = QRect(text.left(), top + used + 1, text.width(), small)
        short = painter.fontMetrics().elidedText(look.small, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, short)
    painter.restore()


def broken(text: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """Return `text` on at most `most` lines, the last one cut short when there is more."""
    words = text.split()
    lines: list[str] = []
    while words and len(lines) < most:
        if len(lines) == most - 1:
            lines.append(metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width))
            break
        count = len(words)
        while count > 1 and metrics.horizontalAdvance(" ".join(words[:count])) > width:
            count -= 1
        line = " ".join(words[:count])
        lines.append(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width))
        del words[:count]
    return lines or [""]
