"""Opening another folder of articles, and looking at the same ones again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kbviewer.model.errors import KbError
from kbviewer.model.library import ArticleRepository
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.reading import Reading

OpenFolder = Callable[[Path | None], ArticleRepository]


class LibraryOpener(QObject):
    """Puts another library behind the door of the open one.

    Signals:
        opened(): other articles are open.
        failed(error): they could not be opened; what was open still is.
    """

    opened = Signal()
    failed = Signal(object)

    def __init__(
        self,
        library: OpenLibrary,
        open_folder: OpenFolder,
        reader: Reader,
        reading: Reading,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._open_folder = open_folder
        self._reader = reader
        self._reading = reading

    def open(self, folder: Path) -> None:
        """Close what is open and show the home page of `folder`."""
        self._reader.save_place()
        self._reading.show_loading()
        if self._replace(folder):
            self._reader.forget()
            self._reader.go_home()
        else:
            self._reader.reload()

    def reload(self) -> None:
        """Look at the files again and show the page anew."""
        if self._replace(None):
            self._reading.reload()

    def _replace(self, folder: Path | None) -> bool:
        try:
            self._library.replace(self._open_folder(folder))
        except KbError as error:
            self.failed.emit(error)
            return False
        self.opened.emit()
        return True
