"""The list of the reader's notes with a search over all of them. Shows what it is given; stores none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kbviewer.i18n.translator import Translator
from kbviewer.model.marks import Annotation
from kbviewer.ui.marks.mark_tree import MarkTree
from kbviewer.ui.marks.note_model import GONE_ROLE, SAID_ROLE, Index, NoteModel
from kbviewer.ui.marks.note_rows import Look, NoteRow, group_notes
from kbviewer.ui.marks.row_painting import RowLook, paint_row, row_height
from kbviewer.ui.marks.shown import Gone
from kbviewer.ui.theme.icon_tool import IconTool
from kbviewer.ui.theme.theme import Theme

_INDENT_PX: Final = 10
_LINES: Final = 3


class _RowDelegate(QStyledItemDelegate):
    """Paints a note with what its block says, or the title of an article."""

    def __init__(self, theme: Theme, view: NoteTree) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """Return the size of a row."""
        room = self._view.room_for(index)
        return QSize(0, row_height(self._look(index), self._view.font(), room, self._theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        look, focused = self._look(index), self._view.hasFocus()
        paint_row(painter, option.rect, look, self._view.font(), self._theme, option.state, focused)

    def _look(self, index: Index) -> RowLook:
        is_gone = bool(index.data(GONE_ROLE))
        if self._view.notes.row(index) is None:
            icon = "warning" if is_gone else "book"
            return RowLook(str(index.data()), "", icon, is_gone)
        return RowLook(str(index.data()), str(index.data(SAID_ROLE)), "annotation", is_gone, _LINES)


class NoteTree(MarkTree):
    """Lists notes under their articles.

    Signals:
        chosen(row): go there, or edit it where there is no place to go to.
        edit_wanted(row), delete_wanted(row): the keys for that were pressed.
        menu_wanted(row, point): the context menu, at a point of the screen.
    """

    chosen = Signal(object)
    edit_wanted = Signal(object)
    delete_wanted = Signal(object)
    menu_wanted = Signal(object, object)

    def __init__(self, notes: NoteModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(notes, theme, parent)
        self.notes = notes
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setIndentation(_INDENT_PX)
        self.setRootIsDecorated(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._choose)
        self.customContextMenuRequested.connect(self._ask_menu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, edit, delete; everything else as a tree does."""
        row, key = self.notes.row(self.currentIndex()), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif key == Qt.Key.Key_F2 and row is not None:
            self.edit_wanted.emit(row)
        elif key == Qt.Key.Key_Delete and row is not None:
            self.delete_wanted.emit(row)
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        row = self.notes.row(index)
        if row is not None:
            self.chosen.emit(row)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def _ask_menu(self, point: QPoint) -> None:
        row = self.notes.row(self.indexAt(point))
        if row is not None:
            self.setCurrentIndex(self.indexAt(point))
            self.menu_wanted.emit(row, self.viewport().mapToGlobal(point))


