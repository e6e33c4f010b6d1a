"""Which blocks of two languages stand in one row, and how far each is moved down for it. Qt-free."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set
from typing import NamedTuple


class Row(NamedTuple):
    """The keys of what starts at one height; "" where one language has nothing."""

    left: str
    right: str


def align(left: Sequence[str], right: Sequence[str]) -> tuple[Row, ...]:
    """Return rows that hold every key of both sides once, in the order of each side.

    As many keys as possible share a row. A key that stands elsewhere on the other side gets a row of its own:
    rows never cross. What only the left has comes first. Keys are unique on each side.
    """
    if left == right:
        return tuple(Row(key, key) for key in left)
    place = {key: index for index, key in enumerate(right)}
    rows: list[Row] = []
    done = 0
    alone: list[Row] = []
    common = _rising([(key, place[key]) for key in left if key in place])
    for key in left:
        if key not in common:
            alone.append(Row(key, ""))
            continue
        rows += [*alone, *(Row("", other) for other in right[done : place[key]]), Row(key, key)]
        alone = []
        done = place[key] + 1
    return (*rows, *alone, *(Row("", other) for other in right[done:]))


class Spaces(NamedTuple):
    """The room that is added above each row's left and right block; 0 where there is none."""

    left: tuple[float, ...]
    right: tuple[float, ...]


def spaces(
    rows: Sequence[Row],
    left: Sequence[float],
    right: Sequence[float],
    ends: tuple[float, float],
    whole: tuple[Set[str], Set[str]] = (frozenset(), frozenset()),
) -> Spaces:
    """Return how much room each row needs above its blocks.

    A block that stands alone begins where the other side's next block would, so that it is not taken for the
    counterpart of what is beside it.

    Args:
        rows: as `align` returns them.
        left, right: where the blocks of each side start by themselves, in their order.
        ends: where each side ends by itself.
        whole: keys on each side that move by whole pixels only; what follows them makes up for it.
    """
    tops = ((*left, ends[0]), (*right, ends[1]))
    at, shifts = [0, 0], [0.0, 0.0]
    added: tuple[list[float], list[float]] = ([], [])
    for row in rows:
        here = [tops[side][at[side]] + shifts[side] for side in (0, 1)]
        for side, key in enumerate(row):
            extra = max(here) - here[side] if key else 0.0
            extra = float(round(extra)) if key in whole[side] else extra
            added[side].append(extra)
            if key:
                shifts[side] += extra
                at[side] += 1
    return Spaces(tuple(added[0]), tuple(added[1]))


def _rising(pairs: Sequence[tuple[str, int]]) -> frozenset[str]:
    """Return the keys of the longest part of `pairs` whose places rise."""
    tails: list[int] = []  # the least place that ends a rising part of each length
    ends: list[int] = []  # which pair that is
    before: list[int] = []
    for index, (_, where) in enumerate(pairs):
        length = bisect_left(tails, where)
        tails[length : length + 1] = [where]
        ends[length : length + 1] = [index]
        before.append(ends[length - 1] if length else -1)
    found: list[str] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(pairs[index][0])
        index = before[index]
    return frozenset(found)
