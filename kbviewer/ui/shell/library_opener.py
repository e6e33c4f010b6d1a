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

OpenFolder = Callable[[tuple[Path, ...]], "ArticleRepository | None"]
"""Returns what these libraries hold, without any the open ones now; None when that is still being read."""


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
        self._is_other = False

    def open(self, *libraries: Path) -> None:
        """Close what is open and show the home page of `libraries`."""
        self._reader.save_place()
        self._reading.show_loading()
        self._begin(libraries)

    def reload(self) -> None:
        """Look at the files again and show the page anew."""
        self._begin(())

    def follow(self, repository: ArticleRepository) -> None:
        """Show other libraries, of which some may be the same; tabs and places stay."""
        self._is_other = False
        self.came(repository)

    def came(self, repository: ArticleRepository) -> None:
        """Show what has been read."""
        self._library.replace(repository)
        self.opened.emit()
        if self._is_other:
            self._reader.forget()
            self._reader.go_home()
        else:
            self._reading.reload()

    def grew(self) -> None:
        """Show what has come into what is open; an article stays, unless the reader's language has come."""
        self.opened.emit()
        if self._reader.article is None or self._reader.has_better_text():
            self._reading.reload()

    def gave_up(self, error: KbError | None = None) -> None:
        """Return to what is open: nothing else could be read, or somebody did not want to wait."""
        if error is not None:
            self.failed.emit(error)
        if self._is_other:
            self._reader.reload()

    def _begin(self, libraries: tuple[Path, ...]) -> None:
        self._is_other = bool(libraries)
        try:
            repository = self._open_folder(libraries)
        except KbError as error:
            self.gave_up(error)
            return
        if repository is not None:
            self.came(repository)
