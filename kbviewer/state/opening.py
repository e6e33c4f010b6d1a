"""From a path to a connection, whatever is found there. Nothing that is found is ever lost."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, Message, message
from kbviewer.state.clock import Clock
from kbviewer.state.database import primary_code
from kbviewer.state.filesystem import on_network
from kbviewer.state.migrations import APPLICATION_ID, MIGRATIONS, Migrations

_BUSY_TIMEOUT_S = 1.0
_PATIENCE_S = 2.5
_BETWEEN_TRIES_S = 0.02
_HEADER_SIZE_BYTES = 100
_MAGIC = b"SQLite format 3\0"
_DAMAGED_CODES = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_COMPANIONS = ("", "-wal", "-shm", "-journal")


class Opened(NamedTuple):
    """A usable connection. `saved` is False when what is written to it ends with the session."""

    connection: sqlite3.Connection
    saved: bool
    notice: Message | None = None


class _DamagedError(Exception):
    """The file is no database of ours."""


def open_file(
    path: Path,
    clock: Clock,
    *,
    migrations: Migrations = MIGRATIONS,
    is_network: Callable[[Path], bool] = on_network,
) -> Opened:
    """Open or make the file; never fails.

    A damaged file is kept under a dated name and a new one made. A file that is newer than the
    program, locked or not writable stays untouched; the session then runs in memory, on a copy
    of what can be read.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            return Opened(_open_patiently(path, clock, migrations, is_network), saved=True)
        except _DamagedError:
            kept = _set_aside(path, clock())
            return Opened(
                _open_patiently(path, clock, migrations, is_network),
                saved=True,
                notice=message(
                    N_(
                        "Your saved data was damaged. The file was kept as {name} and a new one was made. "
                        "If you have exported your data before, import that file."
                    ),
                    name=kept.name,
                ),
            )
    except StateError as error:
        from kbviewer.state.notices import whole

        return Opened(open_memory(migrations), saved=False, notice=whole(error))
    except (OSError, sqlite3.Error, _DamagedError) as error:
        from kbviewer.state.notices import session_notice

        copy, _is_read = _copy_to_memory(path, migrations)
        return Opened(copy, saved=False, notice=session_notice(path, error))


def open_copy(path: Path, *, migrations: Migrations = MIGRATIONS) -> Opened:
    """Return a copy in memory of what is in the file, untouched; the notice says why it is empty."""
    try:
        _refuse_newer_file(path, len(migrations))
    except StateError as error:
        from kbviewer.state.notices import whole

        return Opened(open_memory(migrations), saved=False, notice=whole(error))
    except (OSError, _DamagedError):
        pass  # The copy says the same below.
    copy, is_read = _copy_to_memory(path, migrations)
    if is_read or not path.exists():
        return Opened(copy, saved=False)
    from kbviewer.state.notices import unread_notice

    return Opened(copy, saved=False, notice=unread_notice(path))


