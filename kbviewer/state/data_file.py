"""The file that the reader's data travels in: JSON, written whole or not at all, read with suspicion.

ARCHITECTURE.md describes the format.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.system_errors import system_reason
from kbviewer.state.clock import to_text

FORMAT: Final = "kbviewer-data"
VERSION: Final = 1
MOST_BYTES: Final = 128 * 1024 * 1024
MOST_ROWS: Final = 1_000_000

Rows = Sequence[Mapping[str, Any]]


class DataFile(NamedTuple):
    """What a file holds: rows by table, as objects of JSON; nothing is known about their values yet."""

    name: str
    tables: Mapping[str, Rows]


def write_data_file(path: Path, tables: Iterable[tuple[str, Rows]], now: datetime) -> None:
    """Write the tables, one row a line. Only the owner can read the file.

    Raises:
        StateError: the file cannot be written; one that was there is unchanged.
    """
    draft: Path | None = None
    try:
        # Made with mode 0600, under a name that nobody has.
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}-", suffix=".part", dir=path.parent)
        draft = Path(name)
        with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - has no path
            file.writelines(_lines(tables, now))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        draft = None
        _sync_folder(path.parent)
    except OSError as error:
        raise StateError(
            message(
                N_("Your data could not be written to {path} ({reason})."),
                path=path,
                reason=system_reason(error),
            ),
            message(N_("Choose another folder, or make room on the disk.")),
        ) from error
    finally:
        if draft is not None:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)


def read_data_file(path: Path) -> DataFile:
    """Return what is in a file.

    Raises:
        StateError: it cannot be read, is none of ours, or was written by a later version.
    """
    name = path.name
    try:
        value = json.loads(_read(path), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise _broken(name, message(N_("byte {place} is not UTF-8 text"), place=error.start)) from error
    except json.JSONDecodeError as error:
        place = message(N_("line {line}, column {column} is not JSON"), line=error.lineno, column=error.colno)
        raise _broken(name, place) from error
    except (ValueError, RecursionError) as error:
        raise _broken(name, message(N_("it holds what is not JSON"))) from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise _broken(name, message(N_("“{field}” must be {what}"), field="format", what=f"“{FORMAT}”"))
    version = value.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        what = message(N_("a whole number from 1"))
        raise _broken(name, message(N_("“{field}” must be {what}"), field="version", what=what))
    if version > VERSION:
        raise StateError(
            message(N_("{name} was written by a later version of the program."), name=name),
            message(N_("Install the latest version of the program.")),
        )
    return DataFile(name, _tables(name, value.get("tables")))


def broken_row(name: str, table: str, number: int, what: Message) -> StateError:
    """Return the error that says what is wrong with a row, counted from 1."""
    return _broken(name, message(N_("{table}, row {number}: {what}"), table=table, number=number, what=what))


def _broken(name: str, what: Message) -> StateError:
    return StateError(
        message(N_("{name} cannot be imported, and nothing was changed ({what})."), name=name, what=what),
        message(N_("Export the data again where the file comes from.")),
    )


def _lines(tables: Iterable[tuple[str, Rows]], now: datetime) -> Iterable[str]:
    yield f'{{\n"format": "{FORMAT}",\n"version": {VERSION},\n"exported_at": "{to_text(now)}",\n"tables": {{'
    between_tables = "\n"
    for table, rows in tables:
        yield f"{between_tables}{json.dumps(table)}: ["
        between_tables, between = ",\n", "\n"
        for row in rows:
            yield between + json.dumps(row, ensure_ascii=False)
            between = ",\n"
        yield "]"
    yield "\n}\n}\n"


def _read(path: Path) -> str:
    """Return the file's text.

    Raises:
        StateError: there is no such file, or it is too large.
        UnicodeDecodeError: it is no text.
    """
    try:
        found = path.stat()
        # A pipe would be waited for without end.
        if not stat.S_ISREG(found.st_mode):
            raise StateError(
                message(N_("{path} is not a file."), path=path),
                message(N_("Name a file with exported data.")),
            )
        if found.st_size > MOST_BYTES:
            raise _too_large(path)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise StateError(
            message(N_("{path} cannot be read ({reason})."), path=path, reason=system_reason(error)),
            message(N_("Name a file with exported data.")),
        ) from error
    if len(content) > MOST_BYTES:
        raise _too_large(path)
    return content.decode("utf-8-sig")


def _too_large(path: Path) -> StateError:
    return _broken(path.name, message(N_("it is larger than {most} MB"), most=MOST_BYTES // (1024 * 1024)))


def _tables(name: str, tables: Any) -> Mapping[str, Rows]:
    if not isinstance(tables, dict):
        what = message(N_("an object"))
        raise _broken(name, message(N_("“{field}” must be {what}"), field="tables", what=what))
    total = 0
    for table, rows in tables.items():
        if not isinstance(rows, list):
            what = message(N_("a list"))
            raise _broken(name, message(N_("“{field}” must be {what}"), field=table[:40], what=what))
        total += len(rows)
        for number, row in enumerate(rows, start=1):
            if not isinstance(row, dict):
                raise broken_row(name, table[:40], number, message(N_("it must be an object")))
    if total > MOST_ROWS:
        raise _broken(name, message(N_("it has more than {most} rows"), most=MOST_ROWS))
    return tables


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(constant)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk, too, where folders can be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
