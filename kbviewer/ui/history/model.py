"""The rows of the history list: headings of days, and what was read on them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kbviewer.ui.history.listing import ReadDay, ReadItem

Index = QModelIndex | QPersistentModelIndex


class ReadRole(IntEnum):
    """What the delegate asks for beside the accessible text."""

    ROW = Qt.ItemDataRole.UserRole


class ReadModel(QAbstractListModel):
    """Rows are `ReadItem`s or, as headings, plain strings; headings can neither be chosen nor opened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ReadItem | str, ...] = ()

    def set_days(self, days: Sequence[ReadDay]) -> None:
        """Show other days."""
        rows: list[ReadItem | str] = []
        for day in days:
            rows += [day.title, *day.items]
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def item(self, row: int) -> ReadItem | None:
        """Return what was read, None for a heading or no row."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, ReadItem) else None

    def nearest(self, row: int) -> int:
        """Return the row of an article at `row`, else the next one below, else above; -1 for none."""
        below = [at for at in range(max(0, row), len(self._rows)) if self.item(at)]
        above = [at for at in range(min(row, len(self._rows)) - 1, -1, -1) if self.item(at)]
        return next(iter((*below[:1], *above[:1])), -1)

    def row_of(self, article: str) -> int:
        """Return the row of an article, -1 when it is not listed."""
        found = (
            at for at, row in enumerate(self._rows) if isinstance(row, ReadItem) and row.article == article
        )
        return next(found, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a heading is only looked at."""
        return super().flags(index) if self.item(index.row()) else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, or what is read out of it."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ReadRole.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, ReadItem) else row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.clock}" if isinstance(row, ReadItem) else row
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return row.description if isinstance(row, ReadItem) else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.title if isinstance(row, ReadItem) else None
        return None
