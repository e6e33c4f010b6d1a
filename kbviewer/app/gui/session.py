"""What one run of the window consists of: libraries, the reader's data, the search process, the window."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
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
from kbviewer.app.gui.reading_jobs import is_large, look, prepare
from kbviewer.app.gui.share_desk import ShareDesk
from kbviewer.app.libraries import pack_folders
from kbviewer.app.paths import DataFolders, Profile
from kbviewer.app.policy_gate import allowed_part, check_may_open
from kbviewer.app.shares import Shares, fetch
from kbviewer.app.shelf import Shelf
from kbviewer.app.window_request import WindowRequest
from kbviewer.content.collection import LibraryCollection
from kbviewer.i18n.catalogues import available_languages
from kbviewer.i18n.system import system_language
from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import ArticleNotFoundError, KbError, ShareError
from kbviewer.model.library import ArticleRepository
from kbviewer.model.policy import Policy
from kbviewer.model.shelf import ShelfChoice
from kbviewer.state.filesystem import on_network
from kbviewer.state.settings import SettingValues
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.recovery import Recovery
from kbviewer.ui.shell.window import MainWindow
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.app.gui.support_info import SupportInfo
    from kbviewer.search.client import SearchClient
    from kbviewer.search.protocol import Event
    from kbviewer.ui.home.sorted_articles import SortedByLanguage
    from kbviewer.ui.shell.about_facts import AboutFacts


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
        policy: Policy | None = None,
        is_network: Callable[[Path], bool] = on_network,
        recovery: Recovery | None = None,
    ) -> None:
        super().__init__()
        self._policy = policy = policy or Policy()
        request, refused = allowed_part(policy, request)
        self._background = Background(self)
        self._profile = profile
        self._data = data
        values = state.settings.values
        named = (*request.libraries, *([Path(request.pack)] if request.pack else ()))
        machine = pack_folders(profile, policy)[1]
        shares = Shares(profile, is_network, machine)
        chosen = ShelfChoice.parse(values.libraries)
        shelf = Shelf(data.content, profile, chosen, policy=policy, shares=shares)
        shelf = shelf.naming(named) if named else shelf
        self.desk = LibraryDesk(shelf, profile.packs, self._speaks, policy, self)
        self._shares = ShareDesk(shares, self)
        self._libraries = self.desk.shelf.open()
        # What is being read beside the window, to be opened then; None for what the window waits for.
        self._next: tuple[Shelf, LibraryCollection] | None = None
        self._show_next: Callable[[ArticleRepository], object] = lambda _articles: None
        self._named = request.libraries
        # The job only follows a file that was saved.
        self._is_quiet = False
        self._articles = WithLooseFiles(self._libraries)
        self._articles.add(request.article)
        # Whether a share has to be asked before there is anything to show.
        self._fetches = self._must_wait(request)
        waits = self._fetches or is_large(self._libraries)
        if waits:
            self._articles.libraries = LibraryCollection(())
        language = self._first_language(request, values)
        self.translator = Translator(data.i18n, language, profile.cache)
        self._qt_texts = QtTranslator(self.translator, self)
        app.installTranslator(self._qt_texts)
        theme = Theme(values.theme, values.zoom, touch=policy.touch(state.settings.chosen().get("touch")))
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
            recovery=recovery,
        )
        if refused is not None:
            self.window.first_painted.connect(lambda: self.window.report(refused))
        self.window.first_painted.connect(lambda: app.setWindowIcon(app_icon(data.resources)))
        self._language = language
        self._live = LiveReading(self.window, self._articles, self._look_again, self)
        self._connect()
        self._support: SupportInfo | None = None
        self.window.support_info_wanted.connect(self._copy_support_info)
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
        if named and shelf.must_wait:
            self._next, self._show_next = (shelf, libraries), self.window.opener.came
            self._background.run(partial(fetch, shelf.awaited()))
            return None
        self._shares.look()
        if is_large(libraries):
            self._next, self._show_next = (shelf, libraries), self.window.opener.came
            self._background.run(partial(look, libraries, self._spoken))
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
            self._background.run(partial(prepare, libraries, self._spoken))
            return
        self.window.opener.follow(self._use(shelf, libraries))

    def _use(self, shelf: Shelf, libraries: LibraryCollection) -> ArticleRepository:
        self._next = None
        self._libraries = self._articles.libraries = libraries
        self.bridge.restart()
        shelf.close_retired()
        if shelf is not self.desk.shelf:
            self.desk.use(shelf)
        self._follow_shares()
        self.log_libraries()
        return self._articles

    def log_libraries(self) -> None:
        """Say in the log what is open; where there is nothing yet, it is said when it comes."""
        for library in self._libraries.libraries:
            pack = library.pack
            where = self.desk.shelf.origin(library.root)
            _log.info("open: %s %s, %d articles, %s", pack.id, pack.version, len(library.entries()), where)

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
        self._live.close()
        self._background.close()
        self._shares.close()
        if self._support is not None:
            self._support.close()
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
        window.first_painted.connect(self._follow_shares)
        window.reading.stop_wanted.connect(background.stop)
        background.progressed.connect(window.reading.show_share)
        background.done.connect(self._take_result)
        background.stopped.connect(self._take_stop)
        background.failed.connect(self._take_failure)
        background.broke.connect(_raise)
        self.desk.reopened.connect(self.follow_shelf)
        self.desk.broke.connect(_raise)
        self._shares.silent.connect(window.share_notice.show)
        self._shares.answered.connect(window.share_notice.hide)
        self._shares.told.connect(self._renew_faults)
        self._shares.changed.connect(self._take_copies)
        window.share_notice.retry_wanted.connect(self._shares.try_again)

    def _must_wait(self, request: WindowRequest) -> bool:
        """Return whether there is nothing to show before a share has answered."""
        shelf = self.desk.shelf
        if shelf.must_wait or not request.article:
            return shelf.must_wait
        try:
            self._articles.resolve(request.article)
        except ArticleNotFoundError:
            return bool(shelf.awaited())
        return False

    def _look_again(self) -> None:
        """Let lists and search follow a file that was saved; what is read stays as it is."""
        if self._background.is_busy:
            return
        self._is_quiet = is_large(self._libraries)
        if self._is_quiet:
            self._background.run(partial(look, self._libraries, self._spoken))
        elif self._libraries.refresh():
            self.bridge.restart()

    def _read_first(self) -> None:
        """Read the articles that the window waits for."""
        shelf = self.desk.shelf
        awaited = shelf.awaited() if self._fetches or shelf.must_wait else []
        job = partial(fetch, awaited) if awaited else partial(prepare, self._libraries, self._spoken)
        self._background.run(job)

    def _take_result(self, articles: SortedByLanguage | None) -> None:
        """Go on with what was read, None for copies that have been made."""
        if articles is None:
            self._open_copies()
            return
        self.window.home.take(articles)
        if self._is_quiet:
            self._is_quiet = False
            self.bridge.restart()
        elif self._next is not None:
            self._show_next(self._use(*self._next))
        else:
            self._begin()

    def _open_copies(self) -> None:
        """Read what had to come from a share first."""
        self._fetches = False
        shelf = self._next[0] if self._next is not None else self.desk.shelf
        try:
            shelf.check_named()
        except KbError as error:
            self._take_failure(error)
            return
        libraries = shelf.open()
        if self._next is not None:
            self._next = (shelf, libraries)
        else:
            self._libraries = libraries
        self._background.run(partial(prepare, libraries, self._spoken))

    def _begin(self) -> None:
        """Show what the window has waited for."""
        self._articles.libraries = self._libraries
        self.window.language.switch_to(self._language)
        self.window.first_page.articles_came()
        self._follow_shares()
        self.log_libraries()

    def _take_failure(self, error: KbError) -> None:
        self._is_quiet = False
        if not self.window.first_page.waits:
            self._next = None
            self.window.opener.gave_up(error)
            return
        self._fetches = False
        self._libraries = self.desk.shelf.open()
        if isinstance(error, ShareError) and self._libraries.libraries:
            # What is there without the share; that is asked again by and by.
            self._background.run(partial(prepare, self._libraries, self._spoken))
        else:
            self.window.reading.show_unreachable(error, self._read_again, self._choose_other())

    def _take_stop(self) -> None:
        self._is_quiet = False
        if self._next is not None:
            self._next = None
            self.window.opener.gave_up()
            return
        self.window.reading.show_stopped(self._read_again, self._choose_other())

    def _choose_other(self) -> Callable[[], object] | None:
        table, action = self.window.table, ActionId.OPEN_LIBRARY
        return table[action].trigger if table.offers(action) else None

    def _follow_shares(self) -> None:
        """Have the copies of what is on brought up to date beside the window."""
        self._shares.follow([] if self.window.first_page.waits else self.desk.shelf.copies())

    def _renew_faults(self) -> None:
        self.desk.shelf.renew_faults()
        self.desk.changed.emit()

    def _take_copies(self) -> None:
        """Show what has come from a share."""
        if self.desk.shelf.open().libraries != self._libraries.libraries:
            self.follow_shelf()
        else:
            self._look_again()

    def _read_again(self) -> None:
        self.window.reading.show_loading()
        self._read_first()

    def _speaks(self) -> str:
        return self.translator.language

    def _spoken(self) -> tuple[str, str]:
        return self.window.language.current, self.translator.language

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

    def _copy_support_info(self) -> None:
        """Copy what the doctor says of what is open here."""
        from kbviewer.app.gui.support_info import SupportInfo

        if self._support is None:
            self._support = SupportInfo(self._data, self._profile, self._policy, self.translator, self)
            self._support.said.connect(self.window.parts.toast.show_text)
        self._support.copy(self._named)

    def _facts(self) -> AboutFacts:
        from kbviewer.app.gui.facts import gather_facts

        return gather_facts(self._libraries, self.translator.language, self.desk.shelf.origin)


def _raise(error: Exception) -> None:
    """Let an error of the program itself be handled like any other."""
    raise error
