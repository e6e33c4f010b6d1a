"""The bundle: one folder with the program and all that it needs."""

from __future__ import annotations

import hashlib
import lzma
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from resources.packaging.contents import is_strippable, is_wanted_icu_item
from resources.packaging.environment import python
from resources.packaging.icu_data import trim_library
from resources.packaging.places import ARCHIVE, BUNDLE, DIST, ROOT, SOURCES, WORK, PackagingError

_NO_HISTORY_EPOCH: Final = 315532800  # 1980, the first year that zip files know.
# Jumps in machine code have their targets written out first, which makes them alike.
_XZ_FILTERS: Final = [
    *([{"id": lzma.FILTER_X86}] if platform.machine() in ("x86_64", "AMD64") else []),
    {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME},
]


def build_epoch() -> int:
    """Return the time that stands on everything built: SOURCE_DATE_EPOCH, else the last commit's."""
    if given := os.environ.get("SOURCE_DATE_EPOCH", ""):
        return int(given)
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return int(asked.stdout) if asked.returncode == 0 and asked.stdout.strip() else _NO_HISTORY_EPOCH


def build_bundle() -> Path:
    """Build the folder anew and return it.

    Raises:
        PackagingError: PyInstaller failed.
    """
    # A fixed seed: sets of names are written in their order.
    fixed = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(build_epoch())}
    command = [str(python()), "-P", "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    folders = ["--distpath", str(DIST), "--workpath", str(WORK / "pyinstaller")]
    built = subprocess.run(
        [*command, *folders, str(SOURCES / "kbviewer.spec")],
        cwd=WORK,
        env={**os.environ, **fixed},
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode:
        raise PackagingError(f"PyInstaller failed; it said:\n{built.stderr.strip()[-4000:]}")
    if sys.platform.startswith("linux"):
        _slim()
    shutil.copy(ROOT / "LICENSE", BUNDLE)
    shutil.copy(SOURCES / "README.txt", BUNDLE)
    settle(BUNDLE)
    return BUNDLE


def _slim() -> None:
    """Take out what no file list can: symbols for debuggers, and ICU's data for other languages."""
    internal = BUNDLE / "_internal"
    for path in plain_files(internal):
        if is_strippable(path.relative_to(internal).as_posix()):
            subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)
    for library in internal.glob("PySide6/Qt/lib/libicudata.so.*"):
        trim_library(library, is_wanted_icu_item)


def plain_files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in a fixed order; no links."""
    yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


_RUNNING = ("", ".sh")


def settle(folder: Path) -> None:
    """Give everything below a folder the build's time and plain permissions."""
    epoch = build_epoch()
    for path in [folder, *sorted(folder.rglob("*"))]:
        if not path.is_symlink():
            runs = path.is_dir() or (path.suffix in _RUNNING and os.access(path, os.X_OK))
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each name below a folder, with all that an archive keeps of it: kind, mode, time and content."""
    for path in sorted(folder.rglob("*")):
        state = path.lstat()
        content = str(path.readlink()) if path.is_symlink() else ""
        if path.is_file() and not path.is_symlink():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
        yield path.relative_to(folder).as_posix(), f"{state.st_mode:o} {state.st_mtime:.0f} {content}"


def size_mb(folder: Path) -> float:
    """Return the size of the files below a folder in MB, links not counted."""
    return sum(path.stat().st_size for path in plain_files(folder)) / 1e6


def pack_bundle() -> Path:
    """Write the folder as an archive, the same bytes for the same folder, and return it."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = build_epoch()
        return member

    with (
        lzma.open(ARCHIVE, "w", filters=_XZ_FILTERS) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        # `add` goes through a folder in the order of its names.
        archive.add(BUNDLE, arcname=BUNDLE.name, filter=plain)
    return ARCHIVE
