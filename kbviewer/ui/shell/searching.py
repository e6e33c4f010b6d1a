"""Search over the page: the results panel, made when the field is first used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.hits import Hit, Query
from kbviewer.ui.search.field import SearchField
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.search.controller import SearchController


class SearchPort(Protocol):
    """The way to the search process.

    Attributes:
        answered: signal that carries the client's events, in the window's thread.
    """

    answered: SignalInstance

    def ask(self, query: Query) -> int:
        """Send a question and return its number."""


class Searching(QObject):
    """Brings field, panel and search process together.

    Signals:
        hit_chosen(hit): open this.
        left(): the reader is done with the search and came from nowhere in particular.
    """

    hit_chosen = Signal(object)
    left = Signal()

    def __init__(
        self,
        field: SearchField,
        port: SearchPort,
        theme: Theme,
        translator: Translator,
        language: Callable[[], str],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._field = field
        self._port = port
        self._theme = theme
        self._translator = translator
        self._language = language
        self._window = window
        self._controller: SearchController | None = None
        self._came_from: QWidget | None = None

    @property
    def query(self) -> str:
        """What stands in the field."""
        return self._field.text()

    def prepare(self) -> None:
        """Make the results panel; a search before this has nothing to show itself in."""
        if self._controller is not None:
            return
        from kbviewer.ui.search.controller import SearchController
        from kbviewer.ui.search.panel import ResultsPanel

        panel = ResultsPanel(self._theme, self._translator, self._window)
        self._controller = SearchController(self._field, panel, self._port.ask, self._language)
        self._port.answered.connect(self._controller.deliver)
        self._controller.hit_chosen.connect(self._choose)
        self._controller.dismissed.connect(self._return)
        if self._field.text():
            self._controller.set_query(self._field.text())

    def focus(self) -> None:
        """Put the cursor into the field, and remember where the reader was."""
        self.prepare()
        focus = QApplication.focusWidget()
        if focus is not self._field:
            self._came_from = focus
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_quietly(self) -> None:
        """Put the cursor into the field without showing the results of an old query again."""
        with QSignalBlocker(self._field):
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def search_for(self, text: str) -> None:
        """Search for `text` as if the reader had typed it."""
        self.focus()
        if self._controller is not None:
            self._controller.set_query(text)

    def close(self) -> None:
        """Hide the results."""
        if self._controller is not None:
            self._controller.close()

    def retranslate(self) -> None:
        """Take all texts from the language that is on; query and panel stay."""
        if self._controller is not None:
            self._controller.retranslate()
        else:
            self._field.retranslate()

    def _choose(self, hit: Hit) -> None:
        self._came_from = None
        self.hit_chosen.emit(hit)

    def _return(self) -> None:
        target, self._came_from = self._came_from, None
        if target is not None and target.isVisible():
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()
