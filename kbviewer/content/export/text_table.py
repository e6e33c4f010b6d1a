"""Tables of aligned text that fit a width."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

_BETWEEN = " │ "
_NARROWEST = 6


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return the lines of a table at most `width` characters wide, cells wrapped inside their columns.

    A table whose words do not fit is somewhat wider: broken words would be worse.
    """
    count = max(map(len, [header, *rows]), default=0)
    lines = [[*row, *[""] * (count - len(row))] for row in rows]
    titles = [*header, *[""] * (count - len(header))]
    widths = _fit([titles, *lines], count, width - len(_BETWEEN) * (count - 1))
    table = [] if not any(titles) else [*_row(titles, widths), "─┼─".join("─" * size for size in widths)]
    for row in lines:
        table += _row(row, widths)
        if any(len(cell) > size for cell, size in zip(row, widths, strict=True)) and row is not lines[-1]:
            table.append("─┼─".join("─" * size for size in widths))
    return table


def _fit(cells: Sequence[Sequence[str]], count: int, available: int) -> list[int]:
    """Return column widths: as wide as the longest cell, the widest ones cut until they fit.

    Words stay whole while that takes at most a third more than the width.
    """
    widths = [max(_NARROWEST, *(len(row[column]) for row in cells)) for column in range(count)]
    words = [[word for row in cells for word in row[column].split()] for column in range(count)]
    least = [max(_NARROWEST, *map(len, column), 0) for column in words]
    if sum(least) > available * 4 // 3:
        least = [_NARROWEST] * count
    while sum(widths) > available:
        shrinkable = [column for column in range(count) if widths[column] > least[column]]
        if not shrinkable:
            break
        widths[max(shrinkable, key=widths.__getitem__)] -= 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    columns = [wrap(cell, size) or [""] for cell, size in zip(cells, widths, strict=True)]
    height = max(map(len, columns))
    padded = [[*column, *[""] * (height - len(column))] for column in columns]
    return [
        _BETWEEN.join(cell.ljust(size) for cell, size in zip(line, widths, strict=True)).rstrip()
        for line in zip(*padded, strict=True)
    ]
