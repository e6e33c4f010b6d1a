"""Disks that fill up and disks that cannot be written to, for real.

As root a small file system of its own, which really is full or read-only. Everybody else gets what the
system grants everybody: a limit on the size of files, and permissions.
"""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

_MORE_THAN_FITS = 1 << 22
_SMALLEST_FILE_BYTES = 1024


class Disk(Protocol):
    """A folder on a disk that can be made unusable and usable again."""

    folder: Path

    def fill(self) -> None:
        """Leave no room."""

    def free(self) -> None:
        """Make room."""


class SmallDisk:
    """A file system of one megabyte in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        """Leave no room."""
        with (self.folder / "ballast").open("ab", buffering=0) as file:
            try:
                for _ in range(_MORE_THAN_FITS // 512):
                    file.write(bytes(512))
            except OSError:
                return
        raise AssertionError("the disk never gets full")

    def free(self) -> None:
        """Make room."""
        (self.folder / "ballast").unlink(missing_ok=True)


class LimitedFiles:
    """A folder in which no file of this process may grow."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        """Leave no room."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (_SMALLEST_FILE_BYTES, self._before[1]))

    def free(self) -> None:
        """Make room."""
        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)


def can_mount() -> bool:
    """Return whether this process may make file systems."""
    return os.geteuid() == 0 and os.access("/proc/self/mounts", os.R_OK)


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Mount a small file system while the block runs."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", folder], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def limited_files(folder: Path) -> Iterator[LimitedFiles]:
    """Limit the size of files while the block runs and `fill` says so."""
    folder.mkdir()
    disk = LimitedFiles(folder)
    try:
        yield disk
    finally:
        disk.free()


MakeDisk = Callable[[Path], AbstractContextManager[Disk]]


def full_disks() -> dict[str, MakeDisk]:
    """Return the ways to have a full disk here, by name."""
    return {"limit": limited_files, **({"tmpfs": small_disk} if can_mount() else {})}


def set_read_only(folder: Path, read_only: bool) -> None:
    """Let nobody, or everybody who could, write below `folder`, which `small_disk` has made for root."""
    if can_mount():
        how = "ro" if read_only else "rw"
        subprocess.run(["mount", "-o", f"remount,{how}", folder], check=True)
    else:
        for path in (folder, *folder.rglob("*")):
            path.chmod((0o500 if path.is_dir() else 0o400) if read_only else 0o700)
