"""Which libraries are open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kbviewer.app.paths import check_folders
from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder import FolderLibrary


def open_libraries(
    folders: Sequence[Path], bundled: Path, cache_dir: Path | None = None
) -> LibraryCollection:
    """Return the libraries in `folders`; without any, the articles that come with the program.

    Raises:
        UsageError: one of `folders` is none.
    """
    check_folders(folders)
    return LibraryCollection([FolderLibrary(folder, cache_dir) for folder in folders or (bundled,)])
