"""The rows of the command palette: what fits the words typed so far."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kbviewer.i18n.translator import Translator
from kbviewer.ui.shell.palette_matching import Entry, find_entries

_MOST_RECENT: Final = 5


class PaletteRole(IntEnum):
    """What the delegate asks for beside the accessible text."""

    ENTRY = Qt.ItemDataRole.UserRole


class PaletteModel(QAbstractListModel):
    """Holds the entries, the query and what was used lately; shows what is left of them."""

    def __init__(self, translator: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator = translator
        self._entries: Sequence[Entry] = ()
        self._query = ""
        self._recent: list[str] = []
        self._rows: Sequence[Entry] = ()

    @property
    def rows(self) -> Sequence[Entry]:
        """What is shown, the best first."""
        return self._rows

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Offer other entries, or the same in another language; the query stays."""
        self._entries = tuple(entries)
        self._find()

    def set_query(self, query: str) -> None:
        """Show what fits `query`."""
        self._query = query
        self._find()

    def remember(self, key: str) -> None:
        """Put an entry first from now on, while nothing is typed."""
        self._recent = [key, *(each for each in self._recent if each != key)][:_MOST_RECENT]

    def row_of(self, key: str) -> int:
        """Return the row that shows an entry; the first one when none does, -1 when there are no rows."""
        found = next((row for row, entry in enumerate(self._rows) if entry.key == key), 0)
        return found if self._rows else -1

    @property
    def summary(self) -> str:
        """How many rows there are, or that there are none and what to do."""
        if not self._rows:
            return self._translator.gettext("Nothing is called that. Try another word.")
        count = len(self._rows)
        return self._translator.ngettext("{count} result", "{count} results", count).format(count=count)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the entry, its name, or what a screen reader says of it."""
        entry = self._rows[index.row()]
        match role:
            case PaletteRole.ENTRY:
                return entry
            case Qt.ItemDataRole.DisplayRole:
                return entry.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(index.row())
            case _:
                return None

    def spoken(self, row: int) -> str:
        """Return what a screen reader says of a row: name, state, menu and shortcut."""
        entry = self._rows[row]
        state = self._translator.pgettext("a setting", "on") if entry.is_on else ""
        return ", ".join(filter(None, (entry.text, state, entry.place, entry.keys)))

    def _find(self) -> None:
        self.beginResetModel()
        self._rows = find_entries(self._entries, self._query, self._recent)
        self.endResetModel()
