"""Which texts go along: what the installed distributions say of themselves, and all licences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from resources.packaging.owners import debian_package

_COMMON = Path("/usr/share/common-licenses")
_LICENCES = "licences"
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


def shipped_distributions(name: str) -> list[Distribution]:
    """Return the distribution with all that it requires here, directly or not, by name."""
    found: dict[str, Distribution] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(name, frozenset())]
    seen = set()
    while waiting:
        wanted = waiting.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        try:
            there = distribution(wanted[0])
        except PackageNotFoundError:
            continue  # It is for another system or another Python.
        found[there.name.lower()] = there
        waiting += _requirements(there, wanted[1])
    return [found[key] for key in sorted(found)]


def _requirements(there: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for line in there.requires or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            yield requirement.name, frozenset(requirement.extras)


def licence_files(there: Distribution) -> list[tuple[Path, str]]:
    """Return the licence texts of a distribution: the file, and its name within the metadata folder."""
    found = []
    for file in there.files or ():
        if ".dist-info" in file.parts[0] and _LICENCE_FILE.match(file.name):
            found.append((Path(str(file.locate())), "/".join(file.parts[1:])))
    return sorted(found)


def metadata_files(name: str) -> list[tuple[str, str]]:
    """Return what PyInstaller shall copy: source and target folder. Paths of this machine stay out."""
    copied = []
    for there in shipped_distributions(name):
        folder = next(file.parts[0] for file in there.files or () if file.name == "METADATA")
        (metadata,) = [file for file in there.files or () if file.parts == (folder, "METADATA")]
        copied.append((str(metadata.locate()), folder))
        for source, inside in licence_files(there):
            copied.append((str(source), str((Path(folder) / inside).parent)))
    return copied


def system_licences(libraries: Iterable[Path], stdlib: Path) -> list[tuple[str, str, str]]:
    """Return the licence texts of Python, of the system's libraries and of Qt, whose wheel has none.

    Args:
        libraries: the libraries of the system that go along.
        stdlib: the folder of Python's standard library.

    Returns:
        Rows as PyInstaller's tables have them: name in the bundle, source, "DATA".
    """
    texts = {
        package: Path("/usr/share/doc") / package / "copyright" for package in map(debian_package, libraries)
    }
    texts |= {"LGPL-3": _COMMON / "LGPL-3", "GPL-3": _COMMON / "GPL-3", "python": stdlib / "LICENSE.txt"}
    return [
        (f"{_LICENCES}/{name}.txt", str(path), "DATA")
        for name, path in sorted(texts.items())
        if path.is_file()
    ]
