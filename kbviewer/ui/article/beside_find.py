"""Finding in both columns at once: row by row, in each row the left column first. Qt-free."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from kbviewer.ui.article.find import Found


class Match(NamedTuple):
    """The match `number` of a column, 0 the left one, in a row. They sort as they are read."""

    row: int
    side: int
    number: int


class RowMatches:
    """The matches of both columns in one order, and which of them is current."""

    def __init__(self) -> None:
        self._matches: list[Match] = []
        self._at = -1

    @property
    def found(self) -> Found:
        """Which match is current, and how many there are."""
        return Found(self._at + 1, len(self._matches))

    @property
    def current(self) -> Match | None:
        """The current match."""
        return self._matches[self._at] if self._matches else None

    def start(
        self,
        matches: tuple[Sequence[tuple[int, int]], Sequence[tuple[int, int]]],
        starts: tuple[Sequence[tuple[int, int]], Sequence[tuple[int, int]]],
        row: int,
    ) -> None:
        """Take the matches of both columns; the first one from `row` on is current.

        Args:
            matches: start and end of each match, per column.
            starts: document position and row of each row's first block, per column.
            row: what is at the top of the view.
        """
        found: list[Match] = []
        for side in (0, 1):
            positions = [start for start, _ in starts[side]]
            for number, (start, _) in enumerate(matches[side]):
                at = max(0, bisect_right(positions, start) - 1)
                found.append(Match(starts[side][at][1] if positions else 0, side, number))
        self._matches = sorted(found)
        self._at = -1
        if found:
            self._at = next((at for at, match in enumerate(self._matches) if match.row >= row), 0)

    def step(self, *, forward: bool) -> None:
        """Go to the next or the previous match, around the ends."""
        if self._matches:
            self._at = (self._at + (1 if forward else -1)) % len(self._matches)
