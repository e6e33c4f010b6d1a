"""The text of a variant, looked through for words; where they stand tells which section opens."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from kbviewer.search.documents import Section

# More of them are looked at by nobody; what costs is a common word in a long text.
_MOST_PLACES = 12
_MOST_SECTIONS = 60
_MOST_HEADINGS = 40
_MOST_CHARACTERS = 100_000


class VariantText:
    """The sections of a variant in one piece, without their case.

    Attributes:
        headings: those of the sections, with a blank between them.
        is_plain: every letter is one without its case, too; ß is not.
    """

    def __init__(self, sections: Sequence[Section]) -> None:
        self.sections = sections
        pieces = [f"{section.heading}\n{section.text}" for section in sections]
        self._starts = [0, *accumulate(len(piece) + 1 for piece in pieces[:-1])]
        # Looked through at once: most of them answer nothing.
        headings = [section.heading for section in sections[:_MOST_HEADINGS]]
        self.headings = " ".join(headings)
        self._heading_starts = [0, *accumulate(len(heading) + 1 for heading in headings)]
        whole = "\n".join(pieces)[:_MOST_CHARACTERS]
        self._folded = whole.casefold()
        self.is_plain = len(self._folded) == len(whole)
        if not self.is_plain:
            self._folded = "".join(map(_fold, whole))

    def heading_at(self, place: int) -> int:
        """Return the number of the section whose heading stands at `place` in `headings`."""
        return bisect_right(self._heading_starts, place) - 1

    def sections_with(self, word: str) -> list[int]:
        """Return the sections whose text or heading has the case-folded `word`."""
        folded, starts = self._folded, self._starts
        found: list[int] = []
        at = folded.find(word)
        while at >= 0 and len(found) < _MOST_SECTIONS:
            if self._stands_alone(at, at + len(word)):
                section = bisect_right(starts, at) - 1
                found.append(section)
                if section + 1 == len(starts):
                    break
                at = folded.find(word, starts[section + 1])
            else:
                at = folded.find(word, at + len(word))
        return found

    def sections_matching(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """Yield the sections whose text or heading has what a case-folded pattern describes."""
        for number, section in enumerate(self.sections):
            if pattern.search(section.text.casefold()) or pattern.search(section.heading.casefold()):
                yield number

    def places(self, word: str, section: int) -> list[int]:
        """Return where the case-folded `word` begins in the text of a section, at its first places."""
        folded = self._folded
        begin = self._starts[section] + len(self.sections[section].heading) + 1
        end = begin + len(self.sections[section].text)
        found: list[int] = []
        at = folded.find(word, begin, end)
        while at >= 0 and len(found) < _MOST_PLACES:
            if self._stands_alone(at, at + len(word)):
                found.append(at - begin)
            at = folded.find(word, at + len(word), end)
        return found

    def _stands_alone(self, start: int, end: int) -> bool:
        folded = self._folded
        return not (start and folded[start - 1].isalnum()) and not folded[end : end + 1].isalnum()


def _fold(sign: str) -> str:
    """Return a character without case, as it is when that would be two."""
    folded = sign.casefold()
    return folded if len(folded) == 1 else sign
