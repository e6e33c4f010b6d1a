"""What the reader does with tabs, and the strip that shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kbviewer.i18n.translator import Translator
from kbviewer.model.inline import Link, LinkKind
from kbviewer.model.tabs import HOME, KeptTabs, Stop
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.stop_titles import StopTitles
from kbviewer.ui.shell.tab_gesture import Where
from kbviewer.ui.shell.tab_list import MOST_TABS, TabList

if TYPE_CHECKING:
    from kbviewer.ui.shell.tab_strip import TabStrip


class Tabs(QObject):
    """Opens, closes and changes tabs. A change of tabs is a change of page: the place of each is kept.

    Signals:
        changed(): there are other tabs, another order, or another one is shown.
        said(text): a short note for the reader.
        opened_behind(title): an article waits in a tab behind this one.
    """

    changed = Signal()
    said = Signal(str)
    opened_behind = Signal(str)

    def __init__(
        self,
        reader: Reader,
        titles: StopTitles,
        make_strip: Callable[[], TabStrip],
        where: Callable[[], Where],
        translator: Translator,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._titles = titles
        self._make_strip = make_strip
        self._where = where
        self._translator = translator
        self._list = reader.tabs
        self.strip: TabStrip | None = None
        self._is_in_strip = False
        reader.moved.connect(self._show)
        self.changed.connect(self._show)

    @property
    def open_tabs(self) -> TabList:
        """Which tabs there are."""
        return self._list

    @property
    def has_focus(self) -> bool:
        """Whether the page comes up because the reader goes through the strip with the keyboard."""
        return self._is_in_strip and self.strip is not None and self.strip.bar.hasFocus()

    @property
    def page_place(self) -> str:
        """Where a page of the program was left in this tab, "" for its beginning."""
        place = self._reader.history.current.place
        return place.anchor if place is not None and not place.article else ""

    def begin(self, kept: KeptTabs, first: tuple[str, str] | None) -> None:
        """Show what was left the last time, and `first` in a tab of its own when it was asked for."""
        self._list.restore(kept)
        if first is not None:
            self.open_beside(*first)
        else:
            self._reader.show_current(restored=True)

    def reopen_kept(self, kept: KeptTabs) -> None:
        """Open tabs of an earlier time in front of those that are open now."""
        self._reader.save_place()
        now = [
            tab for tab in self._list.kept().tabs if any(stop.article or stop.anchor for stop in tab.stops)
        ]
        self._list.restore(KeptTabs((*kept.tabs, *now), kept.current))
        self._reader.show_current(restored=True)
        self.changed.emit()

    def open(self, reference: str, anchor: str = "") -> None:
        """Open an article that the reader has clicked: here, or in another tab when the click asks for it."""
        self.open_at(self._where(), reference, anchor)

    def open_at(self, where: Where, reference: str, anchor: str = "") -> None:
        """Open an article here, behind this tab or in front of it."""
        if where is Where.HERE:
            self._reader.open(reference, anchor)
        elif where is Where.FRONT:
            self._open_in_front(self._reader.stop_at(reference, anchor))
        else:
            stop = self._reader.stop_at(reference, anchor)
            if self._has_room():
                self._list.open(stop, behind=True)
                self.changed.emit()
                self.opened_behind.emit(self._titles.title(stop))

    def open_section(self, anchor: str) -> bool:
        """Open a section of this article in another tab when the click asks for it; return whether it did."""
        where, article = self._where(), self._reader.article
        if where is Where.HERE or article is None:
            return False
        self.open_at(where, article.id, anchor)
        return True

    def open_link_behind(self, link: Link) -> None:
        """Open where a link leads in a tab behind this one."""
        article = self._reader.article
        if link.kind is LinkKind.ARTICLE:
            self.open_at(Where.BEHIND, link.target, link.anchor)
        elif article is not None:
            self.open_at(Where.BEHIND, article.id, link.target)

    def open_beside(self, reference: str, anchor: str = "") -> None:
        """Open an article that something outside asked for: in a tab of its own, so that no place is lost."""
        stop = self._reader.stop_at(reference, anchor)
        history = self._reader.history
        if history.is_fresh or history.current.article == stop.article or self._list.is_full:
            self._reader.open(reference, anchor)
        else:
            self._open_in_front(stop)

    def open_new(self) -> None:
        """Open a tab at home."""
        self._open_in_front(HOME)

    def duplicate(self, number: int = 0) -> None:
        """Open a second tab with the history of one; without a number, of the one that is shown."""
        if self._has_room():
            self._switch(lambda: self._list.duplicate(number or self._list.current.number))

    def close(self, number: int = 0) -> None:
        """Close a tab; without a number, the one that is shown."""
        self._switch(lambda: self._list.close(number or self._list.current.number))

    def close_others(self, number: int = 0) -> None:
        """Close all tabs but one; without a number, but the one that is shown."""
        count = len(self._list) - 1
        self._switch(lambda: self._list.close_others(number or self._list.current.number))
        if count:
            text = self._translator.ngettext("{count} tab closed", "{count} tabs closed", count)
            self.said.emit(text.format(count=count))

    def reopen(self) -> None:
        """Bring the tab back that was closed last."""
        if self._list.can_reopen:
            self._switch(self._list.reopen)
        else:
            self.said.emit(self._translator.gettext("There is no closed tab to open again."))

    def select(self, number: int) -> None:
        """Show a tab."""
        self._switch(lambda: self._list.select(number))

    def select_at(self, at: int) -> None:
        """Show the tab that stands there, from 0; from -1 at the end."""
        self._switch(lambda: self._list.select_at(at))

    def select_next(self, steps: int) -> None:
        """Show the tab that many steps to the right, or to the left below 0."""
        self._switch(lambda: self._list.select_next(steps))

    def move(self, from_at: int, to_at: int) -> None:
        """Put a tab in another place."""
        self._list.move(from_at, to_at)
        self.changed.emit()

    def retranslate(self) -> None:
        """Take all titles from the language that is on."""
        if self.strip is not None:
            self.strip.retranslate()
        self._show()

    def _open_in_front(self, stop: Stop) -> None:
        if self._has_room():
            self._switch(lambda: self._list.open(stop))

    def _has_room(self) -> bool:
        if self._list.is_full:
            text = self._translator.gettext("There are {count} tabs already. Close one first.")
            self.said.emit(text.format(count=MOST_TABS))
        return not self._list.is_full

    def _switch(self, act: Callable[[], bool]) -> None:
        """Do something that may bring another tab up, at the place where it was left."""
        self._reader.save_place()
        if act():
            self._reader.show_current()
        self.changed.emit()

    def _from_strip(self, act: Callable[[int], None], number: int) -> None:
        self._is_in_strip = True
        act(number)
        self._is_in_strip = False

    def _show(self) -> None:
        if self.strip is None and len(self._list) > 1:
            self.strip = self._make_strip()
            self.strip.tab_chosen.connect(lambda number: self._from_strip(self.select, number))
            self.strip.tab_closed.connect(lambda number: self._from_strip(self.close, number))
            self.strip.others_closed.connect(self.close_others)
            self.strip.tab_duplicated.connect(self.duplicate)
            self.strip.tab_moved.connect(self.move)
        if self.strip is not None:
            titles = [(tab.number, self._titles.title(tab.history.current)) for tab in self._list]
            self.strip.show_tabs(titles, self._list.at)
