"""What was searched for lately."""

from __future__ import annotations

from kbviewer.state.clock import Clock, to_text
from kbviewer.state.database import Database

_KEPT = 10


class SearchStore:
    """The latest use of each query; older than the ten latest are forgotten."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def record(self, query: str) -> None:
        """Note that the query led somewhere now.

        Raises:
            StateError: it could not be saved.
        """
        # A field may hand over half an emoji, which has no place in UTF-8.
        kept = query.encode("utf-8", "replace").decode("utf-8")
        self._database.write_all(
            [
                ("INSERT OR REPLACE INTO searches VALUES (?, ?)", (kept, to_text(self._clock()))),
                (
                    "DELETE FROM searches WHERE query NOT IN"
                    " (SELECT query FROM searches ORDER BY searched_at DESC, query LIMIT ?)",
                    (_KEPT,),
                ),
            ]
        )

    def latest(self) -> list[str]:
        """Return the queries, the latest first, each once."""
        rows = self._database.read("SELECT query FROM searches ORDER BY searched_at DESC, query")
        return [query for (query,) in rows]

    def clear(self) -> None:
        """Forget them all.

        Raises:
            StateError: the change could not be saved.
        """
        self._database.write("DELETE FROM searches")
