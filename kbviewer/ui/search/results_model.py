"""The rows of the results list: hits, or recent searches while the field is empty."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import ArticleState
from kbviewer.model.hits import Hit
from kbviewer.ui.search.facet_names import state_name
from kbviewer.ui.theme.chips import Chip, ChipTone


class ResultRole(IntEnum):
    """What the delegate asks for beside the accessible text."""

    ROW = Qt.ItemDataRole.UserRole
    CHIPS = Qt.ItemDataRole.UserRole + 1


class ResultsModel(QAbstractListModel):
    """Rows are `Hit`s or, as recent searches, plain strings."""

    def __init__(self, translator: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator = translator
        self._rows: Sequence[Hit | str] = ()

    def set_rows(self, rows: Sequence[Hit | str]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, number: int) -> Hit | str:
        """Return one row."""
        return self._rows[number]

    def row_of(self, article: str) -> int:
        """Return the first row that shows `article`, -1 when none does."""
        return next(
            (
                number
                for number, row in enumerate(self._rows)
                if isinstance(row, Hit) and row.article == article
            ),
            -1,
        )

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the row, its chips, or what a screen reader says of it."""
        row = self._rows[index.row()]
        match role:
            case ResultRole.ROW:
                return row
            case ResultRole.CHIPS:
                return self.chips(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(row)
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.title if isinstance(row, Hit) else row
            case _:
                return None

    def chips(self, row: Hit | str) -> list[Chip]:
        """Return the badges of a row, the most telling first."""
        if isinstance(row, str):
            return []
        _, language_name = self._translator.gettext, self._translator.language_name
        chips = []
        if row.state is not ArticleState.CURRENT:
            chips.append(Chip(state_name(self._translator, row.state), ChipTone.WARNING))
        if row.language != self._translator.language:
            text = _("In {language}").format(language=language_name(row.language))
            chips.append(Chip(text, ChipTone.ACCENT))
        if row.is_language_guessed:
            chips.append(Chip(_("Language guessed"), ChipTone.MUTED))
        if row.found_in:
            text = _("Found in {language}").format(language=language_name(row.found_in))
            chips.append(Chip(text, ChipTone.ACCENT))
        if row.missing:
            text = _("Missing: {words}").format(words=", ".join(row.missing))
            chips.append(Chip(text, ChipTone.MUTED))
        if row.applies_to:
            more = f" +{len(row.applies_to) - 1}" if len(row.applies_to) > 1 else ""
            chips.append(Chip(row.applies_to[0] + more))
        return chips

    def spoken(self, row: Hit | str) -> str:
        """Return what a screen reader says: title, snippet, badges and products."""
        if isinstance(row, str):
            return self._translator.gettext("Search again for {query}").format(query=row)
        chips = [chip.text for chip in self.chips(row) if chip.tone is not ChipTone.PLAIN]
        parts = [row.title, row.snippet, *chips, ", ".join(row.applies_to)]
        return ". ".join(part.strip().rstrip(".") for part in parts if part.strip()) + "."
