"""What one run of the window consists of: libraries, the reader's data, the search process, the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from kbviewer.app.gui.application import app_icon
from kbviewer.app.gui.bridge import SearchBridge
from kbviewer.app.gui.empty_folders import EmptyFolders
from kbviewer.app.gui.library_desk import LibraryDesk
from kbviewer.app.gui.live_reading import LiveReading
from kbviewer.app.gui.new_files import NewFiles
from kbviewer.app.gui.qt_translation import QtTranslator
from kbviewer.app.gui.reading_desk import ReadingDesk
from kbviewer.app.gui.share_desk import ShareDesk
from kbviewer.app.gui.update_desk import UpdateDesk
from kbviewer.app.libraries import pack_folders
from kbviewer.app.paths import DataFolders, Profile
from kbviewer.app.policy_gate import allowed_part
from kbviewer.app.shares import Shares
from kbviewer.app.shelf import Shelf
from kbviewer.app.window_request import WindowRequest
from kbviewer.i18n.catalogues import available_languages
from kbviewer.i18n.system import system_language
from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Policy
from kbviewer.model.shelf import ShelfChoice
from kbviewer.state.filesystem import on_network
from kbviewer.state.settings import SettingValues
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.recovery import Recovery
from kbviewer.ui.shell.window import MainWindow
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.app.gui.support_info import SupportInfo
    from kbviewer.search.client import SearchClient
    from kbviewer.search.protocol import Event
    from kbviewer.ui.shell.about_facts import AboutFacts


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
        self.desk.updates = UpdateDesk(self.desk, profile, policy)
        share_desk = ShareDesk(shares, self)
        self.reading = ReadingDesk(
            self.desk, share_desk, policy, request.libraries, request.article, is_network, self
        )
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
            OpenLibrary(self.reading.articles),
            self.bridge,
            language=language,
            waits=self.reading.waits,
            open_folder=self.reading.open,
            about=self._facts,
            libraries=self.desk,
            policy=policy,
            recovery=recovery,
        )
        if refused is not None:
            self.window.first_painted.connect(lambda: self.window.report(refused))
        self.window.first_painted.connect(lambda: app.setWindowIcon(app_icon(data.resources)))
        self._live = LiveReading(self.window, self.reading.articles, self.reading.look_again, self)
        self.reading.serve(self.window, self.bridge)
        self._empty_folders = EmptyFolders(self.desk, self.window)
        self._new_files = NewFiles(self.desk, self.reading, self.window, self)
        self._support: SupportInfo | None = None
        self.window.support_info_wanted.connect(self._copy_support_info)
        self._open_article(request)
        self.requested.connect(self.take, Qt.ConnectionType.QueuedConnection)

    def take(self, request: WindowRequest) -> None:
        """Do what a later start asks for, in this window."""
        if request.only_look:
            self.window.own_data.look()
            return
        request, refused = allowed_part(self._policy, request)
        if refused is not None:
            self.window.report(refused)
        if request.libraries and request.libraries != self.reading.named:
            self.window.opener.open(*request.libraries)
        self.reading.articles.add(request.article)
        language = request.language or self.reading.articles.language_of(request.article)
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
        self._new_files.close()
        self.reading.close()
        if self._support is not None:
            self._support.close()
        self.bridge.close()
        # Qt asks for texts until the last widget is gone; an application may outlive the session.
        QCoreApplication.removeTranslator(self._qt_texts)
        self.window.deleteLater()

    def _open_article(self, request: WindowRequest) -> None:
        if request.article and self.reading.files.has(request.article):
            self._bring_article(request)
        elif request.article:
            self.window.open_article(request.article, request.anchor)
        if request.update and self.desk.updates is not None:
            self.desk.updates.bring(request.update)

    def _bring_article(self, request: WindowRequest) -> None:
        """Open a single file on a share when it has come from there; the window is there before it."""

        def show() -> None:
            language = request.language or self.reading.articles.language_of(request.article)
            if language:
                self.window.language.switch_to(language)
            self.window.open_article(request.article, request.anchor)

        bring = partial(self.reading.files.bring, request.article, show)
        if self.window.isVisible():
            bring()
        else:
            self.window.first_painted.connect(bring)

    def _speaks(self) -> str:
        return self.translator.language

    def _first_language(self, request: WindowRequest, values: SettingValues) -> str:
        asked = request.language or self.reading.articles.language_of(request.article)
        wanted = asked or self._policy.language(values.language)
        return wanted or system_language(available_languages(self._data.i18n))

    def _make_search_client(self, on_event: Callable[[Event], None]) -> SearchClient:
        from kbviewer.app.search_process import search_command
        from kbviewer.search.client import SearchClient

        # What is open here, even if another version of a pack has been installed since.
        named = [path for library in self.reading.libraries.libraries for path in library.paths]
        return SearchClient(search_command(named, self._profile), on_event)

    def _copy_support_info(self) -> None:
        """Copy what the doctor says of what is open here."""
        from kbviewer.app.gui.support_info import SupportInfo

        if self._support is None:
            self._support = SupportInfo(self._data, self._profile, self._policy, self.translator, self)
            self._support.said.connect(self.window.parts.toast.show_text)
        self._support.copy(self.reading.named)

    def _facts(self) -> AboutFacts:
        from kbviewer.app.gui.facts import gather_facts

        return gather_facts(self.reading.libraries, self.translator.language, self.desk.shelf.origin)
