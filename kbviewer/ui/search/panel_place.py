"""Where the results stand: under the search field, over the content, or in a column beside it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from kbviewer.ui.theme.surfaces import SHADOW_PX, paint_shadow, paint_surface
from kbviewer.ui.theme.tokens import FOCUS_RING_PX, Tokens

BELOW_FIELD_PX = 6
WINDOW_MARGIN_PX = 8
_MIN_WIDTH_PX = 760


def area_below(field: QWidget, parent: QWidget) -> QRect:
    """Return the room for a card under `field`: centred on it, readable, inside `parent`; no shadow."""
    corner = parent.mapFromGlobal(field.mapToGlobal(QPoint(0, field.height())))
    width = min(parent.width() - 2 * WINDOW_MARGIN_PX, max(field.width(), _MIN_WIDTH_PX))
    left = corner.x() + (field.width() - width) // 2
    left = max(WINDOW_MARGIN_PX, min(left, parent.width() - WINDOW_MARGIN_PX - width))
    top = corner.y() + BELOW_FIELD_PX
    return QRect(left, top, width, parent.height() - top - WINDOW_MARGIN_PX)


def area_of(slot: QWidget, parent: QWidget) -> QRect:
    """Return the room that `slot` keeps, in the coordinates of `parent`."""
    return QRect(parent.mapFromGlobal(slot.mapToGlobal(QPoint(0, 0))), slot.size())


def with_shadow(card: QRect) -> QRect:
    """Return `card` and the room for its shadow."""
    return card.adjusted(-SHADOW_PX, -SHADOW_PX, SHADOW_PX, SHADOW_PX)


def paint_column(painter: QPainter, rect: QRect, exposed: QRect, tokens: Tokens) -> None:
    """Draw the ground of a column and its edge towards the content."""
    painter.fillRect(exposed, QColor(tokens.page))
    painter.fillRect(rect.right(), 0, 1, rect.height(), QColor(tokens.border))


def paint_card(painter: QPainter, rect: QRect, exposed: QRect, tokens: Tokens) -> None:
    """Draw a raised card, and its shadow where that is exposed."""
    card = rect.adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)
    if not card.contains(exposed):
        paint_shadow(painter, QRectF(card), tokens)
    edge = FOCUS_RING_PX if tokens.high_contrast else 1
    paint_surface(painter, QRectF(card), tokens.raised, tokens.border, edge_px=edge)
