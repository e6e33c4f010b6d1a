"""What the about dialog tells, gathered when it is asked for."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

from kbviewer import __version__
from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder import FolderLibrary
from kbviewer.i18n.formats import format_date
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, Message, message
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


def gather_facts(libraries: LibraryCollection, language: str) -> AboutFacts:
    """Return what there is to tell, in `language`."""
    packs = [library.pack for library in libraries.libraries]
    days = [pack.day for pack in packs if pack.day is not None]
    return AboutFacts(
        version=__version__,
        content_date=format_date(max(days), language) if days else "",
        libraries=[
            LibraryFacts(
                pack.titles.get(language) or next(iter(pack.titles.values()), pack.id),
                pack.version,
                str(library.root),
                _origin(library, language),
            )
            for pack, library in zip(packs, libraries.libraries, strict=True)
        ],
        components=[Component(name, _version(package), licence) for package, name, licence in _COMPONENTS],
    )


def _origin(library: FolderLibrary, language: str) -> Message | None:
    """Return how far it is known where a pack comes from."""
    from kbviewer.content.packs.installed import InstalledPacks
    from kbviewer.content.packs.library import PackLibrary

    if not isinstance(library, PackLibrary):
        return None
    if not library.file.is_trusted:
        return message(N_("Not installed; not signed, so nothing proves who has made it."))
    # Only what was opened as an installed pack is looked up: any folder could say of itself what it likes.
    try:
        version = InstalledPacks(library.root.parents[1]).version_at(library.root)
    except PackError:
        version = None
    if version is None or version.signature is None:
        return message(N_("Installed and verified; not signed, so nothing proves who has made it."))
    return message(
        N_("Installed and verified; signed by {publisher}, {date}."),
        publisher=version.signature.publisher,
        date=format_date(version.signature.day, language),
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
