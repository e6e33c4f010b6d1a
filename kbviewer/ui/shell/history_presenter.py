"""The history page, filled: what was read, and what becomes of it. Imported when the page is first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QObject, Signal

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError
from kbviewer.model.progress import Recent
from kbviewer.state.recents import RecentStore
from kbviewer.ui.history.listing import read_items
from kbviewer.ui.history.page import HistoryPage
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.tab_gesture import Where
from kbviewer.ui.shell.tabs import Tabs
from kbviewer.ui.shell.undoing import Undoing
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.theme import Theme

_MOST: Final = 1000


class HistoryPresenter(QObject):
    """Lists the articles that were read, forgets them, and brings them back.

    Signals:
        undoable_said(text, undo): a short note with a way to take it back.
        failed(error): something could not be kept.
    """

    undoable_said = Signal(str, object)
    failed = Signal(object)

    def __init__(
        self,
        recents: RecentStore,
        library: OpenLibrary,
        language: Callable[[], str],
        tabs: Tabs,
        undoing: Undoing,
        theme: Theme,
        translator: Translator,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._recents = recents
        self._library = library
        self._language = language
        self._translator = translator
        self._undoing = undoing
        # Each with the number of the deed.
        self._removed: list[tuple[int, Sequence[Recent]]] = []
        undoing.add(self)
        self.page = HistoryPage(theme, translator, date.today)
        self.page.article_chosen.connect(tabs.open)
        self.page.tab_wanted.connect(lambda article: tabs.open_at(Where.BEHIND, article))
        self.page.removal_wanted.connect(self.remove)
        self.page.undo_wanted.connect(self.undo)
        self.page.told.connect(lambda text: announce(self.page.field, text))

    def show(self) -> None:
        """Bring the list up to date."""
        try:
            recents = self._recents.latest(_MOST)
        except KbError as error:
            self.failed.emit(error)
            recents = []
        self.page.retranslate()
        items = read_items(recents, self._library.find, self._language())
        self.page.show_items(items, can_undo=bool(self._removed))

    def remove(self, articles: Sequence[str]) -> None:
        """Forget that articles were read."""
        try:
            removed = self._recents.remove(articles)
        except KbError as error:
            self.failed.emit(error)
            return
        if not removed:
            return
        self._removed.append((self._undoing.next_number(), removed))
        self.show()
        text = self._translator.ngettext(
            "{count} article removed from the history",
            "{count} articles removed from the history",
            len(removed),
        )
        self.undoable_said.emit(text.format(count=len(removed)), self.undo)

    def undo(self) -> None:
        """Bring back what was removed last."""
        text = self.take_back_last() if self._removed else ""
        if text:
            announce(self.page, text)

    @property
    def last_deed(self) -> int:
        """See `Past`."""
        return self._removed[-1][0] if self._removed else 0

    def take_back_last(self) -> str:
        """See `Past`."""
        try:
            self._recents.restore(self._removed[-1][1])
        except KbError as error:
            self.failed.emit(error)
            return ""
        _number, back = self._removed.pop()
        if self.page.isVisible():
            self.show()
        text = self._translator.ngettext(
            "{count} article is back in the history", "{count} articles are back in the history", len(back)
        )
        return text.format(count=len(back))
