"""The reader's notes on blocks: written, listed, gone to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.block_texts import block_texts
from kbviewer.model.errors import KbError
from kbviewer.model.marks import Annotation
from kbviewer.ui.shell.drafting import Drafting
from kbviewer.ui.shell.mark_undo import MarkUndo, describe_note_undone
from kbviewer.ui.shell.place_looks import PlaceLooks
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.reading import Reading
from kbviewer.ui.shell.undoing import Undoing
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.state.annotations import AnnotationStore
    from kbviewer.state.marked_rows import MarkChange
    from kbviewer.ui.marks.note_pane import NotePane
    from kbviewer.ui.shell.note_dialog import NoteDialog

_NOTE = "note"


class Noting(QObject):
    """What the reader does with notes.

    Signals:
        said(text): a short note for the reader.
        undoable_said(text, undo): the same, with a way to take it back.
        opened(): the place of a note was gone to.
    """

    said = Signal(str)
    undoable_said = Signal(str, object)
    opened = Signal()

    def __init__(
        self,
        store: Callable[[], AnnotationStore],
        reader: Reader,
        reading: Reading,
        looks: PlaceLooks,
        undoing: Undoing,
        drafting: Drafting,
        theme: Theme,
        translator: Translator,
        on_failure: Callable[[KbError], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._store = store
        self._reader = reader
        self._reading = reading
        self._looks = looks
        self._theme = theme
        self._translator = translator
        self._on_failure = on_failure
        self._window = window
        self._undoing = undoing
        self._undo: MarkUndo | None = None
        self._list: NotePane | None = None
        self._drafting = drafting

    def write_here(self) -> None:
        """Write a note on the block that is read, or change it."""
        page = self._reading.page
        if page is not None:
            self.write(page.block_here())

    def write(self, anchor: str) -> None:
        """Write a note on a block of the article that is read, or change it; "" is the article as a whole."""
        article, page = self._reader.article, self._reading.page
        if article is None or page is None:
            return
        note = self._store().get(article.id, anchor)
        block = self._looks.block(article.id, anchor)
        about = block.excerpt if block is not None and block.excerpt else article.title
        then = ""
        if note is not None and note.language == article.language and anchor and note.excerpt != about:
            then = note.excerpt
        dialog = self._dialog(article.id, anchor, about, then)
        dialog.written.connect(lambda text: self._keep(article.id, anchor, text))
        dialog.open_near(page.note_button(anchor))

    def edit(self, note: Annotation) -> None:
        """Change a note from the list, wherever it is."""
        page, article = self._reading.page, self._reader.article
        block = self._looks.block(note.article, note.anchor)
        title = self._looks.article(note.article).title or note.title
        about = block.excerpt if block is not None else note.excerpt or title
        dialog = self._dialog(note.article, note.anchor, about, "")
        dialog.written.connect(lambda text: self._keep(note.article, note.anchor, text))
        is_here = page is not None and article is not None and article.id == note.article
        dialog.open_near(page.note_button(note.anchor) if page is not None and is_here else None)

    def go_to(self, note: Annotation) -> None:
        """Show the block that a note is on."""
        self.opened.emit()
        article, page = self._reader.article, self._reading.page
        if page is not None and article is not None and article.id == note.article:
            page.go_to(note.anchor)
        else:
            self._reader.open(note.article, note.anchor)

    def delete(self, note: Annotation) -> None:
        """Delete a note."""
        self._said_deleted(self._changing().do(lambda: self._store().delete(note.id)))

    def of_article(self, article: Article) -> Sequence[tuple[str, str]]:
        """Return the notes on an article in its order, each after what its block says; lost ones last."""
        blocks = block_texts(article)
        order = {key: number for number, key in enumerate(("", *blocks))}
        notes = sorted(self._store().list(article.id), key=lambda note: order.get(note.anchor, len(order)))
        said = {"": article.title} | {key: block.excerpt for key, block in blocks.items()}
        return [(said.get(note.anchor, note.excerpt), note.text) for note in notes]

    @property
    def last_deed(self) -> int:
        """See `Past`."""
        return self._changing().last_deed

    def take_back_last(self) -> str:
        """See `Past`."""
        change = self._changing().take_back_last()
        self._show_all()
        return describe_note_undone(change, self._translator) if change is not None else ""

    def refresh(self) -> None:
        """Show the notes as they are now in the list."""
        if self._list is not None:
            article = self._reader.article
            self._list.set_notes(self._store().list(), article.id if article is not None else "")

    def make_list(self) -> NotePane:
        """Return the list for the side pane."""
        from kbviewer.ui.marks.note_pane import NotePane

        shown = NotePane(self._theme, self._translator, self._looks.article)
        shown.chosen.connect(self.go_to)
        shown.edit_wanted.connect(self.edit)
        shown.delete_wanted.connect(self.delete)
        shown.add_wanted.connect(self.write_here)
        shown.announced.connect(lambda text: announce(shown, text))
        self._list = shown
        self.refresh()
        return shown

    def _dialog(self, article: str, anchor: str, about: str, then: str) -> NoteDialog:
        from kbviewer.ui.shell.note_dialog import NoteDialog

        note, place = self._store().get(article, anchor), (article, anchor)
        text = note.text if note is not None else ""
        draft = self._drafting.get(_NOTE, *place) or None
        dialog = NoteDialog(about, text, then, self._translator, self._window, draft=draft)
        for told in (dialog.typed, dialog.left):
            told.connect(lambda unsaved: self._drafting.keep(unsaved or "", _NOTE, *place))
        return dialog

    def _keep(self, article: str, anchor: str, text: str) -> None:
        annotated, before = self._looks.article(article), self._store().get(article, anchor)
        block = self._looks.block(article, anchor)
        read = self._reader.article
        is_read = read is not None and read.id == article
        excerpt = block.excerpt if block is not None else before.excerpt if before is not None else ""
        change = self._changing().do(
            lambda: self._store().write(
                article,
                anchor,
                text,
                excerpt=excerpt,
                title=annotated.title or (before.title if before is not None else ""),
                language=self._looks.language_of(article, before.language if before is not None else ""),
                revision=read.revision if read is not None and is_read else before.revision if before else "",
            )
        )
        if change is None:
            self._drafting.keep(text, _NOTE, article, anchor)
        elif not text:
            self._said_deleted(change)
        else:
            self._show_all()
            self.said.emit(self._translator.gettext("The note is kept on this computer."))

    def _said_deleted(self, change: MarkChange | None) -> None:
        self._show_all()
        if change:
            text = self._translator.gettext("Note deleted")
            self.undoable_said.emit(text, lambda: self._take_back(change))

    def _take_back(self, change: MarkChange) -> None:
        if self._changing().take_back(change):
            self._show_all()
            self.said.emit(describe_note_undone(change, self._translator))

    def _show_all(self) -> None:
        page = self._reading.page
        if page is not None:
            page.refresh_notes()
        self.refresh()

    def _changing(self) -> MarkUndo:
        if self._undo is None:
            self._undo = MarkUndo(self._store(), self._on_failure, self._undoing.next_number)
            self._undoing.add(self)
        return self._undo