def open_memory(migrations: Migrations = MIGRATIONS) -> sqlite3.Connection:
    """Return an empty database that ends with the session."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _migrate(connection, migrations)
    return connection


def _open_patiently(
    path: Path, clock: Clock, migrations: Migrations, is_network: Callable[[Path], bool]
) -> sqlite3.Connection:
    """Open the file for writing; wait for programs that make it, or write to it, at the same moment."""
    patience_ends = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return _open_writable(path, clock, migrations, is_network)
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() >= patience_ends:
                raise
            time.sleep(_BETWEEN_TRIES_S)


def _open_writable(
    path: Path, clock: Clock, migrations: Migrations, is_network: Callable[[Path], bool]
) -> sqlite3.Connection:
    """Open the file for writing, at the newest version."""
    newest = len(migrations)
    _refuse_newer_file(path, newest)
    # What SQLite makes beside it gets the same permissions.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
    try:
        _set_up_journal(connection, shared=not is_network(path.parent))
        version = _check(connection)
        _refuse_newer(path, version, newest)
        if 0 < version < newest:
            from kbviewer.state.backups import back_up

            back_up(connection, path, f"version-{version}", clock())
        _migrate(connection, migrations)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        connection.close()
        if primary_code(error) in _DAMAGED_CODES:
            raise _DamagedError(str(error)) from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up_journal(connection: sqlite3.Connection, *, shared: bool) -> None:
    """Choose the journal that survives a power cut here; without shared memory, one process at a time."""
    connection.execute("PRAGMA synchronous = FULL")
    if shared:
        try:
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError as error:
            if primary_code(error) not in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL}:
                raise
            mode = ""
        if mode == "wal":
            return
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = TRUNCATE").fetchone()
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def _check(connection: sqlite3.Connection) -> int:
    """Return the schema's version.

    Raises:
        _DamagedError: pages are broken, or the file belongs to another program.
    """
    version = _version(connection)
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if (tables or version) and application != APPLICATION_ID:
        raise _DamagedError("another program's database")
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _DamagedError("quick_check")
    return version


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate(connection: sqlite3.Connection, migrations: Migrations) -> None:
    """Bring the schema to the newest version, one transaction per version."""
    while (version := _version(connection)) < len(migrations):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another program may have been faster.
            if _version(connection) == version:
                for statement in migrations[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def _version_in_header(path: Path) -> int:
    """Return the version that the file's header states; opening would touch the file.

    Raises:
        _DamagedError: there is content, but no database.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_SIZE_BYTES)
    except FileNotFoundError:
        return 0
    if header and not (header.startswith(_MAGIC) and len(header) == _HEADER_SIZE_BYTES):
        raise _DamagedError("no header")
    ours = header[68:72] == APPLICATION_ID.to_bytes(4, "big")
    return int.from_bytes(header[60:64], "big") if ours else 0


def _version_read_only(path: Path) -> int:
    """Return the version as a connection sees it that may not write, 0 when it cannot be told so."""
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=_BUSY_TIMEOUT_S)) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            return _version(connection) if ours else 0
    except sqlite3.Error:
        return 0


def _refuse_newer_file(path: Path, newest: int) -> None:
    """Raise StateError when a later version of the program wrote the file, without touching it."""
    _refuse_newer(path, _version_in_header(path), newest)
    if path.with_name(path.name + "-wal").exists():
        # What was saved last stands there, and closing a connection that may write would move it.
        _refuse_newer(path, _version_read_only(path), newest)


def _refuse_newer(path: Path, version: int, newest: int) -> None:
    """Raise StateError when a later version of the program wrote the file."""
    if version > newest:
        raise StateError(
            message(
                N_(
                    "Your saved data ({name}) was written by a later version of the program. "
                    "It was left as it is."
                ),
                name=path.name,
            ),
            message(N_("Install the latest version of the program.")),
        )


def _set_aside(path: Path, now: datetime) -> Path:
    """Rename the file and its companions; return the new path."""
    from kbviewer.state.backups import free_name

    kept = free_name(path, "damaged", now)
    for companion in _COMPANIONS:
        source = path.with_name(path.name + companion)
        if source.exists():
            source.replace(kept.with_name(kept.name + companion))
    return kept


def _copy_to_memory(path: Path, migrations: Migrations) -> tuple[sqlite3.Connection, bool]:
    """Return what can be read of the file at the newest version, else an empty database; and which it is.

    A file in a folder that cannot be written to, or locked by a process on another machine, can
    only be read as if nobody wrote to it. One that nobody has open is read so at once, because
    SQLite would leave companions beside it.
    """
    accesses = ["mode=ro", "mode=ro&immutable=1"]
    if not path.with_name(path.name + "-wal").exists():
        accesses.reverse()
    for access in accesses:
        memory = sqlite3.connect(":memory:", isolation_level=None)
        try:
            address = f"{path.absolute().as_uri()}?{access}"
            with closing(sqlite3.connect(address, uri=True, timeout=_BUSY_TIMEOUT_S)) as source:
                # Holds the file for reading: backup() would wait without end for a lock.
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
                source.backup(memory)
            memory.execute("PRAGMA journal_mode = MEMORY").fetchone()
            if 0 < _check(memory) <= len(migrations):
                _migrate(memory, migrations)
                return memory, True
        except (sqlite3.Error, OSError, _DamagedError):
            pass
        memory.close()
    return open_memory(migrations), False
