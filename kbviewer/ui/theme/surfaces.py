"""Raised surfaces: the card with its border, and the shadow of what floats above the page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kbviewer.ui.theme.tokens import CARD_CORNER_PX, Tokens

SHADOW_PX = 14
_STRONGEST_ALPHA = {True: 26, False: 7}


def paint_surface(
    painter: QPainter,
    rect: QRectF,
    fill: str,
    edge: str,
    *,
    edge_px: float = 1.0,
    corner: float = CARD_CORNER_PX,
) -> None:
    """Draw a rounded card whose border lies inside `rect`."""
    half = edge_px / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(edge), edge_px))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), corner, corner)
    painter.restore()


def paint_shadow(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    """Draw a soft shadow around `rect`, a little lower than it; none in high contrast."""
    if tokens.high_contrast:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    colour = QColor("#000000")
    colour.setAlpha(_STRONGEST_ALPHA[tokens.dark])
    painter.setBrush(colour)
    for spread in range(SHADOW_PX - 4, 0, -2):
        grown = rect.adjusted(-spread, -spread + 4, spread, spread + 4)
        painter.drawRoundedRect(grown, CARD_CORNER_PX + spread, CARD_CORNER_PX + spread)
    painter.restore()
