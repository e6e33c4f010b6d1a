"""Tabs in the window: what makes, shows, asks for and keeps them, brought together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kbviewer.i18n.translator import Translator
from kbviewer.model.tabs import READ_BEFORE, KeptTabs, Stop
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.parts import Parts
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.reading import Reading
from kbviewer.ui.shell.stop_titles import StopTitles
from kbviewer.ui.shell.tab_gesture import TabGesture
from kbviewer.ui.shell.tab_keeper import TabKeeper
from kbviewer.ui.shell.tabs import Tabs
from kbviewer.ui.shell.undoing import Undoing
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kbviewer.ui.article.page import ArticlePage
    from kbviewer.ui.shell.history_presenter import HistoryPresenter
    from kbviewer.ui.shell.navigation import Ahead
    from kbviewer.ui.shell.tab_strip import TabStrip

_NUMBERED = (
    ActionId.TAB_1,
    ActionId.TAB_2,
    ActionId.TAB_3,
    ActionId.TAB_4,
    ActionId.TAB_5,
    ActionId.TAB_6,
    ActionId.TAB_7,
    ActionId.TAB_8,
)


class TabDesk(QObject):
    """Binds the tabs to actions, clicks and disk.

    Attributes:
        tabs: opens, closes and changes them.
        titles: what pages are called.
        gesture: whether a click asks for another tab.
        skips_tabs: begin without the tabs of the last time, whatever the setting says.
        keeps_last: tabs of the last time that are not opened are kept for `reopen`.

    Signals:
        said(text): a short note for the reader.
        failed(error): the tabs could not be kept.
        setting_changed(name, value): the reader chose how the program starts.
    """

    said = Signal(str)
    failed = Signal(object)
    setting_changed = Signal(str, object)

    def __init__(
        self,
        window: QWidget,
        parts: Parts,
        actions: ActionSet,
        reader: Reader,
        reading: Reading,
        library: OpenLibrary,
        language: Callable[[], str],
        state: UserState,
        undoing: Undoing,
        theme: Theme,
        translator: Translator,
    ) -> None:
        super().__init__(window)
        self._parts = parts
        self._actions = actions
        self._reader = reader
        self._reading = reading
        self._state = state
        self._undoing = undoing
        self._theme = theme
        self._translator = translator
        self._library = library
        self._language = language
        self._history: HistoryPresenter | None = None
        self.skips_tabs = self.keeps_last = False
        self.left_behind = KeptTabs()
        self._own_pages: dict[str, Callable[[], object]] = {}
        # A tab that was left at a page which is not offered any more begins at home.
        if actions.offers(ActionId.HISTORY):
            self._own_pages[READ_BEFORE.anchor] = self._show_history
        self.titles = StopTitles(library, language, translator)
        self.gesture = TabGesture(window)
        self.tabs = Tabs(reader, self.titles, self._make_strip, lambda: self.gesture.where, translator, self)
        self._keeper = TabKeeper(state.tabs, reader.tabs, self)
        self._connect()
        self._bind()
        self._refresh()

    def begin(self, first: tuple[str, str] | None) -> None:
        """Show the first page: where the reader left off or home, and `first` when it was asked for."""
        resumes = self._actions[ActionId.START_WHERE_LEFT].isChecked() and not self.skips_tabs
        if not resumes and self.keeps_last:
            self.left_behind = self._keeper.load()
        self.tabs.begin(self._keeper.load() if resumes else KeptTabs(), first)

    @property
    def reopen(self) -> Callable[[], object] | None:
        """Opens the tabs of the last time beside those of now; None when there is nothing to reopen."""
        was_reading = any(stop.article or stop.anchor for tab in self.left_behind.tabs for stop in tab.stops)
        return self._reopen if was_reading else None

    def _reopen(self) -> None:
        kept, self.left_behind = self.left_behind, KeptTabs()
        self.tabs.reopen_kept(kept)

    def prepare(self) -> None:
        """Make what is used after the first paint: the lists behind back and forward."""
        from kbviewer.ui.shell.history_menu import HistoryMenu

        reader, bar = self._reader, self._parts.bar

        def title(page: Ahead) -> str:
            return self.titles.title_with_section(page.stop)

        HistoryMenu(bar.back_button, lambda most: reader.history.behind(most), title, reader.go)
        HistoryMenu(bar.forward_button, lambda most: reader.history.ahead(most), title, reader.go)

    def add_page(self, name: str, title: str, show: Callable[[], object]) -> None:
        """Let histories, tabs and the restart know a page of the program; `Reader.visit` leads there.

        Args:
            name: stands as `Stop(anchor=name)` in histories, and is kept on disk.
            title: what it is called, in English.
            show: brings it to the front, up to date and in the language that is on.
        """
        self._own_pages[name] = show
        self.titles.name_page(name, title)

    def show_own_page(self, name: str) -> str | None:
        """Show a page of the program and return its title, None when there is no such page."""
        show = self._own_pages.get(name)
        if show is None:
            return None
        show()
        return self.titles.title(Stop(anchor=name))

    def flush(self) -> None:
        """Keep the tabs now."""
        self._keeper.flush()

    def _connect(self) -> None:
        tabs = self.tabs
        for change in (self._reader.moved, self._reader.rested, tabs.changed):
            change.connect(self._keeper.keep)
        self._reader.moved.connect(self._refresh)
        tabs.changed.connect(self._refresh)
        tabs.said.connect(self.said)
        tabs.opened_behind.connect(self._say_opened)
        self._keeper.failed.connect(self.failed)
        self._reading.article_wanted.connect(tabs.open)
        self._reading.resumed.connect(self._say_resumed)
        self._reading.opens_elsewhere = tabs.open_section
        self._parts.area.article_page_made.connect(self._connect_page)

    def _bind(self) -> None:
        tabs, bind = self.tabs, self._actions.bind
        bind(ActionId.NEW_TAB, tabs.open_new)
        bind(ActionId.CLOSE_TAB, tabs.close)
        bind(ActionId.CLOSE_OTHER_TABS, tabs.close_others)
        bind(ActionId.DUPLICATE_TAB, tabs.duplicate)
        bind(ActionId.REOPEN_TAB, tabs.reopen)
        bind(ActionId.NEXT_TAB, partial(tabs.select_next, 1))
        bind(ActionId.PREVIOUS_TAB, partial(tabs.select_next, -1))
        bind(ActionId.LAST_TAB, partial(tabs.select_at, -1))
        for at, action in enumerate(_NUMBERED):
            bind(action, partial(tabs.select_at, at))
        bind(ActionId.TOP, self._reading.go_to_top)
        bind(ActionId.HISTORY, self._open_history)
        self._actions.bind_toggle(
            ActionId.START_WHERE_LEFT, lambda on: self.setting_changed.emit("start_where_left", on)
        )
        self._actions[ActionId.START_WHERE_LEFT].setChecked(self._state.settings.get("start_where_left"))

    def _refresh(self) -> None:
        """Grey out what makes no sense now."""
        count = len(self.tabs.open_tabs)
        for action in (
            ActionId.CLOSE_OTHER_TABS,
            ActionId.NEXT_TAB,
            ActionId.PREVIOUS_TAB,
            ActionId.LAST_TAB,
        ):
            self._actions[action].setEnabled(count > 1)
        for at, action in enumerate(_NUMBERED):
            self._actions[action].setEnabled(1 < count > at)
        self._actions[ActionId.REOPEN_TAB].setEnabled(self.tabs.open_tabs.can_reopen)

    def _make_strip(self) -> TabStrip:
        from kbviewer.ui.shell.tab_strip import TabStrip

        strip = TabStrip(self._theme, self._translator, self._actions)
        self._parts.frame.add_tabs(strip)
        self._parts.place_strip(strip)
        return strip

    def _open_history(self) -> None:
        if self._history is not None:
            self._history.page.begin_anew()
        self._reader.visit(READ_BEFORE)

    def _show_history(self) -> None:
        if self._history is None:
            self._history = self._make_history()
        self._parts.area.to_page(self._history.page)
        self._history.show()

    def _make_history(self) -> HistoryPresenter:
        from kbviewer.ui.shell.history_presenter import HistoryPresenter

        history = HistoryPresenter(
            self._state.recents,
            self._library,
            self._language,
            self.tabs,
            self._undoing,
            self._theme,
            self._translator,
            self,
        )
        _ = self._translator.gettext
        history.undoable_said.connect(lambda text, undo: self._parts.toast.show_text(text, _("Undo"), undo))
        history.failed.connect(self.failed)
        return history

    def _connect_page(self, page: ArticlePage) -> None:
        page.opens_elsewhere = lambda: self.gesture.is_elsewhere
        page.tab_wanted.connect(self.tabs.open_link_behind)

    def _say_resumed(self) -> None:
        _ = self._translator.gettext
        text = _("This is where you left off.")
        self._parts.toast.show_text(text, _("Back to the top"), self._reading.go_to_top, of_page=True)

    def _say_opened(self, title: str) -> None:
        text = self._translator.gettext("Opened in another tab: {title}").format(title=title)
        if self.tabs.strip is not None:
            announce(self.tabs.strip, text)
