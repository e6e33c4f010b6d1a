"""A share that is mounted and never answers, for real: whoever asks it for anything hangs until it ends."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

_MNT_DETACH: Final = 2
_DEVICE: Final = "/dev/fuse"


def can_stall() -> bool:
    """Return whether this process may mount a file system of its own."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and os.access(_DEVICE, os.R_OK | os.W_OK)


@contextmanager
def stalled_share(folder: Path) -> Iterator[None]:
    """Let `folder` be a share without an answer while the block runs; what was in it is hidden.

    The kernel's questions are never read. When the block ends they fail, as when a share goes away.
    """
    if not can_stall():
        pytest.skip("no right to mount a file system")
    system = ctypes.CDLL(None, use_errno=True)
    descriptor = os.open(_DEVICE, os.O_RDWR)
    options = f"fd={descriptor},rootmode=40000,user_id=0,group_id=0".encode()
    if system.mount(b"share", os.fsencode(folder), b"fuse.sshfs", 0, options):
        os.close(descriptor)
        pytest.skip(f"cannot mount: {os.strerror(ctypes.get_errno())}")
    try:
        yield
    finally:
        os.close(descriptor)
        system.umount2(os.fsencode(folder), _MNT_DETACH)
