"""Tries the package in a Debian that has nothing but its base: `python3 dev.py package --test`. Needs root.

The base is made once by debootstrap and copied for each trial; a trial has processes and mounts of its own,
all of which end with it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from kbviewer import __version__
from resources.packaging.debian import package_file
from resources.packaging.places import BUNDLE, ROOT, SOURCES, WORK, PackagingError

SUITE: Final = "bookworm"
TOOLS: Final = {"debootstrap": "debootstrap", "unshare": "util-linux", "chroot": "coreutils"}
_BASE: Final = WORK / "base"
_TRIAL: Final = WORK / "trial"
_SOURCES: Final = (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list"))


def try_package() -> None:
    """Install, read, upgrade and remove; pictures of what was seen lie in build/package/trial/trial.

    Raises:
        PackagingError: this is not run as root, or a step failed.
    """
    if os.geteuid() != 0:
        raise PackagingError("The trial makes a Debian of its own: run this as root.")
    _ensure_base()
    shutil.rmtree(_TRIAL, ignore_errors=True)
    subprocess.run(["cp", "-a", "--reflink=auto", str(_BASE), str(_TRIAL)], check=True)
    place = _TRIAL / "trial"
    place.mkdir(mode=0o755)
    shutil.copy(package_file(), place / "package.deb")
    _make_next(place / "next.deb")
    _make_pack(place / "library.kbp")
    shutil.copy(place / "library.kbp", place / "library")
    shutil.copy(SOURCES / "pristine.sh", place)
    if Path("/etc/resolv.conf").exists():
        shutil.copy("/etc/resolv.conf", _TRIAL / "etc" / "resolv.conf")
    apart = ["unshare", "--mount", "--pid", "--fork", f"--mount-proc={_TRIAL}/proc"]
    clean = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
    clean |= {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    command = [*apart, "chroot", str(_TRIAL), "/bin/sh", "/trial/pristine.sh"]
    if subprocess.run(command, env=clean, check=False).returncode:
        raise PackagingError(f"The trial failed; the place is left as it was: {_TRIAL}")


def _ensure_base() -> None:
    if (_BASE / "etc" / "apt" / "sources.list").is_file():
        return
    shutil.rmtree(_BASE, ignore_errors=True)
    command = ["debootstrap", "--variant=minbase", SUITE, str(_BASE), *_mirror()]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise PackagingError(f"debootstrap failed; it said:\n{made.stdout[-2000:]}{made.stderr[-2000:]}")


def _mirror() -> list[str]:
    """Return where this system gets its packages, if that can be told; else debootstrap knows one."""
    for path in _SOURCES:
        text = path.read_text("utf-8") if path.is_file() else ""
        if found := re.search(r"^(?:URIs:|deb(?: \[.*\])?) +(\S+/debian/?)(?=\s|$)", text, re.MULTILINE):
            return [found[1]]
    return []


def _make_next(target: Path) -> None:
    """Make the same package with a higher version."""
    tree = WORK / "next"
    shutil.rmtree(tree, ignore_errors=True)
    subprocess.run(["dpkg-deb", "-R", str(package_file()), str(tree)], check=True)
    control = tree / "DEBIAN" / "control"
    text = control.read_text("utf-8").replace(
        f"\nVersion: {__version__}\n", f"\nVersion: {__version__}+next\n"
    )
    control.write_text(text, "utf-8")
    build = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(tree), str(target)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)


def _make_pack(target: Path) -> None:
    program = [str(BUNDLE / "kbviewer"), "--profile", str(WORK / "profile")]
    subprocess.run([*program, "pack", "build", str(ROOT / "content"), "-o", str(target)], check=True)
