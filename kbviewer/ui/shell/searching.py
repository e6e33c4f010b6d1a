"""Search beside or over the page: the results panel, made when the field is first used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kbviewer.i18n.translator import Translator
from kbviewer.model.hits import Hit, Query
from kbviewer.ui.search.field import SearchField
from kbviewer.ui.shell.frame import Frame
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.search.controller import RecentSearches, SearchController
    from kbviewer.ui.search.panel import ResultsPanel


class SearchPort(Protocol):
    """The way to the search process.

    Attributes:
        answered: signal that carries the client's events, in the window's thread.
    """

    answered: SignalInstance

    def warm_up(self) -> None:
        """Get ready for a question, which will come soon."""

    def ask(self, query: Query) -> int:
        """Send a question and return its number."""


class Searching(QObject):
    """Brings field, panel and search process together.

    Signals:
        hit_chosen(hit): open this.
        left(): the reader is done with the search and came from nowhere in particular.
        browse_wanted(): nothing was found, the reader wants to see what there is.
        link_entered(text): a link to a place was typed or pasted and confirmed.
    """

    hit_chosen = Signal(object)
    left = Signal()
    browse_wanted = Signal()
    link_entered = Signal(str)

    def __init__(
        self,
        field: SearchField,
        port: SearchPort,
        theme: Theme,
        translator: Translator,
        language: Callable[[], str],
        recent: RecentSearches,
        frame: Frame,
    ) -> None:
        super().__init__(frame)
        self._field = field
        self._port = port
        self._theme = theme
        self._translator = translator
        self._language = language
        self._recent = recent
        self._frame = frame
        self._panel: ResultsPanel | None = None
        self._controller: SearchController | None = None
        self._came_from: QWidget | None = None
        self._entered_early = ""
        # Whether the click or key that is being answered asks for another tab, which is told elsewhere.
        self.opens_elsewhere: Callable[[], bool] = lambda: False
        field.entered.connect(port.warm_up)
        field.open_requested.connect(self._note_early_enter)
        frame.column_lent.connect(self._place)

    @property
    def query(self) -> str:
        """What stands in the field."""
        return self._field.text()

    @property
    def is_beside(self) -> bool:
        """Whether results stand beside the page, so that both can be read."""
        return self._controller is not None and self._controller.is_open and not self._frame.column.isHidden()

    @property
    def has_focus(self) -> bool:
        """Whether the reader is choosing among results that stand beside the page."""
        focus = QApplication.focusWidget()
        in_panel = self._panel is not None and focus is not None and self._panel.isAncestorOf(focus)
        return self.is_beside and (focus is self._field or in_panel)

    @property
    def query_in_focus(self) -> str:
        """The words in the field while the reader types there, else ""."""
        return self._field.text().replace('"', " ").strip() if self._field.hasFocus() else ""

    def prepare(self) -> None:
        """Make the results panel; a search before this has nothing to show itself in."""
        if self._controller is not None:
            return
        from kbviewer.ui.search.controller import SearchController
        from kbviewer.ui.search.panel import ResultsPanel

        self._panel = ResultsPanel(self._theme, self._translator, self._frame)
        self._controller = SearchController(
            self._field, self._panel, self._port.ask, self._language, self._recent
        )
        self._controller.opens_elsewhere = lambda: self.opens_elsewhere()
        self._port.answered.connect(self._controller.deliver)
        self._controller.answers_shown.connect(self._frame.want_column)
        self._controller.hit_chosen.connect(self._choose)
        self._controller.browse_wanted.connect(self.browse_wanted)
        self._controller.link_entered.connect(self._enter_link)
        self._controller.dismissed.connect(self._return)
        if self._field.text():
            self._controller.set_query(self._field.text())
            if self._field.text() == self._entered_early:
                self._controller.open_first()
        elif self._field.hasFocus():
            # As on the first page: whoever looks at it will type next.
            self._port.warm_up()

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
        """Search for `text` as if the reader had typed it; without a text, let him type."""
        self.focus()
        if text and self._controller is not None:
            self._controller.set_query(text)

    def ask_again(self) -> None:
        """Ask the search process that has taken the place of the one before what that did not answer."""
        if self._controller is not None:
            self._controller.ask_again()

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

    def _note_early_enter(self) -> None:
        """Keep Enter when it comes before the results panel, while the program starts."""
        if self._controller is None:
            self._entered_early = self._field.text()

    def _place(self, beside: bool) -> None:
        if self._panel is not None:
            self._panel.dock(self._frame.column if beside else None)

    def _choose(self, hit: Hit) -> None:
        self._frame.settle_page()
        if self.opens_elsewhere():
            self.hit_chosen.emit(hit)
            return
        self._came_from = None
        if self.is_beside:
            # The focus stays where it is, so that nothing else would tell.
            text = self._translator.gettext("Opened beside the results: {title}")
            announce(self._field, text.format(title=hit.title))
        self.hit_chosen.emit(hit)

    def _enter_link(self, text: str) -> None:
        self._came_from = None
        self._frame.settle_page()
        self.link_entered.emit(text)

    def _return(self) -> None:
        target, self._came_from = self._came_from, None
        # A page may have been written anew meanwhile, and its buttons with it.
        if target is not None and isValid(target) and target.isVisible():
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()
