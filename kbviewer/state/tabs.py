"""Which tabs were open, so that the next start opens them again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kbviewer.model.progress import ReadingPlace
from kbviewer.model.tabs import KeptTab, KeptTabs, Stop
from kbviewer.state.database import Database, Row, Value

_Statement = tuple[str, tuple[Value, ...]]


class TabStore:
    """The tabs of the window, each with the pages of its history."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # What the file holds, so that a change of one place writes one row; None when that is not known.
        self._saved: KeptTabs | None = None

    def save(self, tabs: KeptTabs) -> None:
        """Keep these tabs in place of those before; writes only what differs.

        Raises:
            StateError: it could not be saved; the tabs before are still kept.
        """
        if tabs == self._saved:
            return
        before, self._saved = self._saved, None
        if before is None:
            self._database.write_all([("DELETE FROM tabs", ()), ("DELETE FROM tab_stops", ()), *_all(tabs)])
        else:
            self._database.write_all(_differences(before, tabs))
        self._saved = tabs

    def load(self) -> KeptTabs:
        """Return the tabs that were kept last; none when there were none.

        Raises:
            StateError: the file cannot be read.
        """
        heads = self._database.read("SELECT position, at, is_current FROM tabs ORDER BY position")
        if not heads:
            return KeptTabs()
        rows = self._database.read(
            "SELECT tab, article, anchor, block, fraction, language FROM tab_stops ORDER BY tab, number"
        )
        stops = {tab: tuple(map(_stop, group)) for tab, group in groupby(rows, key=lambda row: row[0])}
        filled = [(head, stops[head[0]]) for head in heads if head[0] in stops]
        current = next((number for number, (head, _) in enumerate(filled) if head[2]), 0)
        return KeptTabs(tuple(KeptTab(stops, head[1]) for head, stops in filled), current)


def _all(tabs: KeptTabs) -> Iterator[_Statement]:
    for position, tab in enumerate(tabs.tabs):
        yield from _tab(position, tab, is_current=position == tabs.current)


def _tab(position: int, tab: KeptTab, *, is_current: bool) -> Iterator[_Statement]:
    yield _head(position, tab, is_current=is_current)
    yield "DELETE FROM tab_stops WHERE tab = ?", (position,)
    for number, stop in enumerate(tab.stops):
        yield _row(position, number, stop)


def _differences(before: KeptTabs, after: KeptTabs) -> Iterator[_Statement]:
    for position in range(len(after.tabs), len(before.tabs)):
        yield "DELETE FROM tabs WHERE position = ?", (position,)
        yield "DELETE FROM tab_stops WHERE tab = ?", (position,)
    for position, tab in enumerate(after.tabs):
        old = before.tabs[position] if position < len(before.tabs) else None
        is_current, was_current = position == after.current, position == before.current
        if old is None or len(old.stops) > len(tab.stops):
            yield from _tab(position, tab, is_current=is_current)
            continue
        if old.at != tab.at or is_current != was_current:
            yield _head(position, tab, is_current=is_current)
        for number, stop in enumerate(tab.stops):
            if number >= len(old.stops) or old.stops[number] != stop:
                yield _row(position, number, stop)


def _head(position: int, tab: KeptTab, *, is_current: bool) -> _Statement:
    return "INSERT OR REPLACE INTO tabs VALUES (?, ?, ?)", (position, tab.at, int(is_current))


def _row(position: int, number: int, stop: Stop) -> _Statement:
    place = stop.place
    values: tuple[Value, ...] = (None, None, None)
    if place is not None:
        values = (place.anchor, min(1.0, max(0.0, place.fraction)), place.language)
    return (
        "INSERT OR REPLACE INTO tab_stops VALUES (?, ?, ?, ?, ?, ?, ?)",
        (position, number, stop.article, stop.anchor, *values),
    )


def _stop(row: Row) -> Stop:
    _tab, article, anchor, block, fraction, language = row
    place = ReadingPlace(article, language, block, fraction) if block is not None else None
    return Stop(article, anchor, place)
