"""Which symptoms a typed filter leaves. Qt-free."""

from __future__ import annotations

import unicodedata

from kbviewer.model.blocks import SymptomRow, SymptomTable
from kbviewer.model.inline import plain_text


def fold(text: str) -> str:
    """Return `text` without case and diacritics: "Återställ" and "aterstall" are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def ordered_rows(table: SymptomTable) -> tuple[SymptomRow, ...]:
    """Return the rows in the source's order, the fallback last."""
    return tuple(sorted(table.rows, key=lambda row: row.fallback))


class SymptomFilter:
    """A filter over the rows of a symptom table: every typed word occurs in the row."""

    def __init__(self, table: SymptomTable) -> None:
        self.rows = ordered_rows(table)
        self._texts = [
            fold(" ".join([plain_text(row.symptom), row.category, *(target.label for target in row.targets)]))
            for row in self.rows
        ]

    def visible(self, typed: str) -> tuple[bool, ...]:
        """Return for each row whether it is shown; the fallback always is."""
        words = fold(typed).split()
        return tuple(
            row.fallback or all(word in text for word in words)
            for row, text in zip(self.rows, self._texts, strict=True)
        )

    def matches(self, typed: str) -> int:
        """Return how many rows besides the fallback match."""
        return sum(
            shown for row, shown in zip(self.rows, self.visible(typed), strict=True) if not row.fallback
        )

    @property
    def total(self) -> int:
        """How many rows there are besides the fallback."""
        return sum(not row.fallback for row in self.rows)
