"""Copies of the database beside it, made before something changes that cannot be undone."""

from __future__ import annotations

import contextlib
import glob
import os
import sqlite3
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

_LEFT_BEHIND_AFTER_S: Final = 3600.0
_DRAFT: Final = "-backup-{}.part"


def back_up(connection: sqlite3.Connection, path: Path, why: str, now: datetime) -> Path:
    """Copy the whole database beside `path` under a dated name; return that. Only the owner can read it.

    The name appears when the copy is complete and on disk.

    Raises:
        OSError, sqlite3.Error: there is no room, or the folder cannot be written to; nothing is left.
    """
    _tidy(path)
    draft = path.with_name(path.stem + _DRAFT.format(os.getpid()))
    _remove(draft)
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(draft)) as copy:
            copy.execute("PRAGMA synchronous = FULL")
            connection.backup(copy)
            # The copy has taken over that the source is in WAL mode; a backup is one file.
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        backup = free_name(path, why, now)
        draft.replace(backup)
    except BaseException:
        _remove(draft)
        raise
    return backup


def free_name(path: Path, why: str, now: datetime) -> Path:
    """Return a path beside `path` that is dated and not taken."""
    dated = f"{path.stem}-{why}-{now:%Y-%m-%d-%H%M%S}"
    name, number = f"{dated}{path.suffix}", 2
    while path.with_name(name).exists():
        name, number = f"{dated}-{number}{path.suffix}", number + 1
    return path.with_name(name)


def _tidy(path: Path) -> None:
    """Remove what killed programs left of their copies."""
    for draft in path.parent.glob(glob.escape(path.stem) + _DRAFT.format("*")):
        with contextlib.suppress(OSError):
            if time.time() - draft.stat().st_mtime > _LEFT_BEHIND_AFTER_S:
                _remove(draft)


def _remove(draft: Path) -> None:
    for name in (draft.name, f"{draft.name}-journal", f"{draft.name}-wal", f"{draft.name}-shm"):
        with contextlib.suppress(OSError):
            draft.with_name(name).unlink(missing_ok=True)
