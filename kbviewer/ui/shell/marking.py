"""Bookmarks, notes and links to places: brought together with the parts of the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.errors import KbError
from kbviewer.model.kb_links import SCHEME, format_link, parse_link
from kbviewer.state.user_state import UserState
from kbviewer.ui.article.contracts import PlaceCommand
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId, Menu
from kbviewer.ui.shell.bookmarking import Bookmarking
from kbviewer.ui.shell.drafting import Drafting
from kbviewer.ui.shell.language import LanguageSwitcher
from kbviewer.ui.shell.noting import Noting
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.pane_tabs import Tab
from kbviewer.ui.shell.parts import Parts
from kbviewer.ui.shell.place_looks import PlaceLooks
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.reading import Reading
from kbviewer.ui.shell.sharing import cite
from kbviewer.ui.shell.undoing import Undoing
from kbviewer.ui.theme.theme import Theme

_ACTIONS: Final = {
    PlaceCommand.BOOKMARK: ActionId.BOOKMARK,
    PlaceCommand.NOTE: ActionId.NOTE,
    PlaceCommand.COMMENT: ActionId.COMMENT,
    PlaceCommand.COPY_LINK: ActionId.COPY_LINK,
    PlaceCommand.COPY_CITATION: ActionId.COPY_CITATION,
}


class Marking(QObject):
    """Binds what concerns places in articles.

    Signals:
        failed(error): something could not be kept or opened.
        said(text): a short note for the reader.
        undoable_said(text, undo): the same, with a way to take it back.
        search_wanted(text): the reader wants to search for that.
    """

    failed = Signal(object)
    said = Signal(str)
    undoable_said = Signal(str, object)
    search_wanted = Signal(str)

    def __init__(
        self,
        window: QWidget,
        state: UserState,
        parts: Parts,
        actions: ActionSet,
        library: OpenLibrary,
        reader: Reader,
        reading: Reading,
        language: LanguageSwitcher,
        undoing: Undoing,
        drafting: Drafting,
        theme: Theme,
        translator: Translator,
    ) -> None:
        super().__init__(window)
        self._parts = parts
        self._actions = actions
        self._reader = reader
        self._reading = reading
        self._translator = translator
        self.looks = PlaceLooks(library, lambda: language.current)
        failed = self.failed.emit
        self.bookmarks = Bookmarking(
            lambda: state.bookmarks,
            reader,
            reading,
            parts.pane,
            actions,
            self.looks,
            undoing,
            theme,
            translator,
            failed,
            self,
        )
        self.notes = Noting(
            lambda: state.annotations,
            reader,
            reading,
            self.looks,
            undoing,
            drafting,
            theme,
            translator,
            failed,
            window,
        )
        self._bind(actions)
        for source in (self.bookmarks, self.notes):
            source.said.connect(self.said)
            source.undoable_said.connect(self.undoable_said)
            source.opened.connect(parts.frame.close_overlay)
        self.bookmarks.search_wanted.connect(self.search_wanted)
        parts.pane.set_maker(Tab.BOOKMARKS, self.bookmarks.make_list)
        parts.pane.set_maker(Tab.NOTES, self.notes.make_list)
        reading.place_commanded.connect(self.command)
        reading.page_changed.connect(self.notes.refresh)

    def begin(self) -> None:
        """Follow what is read, now that the first page is on the screen."""
        self.bookmarks.begin()

    def refresh(self) -> None:
        """Look everything up anew: the language or the library is another."""
        self.looks.forget()
        self.bookmarks.refresh()
        self.notes.refresh()

    def command(self, what: PlaceCommand, key: str) -> None:
        """Do what the reader wants with a place of the article that is read, if such an action is offered."""
        if not self._actions.offers(_ACTIONS[what]):
            return
        match what:
            case PlaceCommand.BOOKMARK:
                self.bookmarks.toggle_place(key)
            case PlaceCommand.NOTE:
                self.notes.write(key)
            case PlaceCommand.COMMENT:
                self._reading.comment_wanted.emit(key)
            case PlaceCommand.COPY_LINK:
                self.copy_link(key)
            case PlaceCommand.COPY_CITATION:
                self.copy_citation(key)

    def notes_for_paper(self, article: Article) -> Sequence[tuple[str, str]]:
        """Return the notes to print with an article, each with what its block says."""
        return self.notes.of_article(article)

    def copy_link(self, anchor: str) -> None:
        """Copy the link to a place of the article that is read."""
        article = self._reader.article
        if article is not None:
            link = format_link(article.id, anchor)
            QGuiApplication.clipboard().setText(link)
            self._say_copied(link)

    def copy_citation(self, anchor: str) -> None:
        """Copy title and id of the article that is read, with the heading or step."""
        article = self._reader.article
        if article is not None:
            citation = cite(article, anchor)
            data = QMimeData()
            data.setText(citation.text)
            data.setHtml(citation.html)
            QGuiApplication.clipboard().setMimeData(data)
            self._say_copied(citation.text)

    def open_link(self, text: str) -> bool:
        """Open a link that was typed or pasted; return whether it could be one."""
        try:
            link = parse_link(text)
        except KbError as error:
            self.failed.emit(error)
            return False
        self._reader.open(SCHEME + link.article, link.anchor)
        return True

    def show(self, tab: Tab) -> None:
        """Show a view of the side pane, also where it was folded, and go there."""
        self._parts.pane.show_tab(tab)
        self._parts.frame.set_pane_wanted(True)
        self._parts.pane.focus_list()

    def _bind(self, actions: ActionSet) -> None:
        actions.bind(ActionId.BOOKMARK, self.bookmarks.toggle)
        actions.bind(ActionId.SHOW_BOOKMARKS, lambda: self.show(Tab.BOOKMARKS))
        actions.bind(ActionId.NOTE, self.notes.write_here)
        actions.bind(ActionId.SHOW_NOTES, lambda: self.show(Tab.NOTES))
        actions.bind(ActionId.COPY_LINK, lambda: self.copy_link(self._section()))
        actions.bind(ActionId.COPY_CITATION, lambda: self.copy_citation(self._section()))
        actions.fill_when_shown(Menu.BOOKMARKS, self.bookmarks.fill_menu)

    def _section(self) -> str:
        page = self._reading.page
        return page.section_here() if page is not None else ""

    def _say_copied(self, text: str) -> None:
        short = text if len(text) <= 60 else text[:59] + "…"
        self.said.emit(self._translator.gettext("Copied: {text}").format(text=short))
