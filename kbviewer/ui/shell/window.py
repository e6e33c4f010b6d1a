"""The main window: makes the parts, connects them, and answers the window system."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QMoveEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError, StateError
from kbviewer.model.messages import N_, message
from kbviewer.model.policy import Policy, Right
from kbviewer.state.user_state import UserState
from kbviewer.ui.article.contracts import NoMarks
from kbviewer.ui.case.desk import CaseDesk
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.areas import to_next_area
from kbviewer.ui.shell.beside_switch import BesideSwitch
from kbviewer.ui.shell.case_work import CaseWork
from kbviewer.ui.shell.commands import Commands
from kbviewer.ui.shell.drafting import Drafting
from kbviewer.ui.shell.finding import Finding
from kbviewer.ui.shell.first_page import FirstPage
from kbviewer.ui.shell.guiding import Guiding
from kbviewer.ui.shell.language import LanguageSwitcher
from kbviewer.ui.shell.library_opener import LibraryOpener, OpenFolder
from kbviewer.ui.shell.library_work import LibraryWork
from kbviewer.ui.shell.marking import Marking
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.own_data import OwnData
from kbviewer.ui.shell.page_factory import PageFactory
from kbviewer.ui.shell.page_marks import PageMarks
from kbviewer.ui.shell.palette_opener import PaletteOpener
from kbviewer.ui.shell.parts import build_parts
from kbviewer.ui.shell.passing_notice import PassingNotice
from kbviewer.ui.shell.reading_parts import build_reading
from kbviewer.ui.shell.recovery import Recovery, RecoveryNotice
from kbviewer.ui.shell.retranslating import Retranslating
from kbviewer.ui.shell.search_memory import SearchMemory
from kbviewer.ui.shell.searching import Searching, SearchPort
from kbviewer.ui.shell.settings_keeper import SettingsKeeper
from kbviewer.ui.shell.share_notice import ShareNotice
from kbviewer.ui.shell.undoing import DeskPast, Undoing
from kbviewer.ui.shell.window_commands import WindowCommands
from kbviewer.ui.shell.wiring import connect_parts
from kbviewer.ui.theme.enter_key import press_with_enter
from kbviewer.ui.theme.finger_watch import FingerWatch
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from kbviewer.ui.shell.about_facts import AboutFacts
    from kbviewer.ui.shell.conversations import Conversations
    from kbviewer.ui.shell.library_port import Libraries

_FIRST_SIZE = QSize(1180, 720)
# The frame around the window needs room on the screen, too.
_SHARE_OF_SCREEN = 0.9
_SMALLEST = QSize(320, 360)


def first_size(available: QSize) -> QSize:
    """Return the size of a first window on a screen with `available` room."""
    return _FIRST_SIZE.boundedTo(available * _SHARE_OF_SCREEN)


class MainWindow(QMainWindow):
    """One window over one library and one reader's data.

    Signals:
        first_painted(): the first page is on screen; what was put off can be done now.
        support_info_wanted(): the reader wants to tell support what he has here.
    """

    first_painted = Signal()
    support_info_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        translator: Translator,
        state: UserState,
        library: OpenLibrary,
        search: SearchPort,
        *,
        language: str,
        waits: bool = False,
        open_folder: OpenFolder,
        about: Callable[[], AboutFacts],
        libraries: Libraries | None = None,
        policy: Policy | None = None,
        recovery: Recovery | None = None,
    ) -> None:
        super().__init__()
        self.policy = policy = policy or Policy()
        self._theme = theme
        self.translator = translator
        self._state = state
        self.library = library
        self.search = search
        self._about = about
        self._painted = False
        self._is_leaving = False
        self._talks: Conversations | None = None
        self.setMinimumSize(_SMALLEST)
        self.table = ActionSet(self, translator, policy)
        if policy.restricts:
            self._withhold(policy)
        self.language = LanguageSwitcher(translator, language, library.languages, self)
        self.settings = SettingsKeeper(state.settings, theme, self)
        self.undoing = Undoing(translator, self)
        number = self.undoing.next_number
        self._takes_notes = policy.allows(Right.NOTES)
        self.desk = CaseDesk(
            state, library.variant, self._current_language, number, self, takes_notes=self._takes_notes
        )
        self.undoing.add(DeskPast(self.desk, translator))
        self.drafting = Drafting(lambda: state.drafts, self)
        factory = PageFactory(
            theme,
            translator,
            library,
            self.desk,
            self.desk,
            state.answers,
            PageMarks(state) if self._takes_notes else NoMarks(),
            self.drafting,
            lambda: self.desk.case_id,
        )
        self.parts = build_parts(self, self.table, theme, translator, factory)
        self.own_data = OwnData(self, state, theme, translator, self.parts.frame.add_strip)
        self.recovery = RecoveryNotice(recovery, theme, translator, self.parts.frame.add_strip, self)
        self.share_notice = ShareNotice(theme, translator, self.parts.frame.add_strip, self)
        self.reader, self.home, self.reading, self.tab_desk = build_reading(self, state, theme)
        self.tabs = self.tab_desk.tabs
        self.passing = PassingNotice(self.parts.notice, self._where)
        self.first_page = FirstPage(self.reading, self.tab_desk.begin, waits=waits, parent=self)
        self.tab_desk.keeps_last = recovery is not None
        self.tab_desk.skips_tabs = recovery is not None and recovery.skips_tabs
        memory = SearchMemory(state.searches, self.report, logs=policy.logs_queries)
        self.searching = Searching(
            self.parts.field, search, theme, translator, self._current_language, memory, self.parts.frame
        )
        self.finding = Finding(self.parts.area, self.settings, self)
        self.commands = Commands(self.table, self.reader, self.reading, self.desk, theme, translator, self)
        self.guiding = Guiding(self.reading, self.reader, self.parts.area, self.table, self)
        self.cases = CaseWork(
            self,
            self.desk,
            state,
            library,
            self.reader,
            self.parts,
            self.table,
            self.drafting,
            theme,
            translator,
        )
        self.opener = LibraryOpener(library, open_folder, self.reader, self.reading, self)
        self.shelf: LibraryWork | None = None
        if libraries is not None:
            self.shelf = LibraryWork(self, libraries, self.reader, self.parts, self.table, theme, translator)
        self.window_commands = WindowCommands(self, self.table, self.parts.frame, self.settings)
        self.marking = Marking(
            self,
            state,
            self.parts,
            self.table,
            library,
            self.reader,
            self.reading,
            self.language,
            self.undoing,
            self.drafting,
            theme,
            translator,
        )
        self.command_palette = PaletteOpener(
            self, self.parts, self.table, self.reader, self.reading, theme, translator
        )
        self.beside = BesideSwitch(
            self.table,
            self.parts.area,
            self.parts.frame,
            factory,
            theme,
            translator,
            wanted=state.settings.values.side_by_side,
            parent=self,
        )
        self.table.bind(ActionId.SUPPORT_INFO, self.support_info_wanted.emit)
        self.table.bind(ActionId.NEXT_AREA, lambda: to_next_area(self.parts))
        parts = self.parts
        shelves = () if self.shelf is None else (self.shelf,)
        speaking = (self.table, parts.notice, parts.toast, parts.pane, parts.area, self.searching)
        desks = (self.cases, self.tabs, self.own_data, self.share_notice, self.recovery)
        self.retranslating = Retranslating(
            self.language, translator, parts.bar, (*speaking, *desks, *shelves)
        )
        connect_parts(self)
        self._restore()

    @property
    def conversations(self) -> Conversations:
        """The dialogs, made when the first one is needed."""
        if self._talks is None:
            from kbviewer.ui.shell.dialog_making import make_conversations

            self._talks = make_conversations(self, self._theme, self._state, self._about)
        return self._talks

    def open_article(self, reference: str, anchor: str = "") -> None:
        """Show an article; also while the window is not yet on screen."""
        if (self._painted or self.isVisible()) and not self.first_page.waits:
            self.tabs.open_beside(reference, anchor)
        else:
            self.first_page.keep(reference, anchor)

    def show_recovery(self) -> None:
        """Tell how the last run ended, now that the first page is there."""
        self.recovery.show(self.tab_desk.reopen)

    def come_forward(self) -> None:
        """Show the window above all others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def report(self, error: KbError) -> None:
        """Tell the reader what went wrong; reading goes on."""
        if self.own_data.tells_of(error):
            return
        told = message(N_("{what} {remedy}"), what=error.what, remedy=error.remedy or "")
        if isinstance(error, StateError):
            # About what the reader has written, wherever he goes.
            self.parts.notice.show_message(told)
        else:
            self.passing.show(told)

    def leave(self) -> None:
        """Close the window whatever readers may do: the computer, or who knows the PIN, ends the program."""
        self._is_leaving = True
        self.close()

    def show_title(self, title: str) -> None:
        """Name the window after the page that is shown, "" for home."""
        name = self.translator.gettext("Knowledge base")
        self.setWindowTitle(f"{title} – {name}" if title else name)

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the window before its first paint."""
        super().showEvent(event)
        if self.parts.area.current is not None:
            return
        self.window_commands.take_mouse_buttons()
        self.tab_desk.gesture.watch(self.windowHandle())
        FingerWatch(self)
        self.first_page.before_paint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell that the first paint is under way."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._finish_start)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep everything before the window goes; ask when that cannot be done."""
        if not (self._is_leaving or self.policy.allows(Right.EXIT)) or not self.own_data.may_close():
            event.ignore()
            return
        self.reading.flush()
        self.drafting.flush()
        self.tab_desk.flush()
        self.settings.keep_geometry(self)
        self.settings.flush()
        self.own_data.close()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the new size."""
        super().resizeEvent(event)
        if self._painted:
            self.settings.keep_geometry(self)

    def moveEvent(self, event: QMoveEvent) -> None:
        """Keep the new position."""
        super().moveEvent(event)
        if self._painted:
            self.settings.keep_geometry(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a pack or a folder."""
        if self.shelf is not None and self.shelf.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        if self.shelf is not None:
            event.acceptProposedAction()
            self.shelf.take(event.mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a button. Esc takes away what lies over the page, then leaves full screen.

        Both come here when nothing else wanted them.
        """
        if press_with_enter(event, self.focusWidget()):
            return
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.parts.toast.dismiss() or self.parts.frame.close_overlay():
            return
        elif self.guiding.is_on and not self.searching.is_beside:
            self.guiding.leave()
        else:
            self.finding.stop()
            self.searching.close()
            if self.isFullScreen() and self.policy.allows(Right.FULL_SCREEN):
                self.window_commands.set_full_screen(False)

    def _where(self) -> tuple[str, str]:
        stop = self.reader.history.current
        # Another section is the same page.
        return stop.article, "" if stop.article else stop.anchor

    def _current_language(self) -> str:
        return self.language.current

    def _restore(self) -> None:
        self.retranslating.show_languages()
        self.parts.frame.restore_pane(not self._state.settings.get("side_pane_folded"))
        if not self.settings.restore_geometry(self):
            self.resize(first_size(self.screen().availableSize()))
        if self.policy.is_locked("touch"):
            self.table.settle(ActionId.TOUCH)
        if self.policy.fills_screen:
            self.window_commands.set_full_screen(True)
        self.language.apply_locale()
        self.show_title("")

    def _withhold(self, policy: Policy) -> None:
        from kbviewer.ui.shell.policy_guard import PolicyGuard
        from kbviewer.ui.theme.rights import withhold

        withhold(self, [right for right in Right if not policy.allows(right)])
        PolicyGuard(policy, self)

    def _finish_start(self) -> None:
        self.first_page.after_paint()
        self.parts.fill_pane()
        notice = self.own_data.show_session()
        if notice is not None:
            self.parts.notice.show_message(notice)
        if self.policy.faults:
            from kbviewer.ui.shell.faulty_policy import FAULTY_POLICY

            self.parts.notice.show_message(message(FAULTY_POLICY))
        if not self.first_page.waits:
            self.show_recovery()
        self.marking.begin()
        if self.shelf is not None:
            self.shelf.begin()
        self.tab_desk.prepare()
        self.searching.prepare()
        self.retranslating.name_languages()
        self.first_painted.emit()
