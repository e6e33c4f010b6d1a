"""What one run of the window consists of: libraries, the reader's data, the search process, the window."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from kbviewer.app.gui.application import app_icon
from kbviewer.app.gui.bridge import SearchBridge
from kbviewer.app.gui.loose_files import WithLooseFiles
from kbviewer.app.gui.qt_translation import QtTranslator
from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import DataFolders, Profile
from kbviewer.app.window_request import WindowRequest
from kbviewer.content.collection import LibraryCollection
from kbviewer.i18n.catalogues import available_languages
from kbviewer.i18n.system import system_language
from kbviewer.i18n.translator import Translator
from kbviewer.model.library import ArticleRepository
from kbviewer.state.settings import SettingValues
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.window import MainWindow
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.search.client import SearchClient
    from kbviewer.search.protocol import Event
    from kbviewer.ui.shell.about_facts import AboutFacts


_LARGE = 400


class Session(QObject):
    """The open libraries, the reader's data and the window on them.

    Signals:
        requested(request): a later start hands over; emitted in any thread.
    """

    requested = Signal(object)

    def __init__(
        self, app: QApplication, request: WindowRequest, profile: Profile, data: DataFolders, state: UserState
    ) -> None:
        super().__init__()
        self._profile = profile
        self._data = data
        self._folders = request.libraries
        self._libraries = self._open(request.libraries)
        self._articles = WithLooseFiles(self._libraries)
        values = state.settings.values
        language = self._first_language(request, values)
        self.translator = Translator(data.i18n, language, profile.cache)
        self._qt_texts = QtTranslator(self.translator, self)
        app.installTranslator(self._qt_texts)
        theme = Theme(values.theme, values.zoom, touch=values.touch)
        theme.apply()
        self.bridge = SearchBridge(self._make_search_client, self)
        self.window = MainWindow(
            theme,
            self.translator,
            state,
            OpenLibrary(self._articles),
            self.bridge,
            language=language,
            is_large=any(_is_large(library.root) for library in self._libraries.libraries),
            open_folder=self.open_folder,
            about=self._facts,
        )
        self.window.first_painted.connect(lambda: app.setWindowIcon(app_icon(data.resources)))
        self._open_article(request)
        self.requested.connect(self.take, Qt.ConnectionType.QueuedConnection)

    def open_folder(self, folder: Path | None) -> ArticleRepository:
        """Open another folder in place of what is open, or None to look at the same ones again."""
        if folder is not None:
            self._folders = (folder,)
            self._libraries = self._open(self._folders)
        elif not self._folders:
            # A pack may have been installed or removed.
            self._libraries = self._open(())
            self._libraries.refresh()
        else:
            self._libraries.refresh()
        self._articles.libraries = self._libraries
        self.bridge.restart()
        return self._articles

    def take(self, request: WindowRequest) -> None:
        """Do what a later start asks for, in this window."""
        if request.only_look:
            self.window.own_data.look()
            return
        if request.libraries and request.libraries != self._folders:
            self.window.opener.open(request.libraries[0])
        if request.language:
            self.window.language.switch_to(request.language)
        self._open_article(request)
        self.window.come_forward()

    def close(self) -> None:
        """End what runs beside the window."""
        self.bridge.close()
        self.window.deleteLater()

    def _open_article(self, request: WindowRequest) -> None:
        if request.article:
            self._articles.add(request.article)
            self.window.open_article(request.article, request.anchor)

    def _open(self, folders: tuple[Path, ...]) -> LibraryCollection:
        return open_libraries(folders, self._data.content, self._profile)

    def _first_language(self, request: WindowRequest, values: SettingValues) -> str:
        wanted = request.language or values.language
        return wanted or system_language(available_languages(self._data.i18n))

    def _make_search_client(self, on_event: Callable[[Event], None]) -> SearchClient:
        from kbviewer.app.search_process import search_command
        from kbviewer.search.client import SearchClient

        # What is open here, even if another version of a pack has been installed since.
        roots = [library.root for library in self._libraries.libraries]
        return SearchClient(search_command(roots, self._profile), on_event)

    def _facts(self) -> AboutFacts:
        from kbviewer.app.gui.facts import gather_facts

        return gather_facts(self._libraries, self.translator.language)


def _is_large(folder: Path) -> bool:
    """Return whether listing a folder for the first time may take longer than a reader wants to wait."""
    try:
        with os.scandir(folder) as items:
            return sum(1 for _ in islice(items, _LARGE)) == _LARGE
    except OSError:
        return False
