"""Whether a folder lies on a network, where SQLite's shared memory does not work."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NETWORK = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "9p",
        "ceph",
        "glusterfs",
        "lustre",
        "fuse.sshfs",
        "davfs",
    ]
)
_MOUNTS = Path("/proc/self/mounts")
_DRIVE_REMOTE = 4


def on_network(folder: Path) -> bool:
    """Return whether `folder` is known to lie on another machine; False when that cannot be told."""
    resolved = Path(os.path.realpath(folder))
    if os.name == "nt":
        return _is_network_drive(resolved)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return filesystem_of(resolved, mounts) in _NETWORK


def filesystem_of(folder: Path, mounts: str) -> str:
    """Return the type of the file system that holds `folder`, as the table `mounts` names it."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if len(point) >= best and folder.is_relative_to(point):
            best, kind = len(point), fields[2]
    return kind


def _is_network_drive(folder: Path) -> bool:
    """Return whether Windows says that the folder's drive is remote."""
    if folder.drive.startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        return ctypes.windll.kernel32.GetDriveTypeW(folder.drive + "\\") == _DRIVE_REMOTE
    return False
