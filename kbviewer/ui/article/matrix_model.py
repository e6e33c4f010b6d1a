"""The choice in a scope matrix and how the keyboard moves through it. Qt-free."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from kbviewer.model.blocks import MatrixCell, ScopeMatrix, Target

HEADING = -1


class Step(Enum):
    """A movement of the keyboard focus."""

    LEFT = auto()
    RIGHT = auto()
    UP = auto()
    DOWN = auto()
    FIRST = auto()
    LAST = auto()


class Spot(NamedTuple):
    """A place of the grid: `row` HEADING is a column heading, `column` HEADING a row heading."""

    row: int
    column: int


class MatrixModel:
    """Exactly one row and one column can be chosen."""

    def __init__(self, matrix: ScopeMatrix, row: int | None = None, column: int | None = None) -> None:
        self.matrix = matrix
        self.row = row if row is not None and 0 <= row < len(matrix.rows) else None
        self.column = column if column is not None and 0 <= column < len(matrix.columns) else None

    @property
    def cell(self) -> MatrixCell | None:
        """The chosen cell, None until a row and a column are chosen."""
        if self.row is None or self.column is None:
            return None
        return self.matrix.cells[self.row][self.column]

    def targets(self) -> tuple[Target, ...]:
        """Return the chosen cell's sections, each once."""
        found: dict[str, Target] = {}
        for target in self.cell.targets if self.cell else ():
            found.setdefault(target.anchor, target)
        return tuple(found.values())

    def choose(self, spot: Spot) -> bool:
        """Choose what `spot` stands for; return whether anything changed."""
        before = (self.row, self.column)
        if spot.row != HEADING:
            self.row = spot.row
        if spot.column != HEADING:
            self.column = spot.column
        return (self.row, self.column) != before

    def clear(self) -> None:
        """Choose nothing."""
        self.row = self.column = None

    def is_chosen(self, spot: Spot) -> bool:
        """Return whether `spot` is the chosen cell, or the heading of the chosen row or column."""
        row = spot.row == HEADING or spot.row == self.row
        column = spot.column == HEADING or spot.column == self.column
        return row and column

    def is_lit(self, spot: Spot) -> bool:
        """Return whether `spot` lies in the chosen row or column."""
        in_row = self.row is None or spot.row == self.row
        in_column = self.column is None or spot.column == self.column
        return in_row and in_column

    def move(self, spot: Spot, step: Step) -> Spot:
        """Return where the focus goes; it stays at the edges, and the corner is not a place."""
        row, column = spot.row, spot.column
        match step:
            case Step.LEFT:
                column -= 1
            case Step.RIGHT:
                column += 1
            case Step.UP:
                row -= 1
            case Step.DOWN:
                row += 1
            case Step.FIRST:
                column = 0
            case Step.LAST:
                column = len(self.matrix.columns) - 1
        row = max(HEADING, min(len(self.matrix.rows) - 1, row))
        column = max(HEADING, min(len(self.matrix.columns) - 1, column))
        return spot if row == column == HEADING else Spot(row, column)

    def entry(self) -> Spot:
        """Return where the focus goes first: the choice, else the first cell."""
        return Spot(self.row if self.row is not None else 0, self.column if self.column is not None else 0)
