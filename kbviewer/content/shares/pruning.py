"""Removes local copies that nobody has used for long, so that a disk does not fill with what nobody reads."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from kbviewer.content.shares.local_copy import LocalCopy, is_name, read_note

UNUSED_DAYS: Final = 90
_GONE: Final = ".gone-"


class Pruned(NamedTuple):
    """A copy that was removed.

    Attributes:
        name: what lay on the share, by its path; what is left of a copy that was never whole, by its name.
        used_on: when it was used last.
    """

    name: str
    used_on: datetime


def prune(copies: Path, keep: Collection[Path], now_s: float | None = None) -> list[Pruned]:
    """Remove the copies that have not been used for 90 days; return which those were.

    What cannot be removed stays for the next time. A share is never touched.

    Args:
        copies: folder with the copies of all shares.
        keep: what on shares stands in some list, or is open; its copies stay, however old they are.
        now_s: the time, in seconds since 1970.
    """
    before_s = (time.time() if now_s is None else now_s) - UNUSED_DAYS * 86_400
    kept = {(copy.parent, copy.name) for copy in (LocalCopy(origin, copies) for origin in keep)}
    found: list[Pruned] = []
    for folder in _entries(copies):
        if folder.is_symlink() or not folder.is_dir():
            continue
        for note in [path for path in _entries(folder) if _is_note(path)]:
            known = read_note(note)
            origin, used_s = str(known.get("origin", "")), _used_s(note)
            name = note.name.removeprefix(".").removesuffix(".json")
            if used_s >= before_s or (folder, name) in kept:
                continue
            for path in _parts(folder, name, str(known.get("name", ""))):
                _remove(path)
            _remove(note)
            found.append(Pruned(origin or note.name, datetime.fromtimestamp(used_s, UTC)))
        found += _prune_rests(folder, kept, before_s)
        with contextlib.suppress(OSError):
            folder.rmdir()  # only when nothing is left in it
    return found


def _prune_rests(folder: Path, kept: Collection[tuple[Path, str]], before_s: float) -> Iterator[Pruned]:
    """Remove what belongs to no whole copy: of one that was never finished, or not removed to the end."""
    notes = [path for path in _entries(folder) if _is_note(path)]
    names = {name for note in notes for name in (str(read_note(note).get("name", "")), note.name)}
    names |= {name for parent, name in kept if parent == folder}
    for path in _entries(folder):
        used_s = _used_s(path)
        if path.name.startswith(_GONE):
            _remove(path)
        elif path.name not in names and not _is_note(path) and used_s < before_s:
            _remove(path)
            yield Pruned(path.name, datetime.fromtimestamp(used_s, UTC))


def _parts(folder: Path, name: str, current: str) -> Iterator[Path]:
    """Yield what a copy consists of: the folder, or the current state of a pack."""
    for each in dict.fromkeys((name, current)):
        if is_name(each) and os.path.lexists(folder / each):
            yield folder / each


def _remove(path: Path) -> None:
    """Remove a file or folder as a whole: what is there afterwards under its name is never half of it."""
    with contextlib.suppress(OSError):
        if path.is_symlink() or not path.is_dir():
            path.unlink()
            return
        gone = path
        if not path.name.startswith(_GONE):
            gone = path.with_name(f"{_GONE}{os.getpid()}-{path.name}")
            path.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def _entries(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries)
    except OSError:
        return []


def _is_note(path: Path) -> bool:
    return path.name.startswith(".") and path.name.endswith(".json")


def _used_s(path: Path) -> float:
    """Return when something was used or written last; now, when that cannot be told."""
    try:
        return path.lstat().st_mtime
    except OSError:
        return time.time()
