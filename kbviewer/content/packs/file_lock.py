"""One writer at a time in a folder of packs; the system lets go of the lock when the process dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message

if sys.platform == "win32":
    import msvcrt

    # What is open cannot be removed there: not by us, and not by others before we let go of it.
    _REMOVES_OPEN_FILES = False

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    _REMOVES_OPEN_FILES = True

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_MOST_TRIES = 5


@contextmanager
def locked(path: Path, *, stays: bool = True) -> Iterator[None]:
    """Hold the lock in the file `path` while the block runs.

    Args:
        stays: the file is left where it is; else it is there only as long as somebody holds it, and one that
            was left by a process that has been killed goes as well.

    Raises:
        PackError: another process holds it.
        OSError: the file cannot be written.
    """
    file = _held(path, is_sure=stays)
    try:
        yield
    finally:
        if not stays and _REMOVES_OPEN_FILES:
            # Before it is let go of: whoever opens it from now on makes another one.
            _remove(path)
        file.close()
        if not stays and not _REMOVES_OPEN_FILES:
            _remove(path)


def _held(path: Path, *, is_sure: bool) -> BinaryIO:
    """Return the file with its lock.

    Args:
        is_sure: nobody removes the file; else it may be another one by the time that it is locked.
    """
    for _ in range(_MOST_TRIES):
        file = path.open("a+b")
        try:
            _lock(file.fileno())
        except OSError as error:
            file.close()
            raise _busy(path) from error
        if is_sure or _is_at(path, file):
            return file
        file.close()
    raise _busy(path)


def _is_at(path: Path, file: BinaryIO) -> bool:
    """Return whether a file that is open is still the one that others find."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _busy(path: Path) -> PackError:
    return PackError(
        message(N_("Another kbviewer is changing the packs in {path}."), path=path.parent),
        message(N_("Wait until it is ready.")),
    )
