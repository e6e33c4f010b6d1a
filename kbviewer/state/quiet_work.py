"""Ticks and choices outside of cases, changed so that it can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kbviewer.state.case_rows import (
    CaseChange,
    RowChange,
    RowChanges,
    Table,
    delete,
    put,
    read_row,
    take_back,
)
from kbviewer.state.clock import Clock, to_text
from kbviewer.state.database import Database


class QuietWork:
    """What the stores of ticks and choices show, written with an account of what each change did.

    Every method raises StateError when nothing could be saved.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def set_ticks(self, article_id: str, step_ids: Iterable[str], done: bool) -> CaseChange:
        """Tick or clear steps, all or none; a step that is ticked keeps the time when it was."""
        now = to_text(self._clock())
        rows: RowChanges = []
        with self._database.writing():
            for step in step_ids:
                key = (article_id, step)
                if not done:
                    rows += delete(self._database, Table.TICKS, key)
                elif read_row(self._database, Table.TICKS, key) is None:
                    rows += put(self._database, Table.TICKS, (*key, now))
        return CaseChange(0, tuple(rows))

    def clear_ticks(self, article_id: str) -> CaseChange:
        """Clear all steps of the article."""
        found = self._database.read("SELECT step FROM ticks WHERE article = ?", (article_id,))
        return self.set_ticks(article_id, [step for (step,) in found], False)

    def set_choice(self, article_id: str, matrix: str, row: int | None, column: int | None) -> CaseChange:
        """Keep the choice in a matrix; None and None forgets it."""
        key = (article_id, matrix)
        with self._database.writing():
            if row is None and column is None:
                rows = delete(self._database, Table.CHOICES, key)
            else:
                rows = put(self._database, Table.CHOICES, (*key, row, column))
        return CaseChange(0, tuple(rows))

    def take(self, article_id: str, steps: Collection[str], matrices: Collection[str]) -> CaseChange:
        """Forget what is kept about these steps and matrices; the change says what that was."""
        rows: list[RowChange] = []
        with self._database.writing():
            for step in steps:
                rows += delete(self._database, Table.TICKS, (article_id, step))
            for matrix in matrices:
                rows += delete(self._database, Table.CHOICES, (article_id, matrix))
        return CaseChange(0, tuple(rows))

    def undo(self, change: CaseChange) -> None:
        """Put everything back exactly as it was.

        Raises:
            ChangedSinceError: the same has been changed since; nothing is undone.
        """
        with self._database.writing():
            take_back(self._database, change.case_id, change.rows)
