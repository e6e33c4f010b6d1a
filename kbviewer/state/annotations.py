"""The reader's own notes on blocks. Block keys are equal in all languages, so one note serves them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kbviewer.model.errors import ChangedSinceError, StateError
from kbviewer.model.marks import Annotation
from kbviewer.model.messages import N_, message
from kbviewer.state.case_texts import clean_line, clean_text
from kbviewer.state.clock import Clock, from_text, to_text
from kbviewer.state.database import Database, Row
from kbviewer.state.marked_rows import (
    MarkChange,
    MarkRow,
    MarkTable,
    delete_mark,
    put_mark,
    read_mark,
    take_back,
)

MOST_NOTES: Final = 5000
LONGEST_NOTE: Final = 20_000
_TABLE = MarkTable.ANNOTATIONS


class AnnotationStore:
    """At most one note per block, in the order in which they were written.

    Every method that changes something returns what `undo` needs, and raises StateError when nothing
    could be saved.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def list(self, article: str = "") -> Sequence[Annotation]:
        """Return the notes on `article`, or all of them."""
        rows = self._database.read(
            "SELECT * FROM annotations WHERE ? IN ('', article) ORDER BY article, id", (article,)
        )
        return [_annotation(row) for row in rows]

    def get(self, article: str, anchor: str) -> Annotation | None:
        """Return the note on a block, None when there is none."""
        rows = self._at(article, anchor)
        return _annotation(rows[0]) if rows else None

    def write(
        self, article: str, anchor: str, text: str, *, excerpt: str, title: str, language: str, revision: str
    ) -> MarkChange:
        """Write the note on a block, or write it anew; an empty text deletes it.

        Args:
            text: the note.
            excerpt: what the block says now.
            title: of the article, in `language`.
            language: of excerpt and title.
            revision: of the article, "" when it states none.

        Raises:
            StateError: the text is too long, or there are too many notes.
        """
        kept = clean_text(text)
        if len(kept) > LONGEST_NOTE:
            raise StateError(message(N_("A note can have at most {most} characters."), most=LONGEST_NOTE))
        with self._database.writing():
            found = self._at(article, anchor)
            if not kept:
                return self._delete(found[0][0]) if found else MarkChange(_TABLE)
            if found and found[0][3] == kept:
                return MarkChange(_TABLE)
            said = (article, anchor, kept, clean_line(excerpt), clean_line(title), language, revision)
            now = to_text(self._clock())
            if found:
                return MarkChange(_TABLE, tuple(put_mark(self._database, _TABLE, (found[0][0], *said, now))))
            return self._add((*said, now))

    def delete(self, number: int) -> MarkChange:
        """Delete a note; one that is not there is no error."""
        with self._database.writing():
            return self._delete(number)

    def undo(self, change: MarkChange) -> None:
        """Put everything that `change` did back as it was.

        Raises:
            StateError: the same note has been changed since, or the block has another one; nothing is undone.
        """
        with self._database.writing():
            for before, _after in change.rows:
                other = self._at(before[1], before[2]) if before is not None else []
                if before is not None and other and other[0][0] != before[0]:
                    raise ChangedSinceError(
                        message(N_("This place has got another note, so it cannot be undone."))
                    )
            take_back(self._database, change)

    def _add(self, values: Row) -> MarkChange:
        if self._database.read("SELECT count(*) FROM annotations")[0][0] >= MOST_NOTES:
            raise StateError(
                message(N_("There can be at most {most} notes."), most=MOST_NOTES),
                message(N_("Delete some that you no longer need.")),
            )
        number = self._database.write(
            "INSERT INTO annotations (article, anchor, text, excerpt, title, language, revision, written_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        return MarkChange(_TABLE, (MarkRow(None, read_mark(self._database, _TABLE, number)),), number)

    def _delete(self, number: int) -> MarkChange:
        return MarkChange(_TABLE, tuple(delete_mark(self._database, _TABLE, number)))

    def _at(self, article: str, anchor: str) -> Sequence[Row]:
        return self._database.read(
            "SELECT * FROM annotations WHERE article = ? AND anchor = ?", (article, anchor)
        )


def _annotation(row: Row) -> Annotation:
    values = (*row[:-1], from_text(row[-1]))
    return Annotation(*values)
