"""Where the reader was in each article."""

from __future__ import annotations

from kbviewer.model.progress import ReadingPlace
from kbviewer.state.clock import Clock, to_text
from kbviewer.state.database import Database, Row


class PlaceStore:
    """One place per article, and which one is the latest."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def save(self, place: ReadingPlace) -> None:
        """Keep the place; a fraction outside 0 to 1 is brought to the nearer end.

        Raises:
            StateError: it could not be saved.
        """
        fraction = min(1.0, max(0.0, place.fraction))
        self._database.write(
            "INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?, ?)",
            (place.article, place.language, place.anchor, fraction, to_text(self._clock())),
        )

    def load(self, article: str) -> ReadingPlace | None:
        """Return the place in the article, None when it was never read."""
        return _place(
            self._database.read(
                "SELECT article, language, anchor, fraction FROM places WHERE article = ?", (article,)
            )
        )

    def last(self) -> ReadingPlace | None:
        """Return the place that was saved last, in any article."""
        return _place(
            self._database.read(
                "SELECT article, language, anchor, fraction FROM places ORDER BY saved_at DESC LIMIT 1"
            )
        )


def _place(rows: list[Row]) -> ReadingPlace | None:
    """Return the first row as a place."""
    return ReadingPlace(*rows[0]) if rows else None
