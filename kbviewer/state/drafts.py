"""What is being typed and belongs nowhere yet, so that a power cut does not take it."""

from __future__ import annotations

from typing import Final

from kbviewer.state.clock import Clock, to_text
from kbviewer.state.database import Database

MOST_DRAFTS: Final = 200
LONGEST_DRAFT: Final = 20_000


class DraftStore:
    """Texts by the place that they are meant for; of too many the oldest go."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, place: str) -> str:
        """Return what was typed there, "" for nothing."""
        rows = self._database.read("SELECT text FROM drafts WHERE place = ?", (place,))
        return str(rows[0][0]) if rows else ""

    def places(self, prefix: str) -> frozenset[str]:
        """Return the places whose names begin so."""
        rows = self._database.read(
            "SELECT place FROM drafts WHERE substr(place, 1, ?) = ?", (len(prefix), prefix)
        )
        return frozenset(place for (place,) in rows)

    def keep(self, place: str, text: str) -> None:
        """Keep what is typed; "" forgets it.

        Raises:
            StateError: it could not be saved.
        """
        with self._database.writing():
            if not text:
                self._database.write("DELETE FROM drafts WHERE place = ?", (place,))
                return
            self._database.write(
                "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)",
                (place, text[:LONGEST_DRAFT], to_text(self._clock())),
            )
            self._database.write(
                "DELETE FROM drafts WHERE place NOT IN"
                " (SELECT place FROM drafts ORDER BY typed_at DESC, place LIMIT ?)",
                (MOST_DRAFTS,),
            )
