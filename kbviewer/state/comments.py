"""What the reader wants to tell the authors; kept here until `comment_export` writes it for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from kbviewer.state.clock import Clock, from_text, to_text
from kbviewer.state.database import Database


class Comment(NamedTuple):
    """A comment on the block `anchor` of an article, "" for the article as a whole."""

    id: int
    article: str
    language: str
    anchor: str
    text: str
    written_at: datetime


class CommentStore:
    """Comments in the order in which they were written."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, article: str, language: str, anchor: str, text: str) -> Comment:
        """Keep a comment and return it.

        Raises:
            StateError: it could not be saved.
        """
        clean = text.encode("utf-8", "replace").decode("utf-8")
        now = to_text(self._clock())
        number = self._database.write(
            "INSERT INTO comments (article, language, anchor, text, written_at) VALUES (?, ?, ?, ?, ?)",
            (article, language, anchor, clean, now),
        )
        return Comment(number, article, language, anchor, clean, from_text(now))

    def list(self, article: str = "") -> Sequence[Comment]:
        """Return the comments on `article`, or all of them."""
        rows = self._database.read(
            "SELECT id, article, language, anchor, text, written_at FROM comments"
            " WHERE ? IN ('', article) ORDER BY written_at, id",
            (article,),
        )
        return [
            Comment(number, about, language, anchor, text, from_text(written_at))
            for number, about, language, anchor, text, written_at in rows
        ]

    def delete(self, comment_id: int) -> None:
        """Forget a comment; one that is not there is no error.

        Raises:
            StateError: the change could not be saved.
        """
        self._database.write("DELETE FROM comments WHERE id = ?", (comment_id,))
