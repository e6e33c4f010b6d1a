"""The connection that the stores share: one statement or one transaction per call."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, message

Value: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Any, ...]


class Database:
    """Runs statements; what it wrote is committed when the call returns.

    Used from the thread that made it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def read(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """Return all rows.

        Raises:
            StateError: the file cannot be read.
        """
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise _unreadable(error) from error

    def write(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement and return the id of the row that it inserted, 0 when it did not.

        Raises:
            StateError: the file cannot be written; nothing has changed.
        """
        try:
            return self._connection.execute(sql, parameters).lastrowid or 0
        except sqlite3.Error as error:
            raise _unwritable(error) from error

    def write_all(self, statements: Iterable[tuple[str, Sequence[Value]]]) -> None:
        """Run all statements or none.

        Raises:
            StateError: the file cannot be written; nothing has changed.
        """
        with self.writing():
            for sql, parameters in statements:
                self.write(sql, parameters)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep all that is written while the block runs, or nothing of it when the block raises.

        What the block reads cannot be changed by others before it has written. A block within a block is
        part of the outer one.

        Raises:
            StateError: the file cannot be written; nothing has changed.
        """
        try:
            if self._is_inside():
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._is_inside():
                    self._connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise _unwritable(error) from error

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let everything that the block reads be from one moment.

        Raises:
            StateError: the file cannot be read.
        """
        try:
            if self._is_inside():
                yield
                return
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise _unreadable(error) from error

    def _is_inside(self) -> bool:
        return self._connection.in_transaction

    def close(self) -> None:
        """Release the file."""
        self._connection.close()


def _unreadable(error: sqlite3.Error) -> StateError:
    """Say that reading failed."""
    return StateError(
        message(N_("Your saved data cannot be read ({reason})."), reason=str(error)),
        message(N_("Restart the program; a damaged file is then kept aside and a new one is made.")),
    )


def _unwritable(error: sqlite3.Error) -> StateError:
    """Say that writing failed."""
    return StateError(
        message(N_("The change could not be saved ({reason})."), reason=str(error)),
        message(N_("Check that the disk has room and that your profile folder can be written to.")),
    )
