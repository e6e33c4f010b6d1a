"""Character and block formats of the page, made from the theme and the measures."""

from __future__ import annotations

from PySide6.QtGui import QBrush, QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextFormat, QTextOption

from kbviewer.ui.article.measures import Measures
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import LINE_HEIGHT_PERCENT, Tokens

OBJECT_TYPE = QTextFormat.ObjectTypes.UserObject.value + 1
OBJECT_INDEX = QTextFormat.Property.UserProperty.value + 1
LANGUAGE = QTextFormat.Property.UserProperty.value + 2
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value

HEADING_SIZES = {1: 1.85, 2: 1.36, 3: 1.14, 4: 1.0, 5: 1.0, 6: 1.0}
NARROW_TITLE = 1.5
CAPTION = 0.88
CODE = 0.93

NORMAL = QFont.Weight.Normal
SEMIBOLD = QFont.Weight.DemiBold


class Styles:
    """Formats for one theme, zoom and width; made anew when any of them changes."""

    def __init__(self, theme: Theme, measures: Measures) -> None:
        self.tokens: Tokens = theme.tokens
        self.measures = measures
        self.body_font = theme.body_font()
        self._point = self.body_font.pointSizeF()
        self._code_families = theme.code_font().families() or [theme.code_font().family()]
        self._chars: dict[tuple[object, ...], QTextCharFormat] = {}

    def char(
        self,
        *,
        size: float = 1.0,
        weight: QFont.Weight = NORMAL,
        colour: str = "",
        italic: bool = False,
        mono: bool = False,
        underline: QTextCharFormat.UnderlineStyle | None = None,
        strike: bool = False,
        shift: QTextCharFormat.VerticalAlignment | None = None,
    ) -> QTextCharFormat:
        """Return the format; do not change it, copy it."""
        key = (size, weight, colour, italic, mono, underline, strike, shift)
        found = self._chars.get(key)
        if found is not None:
            return found
        made = QTextCharFormat()
        made.setForeground(QBrush(QColor(colour or self.tokens.text)))
        if size != 1.0:
            made.setFontPointSize(self._point * size)
        if weight != NORMAL:
            made.setFontWeight(weight)
        if italic:
            made.setFontItalic(True)
        if mono:
            made.setFontFamilies(self._code_families)
            made.setFontFixedPitch(True)
        if underline is not None:
            made.setUnderlineStyle(underline)
            made.setUnderlineColor(QColor(colour or self.tokens.text))
        if strike:
            made.setFontStrikeOut(True)
        if shift is not None:
            made.setVerticalAlignment(shift)
        self._chars[key] = made
        return made

    def caption(self, *, weight: QFont.Weight = NORMAL, colour: str = "") -> QTextCharFormat:
        """Return the format of small muted text."""
        return self.char(size=CAPTION, weight=weight, colour=colour or self.tokens.muted)

    def heading(self, level: int) -> QTextCharFormat:
        """Return the format of a heading's text."""
        return self.char(size=self.heading_size(level), weight=SEMIBOLD)

    def heading_size(self, level: int) -> float:
        """Return how large a heading is, times the text; the title is smaller on narrow pages."""
        if level == 1 and self.measures.narrow:
            return NARROW_TITLE
        return HEADING_SIZES[min(level, 6)]

    def line_px(self, size: float = 1.0) -> float:
        """Return roughly how high a line of text is."""
        return self._point * size * 96 / 72 * LINE_HEIGHT_PERCENT / 100


def block_format(
    *,
    left: float,
    right: float,
    top: float,
    hang: float = 0.0,
    line_height: float = LINE_HEIGHT_PERCENT,
    heading: int = 0,
    no_break: bool = False,
) -> QTextBlockFormat:
    """Return a block format whose first line starts `hang` before `left`, with a tab stop at `left`."""
    made = QTextBlockFormat()
    made.setLeftMargin(left)
    made.setRightMargin(right)
    made.setTopMargin(top)
    if line_height != 100.0:
        made.setLineHeight(line_height, _PROPORTIONAL)
    if hang:
        made.setTextIndent(-hang)
        tab = QTextOption.Tab()
        tab.position = hang
        made.setTabPositions([tab])
    if heading:
        made.setHeadingLevel(heading)
    if no_break:
        made.setNonBreakableLines(True)
    return made
