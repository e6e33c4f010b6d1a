"""What stands in the right column when the article has no text in that language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme

_SIGN_PX = 40


class LackingColumn(QWidget):
    """Says that the article lacks a language, and which languages it has."""

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._title = QLabel(self)
        self._text = QLabel(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 48 + _SIGN_PX, 32, 32)
        layout.setSpacing(8)
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        layout.addStretch(1)

    def show_lack(self, language: str, variants: Sequence[str]) -> None:
        """Say that the article has no text in `language`, "" for in any other."""
        gettext, name = self._texts.gettext, self._texts.language_name
        if language:
            title = gettext("This article is not available in {language}.").format(language=name(language))
        else:
            title = gettext("This article is available in one language only.")
        self._title.setText(title)
        names = ", ".join(name(tag) for tag in variants)
        self._text.setText(gettext("Languages of this article: {languages}").format(languages=names))
        self.setAccessibleName(f"{title} {self._text.text()}")
        font = self._theme.body_font()
        self._text.setFont(font)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        tokens = self._theme.tokens
        self._title.setStyleSheet(f"color: {tokens.text}; background: transparent")
        self._text.setStyleSheet(f"color: {tokens.muted}; background: transparent")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the column and draw its sign."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.page))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sign = QRectF((self.width() - _SIGN_PX) / 2, 36, _SIGN_PX, _SIGN_PX)
        paint_icon(painter, sign, "language", tokens.muted)
