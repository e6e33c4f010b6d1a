"""Finding text in a page. Qt-free; positions are those of a text document (UTF-16 units)."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

_SAME = str.maketrans(
    {"\u00a0": " ", "\u2028": " ", "\u2002": " ", "\u00ad": "-", "’": "'", "‘": "'", "”": '"', "“": '"'}
)


class Found(NamedTuple):
    """The `current`th (from 1) of `total` matches; 0 of 0 when there is none."""

    current: int
    total: int


def _folded(text: str) -> str:
    """Return `text` without case, character by character, so that positions stay."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered.translate(_SAME)


class SoughtText:
    """A document's plain text, prepared for finding."""

    def __init__(self, text: str) -> None:
        self._folded = _folded(text)
        wide = not text.isascii() and max(text, default="") > "\uffff"
        self._wide = [index for index, character in enumerate(text) if character > "\uffff"] if wide else []

    def matches(self, text: str) -> list[tuple[int, int]]:
        """Return where `text` is, without regard to case."""
        needle = _folded(text)
        found: list[tuple[int, int]] = []
        start = self._folded.find(needle)
        while start >= 0:
            found.append((start, start + len(needle)))
            start = self._folded.find(needle, start + len(needle))
        return [self._in_utf16(match) for match in found] if self._wide else found

    def _in_utf16(self, match: tuple[int, int]) -> tuple[int, int]:
        """Count characters beyond the basic plane twice, as a text document does."""
        start, end = match
        return start + bisect_left(self._wide, start), end + bisect_left(self._wide, end)


class FindSession:
    """What is sought and where it is."""

    def __init__(self) -> None:
        self.text = ""
        self.matches: list[tuple[int, int]] = []
        self.index = -1

    @property
    def found(self) -> Found:
        """Which match is current, and how many there are."""
        return Found(self.index + 1, len(self.matches))

    @property
    def current(self) -> tuple[int, int] | None:
        """The current match."""
        return self.matches[self.index] if 0 <= self.index < len(self.matches) else None

    def start(self, text: str, document: SoughtText, position: int) -> Found:
        """Seek `text` in a document; the first match from `position` on is current."""
        self.text = text
        self.matches = document.matches(text) if text.strip() else []
        self.index = -1
        if self.matches:
            index = bisect_left(self.matches, (position, position))
            self.index = index if index < len(self.matches) else 0
        return self.found

    def again(self, document: SoughtText) -> Found:
        """Seek the same text in a document that was rebuilt; the same match in number stays current."""
        index = self.index
        self.start(self.text, document, 0)
        if self.matches:
            self.index = max(0, min(index, len(self.matches) - 1))
        return self.found

    def step(self, *, forward: bool) -> Found:
        """Go to the next or the previous match, around the ends."""
        if self.matches:
            self.index = (self.index + (1 if forward else -1)) % len(self.matches)
        return self.found

    def clear(self) -> None:
        """Seek nothing."""
        self.text, self.matches, self.index = "", [], -1

    def between(self, start: int, end: int) -> list[tuple[int, int, bool]]:
        """Return the matches between two positions, each with whether it is the current one."""
        first = bisect_left(self.matches, (start, 0))
        found = []
        for index in range(max(0, first - 1), len(self.matches)):
            match = self.matches[index]
            if match[0] >= end:
                break
            found.append((*match, index == self.index))
        return found
