"""What the system says when it refuses something, in words that the catalogues know."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Final

from kbviewer.model.messages import N_, Message, message

_SAID: Final[Mapping[int, str]] = {
    errno.ENOENT: N_("No such file or directory"),
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.EISDIR: N_("Is a directory"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EROFS: N_("Read-only file system"),
    errno.EIO: N_("Input/output error"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.ECONNREFUSED: N_("Connection refused"),
    errno.ECONNRESET: N_("Connection reset by peer"),
    errno.ETIMEDOUT: N_("Connection timed out"),
    errno.EHOSTUNREACH: N_("No route to host"),
    errno.ENETUNREACH: N_("Network is unreachable"),
}


def system_reason(error: BaseException) -> Message | str:
    """Return why the system has refused something: rarer reasons stay in its own words."""
    # A failed look-up of a server's name has numbers of its own.
    if isinstance(error, OSError) and error.errno is not None and type(error).__name__ != "gaierror":
        said = _SAID.get(error.errno)
        if said is not None:
            return message(said)
    return getattr(error, "strerror", None) or str(error)
