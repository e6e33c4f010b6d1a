"""Whether a folder lies on a network, where SQLite's shared memory does not work and answers may not come."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

_NETWORK: Final = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb2",
        "smb3",
        "smbfs",
        "afs",
        # A share that is mounted when somebody touches it.
        "autofs",
        "9p",
        "beegfs",
        "ceph",
        "coda",
        "davfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "orangefs",
        "fuse.ceph-fuse",
        "fuse.davfs2",
        "fuse.gcsfuse",
        "fuse.glusterfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.smbnetfs",
        "fuse.sshfs",
    ]
)
_MOUNTS: Final = Path("/proc/self/mounts")
_DRIVE_REMOTE: Final = 4
_MAX_LINKS: Final = 40
_ESCAPES: Final = (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\"))

MountTable = dict[str, str]
"""Type of file system by mount point."""


def on_network(folder: Path) -> bool:
    """Return whether `folder` is known to lie on another machine; False when that cannot be told.

    Nothing on the other machine is touched, so that the answer never has to be waited for.
    """
    if os.name == "nt":
        return _is_network_drive(Path(os.path.abspath(folder)))  # noqa: PTH100 - resolve would touch it
    return kind_of(folder) in _NETWORK


def kind_of(folder: Path) -> str:
    """Return the type of the file system that holds `folder`, "" where the system does not tell."""
    try:
        table = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    return filesystem_of(folder, table)


def real_path(path: Path) -> Path:
    """Return where links and dots lead, without touching what lies on another machine.

    Links that lie there are taken for what they are called.
    """
    if os.name == "nt":
        return Path(os.path.abspath(path) if on_network(path) else os.path.realpath(path))  # noqa: PTH100
    try:
        table = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return Path(os.path.realpath(path))
    led_to, kind = _follow(path, table)
    return Path(led_to if kind in _NETWORK else os.path.realpath(path))


def filesystem_of(folder: Path, mounts: str) -> str:
    """Return the type of the file system that holds `folder`, as the table `mounts` names it.

    Links are followed on the way, but not those that lie on a network.
    """
    return _follow(folder, mounts)[1]


def _follow(folder: Path, mounts: str) -> tuple[str, str]:
    """Return where the links on the way to `folder` lead, and the type of the file system there."""
    points = _points(mounts)
    parts = _parts(os.path.abspath(folder))  # noqa: PTH100 - resolve would touch what lies on a network
    path, kind, links = "", points.get("/", ""), 0
    while parts:
        path = os.path.normpath(f"{path}/{parts.pop()}")
        kind = _kind_at(path, points)
        target = "" if kind in _NETWORK or links == _MAX_LINKS else _target_of(path)
        if target:
            links += 1
            parts += _parts(target)
            path = "" if target.startswith("/") else os.path.dirname(path)  # noqa: PTH120 - a text
    return path or "/", kind


def _points(mounts: str) -> MountTable:
    """Return the mount points; what is mounted over another file system hides it."""
    points: MountTable = {}
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1]
        for escaped, char in _ESCAPES:
            point = point.replace(escaped, char)
        points[point] = fields[2]
    return points


def _kind_at(path: str, points: MountTable) -> str:
    while path not in points and path not in {"/", ""}:
        path = os.path.dirname(path)  # noqa: PTH120 - a text
    return points.get(path or "/", "")


def _parts(path: str) -> list[str]:
    """Return the names in a path, the last one first."""
    return [part for part in reversed(path.split("/")) if part]


def _target_of(path: str) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115 - a text
    except OSError:
        return ""


def _is_network_drive(folder: Path) -> bool:
    """Return whether Windows says that the folder's drive is remote."""
    if folder.drive.startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        return ctypes.windll.kernel32.GetDriveTypeW(folder.drive + "\\") == _DRIVE_REMOTE
    return False
