"""What the about dialog tells, gathered when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from kbviewer import __version__
from kbviewer.app.origins import origin_of
from kbviewer.content.collection import LibraryCollection
from kbviewer.i18n.formats import format_date
from kbviewer.ui.shell.about_facts import AboutFacts, Component, LibraryFacts

_COMPONENTS: Final = (
    ("PySide6-Essentials", "Qt for Python", "LGPL-3.0"),
    ("whoosh3", "Whoosh", "BSD-2-Clause"),
    ("babel", "Babel", "BSD-3-Clause"),
    ("markdown-it-py", "markdown-it-py", "MIT"),
    ("pyyaml", "PyYAML", "MIT"),
    ("platformdirs", "platformdirs", "MIT"),
    ("tuf", "python-tuf", "MIT"),
    ("securesystemslib", "securesystemslib", "MIT"),
    ("cryptography", "cryptography", "Apache-2.0"),
    ("urllib3", "urllib3", "MIT"),
)


def gather_facts(
    libraries: LibraryCollection, language: str, origin: Callable[[Path], Path] = lambda root: root
) -> AboutFacts:
    """Return what there is to tell, in `language`.

    Args:
        origin: returns what a local copy is the copy of.
    """
    packs = [library.pack for library in libraries.libraries]
    days = [pack.day for pack in packs if pack.day is not None]
    return AboutFacts(
        version=__version__,
        content_date=format_date(max(days), language) if days else "",
        libraries=[
            LibraryFacts(
                pack.titles.get(language) or next(iter(pack.titles.values()), pack.id),
                pack.version,
                str(origin(library.root)),
                origin_of(library, language),
            )
            for pack, library in zip(packs, libraries.libraries, strict=True)
        ],
        components=[Component(name, _version(package), licence) for package, name, licence in _COMPONENTS],
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
