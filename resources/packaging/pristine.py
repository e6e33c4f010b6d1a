"""Tries the package in a Debian that has nothing but its base: `python3 dev.py package --test`. Needs root.

The base is made once by debootstrap and copied for each trial; a trial has processes and mounts of its own,
all of which end with it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from kbviewer import __version__
from resources.packaging.debian import package_file
from resources.packaging.places import BUNDLE, ROOT, SOURCES, WORK, PackagingError

SUITE: Final = "bookworm"
TOOLS: Final = {"debootstrap": "debootstrap", "unshare": "util-linux", "chroot": "coreutils"}
BASE: Final = WORK / "base"
_TRIAL: Final = WORK / "trial"
_SOURCES: Final = (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list"))


def try_package() -> None:
    """Install, read, upgrade and remove; pictures of what was seen lie in build/package/trial/trial.

    Raises:
        PackagingError: this is not run as root, or a step failed.
    """
    if os.geteuid() != 0:
        raise PackagingError("The trial makes a Debian of its own: run this as root.")
    ensure_base()
    shutil.rmtree(_TRIAL, ignore_errors=True)
    subprocess.run(["cp", "-a", "--reflink=auto", str(BASE), str(_TRIAL)], check=True)
    place = _TRIAL / "trial"
    place.mkdir(mode=0o755)
    shutil.copy(package_file(), place / "package.deb")
    _make_next(place / "next.deb")
    make_pack(place / "library.kbp")
    shutil.copy(place / "library.kbp", place / "library")
    shutil.copy(SOURCES / "pristine.sh", place)
    if run_inside(_TRIAL, ["/bin/sh", "/trial/pristine.sh"]):
        raise PackagingError(f"The trial failed; the place is left as it was: {_TRIAL}")


def run_inside(root: Path, command: Sequence[str], log: IO[bytes] | None = None) -> int:
    """Run a command in a root of its own, with the network of this system, and return its exit code."""
    if Path("/etc/resolv.conf").exists():
        shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
    apart = ["unshare", "--mount", "--pid", "--fork", f"--mount-proc={root}/proc"]
    clean = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
    clean |= {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    command = [*apart, "chroot", str(root), *command]
    return subprocess.run(command, env=clean, check=False, stdout=log, stderr=log).returncode


def ensure_base() -> None:
    """Make a Debian with nothing but its base, unless there is one.

    Raises:
        PackagingError: debootstrap failed.
    """
    if (BASE / "etc" / "apt" / "sources.list").is_file():
        return
    shutil.rmtree(BASE, ignore_errors=True)
    command = ["debootstrap", "--variant=minbase", SUITE, str(BASE), *_mirror()]
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


def make_pack(target: Path) -> None:
    """Make a pack of the articles that are bundled, with the program that was built."""
    program = [str(BUNDLE / "kbviewer"), "--profile", str(WORK / "profile")]
    subprocess.run([*program, "pack", "build", str(ROOT / "content"), "-o", str(target)], check=True)
