"""Which tabs there are, in which order, which one is shown, and which were closed. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kbviewer.model.tabs import HOME, KeptTab, KeptTabs, Stop
from kbviewer.ui.shell.navigation import History

MOST_TABS: Final = 100
_MOST_CLOSED: Final = 25


class Tab:
    """A place to read with a history of its own.

    Attributes:
        number: names the tab for as long as the window lives.
        history: where the reader has been in it.
        waits_behind: number of the tab behind which it was opened, until it is shown; 0 for none.
    """

    def __init__(self, number: int, history: History) -> None:
        self.number = number
        self.history = history
        self.waits_behind = 0


class _Closed(NamedTuple):
    """A tab that was closed: where it stood, what it held, and the tab that was made in its place."""

    at: int
    kept: KeptTab
    stand_in: int


class TabList:
    """At least one tab, one of them current."""

    def __init__(self) -> None:
        self._count = 0
        self._tabs = [self._make(History())]
        self._current = self._tabs[0]
        self._closed: list[_Closed] = []
        self._opener: Tab | None = None

    def __len__(self) -> int:
        return len(self._tabs)

    def __iter__(self) -> Iterator[Tab]:
        return iter(self._tabs)

    @property
    def current(self) -> Tab:
        """The tab that is shown."""
        return self._current

    @property
    def at(self) -> int:
        """Where the current tab stands, from 0."""
        return self._tabs.index(self._current)

    @property
    def is_full(self) -> bool:
        """Whether there may be no further tab."""
        return len(self._tabs) >= MOST_TABS

    @property
    def can_reopen(self) -> bool:
        """Whether a tab was closed that can come back."""
        return bool(self._closed) and not self.is_full

    def tab(self, number: int) -> Tab | None:
        """Return the tab with that number, None when it is closed."""
        return next((tab for tab in self._tabs if tab.number == number), None)

    def open(self, stop: Stop = HOME, *, behind: bool = False) -> bool:
        """Open a tab; return whether there was room.

        One that is shown stands right of the current one; those that wait behind it line up after each other.
        """
        if self.is_full:
            return False
        opener = self._current
        tab = self._make(History((stop,)))
        if behind:
            tab.waits_behind = opener.number
            at = self.at + 1
            while at < len(self._tabs) and self._tabs[at].waits_behind == opener.number:
                at += 1
            self._tabs.insert(at, tab)
        else:
            self._tabs.insert(self.at + 1, tab)
            self._show(tab, opener)
        return True

    def duplicate(self, number: int) -> bool:
        """Open a tab with the same history right of that one and show it; return whether there was room."""
        tab = self.tab(number)
        if tab is None or self.is_full:
            return False
        kept = tab.history.kept()
        twin = self._make(History(kept.stops, kept.at))
        self._tabs.insert(self._tabs.index(tab) + 1, twin)
        self._show(twin, tab)
        return True

    def close(self, number: int) -> bool:
        """Close a tab; in place of the last one comes home. Return whether another tab is shown now."""
        tab = self.tab(number)
        if tab is None or (len(self._tabs) == 1 and tab.history.is_fresh):
            return False
        at = self._tabs.index(tab)
        self._tabs.remove(tab)
        stand_in = 0
        if not self._tabs:
            self._tabs.append(self._make(History()))
            stand_in = self._tabs[0].number
        self._remember(_Closed(at, tab.history.kept(), stand_in))
        if tab is not self._current:
            return False
        owner = self._opener
        next_one = self._tabs[min(at, len(self._tabs) - 1)]
        self._show(owner if owner is not None and owner in self._tabs else next_one)
        return True

    def close_others(self, number: int) -> bool:
        """Close all tabs but one; return whether another tab is shown now."""
        tab = self.tab(number)
        if tab is None:
            return False
        for other in [other for other in self._tabs if other is not tab]:
            self._remember(_Closed(self._tabs.index(other), other.history.kept(), 0))
            self._tabs.remove(other)
        was = self._current
        self._show(tab)
        return was is not tab

    def reopen(self) -> bool:
        """Bring the tab back that was closed last, with its history, and show it."""
        if not self.can_reopen:
            return False
        closed = self._closed.pop()
        tab = self._make(History(closed.kept.stops, closed.kept.at))
        stand_in = self.tab(closed.stand_in)
        if stand_in is not None and stand_in.history.is_fresh:
            self._tabs.remove(stand_in)
        self._tabs.insert(min(closed.at, len(self._tabs)), tab)
        self._show(tab)
        return True

    def select(self, number: int) -> bool:
        """Show a tab; return whether it was another one."""
        tab = self.tab(number)
        if tab is None or tab is self._current:
            return False
        self._show(tab)
        return True

    def select_at(self, at: int) -> bool:
        """Show the tab that stands there, counted from 0, or from -1 at the end; none, when there is none."""
        if not -len(self._tabs) <= at < len(self._tabs):
            return False
        return self.select(self._tabs[at].number)

    def select_next(self, steps: int) -> bool:
        """Show the tab that many steps to the right, or left; after the last comes the first."""
        return self.select_at((self.at + steps) % len(self._tabs))

    def move(self, from_at: int, to_at: int) -> None:
        """Put a tab in another place."""
        if 0 <= from_at < len(self._tabs):
            self._tabs.insert(to_at, self._tabs.pop(from_at))

    def reset(self) -> None:
        """Begin with one tab at home and forget all others, as with another library."""
        self._tabs = [self._make(History())]
        self._current = self._tabs[0]
        self._closed.clear()
        self._opener = None

    def restore(self, kept: KeptTabs) -> None:
        """Take over the tabs of the last time, when there are any."""
        tabs: Sequence[KeptTab] = kept.tabs[:MOST_TABS]
        if tabs:
            self._tabs = [self._make(History(tab.stops, tab.at)) for tab in tabs]
            self._current = self._tabs[min(max(0, kept.current), len(tabs) - 1)]

    def kept(self) -> KeptTabs:
        """Return what is kept on disk."""
        return KeptTabs(tuple(tab.history.kept() for tab in self._tabs), self.at)

    def _make(self, history: History) -> Tab:
        self._count += 1
        return Tab(self._count, history)

    def _show(self, tab: Tab, opener: Tab | None = None) -> None:
        self._current, self._opener = tab, opener
        tab.waits_behind = 0

    def _remember(self, closed: _Closed) -> None:
        self._closed.append(closed)
        del self._closed[:-_MOST_CLOSED]
