"""Where the reader has been: pages in order, each with the exact place that was left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kbviewer.model.progress import ReadingPlace

_MOST_STOPS: Final = 200


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of the history.

    Attributes:
        article: id of the article; "" is home, or the list of cases.
        anchor: the section that was asked for, "" for where the article was left or its top.
        place: where the reader was when the page was left; it wins over `anchor`.
        is_cases: whether it is the list of cases.
    """

    article: str = ""
    anchor: str = ""
    place: ReadingPlace | None = None
    is_cases: bool = False


HOME: Final = Stop()
CASES: Final = Stop(is_cases=True)


class History:
    """Back and forward over stops. The first stop is home."""

    def __init__(self) -> None:
        self._stops = [HOME]
        self._at = 0

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

    def leave(self, place: ReadingPlace | None) -> None:
        """Keep the exact place on the current page."""
        if place is not None and place.article == self.current.article:
            self._stops[self._at] = replace(self.current, place=place)

    def visit(self, stop: Stop) -> None:
        """Go to a new page; what lay ahead is forgotten. The same page again is no new stop."""
        here = self.current
        is_same = (stop.article, stop.anchor, stop.is_cases) == (here.article, here.anchor, here.is_cases)
        if is_same and not stop.anchor:
            return
        self._stops[self._at + 1 :] = [stop]
        del self._stops[: max(0, len(self._stops) - _MOST_STOPS)]
        self._at = len(self._stops) - 1

    def back(self) -> Stop | None:
        """Return the page before and make it current, None when this is the first."""
        if not self.can_go_back:
            return None
        self._at -= 1
        return self.current

    def forward(self) -> Stop | None:
        """Return the page after and make it current, None when this is the last."""
        if not self.can_go_forward:
            return None
        self._at += 1
        return self.current
