"""The rows of the technician's work: what a change did to each, so that it can be taken back exactly."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple, TypeAlias

from kbviewer.model.errors import ChangedSinceError
from kbviewer.model.messages import N_, message
from kbviewer.state.database import Database, Row

_CLOSED_AT = 5


class _Statements(NamedTuple):
    """How the row with a key is read and deleted; the key comes first in every row."""

    name: str
    key_length: int
    select: str
    delete: str


class Table(Enum):
    """The tables that work is spread over: those of cases, then what is kept outside of cases."""

    CASES = _Statements(
        "cases",
        1,
        "SELECT * FROM cases WHERE id = ?",
        "DELETE FROM cases WHERE id = ?",
    )
    ARTICLES = _Statements(
        "case_articles",
        2,
        "SELECT * FROM case_articles WHERE case_id = ? AND article = ?",
        "DELETE FROM case_articles WHERE case_id = ? AND article = ?",
    )
    ANSWERS = _Statements(
        "case_answers",
        3,
        "SELECT * FROM case_answers WHERE case_id = ? AND article = ? AND matrix = ?",
        "DELETE FROM case_answers WHERE case_id = ? AND article = ? AND matrix = ?",
    )
    QUESTIONS = _Statements(
        "case_questions",
        3,
        "SELECT * FROM case_questions WHERE case_id = ? AND article = ? AND question = ?",
        "DELETE FROM case_questions WHERE case_id = ? AND article = ? AND question = ?",
    )
    STEPS = _Statements(
        "case_steps",
        3,
        "SELECT * FROM case_steps WHERE case_id = ? AND article = ? AND step = ?",
        "DELETE FROM case_steps WHERE case_id = ? AND article = ? AND step = ?",
    )
    NOTES = _Statements(
        "case_notes",
        1,
        "SELECT * FROM case_notes WHERE id = ?",
        "DELETE FROM case_notes WHERE id = ?",
    )
    TICKS = _Statements(
        "ticks",
        2,
        "SELECT * FROM ticks WHERE article = ? AND step = ?",
        "DELETE FROM ticks WHERE article = ? AND step = ?",
    )
    CHOICES = _Statements(
        "choices",
        2,
        "SELECT * FROM choices WHERE article = ? AND matrix = ?",
        "DELETE FROM choices WHERE article = ? AND matrix = ?",
    )


_ROWS_OF_CASE = (
    (Table.CASES, "SELECT * FROM cases WHERE id = ?"),
    (Table.ARTICLES, "SELECT * FROM case_articles WHERE case_id = ?"),
    (Table.ANSWERS, "SELECT * FROM case_answers WHERE case_id = ?"),
    (Table.QUESTIONS, "SELECT * FROM case_questions WHERE case_id = ?"),
    (Table.STEPS, "SELECT * FROM case_steps WHERE case_id = ?"),
    (Table.NOTES, "SELECT * FROM case_notes WHERE case_id = ?"),
)
_WORK_IN_ARTICLE = (
    "SELECT 1 FROM case_answers WHERE case_id = ? AND article = ? LIMIT 1",
    "SELECT 1 FROM case_questions WHERE case_id = ? AND article = ? LIMIT 1",
    "SELECT 1 FROM case_steps WHERE case_id = ? AND article = ? LIMIT 1",
)


class RowChange(NamedTuple):
    """A row before and after; None where there is none."""

    table: Table
    before: Row | None
    after: Row | None

    @property
    def key(self) -> Row:
        """What finds the row."""
        row = self.after or self.before or ()
        return row[: self.table.value.key_length]


RowChanges: TypeAlias = list[RowChange]


class CaseChange(NamedTuple):
    """What a change did; `CaseStore.undo` takes it back.

    Attributes:
        case_id: the case that was changed, 0 for what was done outside of cases.
        rows: what differs; empty when all was so already.
        note_id: the note that was added, 0 for other changes.
    """

    case_id: int
    rows: tuple[RowChange, ...] = ()
    note_id: int = 0

    def __bool__(self) -> bool:
        return bool(self.rows)


def read_row(database: Database, table: Table, key: Row) -> Row | None:
    """Return the row, None when there is none."""
    rows = database.read(table.value.select, key)
    return rows[0] if rows else None


def put(database: Database, table: Table, row: Row) -> RowChanges:
    """Write a row; return what that changed, nothing when it was there. Belongs in a `writing` block."""
    before = read_row(database, table, row[: table.value.key_length])
    if before == row:
        return []
    _write(database, table, row)
    return [RowChange(table, before, row)]


def delete(database: Database, table: Table, key: Row) -> RowChanges:
    """Delete a row; return what that changed, nothing when there was none. Belongs in a `writing` block."""
    before = read_row(database, table, key)
    if before is None:
        return []
    database.write(table.value.delete, key)
    return [RowChange(table, before, None)]


def delete_all(database: Database, case_id: int) -> RowChanges:
    """Delete a case with all that belongs to it. Belongs in a `writing` block."""
    changes = [
        RowChange(table, row, None) for table, sql in _ROWS_OF_CASE for row in database.read(sql, (case_id,))
    ]
    for change in changes:
        database.write(change.table.value.delete, change.key)
    return changes


def take_back(database: Database, case_id: int, changes: Iterable[RowChange]) -> None:
    """Put every row back as it was before. Belongs in a `writing` block.

    An article that has joined the case stays when something else has been done in it since.

    Raises:
        ChangedSinceError: a row has been changed since, or its case has been closed, has gone or has got
            more rows.
    """
    changes = list(changes)
    about_case = any(change.table is Table.CASES for change in changes)
    if changes and not about_case and _is_closed(database, case_id):
        raise _changed_since(case_id)
    for change in reversed(changes):
        if read_row(database, change.table, change.key) != change.after:
            raise _changed_since(case_id)
        if change.before is None and change.table is Table.ARTICLES and _has_work(database, change.key):
            if len(changes) == 1:
                raise _changed_since(case_id)
        elif change.before is None:
            database.write(change.table.value.delete, change.key)
        else:
            _write(database, change.table, change.before)
    left = [table for table, sql in _ROWS_OF_CASE if database.read(sql, (case_id,))]
    if left and Table.CASES not in left:
        raise _changed_since(case_id)


def _write(database: Database, table: Table, row: Row) -> None:
    marks = ", ".join("?" * len(row))
    database.write(f"INSERT OR REPLACE INTO {table.value.name} VALUES ({marks})", row)  # noqa: S608


def _has_work(database: Database, key: Row) -> bool:
    """Return whether a case holds anything of an article."""
    return any(database.read(sql, key) for sql in _WORK_IN_ARTICLE)


def _is_closed(database: Database, case_id: int) -> bool:
    row = read_row(database, Table.CASES, (case_id,))
    return row is not None and row[_CLOSED_AT] is not None


def _changed_since(case_id: int) -> ChangedSinceError:
    if not case_id:
        return ChangedSinceError(message(N_("The same has been changed since, so this cannot be undone.")))
    return ChangedSinceError(
        message(N_("Case {id} has been changed since, so this change cannot be undone."), id=case_id),
        message(N_("Undo the later changes first.")),
    )
