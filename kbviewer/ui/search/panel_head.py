"""What stands above the results: suggestions, filters, and what the reader must know about the answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.hits import SearchAnswer
from kbviewer.ui.search import statuses
from kbviewer.ui.search.filter_row import FilterRow
from kbviewer.ui.search.narrowing import Narrowing
from kbviewer.ui.search.suggestion_row import SuggestionRow
from kbviewer.ui.theme.theme import Theme

_SIDE_PX = 8
_SMALL_SHARE = 0.9


class PanelHead(QWidget):
    """Shows what an answer says beside its hits; takes no room when that is nothing.

    Signals:
        literal_wanted: "Search instead for …" was chosen.
    """

    literal_wanted = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self.suggestions = SuggestionRow(theme, translator, self)
        self.filters = FilterRow(theme, translator, self)
        self._caption = QLabel(self)
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setWordWrap(True)
        self._caption.setIndent(0)
        self.literal_button = QPushButton(self)
        self.literal_button.setProperty("flat", True)
        self.literal_button.clicked.connect(self.literal_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE_PX, 2, _SIDE_PX, 4)
        column.setSpacing(6)
        column.addWidget(self.suggestions)
        column.addWidget(self.filters)
        column.addWidget(self._caption)
        column.addWidget(self.literal_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.clear()
        self.restyle()

    @property
    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        filters = self.filters
        own = (*filters.buttons.values(), filters.clear_button, self.literal_button)
        return [*self.suggestions.buttons, *own]

    @property
    def caption(self) -> str:
        """What is said about the results, "" for nothing."""
        return "" if self._caption.isHidden() else self._caption.text()

    def clear(self) -> None:
        """Show nothing."""
        self.suggestions.hide()
        self.filters.hide()
        self._say("")
        self.literal_button.hide()
        self.hide()

    def show_caption(self, text: str) -> None:
        """Show a heading for the rows and nothing else."""
        self.clear()
        self._say(text)
        self.show()

    def show_answer(self, answer: SearchAnswer, narrowing: Narrowing, width: int) -> None:
        """Show what comes with the hits of `answer`, in a head that is as wide as `width`."""
        _ = self._translator.gettext
        self.suggestions.show_queries(answer.suggestions, width - 2 * _SIDE_PX)
        self.filters.show_facets(answer.facets, narrowing, clearable=bool(answer.hits))
        self._say(statuses.notes(self._translator, answer))
        is_corrected = bool(statuses.corrected(answer))
        if is_corrected:
            text = _("Search instead for “{query}”").format(query=statuses.shortened(answer.query))
            self.literal_button.setText(text.replace("&", "&&"))
        self.literal_button.setVisible(is_corrected)
        parts = (self.suggestions, self.filters, self._caption, self.literal_button)
        self.setVisible(any(not part.isHidden() for part in parts))

    def restyle(self) -> None:
        """Follow theme and zoom."""
        tokens = self._theme.tokens
        points = self._theme.body_font().pointSizeF() * _SMALL_SHARE
        self.suggestions.arrange()
        self.filters.arrange()
        self._caption.setStyleSheet(
            f"QLabel {{ color: {tokens.text}; font-size: {points}pt; padding: 2px 4px; }}"
        )
        self.literal_button.setStyleSheet(
            f"QPushButton {{ color: {tokens.accent}; text-align: left; padding: 3px 2px;"
            f" font-size: {points}pt; }}"
        )

    def _say(self, text: str) -> None:
        self._caption.setText(text)
        self._caption.setVisible(bool(text))
