"""What one run of the window consists of: libraries, the reader's data, the search process, the window."""

from __future__ import annotations

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
from kbviewer.app.gui.library_desk import LibraryDesk
from kbviewer.app.gui.live_reading import LiveReading
from kbviewer.app.gui.loose_files import WithLooseFiles
from kbviewer.app.gui.qt_translation import QtTranslator
from kbviewer.app.paths import DataFolders, Profile
from kbviewer.app.policy_gate import allowed_part, check_may_open
from kbviewer.app.shelf import Shelf
from kbviewer.app.window_request import WindowRequest
from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder_index import OnProgress
from kbviewer.content.folder_scan import article_paths
from kbviewer.i18n.catalogues import available_languages
from kbviewer.i18n.system import system_language
from kbviewer.i18n.translator import Translator
from kbviewer.model.library import ArticleRepository
from kbviewer.model.policy import Policy
from kbviewer.model.shelf import ShelfChoice
from kbviewer.state.settings import SettingValues
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.window import MainWindow
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.search.client import SearchClient
    from kbviewer.search.protocol import Event
    from kbviewer.ui.home.sorted_articles import SortedByLanguage
    from kbviewer.ui.shell.about_facts import AboutFacts


_LARGE = 400


class Session(QObject):
    """The open libraries, the reader's data and the window on them.

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
        policy: Policy | None = None,
    ) -> None:
        super().__init__()
        self._policy = policy = policy or Policy()
        request, refused = allowed_part(policy, request)
        self._background = Background(self)
        self._profile = profile
        self._data = data
        values = state.settings.values
        named = (*request.libraries, *([Path(request.pack)] if request.pack else ()))
        shelf = Shelf(data.content, profile, ShelfChoice.parse(values.libraries), policy=policy)
        shelf = shelf.naming(named) if named else shelf
        self.desk = LibraryDesk(shelf, profile.packs, self._speaks, policy, self)
        self._libraries = self.desk.shelf.open()
        # What is being read beside the window, to be opened then; None for what the window waits for.
        self._next: tuple[Shelf, LibraryCollection] | None = None
        self._show_next: Callable[[ArticleRepository], object] = lambda _articles: None
        self._named = request.libraries
        # The job only follows a file that was saved.
        self._is_quiet = False
        waits = is_large(self._libraries)
        self._articles = WithLooseFiles(LibraryCollection(()) if waits else self._libraries)
        self._articles.add(request.article)
        language = self._first_language(request, values)
        self.translator = Translator(data.i18n, language, profile.cache)
        self._qt_texts = QtTranslator(self.translator, self)
        app.installTranslator(self._qt_texts)
        self.theme = theme = Theme(
            values.theme, values.zoom, touch=policy.touch(state.settings.chosen().get("touch"))
        )
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
            open_folder=self.open_libraries,
            about=self._facts,
            libraries=self.desk,
            policy=policy,
        )
        if refused is not None:
            self.window.first_painted.connect(lambda: self.window.report(refused))
        self.window.first_painted.connect(lambda: app.setWindowIcon(app_icon(data.resources)))
        self._language = language
        self._live = LiveReading(self.window, self._articles, self._look_again, self)
        self._connect()
        self._open_article(request)
        self.requested.connect(self.take, Qt.ConnectionType.QueuedConnection)

    def open_libraries(self, named: tuple[Path, ...]) -> ArticleRepository | None:
        """Open other libraries in place of what is open; without any look at the same ones again.

        Returns None when there is much to be read: that goes on beside the window.

        Raises:
            UsageError, PackError: one of those that were named cannot be opened.
            PolicyError: one of them may not be opened here.
        """
        for path in named:
            check_may_open(self._policy, path)
        shelf = self.desk.shelf.naming(named) if named else self.desk.shelf
        libraries = shelf.open()
        self._named = named or self._named
        self._is_quiet = False
        if is_large(libraries):
            self._next, self._show_next = (shelf, libraries), self.window.opener.came
            self._background.run(partial(self._look, libraries))
            return None
        libraries.refresh()
        return self._use(shelf, libraries)

    def follow_shelf(self) -> None:
        """Open what is on now; tabs and places stay. What takes long to read comes when it has been read."""
        shelf = self.desk.shelf
        libraries = shelf.open()
        self._is_quiet = False
        if is_large(LibraryCollection([one for one in libraries.libraries if not one.is_listed])):
            self._next, self._show_next = (shelf, libraries), self.window.opener.follow
            self._background.run(partial(self._prepare, libraries))
            return
        self.window.opener.follow(self._use(shelf, libraries))

    def _use(self, shelf: Shelf, libraries: LibraryCollection) -> ArticleRepository:
        self._next = None
        self._libraries = self._articles.libraries = libraries
        self.bridge.restart()
        shelf.close_retired()
        if shelf is not self.desk.shelf:
            self.desk.use(shelf)
        return self._articles

    def take(self, request: WindowRequest) -> None:
        """Do what a later start asks for, in this window."""
        if request.only_look:
            self.window.own_data.look()
            return
        request, refused = allowed_part(self._policy, request)
        if refused is not None:
            self.window.report(refused)
        if request.libraries and request.libraries != self._named:
            self.window.opener.open(*request.libraries)
        self._articles.add(request.article)
        language = request.language or self._articles.language_of(request.article)
        if language:
            self.window.language.switch_to(language)
        self._open_article(request)
        self.window.come_forward()
        if request.pack and self.window.shelf is not None:
            self.window.shelf.offer(Path(request.pack))

    def close(self) -> None:
        """End what runs beside the window."""
        self.desk.close()
        self._background.close()
        self.bridge.close()
        # Qt asks for texts until the last widget is gone; an application may outlive the session.
        QCoreApplication.removeTranslator(self._qt_texts)
        self.window.deleteLater()

    def _open_article(self, request: WindowRequest) -> None:
        if request.article:
            self.window.open_article(request.article, request.anchor)

    def _connect(self) -> None:
        background, window = self._background, self.window
        window.first_page.articles_wanted.connect(self._read_first)
        window.reading.stop_wanted.connect(background.stop)
        background.progressed.connect(window.reading.show_share)
        background.done.connect(self._take_articles)
        background.stopped.connect(self._take_stop)
        background.failed.connect(window.opener.gave_up)
        background.broke.connect(_raise)
        self.desk.reopened.connect(self.follow_shelf)
        self.desk.broke.connect(_raise)

    def _look_again(self) -> None:
        """Let lists and search follow a file that was saved; what is read stays as it is."""
        if self._background.is_busy:
            return
        self._is_quiet = is_large(self._libraries)
        if self._is_quiet:
            self._background.run(partial(self._look, self._libraries))
        elif self._libraries.refresh():
            self.bridge.restart()

    def _read_first(self) -> None:
        """Read the articles that the window waits for."""
        self._background.run(partial(self._prepare, self._libraries))

    def _prepare(self, libraries: LibraryCollection, on_progress: OnProgress) -> SortedByLanguage:
        """Read what the first page needs; in another thread."""
        libraries.prepare(on_progress)
        libraries.contents(self._language)
        return self._sorted(libraries)

    def _look(self, libraries: LibraryCollection, on_progress: OnProgress) -> SortedByLanguage:
        """Read what is new, and look again at what was read before; in another thread."""
        libraries.prepare(on_progress)
        libraries.refresh(on_progress)
        return self._sorted(libraries)

    def _sorted(self, libraries: LibraryCollection) -> SortedByLanguage:
        """Return the articles as home shows them: sorting thousands is nothing for the window's thread."""
        from kbviewer.ui.home.sorted_articles import SortedByLanguage

        articles = SortedByLanguage()
        articles.of(libraries.entries(), self.window.language.current, self.translator.language)
        return articles

    def _take_articles(self, articles: SortedByLanguage) -> None:
        self.window.home.take(articles)
        if self._is_quiet:
            self._is_quiet = False
            self.bridge.restart()
            return
        if self._next is not None:
            self._show_next(self._use(*self._next))
            return
        self._articles.libraries = self._libraries
        self.window.language.switch_to(self._language)
        self.window.first_page.articles_came()

    def _take_stop(self) -> None:
        self._is_quiet = False
        if self._next is not None:
            self._next = None
            self.window.opener.gave_up()
            return
        table, action = self.window.table, ActionId.OPEN_LIBRARY
        choose = table[action].trigger if table.offers(action) else None
        self.window.reading.show_stopped(self._read_again, choose)

    def _read_again(self) -> None:
        self.window.reading.show_loading()
        self._read_first()

    def _speaks(self) -> str:
        return self.translator.language

    def _first_language(self, request: WindowRequest, values: SettingValues) -> str:
        asked = request.language or self._articles.language_of(request.article)
        wanted = asked or self._policy.language(values.language)
        return wanted or system_language(available_languages(self._data.i18n))

    def _make_search_client(self, on_event: Callable[[Event], None]) -> SearchClient:
        from kbviewer.app.search_process import search_command
        from kbviewer.search.client import SearchClient

        # What is open here, even if another version of a pack has been installed since.
        named = [path for library in self._libraries.libraries for path in library.paths]
        return SearchClient(search_command(named, self._profile), on_event)

    def _facts(self) -> AboutFacts:
        from kbviewer.app.gui.facts import gather_facts

        return gather_facts(self._libraries, self.translator.language)


def is_large(libraries: LibraryCollection) -> bool:
    """Return whether listing libraries may take longer than a reader wants to wait."""
    folders = [path for library in libraries.libraries for path in library.paths]
    paths = chain.from_iterable(map(article_paths, folders))
    return sum(1 for _ in islice(paths, _LARGE)) == _LARGE


def _raise(error: Exception) -> None:
    """Let an error of the program itself be handled like any other."""
    raise error
