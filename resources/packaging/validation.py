"""Looks at what was built with the tools that Debian and the desktops have for it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from resources.packaging.debian import TREE, package_file
from resources.packaging.places import PackagingError


class Check(NamedTuple):
    """A tool, the package of Debian that has it, and how it is called."""

    command: tuple[str, ...]
    package: str


_SHARE: Final = TREE / "usr" / "share"


def needed_tools() -> dict[str, str]:
    """Return the programs that building and checking need, each with the package of Debian that has it."""
    building = {"dpkg-deb": "dpkg", "dpkg-shlibdeps": "dpkg-dev", "as": "binutils", "ld": "binutils"}
    return building | {check.command[0]: check.package for check in _checks()}


def missing_tools(tools: dict[str, str]) -> list[str]:
    """Return the packages of Debian whose programs are not here."""
    return sorted({package for program, package in tools.items() if shutil.which(program) is None})


def check_package() -> list[str]:
    """Run every check on what was built; return one line for each.

    Raises:
        PackagingError: a tool complains.
    """
    return [_passed(check) for check in _checks()]


def _checks() -> Iterable[Check]:
    desktop = sorted(str(path) for path in (_SHARE / "applications").glob("*.desktop"))
    metainfo = sorted(str(path) for path in (_SHARE / "metainfo").glob("*.xml"))
    yield Check(("desktop-file-validate", *desktop), "desktop-file-utils")
    yield Check(("appstreamcli", "validate", "--no-net", *metainfo), "appstream")
    yield Check(("xmllint", "--noout", str(_SHARE / "mime" / "packages" / "kbviewer.xml")), "libxml2-utils")
    yield Check(("bash", "-n", str(_SHARE / "bash-completion" / "completions" / "kbviewer")), "bash")
    for page in sorted((_SHARE / "man").rglob("*.1.gz")):
        yield Check(("man", "--warnings", "--local-file", "--encoding=UTF-8", str(page)), "man-db")
    yield Check(("lintian", "--allow-root", "--fail-on", "error,warning", str(package_file())), "lintian")


def _passed(check: Check) -> str:
    finished = subprocess.run(check.command, capture_output=True, text=True, check=False)
    complaints = finished.stderr.strip() if check.command[0] == "man" else ""
    if finished.returncode or complaints:
        told = f"{finished.stdout}{finished.stderr}".strip()
        raise PackagingError(f"{' '.join(check.command)} complains:\n{told[-4000:]}")
    return f"{check.command[0]}: no complaints about {Path(check.command[-1]).name}"
