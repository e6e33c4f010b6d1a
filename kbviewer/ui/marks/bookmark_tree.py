"""The tree of bookmarks: opens, renames, deletes and moves with keyboard and mouse."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kbviewer.i18n.translator import Translator
from kbviewer.ui.marks.bookmark_model import GONE_ROLE, PLACE_ROLE, BookmarkModel, Index
from kbviewer.ui.marks.mark_tree import MarkTree
from kbviewer.ui.marks.row_painting import RowLook, paint_row, row_height
from kbviewer.ui.theme.theme import Theme

_EVERY_ROW = RowLook("A title", "a place")


class _RowDelegate(QStyledItemDelegate):
    """Paints a bookmark or a folder, and takes a new name."""

    def __init__(self, theme: Theme, translator: Translator, view: BookmarkTree) -> None:
        super().__init__(view)
        self._theme = theme
        self._translator = translator
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """Return the size of a row: two lines in all of them, so that only those in view are looked up."""
        room = self._view.room_for(index)
        return QSize(0, row_height(_EVERY_ROW, self._view.font(), room, self._theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        look, focused = self._look(index), self._view.hasFocus()
        paint_row(painter, option.rect, look, self._view.font(), self._theme, option.state, focused)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        """Return the field for a new name."""
        field = QLineEdit(parent)
        field.setAccessibleName(self._translator.gettext("Name"))
        field.setMaxLength(200)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the name as it is, so that typing replaces it."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data()))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand on the new name."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def _look(self, index: Index) -> RowLook:
        mark = self._view.bookmarks.bookmark(index)
        is_gone = bool(index.data(GONE_ROLE))
        icon = "warning" if is_gone else "folder" if mark is not None and mark.is_folder else "bookmark"
        small = str(index.data(PLACE_ROLE))
        return RowLook(str(index.data()), small, icon, is_gone, lines=1 if small else 2)


class BookmarkTree(MarkTree):
    """Lists bookmarks in folders.

    Signals:
        chosen(id): open it.
        delete_wanted(id), step_wanted(id, up): the keys for that were pressed.
        menu_wanted(id, point): the context menu, at a point of the screen; id 0 beside all rows.
        current_changed(): another row is the current one.
    """

    chosen = Signal(int)
    delete_wanted = Signal(int)
    step_wanted = Signal(int, bool)
    menu_wanted = Signal(int, object)
    current_changed = Signal()

    def __init__(
        self, bookmarks: BookmarkModel, theme: Theme, translator: Translator, parent: QWidget | None = None
    ) -> None:
        super().__init__(bookmarks, theme, parent)
        self.bookmarks = bookmarks
        self._closed: set[int] = set()
        self.setItemDelegate(_RowDelegate(theme, translator, self))
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.clicked.connect(self._choose)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.collapsed.connect(lambda index: self._note_fold(index, is_closed=True))
        self.expanded.connect(lambda index: self._note_fold(index, is_closed=False))

    @property
    def current(self) -> int:
        """Id of the current bookmark, 0 for none."""
        mark = self.bookmarks.bookmark(self.currentIndex())
        return mark.id if mark is not None else 0

    def set_current(self, number: int) -> None:
        """Make a bookmark the current one and bring it into view; nothing when it is not shown."""
        index = self.bookmarks.index_of(number)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def unfold(self, *, all_of_them: bool) -> None:
        """Open the folders that were open before the rows came anew, or all of them while a filter is on."""
        closed = set(self._closed)
        self.expandAll()
        for number in () if all_of_them else closed:
            self.setExpanded(self.bookmarks.index_of(number), False)
        self._closed = closed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, delete, open; everything else as a tree does."""
        key, number = event.key(), self.current
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif modifiers == Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if number:
                self.step_wanted.emit(number, key == Qt.Key.Key_Up)
        elif key == Qt.Key.Key_Delete and number:
            self.delete_wanted.emit(number)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and number:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another row is the current one."""
        super().currentChanged(current, previous)
        self.current_changed.emit()

    def _choose(self, index: QModelIndex) -> None:
        mark = self.bookmarks.bookmark(index)
        if mark is None:
            return
        if mark.is_folder:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.chosen.emit(mark.id)

    def _ask_menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        mark = self.bookmarks.bookmark(index)
        if mark is not None:
            self.setCurrentIndex(index)
        self.menu_wanted.emit(mark.id if mark is not None else 0, self.viewport().mapToGlobal(point))

    def _note_fold(self, index: QModelIndex, *, is_closed: bool) -> None:
        mark = self.bookmarks.bookmark(index)
        if mark is not None:
            (self._closed.add if is_closed else self._closed.discard)(mark.id)
