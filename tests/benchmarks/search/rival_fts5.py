"""SQLite's full-text search, from the standard library."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from tests.benchmarks.search.corpus import Plain
from tests.benchmarks.search.rival import HITS, TITLE_WEIGHT, Found, NotInstalledError, understand

_SNIPPET_WORDS = 24


class Fts5:
    """Prefixes of one to three characters have an index of their own.

    Without that for one character, "inte a" takes 90 ms among 10,000 articles; those for four and five, which
    were tried as well, only cost space.
    """

    name: ClassVar[str] = "SQLite FTS5"

    _SELECT = (
        f"SELECT rowid, key, title, snippet(articles, 1, '[', ']', '…', {_SNIPPET_WORDS}) FROM articles "
        "WHERE articles MATCH ? AND rowid NOT IN ({}) ORDER BY rank LIMIT ?"
    )

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "articles.sqlite")
        try:
            self._base.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
                "PRAGMA mmap_size = 4294967296;"
                "CREATE VIRTUAL TABLE articles USING fts5(title, body, key UNINDEXED,"
                "tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3');"
            )
        except sqlite3.OperationalError as error:
            raise NotInstalledError("use a Python whose SQLite has FTS5") from error

    def build(self, articles: Iterable[Plain]) -> None:
        """Merge to one segment at the end, which is what a finished library would ship."""
        rows = ((title, text, key) for key, _, title, text in articles)
        self._base.executemany("INSERT INTO articles (title, body, key) VALUES (?, ?, ?)", rows)
        weights = f"bm25({TITLE_WEIGHT}.0, 1.0)"
        self._base.execute("INSERT INTO articles (articles, rank) VALUES ('rank', ?)", (weights,))
        self._base.execute("INSERT INTO articles (articles) VALUES ('optimize')")
        self._base.commit()

    def search(self, text: str) -> list[Found]:
        question = understand(text)
        parts = [_quoted(part) for part in question.closed]
        if question.begun:
            parts.append(f"{_quoted(question.begun)} *")
        if not parts:
            return []
        rows = self._ask(" ".join(parts), ())
        if len(rows) < HITS and len(parts) > 1:
            rows += self._ask(" OR ".join(parts), tuple(row[0] for row in rows))
        return [(key, title, snippet) for _, key, title, snippet in rows]

    def _ask(self, query: str, known: tuple[int, ...]) -> list[tuple[int, str, str, str]]:
        # Leaving the known ones out in the query keeps SQLite from making their snippets again.
        select = self._SELECT.format(",".join(map(str, known)))
        return self._base.execute(select, (query, HITS - len(known))).fetchall()

    def close(self) -> None:
        self._base.close()


def _quoted(part: str) -> str:
    return '"' + part.replace('"', '""') + '"'
