"""Which articles were read lately."""

from __future__ import annotations

from collections.abc import Iterable

from kbviewer.model.progress import Recent
from kbviewer.state.clock import Clock, from_text, to_text
from kbviewer.state.database import Database

_KEPT = 1000


class RecentStore:
    """The latest opening of each article; older than the thousand latest are forgotten."""

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

    def remove(self, articles: Iterable[str]) -> list[Recent]:
        """Forget that the articles were read; return what `restore` takes.

        Raises:
            StateError: the change could not be saved; nothing has changed.
        """
        with self._database.writing():
            gone = {recent.article: recent for recent in self.latest(_KEPT)}
            removed = [gone[article] for article in dict.fromkeys(articles) if article in gone]
            for recent in removed:
                self._database.write("DELETE FROM recents WHERE article = ?", (recent.article,))
        return removed

    def clear(self) -> list[Recent]:
        """Forget all; return what `restore` takes.

        Raises:
            StateError: the change could not be saved; nothing has changed.
        """
        with self._database.writing():
            removed = self.latest(_KEPT)
            self._database.write("DELETE FROM recents")
        return removed

    def restore(self, recents: Iterable[Recent]) -> None:
        """Bring back what was removed; an article that was read again meanwhile keeps its new time.

        Raises:
            StateError: it could not be saved.
        """
        self._database.write_all(
            (
                "INSERT OR IGNORE INTO recents VALUES (?, ?, ?)",
                (recent.article, recent.language, to_text(recent.opened_at)),
            )
            for recent in recents
        )

    def latest(self, limit: int) -> list[Recent]:
        """Return at most `limit` articles, the latest first, each once."""
        rows = self._database.read(
            "SELECT article, language, opened_at FROM recents ORDER BY opened_at DESC, article LIMIT ?",
            (max(0, limit),),
        )
        return [Recent(article, language, from_text(opened_at)) for article, language, opened_at in rows]
