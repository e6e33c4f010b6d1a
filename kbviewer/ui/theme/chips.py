"""Chips and badges: small pills for products, states and languages, drawn alike wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from kbviewer.ui.theme.tokens import Tokens

CHIP_FONT_SHARE = 0.88
CHIP_GAP_PX = 6
_SIDE_PX = 8
_ABOVE_PX = 2
_LEAST_PX = 96


class ChipTone(StrEnum):
    """How loud a chip is."""

    PLAIN = "plain"
    MUTED = "muted"
    ACCENT = "accent"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Chip:
    """What a pill says, and how loud."""

    text: str
    tone: ChipTone = ChipTone.PLAIN


def chip_font(base: QFont) -> QFont:
    """Return the font of chips in text of the font `base`."""
    font = QFont(base)
    font.setBold(False)
    if base.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF() * CHIP_FONT_SHARE)
    else:
        font.setPixelSize(round(base.pixelSize() * CHIP_FONT_SHARE))
    return font


def chip_height(font: QFont) -> float:
    """Return the height of a chip in the chip font `font`."""
    return QFontMetricsF(font).height() + 2 * _ABOVE_PX


def chip_width(text: str, font: QFont) -> float:
    """Return the width of a chip that shows all of `text`."""
    return QFontMetricsF(font).horizontalAdvance(text) + 2 * _SIDE_PX


def paint_chip(painter: QPainter, rect: QRectF, chip: Chip, font: QFont, tokens: Tokens) -> None:
    """Draw `chip` into `rect`; text that does not fit is elided."""
    text, fill, edge = {
        ChipTone.PLAIN: (tokens.text, tokens.window, tokens.border),
        ChipTone.MUTED: (tokens.muted, tokens.raised, tokens.border),
        ChipTone.ACCENT: (tokens.accent, tokens.accent_soft, tokens.accent),
        ChipTone.WARNING: (tokens.warning, tokens.warning_soft, tokens.warning_bar),
    }[chip.tone]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(edge), 1))
    painter.setBrush(QColor(fill))
    radius = rect.height() / 2
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setFont(font)
    painter.setPen(QColor(text))
    inner = rect.adjusted(_SIDE_PX, 0, -_SIDE_PX, 0)
    shown = QFontMetricsF(font).elidedText(chip.text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


def fitting_widths(chips: Sequence[Chip], room: float, font: QFont) -> list[float]:
    """Return the widths of the chips that fit side by side into `room`, from the first one on.

    The first chip is elided rather than left out; a later one only while enough of it can be read.
    """
    widths: list[float] = []
    left = room
    for chip in chips:
        wanted = chip_width(chip.text, font)
        if widths and min(wanted, _LEAST_PX) > left:
            break
        widths.append(min(wanted, left))
        left -= widths[-1] + CHIP_GAP_PX
    return widths


def flowing_places(chips: Sequence[Chip], width: float, font: QFont) -> list[QRectF]:
    """Return where each chip lies when they wrap at `width`; only one that is wider than that is elided."""
    height = chip_height(font)
    places: list[QRectF] = []
    x = y = 0.0
    for chip in chips:
        wanted = min(chip_width(chip.text, font), width)
        if x and x + wanted > width:
            x, y = 0.0, y + height + CHIP_GAP_PX
        places.append(QRectF(x, y, wanted, height))
        x += wanted + CHIP_GAP_PX
    return places


def paint_chips(
    painter: QPainter, start: QPointF, room: float, chips: Sequence[Chip], font: QFont, tokens: Tokens
) -> None:
    """Draw `chips` from `start` to the right, as many as fit into `room`."""
    x = start.x()
    for chip, width in zip(chips, fitting_widths(chips, room, font), strict=False):
        paint_chip(painter, QRectF(x, start.y(), width, chip_height(font)), chip, font, tokens)
        x += width + CHIP_GAP_PX
