"""Where the reader has been: pages in order, each with the exact place that was left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from kbviewer.model.progress import ReadingPlace
from kbviewer.model.tabs import HOME, KeptTab, Stop

__all__ = ["HOME", "Ahead", "History", "Stop"]

_MOST_STOPS: Final = 200
_MOST_KEPT: Final = 50


class Ahead(NamedTuple):
    """A page that back or forward leads to.

    Attributes:
        steps: how far it is, below 0 for back.
        stop: the page.
    """

    steps: int
    stop: Stop


class History:
    """Back and forward over stops. The first stop is home, unless the tab began with something else."""

    def __init__(self, stops: Sequence[Stop] = (HOME,), at: int = 0) -> None:
        self._stops = list(stops) or [HOME]
        self._at = min(max(0, at), len(self._stops) - 1)

    @property
    def current(self) -> Stop:
        """The page that is shown."""
        return self._stops[self._at]

    @property
    def can_go_back(self) -> bool:
        """Whether there is a page before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether the reader came back from a page."""
        return self._at < len(self._stops) - 1

    @property
    def is_fresh(self) -> bool:
        """Whether nothing but home was ever shown."""
        return len(self._stops) == 1 and (self.current.article, self.current.anchor) == ("", "")

    def behind(self, most: int) -> list[Ahead]:
        """Return the pages before this one, the nearest first."""
        return [Ahead(-step, self._stops[self._at - step]) for step in range(1, min(most, self._at) + 1)]

    def ahead(self, most: int) -> list[Ahead]:
        """Return the pages after this one, the nearest first."""
        left = len(self._stops) - 1 - self._at
        return [Ahead(step, self._stops[self._at + step]) for step in range(1, min(most, left) + 1)]

    def leave(self, place: ReadingPlace | None) -> None:
        """Keep the exact place on the current page."""
        if place is not None and place.article == self.current.article:
            self._stops[self._at] = self.current._replace(place=place)

    def visit(self, stop: Stop) -> None:
        """Go to a new page; what lay ahead is forgotten. The same page again is no new stop."""
        is_same = (stop.article, stop.anchor) == (self.current.article, self.current.anchor)
        if not (is_same and not (stop.article and stop.anchor)):
            self.jump(stop)

    def jump(self, stop: Stop) -> None:
        """Go to a new stop, also when the page stays the same."""
        self._stops[self._at + 1 :] = [stop]
        del self._stops[: max(0, len(self._stops) - _MOST_STOPS)]
        self._at = len(self._stops) - 1

    def back(self) -> Stop | None:
        """Return the page before and make it current, None when this is the first."""
        return self.go(-1)

    def forward(self) -> Stop | None:
        """Return the page after and make it current, None when this is the last."""
        return self.go(1)

    def go(self, steps: int) -> Stop | None:
        """Return the page that many steps ahead, or back, and make it current; None when there is none."""
        if not 0 <= self._at + steps < len(self._stops):
            return None
        self._at += steps
        return self.current

    def kept(self) -> KeptTab:
        """Return what is kept on disk: the pages around the current one."""
        first = max(0, min(self._at - _MOST_KEPT // 2, len(self._stops) - _MOST_KEPT))
        stops = self._stops[first : first + _MOST_KEPT]
        return KeptTab(tuple(stops), self._at - first)
