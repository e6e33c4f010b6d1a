"""Which steps are done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from kbviewer.state.clock import Clock, from_text, to_text
from kbviewer.state.database import Database


class InProgress(NamedTuple):
    """An article with ticked steps: how many, and when the last one was ticked (UTC)."""

    article: str
    ticked: int
    last_at: datetime


class TickStore:
    """Ticked steps by article. Step ids are equal in all languages, so one tick serves them all."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def done(self, article: str) -> frozenset[str]:
        """Return the ids of the steps that are ticked."""
        rows = self._database.read("SELECT step FROM ticks WHERE article = ?", (article,))
        return frozenset(step for (step,) in rows)

    def set_done(self, article: str, step_ids: Iterable[str], done: bool) -> None:
        """Tick or clear steps, all or none; saved on return.

        Raises:
            StateError: nothing could be saved.
        """
        if done:
            now = to_text(self._clock())
            sql = "INSERT INTO ticks VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
            self._database.write_all([(sql, (article, step, now)) for step in step_ids])
        else:
            sql = "DELETE FROM ticks WHERE article = ? AND step = ?"
            self._database.write_all([(sql, (article, step)) for step in step_ids])

    def clear(self, article: str) -> frozenset[str]:
        """Clear all steps of the article; return those that were ticked, for `restore`."""
        cleared = self.done(article)
        self._database.write("DELETE FROM ticks WHERE article = ?", (article,))
        return cleared

    def restore(self, article: str, step_ids: Iterable[str]) -> None:
        """Undo `clear`."""
        self.set_done(article, step_ids, True)

    def in_progress(self) -> list[InProgress]:
        """Return the articles with ticked steps, latest first."""
        rows = self._database.read(
            "SELECT article, count(*), max(ticked_at) AS last_at FROM ticks"
            " GROUP BY article ORDER BY last_at DESC, article"
        )
        return [InProgress(article, count, from_text(last_at)) for article, count, last_at in rows]
