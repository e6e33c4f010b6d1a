"""One hit, laid out for a width: title and snippet in up to two lines each, badges below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout

from kbviewer.model.hits import Hit
from kbviewer.ui.search.marked_text import MarkedLine, fit_lines
from kbviewer.ui.theme.chips import Chip, chip_font, flowing_places, paint_chip
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import RESULT_ROW_PX, Tokens

_LINE_GAP_PX = 3
_CHIPS_ABOVE_PX = 6
_ABOVE_PX = 9
_SNIPPET_SHARE = 0.93
_MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class RowLook:
    """Fonts and colours of the rows."""

    tokens: Tokens
    title: QFont
    snippet: QFont
    chip: QFont

    @classmethod
    def of(cls, theme: Theme) -> RowLook:
        """Return the look under `theme` and its zoom."""
        base = theme.body_font()
        title, snippet = QFont(base), QFont(base)
        title.setWeight(QFont.Weight.DemiBold)
        if base.pointSizeF() > 0:
            snippet.setPointSizeF(base.pointSizeF() * _SNIPPET_SHARE)
        return cls(theme.tokens, title, snippet, chip_font(base))


class RowLayout:
    """Where everything of one hit lies.

    The height is known at once, because a list asks for that of all rows. The lines are broken when the
    row is first painted, and kept.
    """

    def __init__(self, hit: Hit, chips: Sequence[Chip], look: RowLook, width: float) -> None:
        self._hit = hit
        self._chips = chips
        self._look = look
        self._width = width
        self._lines: list[tuple[QTextLayout, QPointF, str]] | None = None
        title, snippet = QFontMetricsF(look.title), QFontMetricsF(look.snippet)
        self._title_height = title.height()
        self._line_height = snippet.height()
        titles, lines = _line_count(hit.title, title, width), _line_count(hit.snippet, snippet, width)
        self._snippet_top = _ABOVE_PX + titles * self._title_height + _LINE_GAP_PX
        self._chips_top = self._snippet_top + lines * self._line_height
        bottom = self._chips_top
        self._places = flowing_places(chips, width, look.chip)
        if self._places:
            self._chips_top += _CHIPS_ABOVE_PX
            bottom = self._chips_top + self._places[-1].bottom()
        self.height = max(RESULT_ROW_PX, round(bottom + _ABOVE_PX))

    def paint(self, painter: QPainter, corner: QPointF) -> None:
        """Draw the row with its upper left corner at `corner`."""
        if self._lines is None:
            self._lines = self._lay_out()
        for layout, place, colour in self._lines:
            painter.setPen(QColor(colour))
            layout.draw(painter, corner + place)
        below = corner + QPointF(0, self._chips_top)
        for chip, rect in zip(self._chips, self._places, strict=True):
            paint_chip(painter, rect.translated(below), chip, self._look.chip, self._look.tokens)

    def _lay_out(self) -> list[tuple[QTextLayout, QPointF, str]]:
        hit, look, tokens = self._hit, self._look, self._look.tokens
        laid_out = []
        for text, marks, font, colour, top, height in (
            (hit.title, hit.title_marks, look.title, tokens.text, _ABOVE_PX, self._title_height),
            (hit.snippet, hit.marks, look.snippet, tokens.muted, self._snippet_top, self._line_height),
        ):
            measure = QFontMetricsF(font).horizontalAdvance
            for number, line in enumerate(fit_lines(text, marks, self._width, measure, _MOST_LINES)):
                place = QPointF(0, top + number * height)
                laid_out.append((marked_layout(line, font, tokens), place, colour))
        return laid_out


def _line_count(text: str, metrics: QFontMetricsF, width: float) -> int:
    """Return how many lines `text` takes."""
    if not text:
        return 0
    return 1 if metrics.horizontalAdvance(text) <= width else _MOST_LINES


def marked_layout(line: MarkedLine, font: QFont, tokens: Tokens) -> QTextLayout:
    """Return a laid out line whose matches have the theme's find colours."""
    layout = QTextLayout(line.text, font)
    look = QTextCharFormat()
    look.setBackground(QColor(tokens.find))
    look.setForeground(QColor(tokens.on_find))
    formats = []
    for start, end in line.marks:
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, end - start, look
        formats.append(part)
    layout.setFormats(formats)
    layout.beginLayout()
    layout.createLine().setLineWidth(1 << 20)
    layout.endLayout()
    return layout
