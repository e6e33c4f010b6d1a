"""What the actions do that concern the window itself: panes, screen, search, languages, dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMainWindow

from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.finding import Finding
from kbviewer.ui.shell.frame import Frame
from kbviewer.ui.shell.language import LanguageSwitcher
from kbviewer.ui.shell.library_opener import LibraryOpener
from kbviewer.ui.shell.own_data import OwnData
from kbviewer.ui.shell.reading import Reading
from kbviewer.ui.shell.searching import Searching
from kbviewer.ui.shell.settings_keeper import SettingsKeeper

if TYPE_CHECKING:
    from kbviewer.ui.shell.conversations import Conversations


_HISTORY_BUTTONS = {
    Qt.MouseButton.BackButton: ActionId.BACK,
    Qt.MouseButton.ForwardButton: ActionId.FORWARD,
}


class WindowCommands(QObject):
    """Binds actions to the window's parts."""

    def __init__(
        self, window: QMainWindow, actions: ActionSet, frame: Frame, settings: SettingsKeeper
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._frame = frame
        self._settings = settings
        actions.bind(ActionId.EXIT, window.close)
        actions.bind_toggle(ActionId.SIDE_PANE, self._set_pane)
        actions.bind_toggle(ActionId.FULL_SCREEN, self.set_full_screen)
        actions[ActionId.FULL_SCREEN].setChecked(window.isFullScreen())
        frame.pane_shown.connect(actions[ActionId.SIDE_PANE].setChecked)

    def bind_search(self, finding: Finding, searching: Searching) -> None:
        """Bind what looks for words."""
        self._actions.bind(ActionId.FIND, lambda: finding.start(searching.query_in_focus))
        self._actions.bind(ActionId.FIND_NEXT, finding.find_next)
        self._actions.bind(ActionId.FIND_PREVIOUS, finding.find_previous)
        self._actions.bind(ActionId.SEARCH, searching.focus)
        self._actions.bind(ActionId.SEARCH_ALL, lambda: searching.search_for(finding.text))
        finding.search_wanted.connect(searching.search_for)

    def bind_library(self, opener: LibraryOpener, language: LanguageSwitcher) -> None:
        """Bind what changes all articles."""
        self._actions.bind(ActionId.RELOAD, opener.reload)
        self._actions.bind(ActionId.SWITCH_LANGUAGE, language.switch_to_next)

    def bind_dialogs(
        self,
        conversations: Callable[[], Conversations],
        open_folder: Callable[[Path], object],
        reading: Reading,
    ) -> None:
        """Bind what asks or tells; the dialogs are made with the first of them."""
        bind = self._actions.bind
        bind(ActionId.OPEN_LIBRARY, lambda: conversations().choose_library(open_folder))
        bind(ActionId.PRINT, lambda: conversations().printing.open_preview())
        bind(ActionId.SAVE_PDF, lambda: conversations().printing.ask_file())
        bind(ActionId.EXPORT_COMMENTS, lambda: conversations().export_comments())
        bind(ActionId.COMMENT, lambda: conversations().comment(reading.section))
        bind(ActionId.GET_HELP, lambda: conversations().offer_help())
        bind(ActionId.SHORTCUTS, lambda: conversations().show_shortcuts())
        bind(ActionId.ABOUT, lambda: conversations().show_about())
        reading.link_unresolved.connect(lambda link: conversations().explain_link(link))
        reading.help_wanted.connect(lambda: conversations().offer_help())
        if self._actions.offers(ActionId.COMMENT):
            reading.comment_wanted.connect(lambda anchor: conversations().comment(anchor))

    def bind_own_data(self, own_data: OwnData) -> None:
        """Bind what carries the reader's data out and in."""
        self._actions.bind(ActionId.EXPORT_DATA, lambda: own_data.transfer.ask_export())
        self._actions.bind(ActionId.IMPORT_DATA, lambda: own_data.transfer.ask_import())

    def take_mouse_buttons(self) -> None:
        """Let the mouse's own buttons go back and forward, wherever the pointer is."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the mouse's own buttons before any part of the window sees them."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            action = _HISTORY_BUTTONS.get(event.button())
            if action is not None:
                self._actions[action].trigger()
                return True
        return super().eventFilter(watched, event)

    def toggle_pane(self) -> None:
        """Show the side pane when it is hidden, hide it when it is shown."""
        self._frame.toggle_pane()
        if not self._frame.is_narrow:
            self._settings.keep("side_pane_folded", not self._frame.pane_wanted)

    def set_full_screen(self, on: bool) -> None:
        """Take the whole screen, or give it back."""
        state = self._window.windowState() & ~Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | Qt.WindowState.WindowFullScreen if on else state)
        self._actions[ActionId.FULL_SCREEN].setChecked(on)

    def _set_pane(self, shown: bool) -> None:
        self._frame.set_pane_wanted(shown)
        if not self._frame.is_narrow:
            self._settings.keep("side_pane_folded", not shown)
