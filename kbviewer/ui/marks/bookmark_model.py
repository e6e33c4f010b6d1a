"""The bookmarks as a tree of two levels: folders, and what lies in them or beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from kbviewer.i18n.translator import Translator
from kbviewer.model.marks import Bookmark
from kbviewer.ui.marks.shown import Describe, Gone, Shown

ID_ROLE: Final = Qt.ItemDataRole.UserRole
PLACE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
GONE_ROLE: Final = Qt.ItemDataRole.UserRole + 2
_MIME: Final = "application/x-kbviewer-bookmark"

Index = QModelIndex | QPersistentModelIndex


class BookmarkModel(QAbstractItemModel):
    """Shows bookmarks; stores none.

    Signals:
        rename_wanted(id, name): a new name was typed.
        move_wanted(id, folder, before): it was dropped there.
    """

    rename_wanted = Signal(int, str)
    move_wanted = Signal(int, int, int)

    def __init__(self, translator: Translator, describe: Describe) -> None:
        super().__init__()
        self._translator = translator
        self._describe = describe
        self._shown: dict[int, Shown] = {}
        self._inside: dict[int, list[Bookmark]] = {}
        self._marks: dict[int, Bookmark] = {}

    def set_bookmarks(self, marks: Sequence[Bookmark]) -> None:
        """Show these, folders before what lies in them."""
        self.beginResetModel()
        self._shown = {}
        self._marks = {mark.id: mark for mark in marks}
        self._inside = {}
        for mark in marks:
            self._inside.setdefault(mark.folder, []).append(mark)
        self.endResetModel()

    def bookmark(self, index: Index) -> Bookmark | None:
        """Return what stands in a row."""
        return self._inside[index.internalId()][index.row()] if index.isValid() else None

    def shown(self, mark: Bookmark) -> Shown:
        """Return how a bookmark reads today; looked up once, when it is first needed."""
        found = self._shown.get(mark.id)
        if found is None:
            found = Shown(mark.name) if mark.is_folder else self._describe(mark)
            self._shown[mark.id] = found
        return found

    def index_of(self, number: int) -> QModelIndex:
        """Return the row of a bookmark, an invalid one when it is not shown."""
        mark = self._marks.get(number)
        if mark is None:
            return QModelIndex()
        return self.createIndex(self._inside[mark.folder].index(mark), 0, mark.folder)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        """Return a row at the top or in a folder."""
        folder = self._folder(parent)
        if folder is None or column != 0 or not 0 <= row < len(self._inside.get(folder, ())):
            return QModelIndex()
        return self.createIndex(row, 0, folder)

    def parent(self, index: Index | None = None) -> Any:  # also QObject.parent()
        """Return the folder of a row."""
        if index is None:
            return super().parent()
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.index_of(index.internalId())

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how much lies at the top or in a folder."""
        folder = self._folder(parent)
        return len(self._inside.get(folder, ())) if folder is not None else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002 - the same everywhere
        """Return one."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return title, place, id or description of a row."""
        mark = self.bookmark(index)
        if mark is None:
            return None
        shown = self.shown(mark)
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return shown.title
        if role in (PLACE_ROLE, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._place(mark, shown)
        if role == GONE_ROLE:
            return shown.gone is not Gone.NOTHING
        if role == ID_ROLE:
            return mark.id
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (shown.title, self._place(mark, shown))))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on a name that was typed."""
        mark = self.bookmark(index)
        if mark is None or role != Qt.ItemDataRole.EditRole or str(value) == self.shown(mark).title:
            return False
        self.rename_wanted.emit(mark.id, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        mark = self.bookmark(index)
        if mark is None:
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemIsDragEnabled
        )
        return flags | Qt.ItemFlag.ItemIsDropEnabled if mark.is_folder else flags

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that rows can be moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return the type of what is dragged."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged row's id."""
        data = QMimeData()
        data.setData(_MIME, QByteArray(str(indexes[0].data(ID_ROLE)).encode()))
        return data

    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,  # noqa: ARG002 - Qt's signature
        row: int,
        column: int,  # noqa: ARG002
        parent: Index,
    ) -> bool:
        """Ask for the move; the rows come anew from whoever keeps them."""
        number = bytes(data.data(_MIME).data()).decode("ascii", "replace")
        mark = self._marks.get(int(number)) if number.isdecimal() else None
        folder = self._folder(parent)
        if mark is None or folder is None or (folder and mark.is_folder):
            return False
        siblings = self._inside.get(folder, [])
        self.move_wanted.emit(mark.id, folder, siblings[row].id if 0 <= row < len(siblings) else 0)
        # Not True: the view would remove the row that was dragged.
        return False

    def _folder(self, parent: Index) -> int | None:
        """Return the id of the folder that `parent` is, 0 for the top, None when it is a bookmark."""
        mark = self.bookmark(parent)
        return 0 if mark is None else mark.id if mark.is_folder else None

    def _place(self, mark: Bookmark, shown: Shown) -> str:
        _ = self._translator.gettext
        if mark.is_folder:
            count = len(self._inside.get(mark.id, ()))
            text = self._translator.ngettext("{count} bookmark", "{count} bookmarks", count)
            return text.format(count=count)
        if shown.gone is Gone.ARTICLE:
            return _("Not in the open library")
        if shown.gone is Gone.PLACE:
            return " – ".join((_("The place is gone"), shown.article_title))
        parts = (shown.article_title, shown.place)
        return " – ".join(part for part in parts if part and part != shown.title)
