"""Wrapped text that is painted, not laid out by a label: as many lines as fit, the last one elided."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption


def wrap_lines(text: str, font: QFont, width: float, most: int) -> list[str]:
    """Break `text` into at most `most` lines that are `width` wide; the last one is elided when cut."""
    text = " ".join(text.split())
    if not text or most < 1:
        return []
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1.0, width))
        start = line.textStart()
        if len(lines) == most - 1:
            rest = text[start:]
            lines.append(QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
        else:
            lines.append(text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return lines


def paint_lines(painter: QPainter, rect: QRectF, lines: list[str], font: QFont, colour: str) -> float:
    """Draw `lines` from the top of `rect`; return the height that they take."""
    metrics = QFontMetricsF(font)
    step = line_height(font)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    for number, line in enumerate(lines):
        baseline = rect.top() + number * step + (step - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(rect.left(), baseline), line)
    return len(lines) * step


def line_height(font: QFont) -> float:
    """Return the distance of two lines in cards."""
    return round(QFontMetricsF(font).height() * 1.16)
