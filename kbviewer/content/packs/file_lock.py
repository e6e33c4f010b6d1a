"""One writer at a time in a folder of packs; the system lets go of the lock when the process dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock in the file `path` while the block runs.

    Raises:
        PackError: another process holds it.
        OSError: the file cannot be written.
    """
    with path.open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise PackError(
                message(N_("Another kbviewer is changing the packs in {path}."), path=path.parent),
                message(N_("Wait until it is ready.")),
            ) from error
        yield
