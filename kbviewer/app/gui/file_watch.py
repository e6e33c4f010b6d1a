"""Says when one of a few files has been written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

# Editors write a file in several steps, or a new one that takes the old one's name.
_REST_MS: Final = 150
_MOST_WAITS: Final = 20

Stamp = tuple[int, int]


class FileWatch(QObject):
    """Watches files and, because editors replace them, the folders in which they lie.

    Signals:
        changed(): one of them is another one now, or has been gone for long.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._stamps: dict[Path, Stamp | None] = {}
        self._waits = 0
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._look)
        self._watcher.fileChanged.connect(self._stir)
        self._watcher.directoryChanged.connect(self._stir)

    def watch(self, files: Sequence[Path]) -> None:
        """Watch these files and no others."""
        if list(files) == list(self._stamps):
            return
        known = [*self._watcher.files(), *self._watcher.directories()]
        if known:
            self._watcher.removePaths(known)
        self._resting.stop()
        self._stamps = {file: _stamp(file) for file in files}
        self._add_paths()

    def _stir(self, _path: str) -> None:
        self._waits = 0
        self._resting.start()

    def _look(self) -> None:
        now = {file: _stamp(file) for file in self._stamps}
        self._add_paths()
        if now == self._stamps:
            return
        if any(stamp is None and self._stamps[file] for file, stamp in now.items()):
            # Taken away to be replaced; when nothing comes, it is gone.
            self._waits += 1
            if self._waits < _MOST_WAITS:
                self._resting.start()
                return
        self._stamps = now
        self.changed.emit()

    def _add_paths(self) -> None:
        """Watch what is there: a file that was replaced is not watched any more."""
        wanted = {str(file) for file, stamp in self._stamps.items() if stamp or file.is_file()}
        wanted |= {str(file.parent) for file in self._stamps if file.parent.is_dir()}
        missing = wanted.difference(self._watcher.files(), self._watcher.directories())
        if missing:
            self._watcher.addPaths(sorted(missing))


def _stamp(file: Path) -> Stamp | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns)
