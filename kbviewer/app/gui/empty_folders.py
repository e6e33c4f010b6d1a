"""Says of folders that are open that they hold nothing to read, which otherwise nothing would show."""

from __future__ import annotations

from collections.abc import Sequence

from kbviewer.app.gui.library_desk import LibraryDesk
from kbviewer.app.shelf_places import Place
from kbviewer.model.errors import UsageError
from kbviewer.model.messages import N_, message
from kbviewer.model.shelf import LibraryKind
from kbviewer.ui.shell.window import MainWindow


class EmptyFolders:
    """Tells home which folders are open without an article, and the reader when he has just opened one."""

    def __init__(self, desk: LibraryDesk, window: MainWindow) -> None:
        self._desk = desk
        self._window = window
        window.home.empty_folders = self.names
        # After what was said before has gone: the strip is about what is open now.
        window.opener.opened.connect(self.tell)

    def names(self) -> Sequence[str]:
        """Return the names of the folders that are open and hold no article to read."""
        shown = (place for place in self._desk.shelf.places if place.kind is LibraryKind.FOLDER)
        return [place.paths[0].name or str(place.paths[0]) for place in shown if self._is_empty(place)]

    def tell(self) -> None:
        """Say it of a folder that was added, as soon as that is open."""
        place = self._desk.shelf.place(self._desk.added)
        if place is None or place.fault is not None:
            return
        self._desk.added = ""
        if self._is_empty(place):
            where = str(place.paths[0])
            what = message(
                N_("“{folder}” is now one of your libraries, but there is no article to read in it."),
                folder=where,
            )
            remedy = message(N_("An article is a file whose name ends in .md. Save one there and press F5."))
            self._window.report(UsageError(what, remedy))

    def _is_empty(self, place: Place) -> bool:
        if place.fault is not None or not self._desk.shelf.choice.is_on(place.key):
            return False
        library = self._desk.shelf.opened(place.key)
        return library is not None and not any(entry.variants for entry in library.entries())
