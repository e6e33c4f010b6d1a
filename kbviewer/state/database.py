"""The connection that the stores share: one statement or one transaction per call."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, Message, message

Value: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Any, ...]


class Database:
    """Runs statements; what it wrote is committed when the call returns.

    Used from the thread that made it.

    Attributes:
        failure: why the last write could not be saved, None when it was.
        on_saving: called with each failure to save, and with None when saving works again.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.failure: StateError | None = None
        self.on_saving: Callable[[StateError | None], object] = lambda _failure: None

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
            row = self._connection.execute(sql, parameters).lastrowid or 0
        except sqlite3.Error as error:
            raise self._failed(error) from error
        if not self._connection.in_transaction:
            self._saved()
        return row

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
            self._saved()
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def try_saving(self) -> bool:
        """Write something that changes nothing; return whether that could be saved."""
        try:
            version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
            # Writes the first page, even though nothing on it changes.
            self._connection.execute(f"PRAGMA user_version = {version}")
        except sqlite3.Error:
            return False
        self._saved()
        return True

    def version(self) -> int:
        """Return a number that changes whenever another connection has saved something.

        Raises:
            StateError: the file cannot be read.
        """
        return int(self.read("PRAGMA data_version")[0][0])

    def back_up(self, path: Path, why: str, now: datetime) -> Path:
        """Copy everything beside `path` and return the copy.

        Raises:
            StateError: there is no room, or the folder cannot be written to; nothing is left.
        """
        from kbviewer.state.backups import back_up

        try:
            return back_up(self._connection, path, why, now)
        except (OSError, sqlite3.Error) as error:
            raise StateError(
                message(N_("No copy of your data could be made first ({reason})."), reason=error),
                message(N_("Make room on the disk and try again.")),
            ) from error

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

    def go_on_with(self, connection: sqlite3.Connection) -> None:
        """Read and write there from now on; what was used before is closed."""
        self._connection.close()
        self._connection = connection
        self.failure = None

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def _failed(self, error: sqlite3.Error) -> StateError:
        failure = _unwritable(error)
        if not isinstance(error, sqlite3.IntegrityError):
            self.failure = failure
            self.on_saving(failure)
        return failure

    def _saved(self) -> None:
        if self.failure is not None:
            self.failure = None
            self.on_saving(None)


def _unreadable(error: sqlite3.Error) -> StateError:
    """Say that reading failed."""
    return StateError(
        message(N_("Your saved data cannot be read ({reason})."), reason=str(error)),
        message(N_("Restart the program; a damaged file is then kept aside and a new one is made.")),
    )


def _unwritable(error: sqlite3.Error) -> StateError:
    """Say that writing failed, and the one thing to do about it."""
    remedies = {
        sqlite3.SQLITE_FULL: N_("Make room on the disk; saving goes on by itself then."),
        sqlite3.SQLITE_BUSY: N_("Another program is writing to it; try again in a moment."),
        sqlite3.SQLITE_LOCKED: N_("Another program is writing to it; try again in a moment."),
        sqlite3.SQLITE_READONLY: N_("Give yourself the right to write to the profile folder."),
        sqlite3.SQLITE_CONSTRAINT: N_("Report this as a fault of the program."),
    }
    remedy = remedies.get(
        primary_code(error),
        N_("Check that the disk has room and that your profile folder can be written to."),
    )
    return StateError(
        message(N_("The change could not be saved ({reason})."), reason=_reason(error)), Message(remedy)
    )


def _reason(error: sqlite3.Error) -> Message | str:
    """Return what is wrong in the reader's language, where it has a name there."""
    names = {
        sqlite3.SQLITE_FULL: N_("the disk is full"),
        sqlite3.SQLITE_BUSY: N_("your saved data is in use"),
        sqlite3.SQLITE_LOCKED: N_("your saved data is in use"),
        sqlite3.SQLITE_READONLY: N_("your profile folder cannot be written to"),
    }
    name = names.get(primary_code(error), "")
    return Message(name) if name else str(error)


def sqlite_version() -> str:
    """Return the version of SQLite itself."""
    return sqlite3.sqlite_version


def primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's error code without its details, 0 when the error has none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
