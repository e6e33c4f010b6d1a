"""Puts the blocks of two laid-out documents at the same heights, by room above the one that is higher up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable

from kbviewer.ui.article.beside_rows import Row, align, spaces
from kbviewer.ui.article.stage import Stage

_END = "@end"
_LEAST_PX = 0.01


class RowStart(NamedTuple):
    """The first text block of a row in one column, and where its text starts in the document."""

    row: int
    block: int
    position: int


class Column:
    """One of the documents, and how much room was added to it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._geometry: object = None
        self._added: dict[int, float] = {}
        self._tables: dict[int, QTextTable] = {}

    def starts(self) -> dict[str, int]:
        """Return the first text block of everything that is shown, by key; the last block ends the column."""
        geometry, found = self._stage.geometry, {}
        if geometry is not self._geometry:
            self._geometry = geometry
            self._added = {}
            self._tables = _tables(geometry.document)
        for span in self._stage.page.spans:
            if span.key not in found and geometry.is_visible(span.first):
                found[span.key] = span.first
        found[_END] = geometry.document.blockCount() - 1
        return found

    def renamed(self, theirs: Mapping[str, int], own: Mapping[str, int]) -> dict[str, int]:
        """Return what starts in the other column, marks under the name of what they stand for in this one.

        A mark is called as a list, procedure or box; here, it is a part of that which comes first.
        """
        areas, spans = self._stage.page.areas, self._stage.page.spans
        named: dict[str, int] = {}
        for key, block in theirs.items():
            area = areas.get(f"{key}@step") or areas.get(key) if key not in own else None
            if area is not None:
                at = bisect_left(spans, area.first, key=lambda span: span.first)
                first = spans[at].key if at < len(spans) else key
                key = first if first in own and first not in theirs else key
            named[key] = block
        return named

    def tables(self, starts: Mapping[str, int]) -> frozenset[str]:
        """Return the keys of tables, whose places Qt rounds."""
        return frozenset(key for key, block in starts.items() if block in self._tables)

    def tops(self, starts: Mapping[str, int]) -> list[float]:
        """Return where the blocks are without the room that was added."""
        geometry = self._stage.geometry
        added, past = sorted(self._added.items()), 0
        shift, found = 0.0, []
        for block in starts.values():
            while past < len(added) and added[past][0] <= block:
                if geometry.is_visible(added[past][0]):
                    shift += added[past][1]
                past += 1
            found.append(geometry.rect(block).top() - shift)
        return found

    def add(self, wanted: Mapping[int, float]) -> bool:
        """Have that much room above the text blocks, by number; return whether anything had to be moved.

        All changes are one: each one alone would lay out everything below it.
        """
        changed = {
            block: extra - self._added.get(block, 0.0)
            for block, extra in wanted.items()
            if abs(extra - self._added.get(block, 0.0)) > _LEAST_PX
        }
        if not changed:
            return False
        cursor = QTextCursor(self._stage.geometry.document)
        cursor.beginEditBlock()
        for number, extra in changed.items():
            table = self._tables.get(number)
            if table is not None:
                # Room above the first cell's text would only widen the first line.
                look = table.format()
                look.setTopMargin(look.topMargin() + extra)
                table.setFormat(look)
            else:
                cursor.setPosition(self._stage.geometry.block(number).position())
                form = cursor.blockFormat()
                form.setTopMargin(form.topMargin() + extra)
                cursor.setBlockFormat(form)
            self._added[number] = self._added.get(number, 0.0) + extra
        cursor.endEditBlock()
        self._stage.geometry.document.size()
        return True


class Alignment:
    """The rows of two columns.

    Attributes:
        rows: what shares a height, as of the last `apply`.
    """

    def __init__(self, left: Stage, right: Stage) -> None:
        self._stages = left, right
        self._columns = Column(left), Column(right)
        self.rows: tuple[Row, ...] = ()
        self._starts: tuple[dict[str, int], dict[str, int]] = ({}, {})

    def apply(self) -> bool:
        """Put all rows at one height each; return whether anything moved."""
        left, right = self._columns[0].starts(), self._columns[1].starts()
        left, right = self._columns[1].renamed(left, right), self._columns[0].renamed(right, left)
        self._starts = left, right
        self.rows = align(list(left), list(right))
        for stage in self._stages:
            stage.geometry.document.size()
        tops = self._columns[0].tops(left), self._columns[1].tops(right)
        tables = self._columns[0].tables(left), self._columns[1].tables(right)
        found = spaces(self.rows, *tops, (tops[0][-1], tops[1][-1]), tables)
        moved = False
        for side, (stage, column) in enumerate(zip(self._stages, self._columns, strict=True)):
            starts = self._starts[side]
            wanted = {
                starts[row[side]]: extra
                for row, extra in zip(self.rows, found[side], strict=True)
                if row[side]
            }
            moved = _held(stage, column, wanted) or moved
        return moved

    def row_starts(self, side: int) -> list[RowStart]:
        """Return where each row starts in the left (0) or right (1) column, in reading order."""
        starts, geometry = self._starts[side], self._stages[side].geometry
        return [
            RowStart(index, starts[row[side]], geometry.block(starts[row[side]]).position())
            for index, row in enumerate(self.rows)
            if row[side]
        ]


def _tables(document: QTextDocument) -> dict[int, QTextTable]:
    """Return the tables by their first text blocks."""
    frames = document.rootFrame().childFrames()
    return {
        document.findBlock(frame.firstPosition()).blockNumber(): frame
        for frame in frames
        if isinstance(frame, QTextTable)
    }


def _held(stage: Stage, column: Column, wanted: Mapping[int, float]) -> bool:
    """Add room; what scrolls by that is not the reader's doing."""
    moved = False

    def move() -> None:
        nonlocal moved
        moved = column.add(wanted)

    stage.hold(move)
    return moved
