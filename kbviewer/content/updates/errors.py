"""What publishers and readers are told when a file of an update is not what it should be."""

from __future__ import annotations

from pathlib import Path

from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.system_errors import system_reason


def damaged_update(path: Path, why: Message) -> PackError:
    """Return the error for a file that is no whole update."""
    return PackError(
        message(N_("“{file}” is no whole update: {reason}."), file=path.name, reason=why),
        message(N_("Get it anew from where it came from.")),
    )


def cannot_write(path: Path, error: OSError) -> PackError:
    """Return the error for a file or folder that the system does not let us write."""
    return PackError(
        message(N_("“{path}” cannot be written: {reason}."), path=path, reason=system_reason(error)),
        message(N_("Make room, or name a place where you may write.")),
    )


def no_room(path: Path, free: int, needed: int) -> PackError:
    """Return the error for a disk that is too full; numbers are bytes."""
    return PackError(
        message(
            N_("The disk of {path} has {free} MB left; {needed} MB are needed."),
            path=path,
            free=free >> 20,
            needed=(needed >> 20) + 1,
        ),
        message(N_("Make room and try again; nothing has been changed.")),
    )
