"""The words of a result under its step: laid out, and measured before there is a widget for them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from kbviewer.ui.article.step_words import ResultWords
from kbviewer.ui.article.wrapped_text import text_height
from kbviewer.ui.theme.theme import Theme

GAP_PX: Final = 6
PAD_PX: Final = 8
_BESIDE_SIGN_PX = 8
_NARROWEST_PX = 40
_LINE_HEIGHT = 1.12


class ResultText:
    """Knows font and places in the theme and zoom that are on."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    @property
    def font(self) -> QFont:
        """The font of all words."""
        font = self._theme.body_font()
        font.setPointSizeF(font.pointSizeF() * 0.94)
        return font

    @property
    def sign_px(self) -> float:
        """Side of the sign before the words."""
        return QFontMetricsF(self.font).height()

    @property
    def left_px(self) -> int:
        """Where the words begin."""
        return round(PAD_PX + self.sign_px + _BESIDE_SIGN_PX)

    def room(self, width: int) -> int:
        """Return how wide words can be in a line of `width` pixels."""
        return max(_NARROWEST_PX, width - self.left_px - PAD_PX)

    def lay_out(
        self, words: ResultWords, room: float, ink: str = "", *, has_note: bool = True
    ) -> tuple[QTextLayout, float]:
        """Return outcome and note laid out, and how high they are; what has changed is not among them."""
        note = f" – {words.note}" if words.note and has_note else ""
        layout = QTextLayout((words.head + note).replace("\n", "\u2028"), self.font)
        strong = QTextLayout.FormatRange()
        strong.start, strong.length = 0, len(words.head)
        form = QTextCharFormat()
        form.setFontWeight(QFont.Weight.DemiBold)
        if ink:
            form.setForeground(QColor(ink))
        strong.format = form
        layout.setFormats([strong])
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, room))
            line.setPosition(QPointF(0, height))
            height += line.height() * _LINE_HEIGHT
        layout.endLayout()
        return layout, height

    def words_height(self, words: ResultWords, room: float, *, has_note: bool = True) -> float:
        """Return how high all words are."""
        height = self.lay_out(words, room, has_note=has_note)[1]
        if words.change:
            height += GAP_PX + text_height(words.change, self.font, room)
        return height

    def line_height(self, words: ResultWords, width: int) -> int | None:
        """Return how high a line with these words is, None when it also has something to press."""
        if words.change:
            return None
        return round(self.words_height(words, self.room(width)) + 2 * PAD_PX)
