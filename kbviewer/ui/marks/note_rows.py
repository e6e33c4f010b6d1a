"""The reader's notes as rows: the open article's in its order, then what lost its place, then the others.

Qt-free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from kbviewer.model.block_texts import BlockText
from kbviewer.model.marks import Annotation
from kbviewer.ui.marks.shown import Gone


class Annotated(NamedTuple):
    """An article that notes are on, as it reads today.

    Attributes:
        title: in the reader's language; "" when the article is gone.
        blocks: by key, in reading order; None when the article cannot be read.
    """

    title: str
    blocks: Mapping[str, BlockText] | None


class NoteRow(NamedTuple):
    """A note.

    Attributes:
        said: what its block says today, else what it said when the note was written.
        gone: what is no longer there.
    """

    note: Annotation
    said: str
    gone: Gone = Gone.NOTHING


class NoteGroup(NamedTuple):
    """Notes under a heading; the title of an article, or "" with `is_gone` for those without a place."""

    title: str
    rows: tuple[NoteRow, ...]
    is_gone: bool = False
    is_open: bool = False


Look: TypeAlias = Callable[[str], Annotated]


def group_notes(
    notes: Iterable[Annotation], open_article: str, look: Look, text: str = ""
) -> list[NoteGroup]:
    """Return the notes that have all words of `text`: the open article's, those without a place, the others.

    Args:
        notes: all of them.
        open_article: id of the article that is read, "" for none.
        look: what an article reads like today.
        text: words to look for, in note, block and title.
    """
    words = text.casefold().split()
    by_article: dict[str, list[Annotation]] = {}
    for note in notes:
        by_article.setdefault(note.article, []).append(note)
    groups: list[NoteGroup] = []
    lost: list[NoteRow] = []
    for article in sorted(by_article, key=lambda name: name != open_article):
        annotated = look(article)
        title = annotated.title or by_article[article][-1].title
        rows = [_row(note, annotated) for note in by_article[article]]
        rows = [row for row in rows if _matches(row, title, words)]
        lost += [row for row in rows if row.gone is not Gone.NOTHING]
        placed = _in_order([row for row in rows if row.gone is Gone.NOTHING], annotated.blocks or {})
        if placed:
            groups.append(NoteGroup(title, tuple(placed), is_open=article == open_article))
    first = [group for group in groups if group.is_open]
    others = sorted(
        (group for group in groups if not group.is_open), key=lambda group: group.title.casefold()
    )
    return [*first, *([NoteGroup("", tuple(lost), is_gone=True)] if lost else []), *others]


def _row(note: Annotation, annotated: Annotated) -> NoteRow:
    if annotated.blocks is None:
        return NoteRow(note, note.excerpt, Gone.ARTICLE)
    if not note.anchor:
        return NoteRow(note, annotated.title)
    block = annotated.blocks.get(note.anchor)
    return NoteRow(note, note.excerpt, Gone.PLACE) if block is None else NoteRow(note, block.excerpt)


def _in_order(rows: Sequence[NoteRow], blocks: Mapping[str, BlockText]) -> list[NoteRow]:
    order = {key: index for index, key in enumerate(blocks)}
    return sorted(rows, key=lambda row: order.get(row.note.anchor, -1))


def _matches(row: NoteRow, title: str, words: Sequence[str]) -> bool:
    said = " ".join((row.note.text, row.said, row.note.excerpt, title, row.note.article)).casefold()
    return all(word in said for word in words)
