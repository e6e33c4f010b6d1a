"""Which articles were read lately."""

from __future__ import annotations

from kbviewer.model.progress import Recent
from kbviewer.state.clock import Clock, from_text, to_text
from kbviewer.state.database import Database

_KEPT = 100


class RecentStore:
    """The latest opening of each article; older than the hundred latest are forgotten."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def record(self, article: str, language: str) -> None:
        """Note that the article was opened now.

        Raises:
            StateError: it could not be saved.
        """
        self._database.write_all(
            [
                (
                    "INSERT OR REPLACE INTO recents VALUES (?, ?, ?)",
                    (article, language, to_text(self._clock())),
                ),
                (
                    "DELETE FROM recents WHERE article NOT IN"
                    " (SELECT article FROM recents ORDER BY opened_at DESC, article LIMIT ?)",
                    (_KEPT,),
                ),
            ]
        )

    def latest(self, limit: int) -> list[Recent]:
        """Return at most `limit` articles, the latest first, each once."""
        rows = self._database.read(
            "SELECT article, language, opened_at FROM recents ORDER BY opened_at DESC, article LIMIT ?",
            (max(0, limit),),
        )
        return [Recent(article, language, from_text(opened_at)) for article, language, opened_at in rows]
