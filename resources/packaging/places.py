"""Where packaging reads from, works and puts what it has made."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kbviewer import __version__

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCES: Final = ROOT / "resources" / "packaging"
LINUX: Final = SOURCES / "linux"
KIOSK: Final = SOURCES / "kiosk"
WORK: Final = ROOT / "build" / "package"
DIST: Final = ROOT / "dist"

BUNDLE: Final = DIST / "kbviewer"
"""The folder with the program and all that it needs."""
ARCHIVE: Final = DIST / f"kbviewer-{__version__}-linux.tar.xz"
PARTS_LIST: Final = DIST / f"kbviewer-{__version__}.cdx.json"
ORIGINS: Final = WORK / "origins.json"
"""Which file each file of the bundle was made from, written by kbviewer.spec."""


class PackagingError(Exception):
    """The package cannot be made; the text is one sentence with the remedy."""
