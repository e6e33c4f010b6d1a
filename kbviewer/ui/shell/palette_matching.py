"""What the command palette offers and in which order: words in any order, begun or whole, å as a."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\w+")


class Entry(NamedTuple):
    """Something that the palette can do.

    Attributes:
        key: what is told when it is chosen; stays the same in every language.
        text: what it is called.
        place: the menu where it stands, or where it leads.
        keys: its shortcut, as written on the reader's keyboard; "" for none.
        other_texts: what it and its menu are called in other languages.
        is_on: it can be on or off, and is on.
        is_section: it leads to a place in the article; such entries stand after the others.
    """

    key: str
    text: str
    place: str = ""
    keys: str = ""
    other_texts: tuple[str, ...] = ()
    is_on: bool = False
    is_section: bool = False


class _Fit(IntEnum):
    """How a word fits an entry, the best first."""

    BEGINS_WORD = 0
    BEGINS_PLACE = 1
    INSIDE = 2
    BEGINS_OTHER = 3
    INSIDE_OTHER = 4


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text` in lower case and without diacritics."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return tuple(_WORD.findall(plain))


def find_entries(entries: Sequence[Entry], query: str, recent: Sequence[str] = ()) -> list[Entry]:
    """Return what fits all words of `query`, the best first; without a query everything.

    Entries that fit equally well stand in their own order, those used lately (keys in `recent`, the last used
    first) before the others.
    """
    latest = {key: at for at, key in enumerate(recent)}
    if not query.strip():
        return sorted(entries, key=lambda entry: (entry.is_section, latest.get(entry.key, len(latest))))
    sought = words_of(query)
    found = []
    for entry in entries:
        fits = _fits(entry, sought)
        if fits:
            rank = (max(fits), sum(fits), latest.get(entry.key, len(latest)))
            found.append((entry.is_section, rank, entry))
    return [entry for *_, entry in sorted(found, key=lambda each: each[:2])]


def _fits(entry: Entry, sought: Sequence[str]) -> list[_Fit]:
    """Return how each word fits; nothing when one of them does not."""
    text, place = words_of(entry.text), words_of(entry.place)
    others = tuple(word for other in entry.other_texts for word in words_of(other))
    fits = [_fit(word, text, place, others) for word in sought]
    return [] if None in fits else [fit for fit in fits if fit is not None]


def _fit(word: str, text: Sequence[str], place: Sequence[str], others: Sequence[str]) -> _Fit | None:
    if _begins(word, text):
        return _Fit.BEGINS_WORD
    if _begins(word, place):
        return _Fit.BEGINS_PLACE
    if _inside(word, text):
        return _Fit.INSIDE
    if _begins(word, others):
        return _Fit.BEGINS_OTHER
    return _Fit.INSIDE_OTHER if _inside(word, others) else None


def _begins(word: str, words: Sequence[str]) -> bool:
    return any(each.startswith(word) for each in words)


def _inside(word: str, words: Sequence[str]) -> bool:
    return any(word in each for each in words)
