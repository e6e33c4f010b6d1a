"""Where things lie: whether they are there, may be written, have room, and whether the data is sound."""

from __future__ import annotations

import os
import shlex
import shutil
import stat
from pathlib import Path
from typing import Final

from kbviewer.app.doctor.report import Report
from kbviewer.app.paths import DataFolders, Profile
from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, message
from kbviewer.state.filesystem import kind_of, on_network
from kbviewer.state.user_state import open_to_read

_LITTLE_ROOM_BYTES: Final = 200 << 20


def look_at_places(report: Report, data: DataFolders, profile: Profile, machine: Path) -> None:
    """Tell where everything lies, and what is wrong there."""
    report.add(
        "paths",
        profile=str(profile.root),
        data=str(profile.state),
        cache=str(profile.cache),
        log=str(profile.log),
        own_packs=str(profile.packs),
        computers_packs=str(machine),
        bundled_articles=str(data.content),
    )
    if not data.content.is_dir() or not data.i18n.is_dir():
        report.complain(
            message(
                N_("The program's own articles or texts are missing in {path}."), path=data.content.parent
            ),
            message(N_("Install it again.")),
        )
    for name, folder in (("profile", profile.root), ("cache", profile.cache)):
        _look_at_folder(report, name, folder)
    _look_at_privacy(report, profile)
    _look_at_data(report, profile)


def _look_at_folder(report: Report, name: str, folder: Path) -> None:
    there = nearest(folder)
    writable = os.access(there, os.W_OK | os.X_OK)
    try:
        free_bytes = shutil.disk_usage(there).free
    except OSError:
        free_bytes = 0
    report.add(
        name,
        exists=folder.is_dir(),
        writable=writable,
        file_system=kind_of(folder),
        on_network=on_network(folder),
        free_mb=free_bytes >> 20,
    )
    if not writable:
        report.complain(
            message(N_("{path} cannot be written to, so nothing can be kept there."), path=there),
            message(N_("Give yourself the right to write there, or name another profile with --profile.")),
        )
    elif free_bytes < _LITTLE_ROOM_BYTES:
        report.complain(
            message(N_("The disk of {path} has {free} MB left."), path=there, free=free_bytes >> 20),
            message(N_("Make room on the disk.")),
        )


def _look_at_privacy(report: Report, profile: Profile) -> None:
    """The data is for its owner's eyes, and nobody else may put files into the profile."""
    if os.name == "nt":
        return
    for name, path, forbidden in (("mode", profile.root, 0o022), ("data_mode", profile.state, 0o077)):
        if not path.exists():
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        report.add("profile", **{name: f"{mode:04o}"})
        if mode & forbidden:
            report.complain(
                message(N_("Others on this computer can read or change {path}."), path=path),
                message(N_("Run: chmod go-rwx {path}"), path=shlex.quote(str(path))),
            )


def _look_at_data(report: Report, profile: Profile) -> None:
    """Read the data as it lies there; a look changes nothing."""
    if not profile.state.exists():
        report.add("profile", data="-")
        return
    report.add("profile", data_mb=round(profile.state.stat().st_size / 1e6, 1))
    try:
        open_to_read(profile.state).close()
    except StateError as error:
        report.add("profile", data="damaged")
        report.complain_of(error)
    else:
        report.add("profile", data="sound")


def nearest(folder: Path) -> Path:
    """Return the folder, or the one above it in which it would be made."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder
