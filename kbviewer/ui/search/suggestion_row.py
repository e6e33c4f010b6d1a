"""Whole queries that the one being typed may become, as buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.pill_button import PillButton
from kbviewer.ui.theme.theme import Theme

_MOST = 4
_MOST_LINES = 2
_GAP_PX = 6
_MOST_TEXT_PX = 320
_AROUND_TEXT_PX = 48


class SuggestionRow(FlowRow):
    """Shows up to four suggestions. Its buttons are made once: a new row at every keystroke is slow.

    Signals:
        chosen(query): search for this instead.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=_GAP_PX)
        self._translator = translator
        self._queries: Sequence[str] = ()
        self.buttons = [PillButton("search", theme, self) for _number in range(_MOST)]
        for number, button in enumerate(self.buttons):
            button.clicked.connect(lambda _checked=False, number=number: self._choose(number))
        self.set_items(self.buttons)

    def show_queries(self, queries: Sequence[str], width: int) -> None:
        """Offer the best of `queries`, no more than two lines of `width` hold; without any the row goes."""
        self._queries = queries[:_MOST]
        told = self._translator.gettext("Search for {query}")
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(self._queries))
            if number < len(self._queries):
                query = self._queries[number]
                button.show_text(query, min(_MOST_TEXT_PX, width - _AROUND_TEXT_PX))
                button.setAccessibleName(told.format(query=query))
        self._keep_lines(width)
        self.setVisible(bool(self._queries))
        self.arrange()

    def _keep_lines(self, width: int) -> None:
        """Hide what would make the row push the results down."""
        lines, used = 1, 0
        for number, button in enumerate(self.buttons[: len(self._queries)]):
            wanted = button.sizeHint().width()
            if used and used + wanted > width:
                lines, used = lines + 1, 0
            used += wanted + _GAP_PX
            if lines > _MOST_LINES:
                self._queries = self._queries[:number]
                for other in self.buttons[number:]:
                    other.hide()
                return

    def _choose(self, number: int) -> None:
        if number < len(self._queries):
            self.chosen.emit(self._queries[number])
