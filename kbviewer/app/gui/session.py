"""What one run of the window consists of: libraries, the reader's data, the search process, the window."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from kbviewer.app.gui.application import app_icon
from kbviewer.app.gui.background import Background
from kbviewer.app.gui.bridge import SearchBridge
from kbviewer.app.gui.live_reading import LiveReading
from kbviewer.app.gui.loose_files import WithLooseFiles
from kbviewer.app.gui.qt_translation import QtTranslator
from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import DataFolders, Profile
from kbviewer.app.shares import Shares, fetch
from kbviewer.app.window_request import WindowRequest
from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder_index import OnProgress
from kbviewer.content.folder_scan import article_paths
from kbviewer.i18n.catalogues import available_languages
from kbviewer.i18n.system import system_language
from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError, ShareError
from kbviewer.model.library import ArticleRepository
from kbviewer.state.filesystem import on_network
from kbviewer.state.settings import SettingValues
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.recovery import Recovery
from kbviewer.ui.shell.window import MainWindow
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.app.gui.share_watch import ShareWatch
    from kbviewer.app.gui.support_info import SupportInfo
    from kbviewer.search.client import SearchClient
    from kbviewer.search.protocol import Event
    from kbviewer.ui.shell.about_facts import AboutFacts


_LARGE = 400
_log = logging.getLogger(__name__)


class Session(QObject):
    """The open libraries, the reader's data and the window on them.

    Args:
        is_network: whether a path lies on another machine, and is read from a local copy.
        recovery: how the last run ended, None when that was in good order.

    Signals:
        requested(request): a later start hands over; emitted in any thread.
    """

    requested = Signal(object)

    def __init__(
        self,
        app: QApplication,
        request: WindowRequest,
        profile: Profile,
        data: DataFolders,
        state: UserState,
        is_network: Callable[[Path], bool] = on_network,
        recovery: Recovery | None = None,
    ) -> None:
        super().__init__()
        self._background = Background(self)
        self._profile = profile
        self._data = data
        self._folders = request.libraries
        self._shares = Shares(profile, is_network)
        self._share_watch: ShareWatch | None = None
        is_missing = bool(self._shares.missing(self._folders))
        self._libraries = LibraryCollection(()) if is_missing else self._open(self._folders)
        self._places = self._shares_places()
        # Whether other libraries are being read beside the window, to be opened then.
        self._has_next = False
        self._next_folders = self._folders
        # The job only follows a file that was saved.
        self._is_quiet = False
        waits = is_missing or is_large(self._libraries)
        self._articles = WithLooseFiles(LibraryCollection(()) if waits else self._libraries)
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
            waits=waits,
            open_folder=self.open_folder,
            about=self._facts,
            recovery=recovery,
        )
        self.window.first_painted.connect(lambda: app.setWindowIcon(app_icon(data.resources)))
        self._language = language
        self._live = LiveReading(self.window, self._articles, self._look_again, self)
        self._connect()
        self._support: SupportInfo | None = None
        self.window.support_info_wanted.connect(self._copy_support_info)
        self._open_article(request)
        self.requested.connect(self.take, Qt.ConnectionType.QueuedConnection)

    def open_folder(self, folder: Path | None) -> ArticleRepository | None:
        """Open another folder in place of what is open, or None to look at the same ones again.

        Returns None when there is much to be read: that goes on beside the window.
        """
        self._next_folders = self._folders if folder is None else (folder,)
        # Without folders, a pack may have been installed or removed.
        is_new = folder is not None or not self._folders or self._places != self._shares_places()
        self._is_quiet = False
        if self._shares.missing(self._next_folders):
            self._read_next(partial(self._read, None, self._next_folders))
            return None
        if folder is None and self._share_watch is not None:
            self._share_watch.look()
        libraries = self._open(self._next_folders) if is_new else self._libraries
        if is_large(libraries):
            read = self._read if is_new else self._refresh
            self._read_next(partial(read, libraries, self._next_folders))
            return None
        libraries.refresh()
        return self._use(libraries)

    def _read_next(self, job: Callable[[OnProgress], LibraryCollection]) -> None:
        self._has_next = True
        self._background.run(job)

    def _use(self, libraries: LibraryCollection) -> ArticleRepository:
        self._has_next = False
        self._libraries, self._folders = libraries, self._next_folders
        self._places = self._shares_places()
        self._articles.libraries = libraries
        self.bridge.restart()
        self._follow_shares()
        self.log_libraries()
        return self._articles

    def log_libraries(self) -> None:
        """Say in the log what is open; where there is nothing yet, it is said when it comes."""
        for library in self._libraries.libraries:
            pack = library.pack
            where = self._shares.origin(library.root, self._folders)
            _log.info("open: %s %s, %d articles, %s", pack.id, pack.version, len(library.entries()), where)

    def _shares_places(self) -> tuple[Path, ...]:
        return tuple(map(self._shares.place, self._folders))

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
        self._live.close()
        self._background.close()
        if self._share_watch is not None:
            self._share_watch.close()
        if self._support is not None:
            self._support.close()
        self.bridge.close()
        # Qt asks for texts until the last widget is gone; an application may outlive the session.
        QCoreApplication.removeTranslator(self._qt_texts)
        self.window.deleteLater()

    def _open_article(self, request: WindowRequest) -> None:
        if request.article:
            self._articles.add(request.article)
            self.window.open_article(request.article, request.anchor)

    def _connect(self) -> None:
        background, window = self._background, self.window
        window.first_page.articles_wanted.connect(self._read_first)
        window.first_painted.connect(self._follow_shares)
        window.reading.stop_wanted.connect(background.stop)
        background.progressed.connect(window.reading.show_share)
        background.done.connect(self._take_articles)
        background.stopped.connect(self._take_stop)
        background.failed.connect(self._take_failure)
        background.broke.connect(_raise)

    def _look_again(self) -> None:
        """Let lists and search follow a file that was saved; what is read stays as it is."""
        if self._background.is_busy:
            return
        self._is_quiet = is_large(self._libraries)
        if self._is_quiet:
            self._background.run(self._libraries.refresh)
        elif self._libraries.refresh():
            self.bridge.restart()

    def _read_first(self) -> None:
        """Read the articles that the window waits for."""
        is_missing = bool(self._shares.missing(self._folders))
        libraries = None if is_missing else self._libraries
        self._background.run(partial(self._read, libraries, self._folders))

    def _read(
        self, libraries: LibraryCollection | None, folders: tuple[Path, ...], on_progress: OnProgress
    ) -> LibraryCollection:
        """Read what the first page needs, None for what has to come from a share; in another thread."""
        if libraries is None:
            fetch(self._shares.missing(folders), on_progress)
            libraries = self._open(folders)
        began = time.monotonic()
        libraries.prepare(on_progress)
        libraries.contents(self._language)
        _log.info("articles were listed in %d ms", (time.monotonic() - began) * 1000)
        return libraries

    def _refresh(
        self, libraries: LibraryCollection, _folders: tuple[Path, ...], on_progress: OnProgress
    ) -> LibraryCollection:
        libraries.refresh(on_progress)
        return libraries

    def _take_articles(self, result: object) -> None:
        if self._is_quiet or not isinstance(result, LibraryCollection):
            self._is_quiet = False
            self.bridge.restart()
            return
        if self._has_next:
            self.window.opener.came(self._use(result))
            return
        self._begin_with(result)

    def _begin_with(self, libraries: LibraryCollection) -> None:
        """Show what the window has waited for."""
        self._libraries = self._articles.libraries = libraries
        self._places = self._shares_places()
        self.window.language.switch_to(self._language)
        self.window.first_page.articles_came()
        self._follow_shares()
        self.log_libraries()

    def _take_failure(self, error: KbError) -> None:
        self._is_quiet = False
        if not self.window.first_page.waits:
            self._has_next = False
            self.window.opener.gave_up(error)
        elif self._folders:
            choose = self.window.table[ActionId.OPEN_LIBRARY].trigger
            self.window.reading.show_unreachable(error, self._read_again, choose)
        else:
            # What is there without the share; it is asked again by and by.
            self._begin_with(self._open(()))

    def _take_stop(self) -> None:
        self._is_quiet = False
        if self._has_next:
            self._has_next = False
            self.window.opener.gave_up()
            return
        choose = self.window.table[ActionId.OPEN_LIBRARY].trigger
        self.window.reading.show_stopped(self._read_again, choose)

    def _follow_shares(self) -> None:
        """Have the copies of what is open brought up to date beside the window."""
        copies = self._shares.copies(self._folders)
        if not copies and self._share_watch is None:
            return
        if self._share_watch is None:
            from kbviewer.app.gui.share_watch import ShareWatch

            watch = self._share_watch = ShareWatch(self)
            watch.silent.connect(self._tell_silence)
            watch.answered.connect(self.window.share_notice.hide)
            watch.changed.connect(self._take_copies)
            self.window.share_notice.retry_wanted.connect(watch.try_again)
        self._share_watch.follow(() if self.window.first_page.waits else copies)

    def _tell_silence(self, error: ShareError) -> None:
        made = [copy.made_at for copy in self._shares.copies(self._folders)]
        self.window.share_notice.show(error, min(filter(None, made), default=None))

    def _take_copies(self) -> None:
        """Show what has come from a share."""
        if not self._folders or self._places != self._shares_places():
            self.window.opener.reload()
        else:
            self._look_again()

    def _read_again(self) -> None:
        self.window.reading.show_loading()
        self._read_first()

    def _open(self, folders: tuple[Path, ...]) -> LibraryCollection:
        return open_libraries(folders, self._data.content, self._profile, self._shares)

    def _first_language(self, request: WindowRequest, values: SettingValues) -> str:
        wanted = request.language or values.language
        return wanted or system_language(available_languages(self._data.i18n))

    def _make_search_client(self, on_event: Callable[[Event], None]) -> SearchClient:
        from kbviewer.app.search_process import search_command
        from kbviewer.search.client import SearchClient

        # What is open here, even if another version of a pack has been installed since.
        named = [path for library in self._libraries.libraries for path in library.paths]
        return SearchClient(search_command(named, self._profile), on_event)

    def _copy_support_info(self) -> None:
        """Copy what the doctor says of what is open here."""
        from kbviewer.app.gui.support_info import SupportInfo

        if self._support is None:
            self._support = SupportInfo(self._data, self._profile, self.translator, self)
            self._support.said.connect(self.window.parts.toast.show_text)
        self._support.copy(self._folders)

    def _facts(self) -> AboutFacts:
        from kbviewer.app.gui.facts import gather_facts

        return gather_facts(
            self._libraries,
            self.translator.language,
            lambda root: self._shares.origin(root, self._folders),
        )


def is_large(libraries: LibraryCollection) -> bool:
    """Return whether listing libraries may take longer than a reader wants to wait."""
    folders = [path for library in libraries.libraries for path in library.paths]
    paths = chain.from_iterable(map(article_paths, folders))
    return sum(1 for _ in islice(paths, _LARGE)) == _LARGE


def _raise(error: Exception) -> None:
    """Let an error of the program itself be handled like any other."""
    raise error
