"""For authors: articles that are put into an open folder are seen without being asked for."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from kbviewer.app.gui.library_desk import LibraryDesk
from kbviewer.app.gui.reading_desk import ReadingDesk
from kbviewer.model.shelf import LibraryKind
from kbviewer.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtCore import QFileSystemWatcher

_REST_MS: Final = 300
# Larger folders are looked at when somebody asks: looking takes time, and every folder watched takes memory.
_MOST_FOLDERS: Final = 200
_MOST_FILES: Final = 400


class NewFiles(QObject):
    """Watches the reader's own folders for files that come, or come back, and has the window show them.

    Files that go are left to whoever reads them: most are only replaced. Folders on shares are not watched.
    """

    def __init__(self, desk: LibraryDesk, reading: ReadingDesk, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reading = reading
        self._window = window
        self._watcher: QFileSystemWatcher | None = None
        self._known: dict[Path, frozenset[str]] = {}
        # Files that have come: whoever has made them may still be writing.
        self._fresh: set[str] = set()
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._look)
        # Nothing of it is needed for the first paint.
        window.first_painted.connect(self._begin)

    def close(self) -> None:
        """Follow no folder any more: the window goes."""
        self._resting.stop()
        self._known = {}
        self._watch(set())

    def _begin(self) -> None:
        from PySide6.QtCore import QFileSystemWatcher

        self._watcher = QFileSystemWatcher(self)
        for moved in (self._watcher.directoryChanged, self._watcher.fileChanged):
            # Not a lambda: Qt would keep it, and with it the session that keeps the watcher.
            moved.connect(self._rest)
        for there in (self._window.opener.opened, self._window.first_page.came):
            there.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """Watch the folders that are open now."""
        from kbviewer.content.folder_scan import article_paths

        wanted: set[str] = set()
        known: dict[Path, frozenset[str]] = {}
        for root in self._roots():
            folders = _folders(root)
            if len(folders) >= _MOST_FOLDERS:
                # A tree with hardly an article in it would be walked to its end, and the window would wait.
                continue
            files = frozenset(islice(article_paths(root), _MOST_FILES))
            if len(files) < _MOST_FILES:
                wanted.update(folders)
                known[root] = files
        self._known = known
        self._fresh = {path for path in self._fresh if os.path.isfile(path)}  # noqa: PTH113 - Qt has texts
        self._watch(wanted | self._fresh)

    def _roots(self) -> list[Path]:
        shelf = self._desk.shelf
        return [
            path
            for place in shelf.places
            if place.kind is LibraryKind.FOLDER and place.fault is None and not place.copies
            if shelf.choice.is_on(place.key)
            for path in place.paths
        ]

    def _rest(self, _path: str) -> None:
        self._resting.start()

    def _look(self) -> None:
        before, written = self._known, bool(self._fresh)
        self._follow()
        come = {
            str(root / source)
            for root, files in self._known.items()
            for source in files.difference(before.get(root, files))
        }
        if come:
            self._fresh |= come
            self._follow()
        if (come or written) and self._reading.look_again():
            self._window.opener.grew()

    def _watch(self, wanted: set[str]) -> None:
        if self._watcher is None:
            return
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := sorted(watched - wanted):
            self._watcher.removePaths(gone)
        if new := sorted(wanted - watched):
            self._watcher.addPaths(new)


def _folders(root: Path) -> list[str]:
    """Return a folder with those in it, as many as can be watched; hidden ones hold no articles."""
    found: list[str] = []
    for folder, inside, _files in os.walk(root):
        found.append(folder)
        inside[:] = [name for name in inside if not name.startswith(".")]
        if len(found) >= _MOST_FOLDERS:
            break
    return found
