"""Whose each file of the bundle is: a Python package's, Python's own, the system's or ours.

Runs in the environment for packages, whose packages are asked.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final, NamedTuple

from packaging.utils import canonicalize_name
from resources.packaging.licences import (
    PYINSTALLER,
    PYTHON,
    licence_of_debian_package,
    licence_of_distribution,
)
from resources.packaging.places import ORIGINS, PackagingError

INTERNAL: Final = "_internal"
# What PyInstaller notes of a package that is only a folder.
_NOWHERE: Final = "-"


class Owner(NamedTuple):
    """A part that is shipped."""

    name: str
    version: str
    licence: str
    address: str
    """A package URL."""


class Owners:
    """Answers whose a file is, from what kbviewer.spec has noted."""

    def __init__(self) -> None:
        self._packages = {canonicalize_name(found.name): found for found in distributions()}
        self._files = {
            str(file.locate()): name for name, found in self._packages.items() for file in found.files or ()
        }
        noted = json.loads(ORIGINS.read_text("utf-8"))
        self._origins = {name: source for name, source, kind in noted if kind != "PYMODULE"}
        modules = {source for _name, source, kind in noted if kind == "PYMODULE"}
        self._modules = modules - {_NOWHERE}

    def of_file(self, name: str) -> Owner:
        """Return whose a file is that lies under this name in the bundle."""
        inside = name.removeprefix(f"{INTERNAL}/")
        if inside == "base_library.zip":
            return self._python()
        if inside == name or inside not in self._origins:
            return self._package("kbviewer")
        return self._of_source(self._origins[inside])

    def of_modules(self) -> set[Owner]:
        """Return whose the Python modules are that lie in the program's own file, and what starts it."""
        return {self._of_source(source) for source in self._modules} | {self._package("pyinstaller")}

    def _of_source(self, source: str) -> Owner:
        if source in self._files:
            return self._package(self._files[source])
        path = Path(source)
        if path.parts[:3] == ("/", "usr", "share"):
            # A licence text of what goes along anyway.
            return self._package("kbviewer")
        if any(
            path.is_relative_to(folder) for folder in {sys.base_prefix, str(Path(json.__file__).parents[1])}
        ):
            return self._python()
        return _debian(path)

    def _package(self, name: str) -> Owner:
        distribution: Distribution = self._packages[canonicalize_name(name)]
        licence = PYINSTALLER if name == "pyinstaller" else licence_of_distribution(distribution)
        return Owner(name, distribution.version, licence, f"pkg:pypi/{name}@{distribution.version}")

    def _python(self) -> Owner:
        version = platform.python_version()
        return Owner("python", version, PYTHON, f"pkg:generic/python@{version}")


def debian_package(path: Path) -> str:
    """Return the name of the package of Debian that a library belongs to.

    Raises:
        PackagingError: it belongs to none.
    """
    # By its name only: what the package calls /lib may be /usr/lib here.
    asked = subprocess.run(
        ["dpkg-query", "-S", f"*/{path.resolve().name}"], capture_output=True, text=True, check=False
    )
    found = re.match(r"([^:,\s]+)", asked.stdout)
    if asked.returncode or found is None:
        raise PackagingError(f"{path} belongs to no package that is known, so its licence is not either.")
    return found[1]


def _debian(path: Path) -> Owner:
    name = debian_package(path)
    version = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}\n", name], capture_output=True, text=True, check=True
    ).stdout.split()[0]
    return Owner(name, version, licence_of_debian_package(name), f"pkg:deb/debian/{name}@{version}")
