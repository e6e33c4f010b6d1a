"""The main window: makes the parts, connects them, and answers the window system."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError
from kbviewer.model.hits import Hit
from kbviewer.model.library import ArticleRepository
from kbviewer.model.messages import N_, message
from kbviewer.model.progress import ReadingPlace
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.commands import Commands
from kbviewer.ui.shell.finding import Finding
from kbviewer.ui.shell.home_presenter import HomePresenter
from kbviewer.ui.shell.language import LanguageSwitcher
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.page_factory import PageFactory
from kbviewer.ui.shell.parts import build_parts
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.reading import Reading
from kbviewer.ui.shell.searching import Searching, SearchPort
from kbviewer.ui.shell.settings_keeper import SettingsKeeper
from kbviewer.ui.shell.undo import UndoableTicks
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.shell.about_facts import AboutFacts
    from kbviewer.ui.shell.conversations import Conversations

_FIRST_SIZE = QSize(1366, 768)
_SMALLEST = QSize(320, 360)
_HISTORY_BUTTONS = {
    Qt.MouseButton.BackButton: ActionId.BACK,
    Qt.MouseButton.ForwardButton: ActionId.FORWARD,
}


class MainWindow(QMainWindow):
    """One window over one library and one reader's data.

    Signals:
        first_painted(): the first page is on screen; what was put off can be done now.
    """

    first_painted = Signal()

    def __init__(
        self,
        theme: Theme,
        translator: Translator,
        state: UserState,
        library: OpenLibrary,
        search: SearchPort,
        *,
        language: str,
        open_folder: Callable[[Path | None], ArticleRepository],
        about: Callable[[], AboutFacts],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._translator = translator
        self._state = state
        self.library = library
        self.search = search
        self._open_folder = open_folder
        self._about = about
        self._first_article: tuple[str, str] | None = None
        self._painted = False
        self._talks: Conversations | None = None
        self.setMinimumSize(_SMALLEST)
        self.table = ActionSet(self, translator)
        self.language = LanguageSwitcher(translator, language, library.languages, self)
        self.settings = SettingsKeeper(state.settings, theme, self)
        self._ticks = UndoableTicks(state.ticks, self.report)
        factory = PageFactory(theme, translator, library, self._ticks, state.choices, state.answers)
        self.parts = build_parts(self, self.table, theme, translator, factory)
        self._build_reading()
        self.searching = Searching(self.parts.field, search, theme, translator, self._current_language, self)
        self.finding = Finding(self.parts.area, self)
        self.commands = Commands(self.table, self.reader, self.reading, self._ticks, theme, translator, self)
        self._bind_window()
        self._connect()
        self._restore()

    @property
    def conversations(self) -> Conversations:
        """The dialogs, made when the first one is needed."""
        if self._talks is None:
            from kbviewer.ui.shell.conversations import Conversations

            self._talks = Conversations(
                self,
                self._translator,
                self.reader,
                self.library,
                self._state.ticks,
                self._state.choices,
                self._state.comments,
                self._about,
            )
            self._talks.search_wanted.connect(self.searching.search_for)
            self._talks.said.connect(self.parts.toast.show_text)
            self._talks.failed.connect(self.report)
        return self._talks

    def open_article(self, reference: str, anchor: str = "") -> None:
        """Show an article; also while the window is not yet on screen."""
        if self._painted or self.isVisible():
            self.reader.open(reference, anchor)
        else:
            self._first_article = (reference, anchor)

    def come_forward(self) -> None:
        """Show the window above all others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def report(self, error: KbError) -> None:
        """Tell the reader what went wrong; reading goes on."""
        remedy = error.remedy or ""
        self.parts.notice.show_message(message(N_("{what} {remedy}"), what=error.what, remedy=remedy))

    def open_library(self, folder: Path | None) -> None:
        """Open another folder, or None for the same ones anew."""
        self.searching.close()
        try:
            repository = self._open_folder(folder)
        except KbError as error:
            self.report(error)
            return
        self.library.replace(repository)
        self._show_languages()
        if folder is None:
            self.reader.reload()
        else:
            self.reader.forget()
            self.reader.go_home()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the window before its first paint."""
        super().showEvent(event)
        if self.parts.area.current is not None:
            return
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        if self._first_article is not None:
            self.reader.open(*self._first_article)
        else:
            self.reader.go_home()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell that the first paint is under way."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._finish_start)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep everything before the window goes."""
        self.reading.flush()
        self.settings.keep_geometry(self)
        self.settings.flush()
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, when nothing else wanted it: take away what lies over the page, then leave full screen."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.parts.frame.close_overlay():
            self.finding.stop()
            self.searching.close()
            if self.isFullScreen():
                self._set_full_screen(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the mouse's own buttons for back and forward, wherever the pointer is."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            action = _HISTORY_BUTTONS.get(event.button())
            if action is not None:
                self.table[action].trigger()
                return True
        return super().eventFilter(watched, event)

    def _current_language(self) -> str:
        return self.language.current

    def _build_reading(self) -> None:
        state = self._state
        self.reader = Reader(
            self.library, state.places, state.recents, self._current_language, self._current_place, self
        )
        self.home = HomePresenter(
            self.parts.area,
            self.library,
            state.ticks,
            state.recents,
            self.reader,
            self._current_language,
            self._translator,
            self,
        )
        self.reading = Reading(
            self.reader,
            self.library,
            self.parts.area,
            self.parts.pane,
            self.home.show,
            self._translator,
            self,
        )

    def _current_place(self) -> ReadingPlace | None:
        page = self.reading.page
        return page.place() if page is not None else None

    def _bind_window(self) -> None:
        bind, toggle = self.table.bind, self.table.bind_toggle
        bind(ActionId.OPEN_LIBRARY, lambda: self.conversations.choose_library(self.open_library))
        bind(ActionId.RELOAD, lambda: self.open_library(None))
        bind(ActionId.EXPORT_COMMENTS, lambda: self.conversations.export_comments())
        bind(ActionId.EXIT, self.close)
        bind(ActionId.FIND, self.finding.start)
        bind(ActionId.FIND_NEXT, self.finding.find_next)
        bind(ActionId.FIND_PREVIOUS, self.finding.find_previous)
        bind(ActionId.COMMENT, lambda: self.conversations.comment(self.reading.section))
        bind(ActionId.SWITCH_LANGUAGE, self.language.switch_to_next)
        toggle(ActionId.SIDE_PANE, self._set_pane)
        toggle(ActionId.FULL_SCREEN, self._set_full_screen)
        bind(ActionId.SEARCH, self.searching.focus)
        bind(ActionId.GET_HELP, lambda: self.conversations.offer_help())
        bind(ActionId.SHORTCUTS, lambda: self.conversations.show_shortcuts())
        bind(ActionId.ABOUT, lambda: self.conversations.show_about())

    def _connect(self) -> None:
        self.parts.bar.pane_requested.connect(self._toggle_pane)
        self.parts.bar.languages.language_chosen.connect(self.language.switch_to)
        self._follow_language()
        self.parts.frame.pane_shown.connect(self.table[ActionId.SIDE_PANE].setChecked)
        self.parts.pane.anchor_chosen.connect(lambda _anchor: self.parts.frame.close_overlay())
        self.parts.pane.reset_requested.connect(self.commands.reset_progress)
        self.searching.hit_chosen.connect(self._open_hit)
        self.home.library_wanted.connect(self.table[ActionId.OPEN_LIBRARY].trigger)
        self.home.problem_chosen.connect(self.reading.show_problem)
        self.reading.title_changed.connect(self._set_title)
        self.reading.page_changed.connect(self._show_page)
        self.reading.link_unresolved.connect(lambda link: self.conversations.explain_link(link))
        self.reading.search_wanted.connect(self.searching.search_for)
        self.reading.reload_wanted.connect(lambda: self.open_library(None))
        self.reading.help_wanted.connect(lambda: self.conversations.offer_help())
        self.reading.comment_wanted.connect(lambda anchor: self.conversations.comment(anchor))
        self.commands.setting_changed.connect(self.settings.keep)
        self.commands.undoable_said.connect(self._say_undoable)
        for source in (self.reading.said, self.commands.said):
            source.connect(self.parts.toast.show_text)
        for failure in (self.reader.failed, self.settings.failed):
            failure.connect(self.report)

    def _restore(self) -> None:
        self._show_languages()
        self.parts.frame.restore_pane(not self._state.settings.get("side_pane_folded"))
        if not self.settings.restore_geometry(self):
            self.resize(_FIRST_SIZE)
        self.table[ActionId.FULL_SCREEN].setChecked(self.isFullScreen())
        self.language.apply_locale()
        self._set_title("")

    def _finish_start(self) -> None:
        if self._state.notice is not None:
            self.parts.notice.show_message(self._state.notice)
        self.parts.fill_pane()
        self.searching.prepare()
        self._name_languages()
        self.first_painted.emit()

    def _show_page(self) -> None:
        self.parts.frame.set_has_outline(self.parts.area.shows_article)
        self.searching.close()
        self.finding.refresh()
        if not self.parts.area.shows_article:
            self.finding.stop()
        page = self.parts.area.current
        if page is self.parts.area.home_page:
            self.parts.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is not None and page is self.parts.area.status_page:
            self.parts.area.to_status().focus_first()
        elif page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_hit(self, hit: Hit) -> None:
        self.reader.open(hit.article, hit.anchor)

    def _set_pane(self, shown: bool) -> None:
        self.parts.frame.set_pane_wanted(shown)
        if not self.parts.frame.is_narrow:
            self.settings.keep("side_pane_folded", not shown)

    def _toggle_pane(self) -> None:
        self.parts.frame.toggle_pane()
        if not self.parts.frame.is_narrow:
            self.settings.keep("side_pane_folded", not self.parts.frame.pane_wanted)

    def _set_full_screen(self, on: bool) -> None:
        state = self.windowState() & ~Qt.WindowState.WindowFullScreen
        self.setWindowState(state | Qt.WindowState.WindowFullScreen if on else state)
        self.table[ActionId.FULL_SCREEN].setChecked(on)

    def _set_title(self, title: str) -> None:
        name = self._translator.gettext("Knowledge base")
        self.setWindowTitle(f"{title} – {name}" if title else name)

    def _say_undoable(self, text: str) -> None:
        self.parts.toast.show_text(text, self._translator.gettext("Undo"), self.commands.undo)

    def _show_languages(self) -> None:
        self.parts.bar.set_languages(self.language.languages, self.language.current)

    def _name_languages(self) -> None:
        from kbviewer.i18n.formats import language_name

        spoken = self._translator.language
        self.parts.bar.languages.set_names(
            self._translator.gettext("Language"), lambda tag: language_name(tag, spoken).capitalize()
        )

    def _follow_language(self) -> None:
        """Have every part take its texts anew, the page last, because it is what is read."""
        parts, changed = self.parts, self.language.changed
        for part in (self.table, parts.bar, parts.notice, parts.pane, parts.area, self.searching):
            changed.connect(part.retranslate)
        for react in (self._show_languages, self._name_languages, self.reading.show_variant):
            changed.connect(react)
        changed.connect(self.finding.refresh)
        changed.connect(lambda language: self.settings.keep("language", language))
