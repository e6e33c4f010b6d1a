"""The page's own tab order: links, tips and widgets in reading order, made when they are reached. Qt-free."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import NamedTuple

from kbviewer.ui.article.page_map import Embedded, Kind, LinkSpot, PageMap


class Stop(NamedTuple):
    """A place that Tab reaches: the link number `link`, or the widget with key `widget`."""

    position: int
    block: int
    link: int = -1
    widget: str = ""


def tab_stops(page: PageMap, block_of: Callable[[int], int]) -> list[Stop]:
    """Return all stops in reading order; `block_of` tells the text block of a document position."""
    # A step's box comes before the note on the step.
    items = sorted(page.embedded, key=lambda item: item.kind is Kind.NOTE)
    stops = [_of_widget(item) for item in items]
    stops.extend(_of_link(index, spot, block_of) for index, spot in enumerate(page.links))
    return sorted(stops, key=lambda stop: (stop.position, stop.link >= 0))


def neighbour(stops: list[Stop], current: Stop | None, position: int, *, forward: bool) -> list[Stop]:
    """Return the stops to try from `current`, else from a document position, nearest first."""
    if current in stops:
        index = stops.index(current)
        return stops[index + 1 :] if forward else stops[:index][::-1]
    positions = [stop.position for stop in stops]
    if forward:
        return stops[bisect_left(positions, position) :]
    return stops[: bisect_right(positions, position - 1)][::-1]


def _of_widget(item: Embedded) -> Stop:
    return Stop(item.position, item.first, widget=item.key)


def _of_link(index: int, spot: LinkSpot, block_of: Callable[[int], int]) -> Stop:
    return Stop(spot.start, block_of(spot.start), link=index)
