"""Which words of one language stand for which of the other; learned, or written by people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kbviewer.search.index_storage import IndexFolder

_FILE = "translations.json"

# By stem: the stems in the other language with how sure they are, from 0 to 1, best first.
Table = Mapping[str, Sequence[tuple[str, float]]]


class Translations:
    """A table per direction.

    Attributes:
        pairs: from how many texts it was learned.
    """

    def __init__(self, tables: Mapping[str, Table], pairs: int = 0) -> None:
        self._tables = tables
        self.pairs = pairs

    @classmethod
    def load(cls, folder: IndexFolder) -> Translations:
        """Return the translations in `folder`.

        Raises:
            OSError: they cannot be read.
            ValueError, KeyError, TypeError: they are not what `save` has written.
        """
        value: Any = json.loads((folder / _FILE).read_bytes())
        tables = {
            language: {stem: [(other, worth) for other, worth in rows] for stem, rows in table.items()}
            for language, table in value["tables"].items()
        }
        return cls(tables, int(value["pairs"]))

    def save(self, folder: Path) -> None:
        """Write the translations to `folder`."""
        value = {"pairs": self.pairs, "tables": self._tables}
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        (folder / _FILE).write_text(text, encoding="utf-8")

    def of(self, language: str, stem: str) -> Sequence[tuple[str, float]]:
        """Return what a stem of `language` is in the other one."""
        return self._tables.get(language, {}).get(stem, ())
