"""What the reader chose inside an article: matrix cells and opened answers."""

from __future__ import annotations

from typing import NamedTuple

from kbviewer.state.database import Database


class Choice(NamedTuple):
    """A row and a column of a scope matrix, counted from 0; None when not chosen."""

    row: int | None
    column: int | None


class ChoiceStore:
    """The chosen row and column per matrix."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set(self, article: str, key: str, row: int | None, column: int | None) -> None:
        """Keep the choice in the matrix with block key `key`; None and None forgets it.

        Raises:
            StateError: it could not be saved.
        """
        if row is None and column is None:
            self._database.write("DELETE FROM choices WHERE article = ? AND matrix = ?", (article, key))
        else:
            self._database.write(
                "INSERT OR REPLACE INTO choices VALUES (?, ?, ?, ?)", (article, key, row, column)
            )

    def get(self, article: str, key: str) -> Choice:
        """Return the choice, (None, None) when there is none."""
        rows = self._database.read(
            "SELECT chosen_row, chosen_column FROM choices WHERE article = ? AND matrix = ?", (article, key)
        )
        return Choice(*rows[0]) if rows else Choice(None, None)


class AnswerStore:
    """Which FAQ answers are open."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_keys(self, article: str) -> frozenset[str]:
        """Return the block keys of the open answers."""
        rows = self._database.read("SELECT question FROM open_answers WHERE article = ?", (article,))
        return frozenset(key for (key,) in rows)

    def set_open(self, article: str, key: str, is_open: bool) -> None:
        """Keep whether an answer is open.

        Raises:
            StateError: it could not be saved.
        """
        sql = (
            "INSERT INTO open_answers VALUES (?, ?) ON CONFLICT DO NOTHING"
            if is_open
            else "DELETE FROM open_answers WHERE article = ? AND question = ?"
        )
        self._database.write(sql, (article, key))
