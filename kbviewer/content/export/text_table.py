"""Tables of aligned text that fit a width."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

_BETWEEN = " │ "
_NARROWEST = 6


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return the lines of a table at most `width` characters wide, cells wrapped inside their columns.

    A table whose words do not fit side by side is written row by row, a cell below the other.
    """
    count = max(map(len, [header, *rows]), default=0)
    lines = [[*row, *[""] * (count - len(row))] for row in rows]
    titles = [*header, *[""] * (count - len(header))]
    least = _least([titles, *lines], count)
    if sum(least) + len(_BETWEEN) * (count - 1) > width:
        return _stacked(titles, lines, width)
    widths = _fit([titles, *lines], least, width - len(_BETWEEN) * (count - 1))
    table = [] if not any(titles) else [*_row(titles, widths), "─┼─".join("─" * size for size in widths)]
    for row in lines:
        table += _row(row, widths)
        if any(len(cell) > size for cell, size in zip(row, widths, strict=True)) and row is not lines[-1]:
            table.append("─┼─".join("─" * size for size in widths))
    return table


def _least(cells: Sequence[Sequence[str]], count: int) -> list[int]:
    """Return the column widths in which all words stay whole."""
    return [
        max([_NARROWEST, *(len(word) for row in cells for word in row[column].split())])
        for column in range(count)
    ]


def _stacked(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return each row as its first cell and, below it, the others after the titles of their columns."""
    table: list[str] = []
    for row in rows:
        if table:
            table.append("")
        first = f"{titles[0]}: {row[0]}" if titles[0] else row[0]
        table += wrap(first, width)
        for title, cell in zip(titles[1:], row[1:], strict=True):
            line = f"{title}: {cell}" if title else cell
            table += wrap(line, width, initial_indent="  ", subsequent_indent="    ") if cell else []
    return table


def _fit(cells: Sequence[Sequence[str]], least: Sequence[int], available: int) -> list[int]:
    """Return column widths: as wide as the longest cell, the widest ones cut until they fit."""
    count = len(least)
    widths = [max(_NARROWEST, *(len(row[column]) for row in cells)) for column in range(count)]
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
