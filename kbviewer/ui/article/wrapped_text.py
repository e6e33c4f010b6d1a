"""Text in a box of a widget: broken between words, and inside one only when it is too long."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption


def _layout(text: str, font: QFont, width: float, align: Qt.AlignmentFlag) -> tuple[QTextLayout, float]:
    layout = QTextLayout(text, font)
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, height))
        height += line.height() * 1.12
    layout.endLayout()
    return layout, height


def text_height(text: str, font: QFont, width: float) -> float:
    """Return the height of `text` in `width` pixels."""
    return _layout(text, font, width, Qt.AlignmentFlag.AlignLeft)[1]


def draw_text(
    painter: QPainter,
    text: str,
    font: QFont,
    rect: QRectF,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    vertical: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
) -> None:
    """Draw `text` into `rect` in the painter's pen."""
    layout, height = _layout(text, font, rect.width(), align)
    top = rect.top()
    if vertical is Qt.AlignmentFlag.AlignVCenter:
        top += (rect.height() - height) / 2
    elif vertical is Qt.AlignmentFlag.AlignBottom:
        top += rect.height() - height
    layout.draw(painter, QPointF(rect.left(), top))


def fitting_font(font: QFont, texts: list[str], width: float, sizes: tuple[float, ...]) -> QFont:
    """Return `font` in the largest of `sizes` (times its own) in which every word fits `width`."""
    made = QFont(font)
    for size in sizes:
        made = QFont(font)
        made.setPointSizeF(font.pointSizeF() * size)
        if fits(made, texts, width):
            break
    return made


def fits(font: QFont, texts: list[str], width: float) -> bool:
    """Return whether every word of `texts` fits `width` in `font`."""
    metrics = QFontMetricsF(font)
    return all(metrics.horizontalAdvance(word) <= width for text in texts for word in text.split())
