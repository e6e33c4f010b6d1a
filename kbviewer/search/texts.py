"""The text of a variant, looked through for words; where they stand tells which section opens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kbviewer.search.documents import Section

# What stands further down adds nothing to what is known of a section.
_MOST_PLACES = 24
_MOST_CHARACTERS = 100_000


class Place(NamedTuple):
    """Where a word stands: in the heading of a section or in its text, from `start` to `end` there."""

    word: str
    section: int
    in_heading: bool
    start: int
    end: int


class VariantText:
    """The sections of a variant in one piece, without their case."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.sections = sections
        pieces = [piece for section in sections for piece in (section.heading, section.text)]
        self._starts: list[int] = []
        at = 0
        for piece in pieces:
            self._starts.append(at)
            at += len(piece) + 1
        self._folded = _fold("\n".join(pieces)[:_MOST_CHARACTERS])

    def places(self, words: Iterable[str]) -> list[Place]:
        """Return where any of the case-folded `words` stands."""
        folded, starts = self._folded, self._starts
        found: list[Place] = []
        for word in words:
            at, count = folded.find(word), 0
            while at >= 0 and count < _MOST_PLACES:
                end = at + len(word)
                if not (at and folded[at - 1].isalnum()) and not folded[end : end + 1].isalnum():
                    count += 1
                    piece = bisect_right(starts, at) - 1
                    begin = starts[piece]
                    found.append(Place(word, piece // 2, piece % 2 == 0, at - begin, end - begin))
                at = folded.find(word, end)
        return found


def _fold(text: str) -> str:
    """Return `text` without case, every character where it was."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return "".join(sign.casefold() if len(sign.casefold()) == 1 else sign for sign in text)
