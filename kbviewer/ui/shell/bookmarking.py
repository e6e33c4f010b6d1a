"""Bookmarks: kept, listed, marked in the outline, opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from kbviewer.i18n.translator import Translator
from kbviewer.model.block_texts import block_texts
from kbviewer.model.errors import KbError
from kbviewer.model.marks import Bookmark
from kbviewer.model.messages import N_
from kbviewer.ui.marks.shown import Gone
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.mark_undo import MarkUndo, describe_bookmark_undone
from kbviewer.ui.shell.place_looks import PlaceLooks
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.reading import Reading
from kbviewer.ui.shell.side_pane import SidePane
from kbviewer.ui.shell.undoing import Undoing
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.state.bookmarks import BookmarkStore
    from kbviewer.state.marked_rows import MarkChange
    from kbviewer.ui.marks.bookmark_pane import BookmarkPane

MOST_IN_MENU: Final = 20
_LONGEST_IN_MENU = 60


class Bookmarking(QObject):
    """What the reader does with bookmarks.

    Signals:
        said(text): a short note for the reader.
        undoable_said(text, undo): the same, with a way to take it back.
        search_wanted(text): search for what a bookmark led to.
        opened(): a bookmark was opened.
    """

    said = Signal(str)
    undoable_said = Signal(str, object)
    search_wanted = Signal(str)
    opened = Signal()

    def __init__(
        self,
        store: Callable[[], BookmarkStore],
        reader: Reader,
        reading: Reading,
        pane: SidePane,
        actions: ActionSet,
        looks: PlaceLooks,
        undoing: Undoing,
        theme: Theme,
        translator: Translator,
        on_failure: Callable[[KbError], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._reader = reader
        self._reading = reading
        self._pane = pane
        self._actions = actions
        self._looks = looks
        self._theme = theme
        self._translator = translator
        self._on_failure = on_failure
        self._undoing = undoing
        self._undo: MarkUndo | None = None
        self._list: BookmarkPane | None = None

    def begin(self) -> None:
        """Follow what is read from now on; the first page is on the screen without it."""
        self._reading.section_changed.connect(self._name_action)
        self._reading.page_changed.connect(self.refresh)
        self.refresh()

    def toggle(self) -> None:
        """Keep the place that is read, or forget it."""
        page = self._reading.page
        if page is not None:
            self.toggle_place(page.section_here())

    def toggle_place(self, anchor: str) -> None:
        """Keep a place of the article that is read, or forget it."""
        article, _ = self._reader.article, self._translator.gettext
        if article is None:
            return
        store = self._store()
        if anchor in store.of_article(article.id):
            change = self._changing().do(lambda: store.remove(article.id, anchor))
            self._say_undoable(_("Bookmark removed"), change)
            return
        block = block_texts(article).get(anchor)
        place = block.excerpt if block is not None else ""
        change = self._changing().do(
            lambda: store.add(article.id, anchor, title=article.title, place=place, language=article.language)
        )
        if change is not None:
            self.refresh(change.id)
            text = _("Bookmark added: {place}").format(place=place or article.title)
            self.undoable_said.emit(text, lambda: self._take_back(change))

    @property
    def last_deed(self) -> int:
        """See `Past`."""
        return self._changing().last_deed

    def take_back_last(self) -> str:
        """See `Past`."""
        change = self._changing().take_back_last()
        self.refresh()
        return describe_bookmark_undone(change, self._translator) if change is not None else ""

    def refresh(self, current: int = 0) -> None:
        """Show the bookmarks as they are now, in list, outline and menu."""
        if self._list is not None:
            self._list.set_bookmarks(self._store().list(), current)
        article = self._reader.article
        marked: set[str] = set()
        if article is not None:
            anchors = self._store().of_article(article.id)
            blocks = block_texts(article) if anchors else {}
            marked = {blocks[anchor].section for anchor in anchors if anchor in blocks}
        self._pane.set_marked(frozenset(marked))
        self._name_action()

    def make_list(self) -> BookmarkPane:
        """Return the list for the side pane."""
        from kbviewer.ui.marks.bookmark_pane import BookmarkPane

        shown = BookmarkPane(self._theme, self._translator, self._looks.bookmark)
        shown.chosen.connect(self.open)
        shown.delete_wanted.connect(self.delete)
        shown.rename_wanted.connect(self._rename)
        shown.move_wanted.connect(self._move)
        shown.folder_wanted.connect(self._add_folder)
        shown.search_wanted.connect(self.search_wanted)
        shown.announced.connect(lambda text: announce(shown, text))
        shown.set_bookmarks(self._store().list())
        self._list = shown
        return shown

    def fill_menu(self, menu: QMenu) -> None:
        """Add the first bookmarks to a menu."""
        marks = [mark for mark in self._store().list() if not mark.is_folder]
        for mark in marks[:MOST_IN_MENU]:
            shown = self._looks.bookmark(mark)
            is_whole = mark.name or shown.title == shown.article_title
            text = shown.title if is_whole else f"{shown.title} – {shown.article_title}"
            if shown.gone is Gone.ARTICLE:
                text = self._translator.gettext("{title} (not in the open library)").format(title=shown.title)
            short = text if len(text) <= _LONGEST_IN_MENU else text[: _LONGEST_IN_MENU - 1] + "…"
            action = menu.addAction(short.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, mark=mark: self.open(mark))
        if not marks:
            menu.addAction(self._translator.gettext("No bookmarks yet")).setEnabled(False)

    def open(self, mark: Bookmark) -> None:
        """Go to the place of a bookmark; one that is gone says so there."""
        self.opened.emit()
        self._reader.open(mark.article, mark.anchor)

    def delete(self, mark: Bookmark) -> None:
        """Delete a bookmark, or a folder with what lies in it."""
        change = self._changing().do(lambda: self._store().delete(mark.id))
        _, inside = self._translator.gettext, len(change.rows) - 1 if change else 0
        name = self._looks.bookmark(mark).title if not mark.is_folder else mark.name
        text = _("Deleted: {name}").format(name=name)
        if inside > 0:
            text = self._translator.ngettext(
                "Deleted: {name} with {count} bookmark", "Deleted: {name} with {count} bookmarks", inside
            ).format(name=name, count=inside)
        self._say_undoable(text, change)

    def _rename(self, number: int, name: str) -> None:
        change = self._changing().do(lambda: self._store().rename(number, name))
        self.refresh(number if change else 0)

    def _move(self, number: int, folder: int, before: int) -> None:
        self._changing().do(lambda: self._store().move(number, folder, before))
        self.refresh(number)

    def _add_folder(self) -> None:
        name = self._translator.gettext("New folder")
        change = self._changing().do(lambda: self._store().add_folder(name))
        if change is not None and self._list is not None:
            self._list.filter.clear()
            self.refresh(change.id)
            self._list.edit_name(change.id)

    def _take_back(self, change: MarkChange) -> None:
        if self._changing().take_back(change):
            self.refresh()
            self.said.emit(describe_bookmark_undone(change, self._translator))

    def _changing(self) -> MarkUndo:
        if self._undo is None:
            self._undo = MarkUndo(self._store(), self._on_failure, self._undoing.next_number)
            self._undoing.add(self)
        return self._undo

    def _say_undoable(self, text: str, change: MarkChange | None) -> None:
        self.refresh()
        if change:
            self.undoable_said.emit(text, lambda: self._take_back(change))

    def _name_action(self) -> None:
        page, article = self._reading.page, self._reader.article
        is_marked = (
            page is not None
            and article is not None
            and page.section_here() in self._store().of_article(article.id)
        )
        self._actions.rename(ActionId.BOOKMARK, N_("Remove &bookmark") if is_marked else "")
