"""Whole queries that the one being typed may become, as buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.search.pill_button import PillButton
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.theme import Theme

_MOST = 4
_MOST_IN_SMALL_WINDOW = 2
_SMALL_BELOW_PX = 480
_GAP_PX = 6
_MOST_TEXT_PX = 320
_AROUND_TEXT_PX = 96


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

    def show_queries(self, queries: Sequence[str]) -> None:
        """Offer `queries`, best first; without any the row is hidden."""
        is_small = self.window().width() < _SMALL_BELOW_PX
        self._queries = queries[: _MOST_IN_SMALL_WINDOW if is_small else _MOST]
        told = self._translator.gettext("Search for {query}")
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(self._queries))
            if number < len(self._queries):
                query = self._queries[number]
                button.show_text(query, min(_MOST_TEXT_PX, self.window().width() - _AROUND_TEXT_PX))
                button.setAccessibleName(told.format(query=query))
        self.setVisible(bool(self._queries))
        self.arrange()

    def _choose(self, number: int) -> None:
        if number < len(self._queries):
            self.chosen.emit(self._queries[number])
