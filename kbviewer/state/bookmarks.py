"""The reader's bookmarks, in folders, in his own order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kbviewer.model.errors import StateError
from kbviewer.model.marks import Bookmark
from kbviewer.model.messages import N_, message
from kbviewer.state.case_texts import clean_line
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

MOST_BOOKMARKS: Final = 5000
LONGEST_NAME: Final = 200
_TABLE = MarkTable.BOOKMARKS


class BookmarkStore:
    """Bookmarks and folders. Folders lie at the top, among bookmarks without a folder.

    Every method that changes something returns what `undo` needs, and raises StateError when nothing
    could be saved.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def list(self) -> Sequence[Bookmark]:
        """Return what lies at the top in order, and after each folder what lies in it."""
        rows = self._database.read("SELECT * FROM bookmarks ORDER BY position, id")
        found = [_bookmark(row) for row in rows]
        folders = {mark.id for mark in found if mark.is_folder}
        inside: dict[int, list[Bookmark]] = {}
        for mark in found:
            inside.setdefault(mark.folder if mark.folder in folders else 0, []).append(mark)
        return [
            mark
            for top in inside.get(0, [])
            for mark in (top, *(inside.get(top.id, []) if top.is_folder else []))
        ]

    def of_article(self, article: str) -> frozenset[str]:
        """Return the anchors that are bookmarked in an article; "" is the article as a whole."""
        rows = self._database.read(
            "SELECT DISTINCT anchor FROM bookmarks WHERE article = ? AND article <> ''", (article,)
        )
        return frozenset(anchor for (anchor,) in rows)

    def add(
        self, article: str, anchor: str, *, title: str, place: str, language: str, folder: int = 0
    ) -> MarkChange:
        """Keep a place at the end of a folder.

        Raises:
            StateError: there are too many bookmarks.
        """
        with self._database.writing():
            return self._add((folder, self._end_of(folder), article, anchor, "", title, place, language))

    def add_folder(self, name: str) -> MarkChange:
        """Make a folder at the end of the list.

        Raises:
            StateError: the name is empty or too long, or there are too many bookmarks.
        """
        kept = _checked(name)
        with self._database.writing():
            return self._add((0, self._end_of(0), "", "", kept, "", "", ""))

    def remove(self, article: str, anchor: str) -> MarkChange:
        """Delete the bookmarks of a place, in whatever folder."""
        with self._database.writing():
            numbers = self._database.read(
                "SELECT id FROM bookmarks WHERE article = ? AND anchor = ? AND article <> ''",
                (article, anchor),
            )
            return self._delete(number for (number,) in numbers)

    def delete(self, number: int) -> MarkChange:
        """Delete a bookmark, or a folder with all that lies in it; one that is not there is no error."""
        with self._database.writing():
            inside = self._database.read("SELECT id FROM bookmarks WHERE folder = ? ORDER BY id", (number,))
            numbers = [inner for (inner,) in inside] if number else []
            return self._delete((*numbers, number))

    def rename(self, number: int, name: str) -> MarkChange:
        """Give a bookmark or a folder another name; "" lets a bookmark have its article's title again.

        Raises:
            StateError: the name is too long, that of a folder is empty, or there is no such bookmark.
        """
        with self._database.writing():
            row = self._row(number)
            kept = _checked(name, may_be_empty=bool(row[3]))
            return MarkChange(_TABLE, tuple(put_mark(self._database, _TABLE, (*row[:5], kept, *row[6:]))))

    def move(self, number: int, folder: int, before: int = 0) -> MarkChange:
        """Put a bookmark or a folder into `folder`, before the one with id `before`, else at its end.

        Raises:
            StateError: there is no such bookmark or folder, or a folder would lie in another.
        """
        with self._database.writing():
            row = self._row(number)
            if folder and (not row[3] or self._row(folder)[3]):
                raise StateError(message(N_("Only bookmarks can lie in a folder.")))
            siblings = [
                sibling
                for (sibling,) in self._database.read(
                    "SELECT id FROM bookmarks WHERE folder = ? AND id <> ? ORDER BY position, id",
                    (folder, number),
                )
            ]
            at = siblings.index(before) if before in siblings else len(siblings)
            siblings.insert(at, number)
            rows: list[MarkRow] = []
            for position, sibling in enumerate(siblings, start=1):
                found = self._row(sibling)
                rows += put_mark(self._database, _TABLE, (sibling, folder, position, *found[3:]))
        return MarkChange(_TABLE, tuple(rows))

    def undo(self, change: MarkChange) -> None:
        """Put everything that `change` did back as it was.

        Raises:
            StateError: the same bookmarks have been changed since; nothing is undone.
        """
        with self._database.writing():
            take_back(self._database, change)

    def _add(self, values: Row) -> MarkChange:
        count = self._database.read("SELECT count(*) FROM bookmarks")[0][0]
        if count >= MOST_BOOKMARKS:
            raise StateError(
                message(N_("There can be at most {most} bookmarks."), most=MOST_BOOKMARKS),
                message(N_("Delete some that you no longer need.")),
            )
        # Ids and keys stay as they are; texts from an article may be anything.
        ids, texts = values[:4], map(clean_line, values[4:])
        number = self._database.write(
            "INSERT INTO bookmarks"
            " (folder, position, article, anchor, name, title, place, language, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*ids, *texts, to_text(self._clock())),
        )
        return MarkChange(_TABLE, (MarkRow(None, self._row(number)),), number)

    def _delete(self, numbers: Iterable[int]) -> MarkChange:
        rows = [row for number in numbers for row in delete_mark(self._database, _TABLE, number)]
        return MarkChange(_TABLE, tuple(rows))

    def _end_of(self, folder: int) -> int:
        last = self._database.read("SELECT max(position) FROM bookmarks WHERE folder = ?", (folder,))[0][0]
        return (last or 0) + 1

    def _row(self, number: int) -> Row:
        row = read_mark(self._database, _TABLE, number)
        if row is None:
            raise StateError(message(N_("This bookmark is no longer there.")))
        return row


def _bookmark(row: Row) -> Bookmark:
    number, folder, position, article, anchor, name, title, place, language, created_at, _origin = row
    moment = from_text(created_at)
    return Bookmark(number, folder, position, article, anchor, name, title, place, language, moment)


def _checked(name: str, *, may_be_empty: bool = False) -> str:
    kept = clean_line(name)
    if not kept and not may_be_empty:
        raise StateError(message(N_("A folder needs a name.")))
    if len(kept) > LONGEST_NAME:
        raise StateError(message(N_("A name can have at most {most} characters."), most=LONGEST_NAME))
    return kept