class NotePane(QWidget):
    """Search field, notes, tools.

    Signals:
        chosen(note): go to its block.
        edit_wanted(note), delete_wanted(note): change it.
        add_wanted(): write a note on what is read.
        announced(text): to be told to the reader.
    """

    chosen = Signal(object)
    edit_wanted = Signal(object)
    delete_wanted = Signal(object)
    add_wanted = Signal()
    announced = Signal(str)

    def __init__(
        self, theme: Theme, translator: Translator, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._look = look
        self._notes: Sequence[Annotation] = ()
        self._open_article = ""
        self.filter = QLineEdit()
        self.model = NoteModel(translator)
        self.model.setParent(self)
        self.tree = NoteTree(self.model, theme)
        self._nothing = QLabel()
        self._nothing.setWordWrap(True)
        self.add = IconTool(theme, "plus")
        self.edit = IconTool(theme, "pencil")
        self.delete = IconTool(theme, "trash")
        self._compose()
        self._connect()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab comes to, in order."""
        return self.filter, self.tree, self.add, self.edit, self.delete

    def set_notes(self, notes: Sequence[Annotation], open_article: str, current: int = 0) -> None:
        """Show all notes, those on the open article first."""
        self._notes = notes
        self._open_article = open_article
        self._fill(current or self._current_id())

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self.filter.setPlaceholderText(_("Search all notes"))
        self.filter.setAccessibleName(_("Search all notes"))
        self.tree.setAccessibleName(_("Notes"))
        self.tree.setAccessibleDescription(_("Enter goes to the place, F2 edits, Delete deletes."))
        self.add.set_name(_("Note on this place"), "Ctrl+M")
        self.edit.set_name(_("Edit"), "F2")
        self.delete.set_name(_("Delete"), _("Del"))
        self._fill(self._current_id())

    def _fill(self, current: int) -> int:
        groups = group_notes(self._notes, self._open_article, self._look, self.filter.text())
        self.model.set_groups(groups)
        self.tree.expandAll()
        index = self.model.index_of(current)
        if index.isValid():
            self.tree.setCurrentIndex(index)
        _ = self._translator.gettext
        if not self._notes:
            self._nothing.setText(_("No notes yet. Ctrl+M writes one on the place that you are reading."))
        else:
            self._nothing.setText(_("No note matches the search."))
        if not groups and self.tree.hasFocus():
            # Whatever comes next in the window would get the focus when the tree hides.
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self._nothing.setVisible(not groups)
        self.tree.setVisible(bool(groups))
        self.add.setEnabled(bool(self._open_article))
        self._follow_current()
        return sum(len(group.rows) for group in groups)

    def _compose(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(14, 4, 13, 4)
        head.addWidget(self.filter)
        column.addLayout(head)
        self._nothing.setContentsMargins(16, 4, 16, 6)
        column.addWidget(self._nothing)
        column.addWidget(self.tree, 1)
        column.addStretch(0)
        tools = QHBoxLayout()
        tools.setContentsMargins(10, 4, 10, 8)
        tools.setSpacing(2)
        tools.addWidget(self.add)
        tools.addStretch(1)
        tools.addWidget(self.edit)
        tools.addWidget(self.delete)
        column.addLayout(tools)

    def _connect(self) -> None:
        tree = self.tree
        self.filter.textChanged.connect(self._filter_changed)
        tree.chosen.connect(self._choose)
        tree.edit_wanted.connect(lambda row: self.edit_wanted.emit(row.note))
        tree.delete_wanted.connect(lambda row: self._delete(row.note))
        tree.menu_wanted.connect(self._show_menu)
        tree.selectionModel().currentChanged.connect(self._follow_current)
        self.add.clicked.connect(self.add_wanted)
        self.edit.clicked.connect(lambda: self._on_current(self.edit_wanted.emit))
        self.delete.clicked.connect(lambda: self._on_current(self._delete))

    def _filter_changed(self) -> None:
        count = self._fill(self._current_id())
        text = self._translator.ngettext("{count} note", "{count} notes", count)
        self.announced.emit(text.format(count=count))

    def _current_id(self) -> int:
        row = self.model.row(self.tree.currentIndex())
        return row.note.id if row is not None else 0

    def _on_current(self, act: Callable[[Annotation], object]) -> None:
        row = self.model.row(self.tree.currentIndex())
        if row is not None:
            act(row.note)

    def _choose(self, row: NoteRow) -> None:
        (self.chosen if row.gone is Gone.NOTHING else self.edit_wanted).emit(row.note)

    def _delete(self, note: Annotation) -> None:
        if self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        index = self.model.index_of(note.id)
        after = self.model.row(self.tree.indexBelow(index)) or self.model.row(self.tree.indexAbove(index))
        self.delete_wanted.emit(note)
        if after is not None and self.model.index_of(after.note.id).isValid():
            self.tree.setCurrentIndex(self.model.index_of(after.note.id))

    def _follow_current(self) -> None:
        has_note = self.model.row(self.tree.currentIndex()) is not None
        self.edit.setEnabled(has_note)
        self.delete.setEnabled(has_note)

    def _show_menu(self, row: NoteRow, point: QPoint) -> None:
        _ = self._translator.gettext
        note = row.note
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Go to the place")).triggered.connect(lambda: self._choose(row))
        menu.addAction(_("Edit")).triggered.connect(lambda: self.edit_wanted.emit(note))
        menu.addAction(_("Delete")).triggered.connect(lambda: self._delete(note))
        menu.popup(point)

    def _restyle(self) -> None:
        self._nothing.setStyleSheet(f"color: {self._theme.tokens.muted}")
