"""What lies in a folder on a share: names, sizes and times, each asked for in a way that can be given up."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kbviewer.content.folder_files import MAX_MEDIA_BYTES
from kbviewer.content.folder_scan import MAX_DEPTH, MAX_FILES
from kbviewer.content.packs.layout import SUFFIX
from kbviewer.model.errors import ShareError
from kbviewer.model.messages import N_, message
from kbviewer.model.system_errors import system_reason

MAX_PACK_BYTES: Final = 4 << 30

Stamp = tuple[int, int]
OnStep = Callable[[int, int], None]
"""Is told how many of how many bytes have been copied, before anything is asked of the share; may raise."""


def list_share(root: Path, on_step: OnStep) -> dict[str, Stamp]:
    """Return size and time of every file below `root` that a library may read, by its path with slashes.

    Left out is what no library reads: hidden files, links that leave the folder, what is no file, what is too
    large for a picture and no pack.

    Raises:
        ShareError: the folder cannot be listed to its end.
    """
    found: dict[str, Stamp] = {}
    _list(root, "", 0, found, on_step)
    return found


def stamp_of_file(path: Path, on_step: OnStep) -> Stamp:
    """Return size and time of one file.

    Raises:
        ShareError: it is not there, or no file.
    """
    on_step(0, 0)
    try:
        status = path.stat()
    except OSError as error:
        raise unreachable(path, error) from error
    if not stat.S_ISREG(status.st_mode):
        raise unreachable(path, message(N_("it is no file")))
    return (status.st_size, status.st_mtime_ns)


def unreachable(path: Path, reason: object) -> ShareError:
    """Return the error for what is not there, or cannot be read."""
    if isinstance(reason, OSError):
        reason = system_reason(reason)
    return ShareError(
        message(N_("“{path}” cannot be read ({reason})."), path=path, reason=reason),
        message(N_("Check that this computer is connected to the share, and try again.")),
    )


def no_answer(path: Path) -> ShareError:
    """Return the error for a share that has not answered for long."""
    return ShareError(
        message(N_("The share with “{path}” does not answer."), path=path),
        message(N_("Check that this computer is connected to the share, and try again.")),
    )


def _list(folder: Path, prefix: str, depth: int, found: dict[str, Stamp], on_step: OnStep) -> None:
    on_step(0, 0)
    try:
        with os.scandir(folder) as scanned:
            entries = sorted(scanned, key=lambda entry: entry.name)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH:
                    _list(Path(entry.path), f"{prefix}{entry.name}/", depth + 1, found, on_step)
            elif len(found) < MAX_FILES and (stamp := _stamp(entry, folder, prefix)) is not None:
                found[prefix + entry.name] = stamp
    except OSError as error:
        raise unreachable(folder, error) from error


def _stamp(entry: os.DirEntry[str], folder: Path, prefix: str) -> Stamp | None:
    """Return size and time of a file, None for one that is left out."""
    if entry.is_symlink():
        root = folder.parents[prefix.count("/") - 1] if prefix else folder
        if not Path(entry.path).resolve().is_relative_to(root.resolve()):
            return None
    try:
        status = entry.stat()
    except FileNotFoundError:  # a link to nothing, or taken away at this moment
        return None
    limit = MAX_PACK_BYTES if entry.name.endswith(SUFFIX) else MAX_MEDIA_BYTES
    if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
        return None
    return (status.st_size, status.st_mtime_ns)
