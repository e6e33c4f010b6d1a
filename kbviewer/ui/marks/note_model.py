"""The notes as a tree of two levels: articles, and the notes on each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from kbviewer.i18n.translator import Translator
from kbviewer.model.block_texts import shorten
from kbviewer.ui.marks.note_rows import NoteGroup, NoteRow
from kbviewer.ui.marks.shown import Gone

SAID_ROLE: Final = Qt.ItemDataRole.UserRole
GONE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_LONGEST = 300

Index = QModelIndex | QPersistentModelIndex


class NoteModel(QAbstractItemModel):
    """Shows groups of notes; stores none. The internal id of a note is its group's number, from 1."""

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self._translator = translator
        self._groups: Sequence[NoteGroup] = ()

    def set_groups(self, groups: Sequence[NoteGroup]) -> None:
        """Show these."""
        self.beginResetModel()
        self._groups = tuple(groups)
        self.endResetModel()

    def row(self, index: Index) -> NoteRow | None:
        """Return the note in a row, None for a group."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._groups[index.internalId() - 1].rows[index.row()]

    def index_of(self, note_id: int) -> QModelIndex:
        """Return the row of a note, an invalid one when it is not shown."""
        for number, group in enumerate(self._groups, start=1):
            for at, row in enumerate(group.rows):
                if row.note.id == note_id:
                    return self.createIndex(at, 0, number)
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        """Return a group, or a note in one."""
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index | None = None) -> Any:  # also QObject.parent()
        """Return the group of a note."""
        if index is None:
            return super().parent()
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of groups, or of notes in one."""
        if not parent.isValid():
            return len(self._groups)
        return len(self._groups[parent.row()].rows) if parent.internalId() == 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002 - the same everywhere
        """Return one."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a note or the title of a group, and what a block says."""
        if not index.isValid():
            return None
        row = self.row(index)
        texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        if row is None:
            return self._of_group(self._groups[index.row()], role, texts)
        if role in texts:
            return shorten(row.note.text, _LONGEST)
        if role in (SAID_ROLE, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._said(row)
        if role == GONE_ROLE:
            return row.gone is not Gone.NOTHING
        return None

    def _of_group(self, group: NoteGroup, role: int, texts: Sequence[int]) -> Any:
        if role in texts:
            return self._translator.gettext("Place is gone") if group.is_gone else group.title
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            count = len(group.rows)
            return self._translator.ngettext("{count} note", "{count} notes", count).format(count=count)
        return group.is_gone if role == GONE_ROLE else None

    def _said(self, row: NoteRow) -> str:
        _ = self._translator.gettext
        if row.gone is Gone.NOTHING:
            return row.said
        where = row.note.title or row.note.article
        return _("{title}: “{text}”").format(title=where, text=row.said) if row.said else where
