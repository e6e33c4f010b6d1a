"""Whether a file is a pack or a file of updates: by what is in it, for names are only given."""

from __future__ import annotations

import os
import stat
from enum import Enum
from pathlib import Path

from kbviewer.content.packs.layout import MIMETYPE, MIMETYPE_NAME, UPDATE_MIMETYPE
from kbviewer.model.errors import UpdateFileError
from kbviewer.model.messages import N_, message

_LOCAL_HEADER = b"PK\3\4"
_HEADER_BYTES = 30
_NAME = MIMETYPE_NAME.encode("ascii")
_MOST_BYTES = _HEADER_BYTES + len(_NAME) + max(len(MIMETYPE), len(UPDATE_MIMETYPE))
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)


class FileKind(Enum):
    """What a file of ours is."""

    PACK = "pack"
    UPDATE = "update"


def kind_of(path: Path) -> FileKind | None:
    """Return what a file says that it is, by its first bytes; None when it is neither or cannot be read.

    That it is whole, or true, is for others to find out.
    """
    found = _beginning(path)
    if not found.startswith(_LOCAL_HEADER) or found[_HEADER_BYTES:][: len(_NAME)] != _NAME:
        return None
    said = found[_HEADER_BYTES + len(_NAME) :]
    if said.startswith(UPDATE_MIMETYPE):
        return FileKind.UPDATE
    return FileKind.PACK if said.startswith(MIMETYPE) else None


def check_is_no_update(path: Path) -> None:
    """Make sure that what is given as a pack is no file of updates, which would be told as a damaged pack.

    Raises:
        UpdateFileError: it is one.
    """
    if kind_of(path) is FileKind.UPDATE:
        raise UpdateFileError(
            message(N_("“{file}” is an update file, not a pack."), file=path.name),
            message(
                N_("Install it with “Look for updates” in the window, or “kbviewer update {path}”."),
                path=as_argument(path),
            ),
        )


def as_argument(path: object) -> str:
    """Return a path or address as it can be pasted into a command."""
    text = str(path)
    return f'"{text}"' if any(map(str.isspace, text)) else text


def _beginning(path: Path) -> bytes:
    """Return the first bytes of a regular file; anything else is not even opened, for that may wait."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return b""
        descriptor = os.open(path, _FLAGS)
        try:
            return os.read(descriptor, _MOST_BYTES)
        finally:
            os.close(descriptor)
    except (OSError, ValueError):
        return b""
