"""Rows of bookmarks and notes: what a change did to each, so that it can be taken back."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from kbviewer.model.errors import ChangedSinceError
from kbviewer.model.messages import N_, message
from kbviewer.state.database import Database, Row


class _Statements(NamedTuple):
    select: str
    put: str
    delete: str


class MarkTable(Enum):
    """The tables of the reader's marks; the id comes first in every row."""

    BOOKMARKS = _Statements(
        "SELECT * FROM bookmarks WHERE id = ?",
        "INSERT OR REPLACE INTO bookmarks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "DELETE FROM bookmarks WHERE id = ?",
    )
    ANNOTATIONS = _Statements(
        "SELECT * FROM annotations WHERE id = ?",
        "INSERT OR REPLACE INTO annotations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "DELETE FROM annotations WHERE id = ?",
    )


class MarkRow(NamedTuple):
    """A row before and after a change; None where there is none."""

    before: Row | None
    after: Row | None


class MarkChange(NamedTuple):
    """What a change did; `undo` of its store takes it back.

    Attributes:
        table: where.
        rows: what differs; empty when all was so already.
        id: the mark that was added, 0 for other changes.
    """

    table: MarkTable
    rows: tuple[MarkRow, ...] = ()
    id: int = 0

    def __bool__(self) -> bool:
        return bool(self.rows)


def read_mark(database: Database, table: MarkTable, number: int) -> Row | None:
    """Return the row, None when there is none."""
    rows = database.read(table.value.select, (number,))
    return rows[0] if rows else None


def put_mark(database: Database, table: MarkTable, row: Row) -> list[MarkRow]:
    """Write a row; return what that changed. Belongs in a `writing` block."""
    before = read_mark(database, table, row[0])
    if before == row:
        return []
    database.write(table.value.put, row)
    return [MarkRow(before, row)]


def delete_mark(database: Database, table: MarkTable, number: int) -> list[MarkRow]:
    """Delete a row; return what that changed. Belongs in a `writing` block."""
    before = read_mark(database, table, number)
    if before is None:
        return []
    database.write(table.value.delete, (number,))
    return [MarkRow(before, None)]


def take_back(database: Database, change: MarkChange) -> None:
    """Put every row back as it was before. Belongs in a `writing` block.

    Raises:
        ChangedSinceError: a row has been changed since.
    """
    statements = change.table.value
    for before, after in reversed(change.rows):
        number = (after or before or (0,))[0]
        if read_mark(database, change.table, number) != after:
            raise ChangedSinceError(
                message(N_("This has been changed since, so it cannot be undone.")),
                message(N_("Undo the later changes first.")),
            )
        if before is None:
            database.write(statements.delete, (number,))
        else:
            database.write(statements.put, before)
