"""What the reader is told when his data cannot be opened for writing: why, and one next step."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path
from typing import Final

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, Message, message
from kbviewer.state.database import primary_code

_LEAST_ROOM_BYTES: Final = 64 * 1024


def unread_notice(path: Path) -> Message:
    """Say that there is something, but nothing could be read."""
    return message(
        N_(
            "Your saved data ({path}) cannot be read: it is damaged, or another program or machine has it. "
            "Close the other program and try again."
        ),
        path=path,
    )


def session_notice(path: Path, error: Exception) -> Message:
    """Say why nothing is saved in this session, and what to do about it."""
    code = primary_code(error) if isinstance(error, sqlite3.Error) else 0
    number = error.errno if isinstance(error, OSError) else 0
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        text = N_("Your saved data is in use by another program or machine. Close it there.")
    elif code == sqlite3.SQLITE_FULL or number in {errno.ENOSPC, errno.EDQUOT} or _is_full(path.parent):
        text = N_("The disk with the folder {folder} is full. Make room on it.")
    elif code == sqlite3.SQLITE_IOERR:
        text = N_(
            "The disk with the folder {folder} does not take anything. Check that it has room and works."
        )
    elif number or code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        text = N_("The folder {folder} cannot be written to. Give yourself the right to do so.")
    else:
        text = N_("Your saved data in {folder} cannot be changed ({reason}). Report this with the log.")
    return Message(text, {"folder": path.parent, "reason": error})


def _is_full(folder: Path) -> bool:
    """Return whether there is no room for what SQLite needs; it calls that an I/O error."""
    try:
        return shutil.disk_usage(folder).free < _LEAST_ROOM_BYTES
    except OSError:
        return False


def whole(error: StateError) -> Message:
    """Return what is wrong and what to do about it as one text."""
    return message(N_("{what} {remedy}"), what=error.what, remedy=error.remedy or "")
