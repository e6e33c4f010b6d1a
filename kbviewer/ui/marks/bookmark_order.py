"""Where a bookmark goes when it is moved up or down, and which bookmarks a filter leaves. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kbviewer.model.marks import Bookmark
from kbviewer.ui.marks.shown import Describe


class Target(NamedTuple):
    """A place in the list: in `folder`, before the bookmark `before`, 0 for the folder's end."""

    folder: int
    before: int = 0


def above(marks: Sequence[Bookmark], number: int) -> Target | None:
    """Return the place one up, None at the top.

    A bookmark goes into the folder above it, and out of a folder at its top.
    """
    mark = _find(marks, number)
    siblings = _siblings(marks, mark.folder)
    at = siblings.index(mark)
    if at == 0:
        return Target(0, mark.folder) if mark.folder else None
    previous = siblings[at - 1]
    if previous.is_folder and not mark.is_folder:
        return Target(previous.id)
    return Target(mark.folder, previous.id)


def below(marks: Sequence[Bookmark], number: int) -> Target | None:
    """Return the place one down, None at the bottom.

    A bookmark goes into the folder below it, and out of a folder at its end.
    """
    mark = _find(marks, number)
    siblings = _siblings(marks, mark.folder)
    at = siblings.index(mark)
    if at == len(siblings) - 1:
        if not mark.folder:
            return None
        top = _siblings(marks, 0)
        return Target(0, _id_at(top, top.index(_find(marks, mark.folder)) + 1))
    following = siblings[at + 1]
    if following.is_folder and not mark.is_folder:
        return Target(following.id, _id_at(_siblings(marks, following.id), 0))
    return Target(mark.folder, _id_at(siblings, at + 2))


def matching(marks: Sequence[Bookmark], text: str, describe: Describe) -> list[Bookmark]:
    """Return the bookmarks that have all words of `text`, with their folders.

    A folder whose name has them is shown with all that lies in it.
    """
    words = text.casefold().split()
    if not words:
        return list(marks)
    whole = {mark.id for mark in marks if mark.is_folder and _has(words, mark.name)}
    kept = set(whole)
    for mark in marks:
        if mark.is_folder:
            continue
        shown = describe(mark)
        said = (mark.name, mark.title, mark.place, mark.article, *shown[:2], shown.article_title)
        if mark.folder in whole or _has(words, " ".join(said)):
            kept |= {mark.id, mark.folder}
    return [mark for mark in marks if mark.id in kept]


def _has(words: Sequence[str], text: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _find(marks: Sequence[Bookmark], number: int) -> Bookmark:
    return next(mark for mark in marks if mark.id == number)


def _siblings(marks: Sequence[Bookmark], folder: int) -> list[Bookmark]:
    return [mark for mark in marks if mark.folder == folder]


def _id_at(marks: Sequence[Bookmark], index: int) -> int:
    return marks[index].id if index < len(marks) else 0
