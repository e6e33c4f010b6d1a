"""Finding text in a page. Qt-free; positions are those of a text document (UTF-16 units)."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

_SAME = str.maketrans(
    {"\u00a0": " ", "\u2028": " ", "\u2002": " ", "\u00ad": "-", "’": "'", "‘": "'", "”": '"', "“": '"'}
)
# With more different letters to change than that, looking at every character is quicker.
_MOST_REPLACED = 100


class Found(NamedTuple):
    """The `current`th (from 1) of `total` matches; 0 of 0 when there is none."""

    current: int
    total: int


class FindOptions(NamedTuple):
    """How alike a match must be.

    Attributes:
        diacritics: å, ä and é are other letters than a and e. Without it, who types a finds them, too, on any
            keyboard; who types å means it all the same.
    """

    match_case: bool = False
    whole_words: bool = False
    diacritics: bool = False

    @property
    def is_strict(self) -> bool:
        """Whether anything narrows the matches."""
        return any(self)


class _Bare(dict[int, str]):
    """Letters without their diacritics, worked out when first met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        bare = parts[0] if parts[1:] and all(map(unicodedata.combining, parts[1:])) else chr(code)
        self[code] = bare
        return bare


def _folded(text: str) -> str:
    """Return `text` without case, character by character, so that positions stay."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered


def _bared(text: str, table: Mapping[int, str]) -> str:
    """Return what `text.translate(table)` does, in a quarter of the time for texts of few alphabets."""
    changed = [letter for letter in frozenset(text) if table[ord(letter)] != letter]
    if len(changed) > _MOST_REPLACED:
        return text.translate(table)
    for letter in changed:
        text = text.replace(letter, table[ord(letter)])
    return text


def _composed(text: str) -> tuple[str, list[int]]:
    """Return `text` with letters and their marks as one character, and where each began; ends included."""
    letters: list[str] = []
    starts: list[int] = []
    for index, character in enumerate(text):
        if letters and unicodedata.combining(character):
            both = unicodedata.normalize("NFC", letters[-1] + character)
            if len(both) == 1:
                letters[-1] = both
            continue
        letters.append(character)
        starts.append(index)
    return "".join(letters), [*starts, len(text)]


def _is_in_word(text: str, index: int) -> bool:
    """Return whether a character at both sides of which a word goes on stands there."""
    return 0 <= index < len(text) and (text[index].isalnum() or text[index] == "_")


class SoughtText:
    """A document's plain text, prepared for finding."""

    def __init__(self, text: str) -> None:
        letters = frozenset(text)
        wide = max(letters, default="") > "\uffff"
        self._wide = [index for index, character in enumerate(text) if character > "\uffff"] if wide else []
        self._starts: list[int] = []
        if not unicodedata.is_normalized("NFC", text):
            text, self._starts = _composed(text)
        for letter in letters.intersection(map(chr, _SAME)):
            text = text.replace(letter, _SAME[ord(letter)])
        self._text = text
        self._bare_letters = _Bare()
        self._prepared: dict[tuple[bool, bool], str] = {}

    def matches(self, text: str, options: FindOptions = FindOptions()) -> list[tuple[int, int]]:  # noqa: B008
        """Return where `text` is."""
        needle = unicodedata.normalize("NFC", text).translate(_SAME)
        needle = needle if options.match_case else _folded(needle)
        exact = self._prepare(options.match_case, bare=False)
        marked: list[tuple[int, str]] = []
        hay = exact
        if not options.diacritics:
            hay = self._prepare(options.match_case, bare=True)
            bare = needle.translate(self._bare_letters)
            bare = bare if options.match_case else _folded(bare)
            marked = [(at, letter) for at, letter in enumerate(needle) if letter != bare[at]]
            needle = bare
        if not marked and not options.whole_words:
            found = [match.span() for match in re.finditer(re.escape(needle), hay)]
        else:
            found = []
            start = hay.find(needle)
            while start >= 0:
                end = start + len(needle)
                is_match = all(exact[start + at] == letter for at, letter in marked) and (
                    not options.whole_words or self._is_whole(start, end)
                )
                if is_match:
                    found.append((start, end))
                start = hay.find(needle, end if is_match else start + 1)
        return [self._in_document(match) for match in found] if self._starts or self._wide else found

    def _prepare(self, match_case: bool, *, bare: bool) -> str:
        key = match_case, bare
        if key not in self._prepared:
            text = _bared(self._text, self._bare_letters) if bare else self._text
            # Some letters have a small form without their marks only.
            self._prepared[key] = text if match_case else _folded(text)
        return self._prepared[key]

    def _is_whole(self, start: int, end: int) -> bool:
        """Return whether no word goes on over either end."""
        text = self._text
        return not (_is_in_word(text, start - 1) and _is_in_word(text, start)) and not (
            _is_in_word(text, end - 1) and _is_in_word(text, end)
        )

    def _in_document(self, match: tuple[int, int]) -> tuple[int, int]:
        """Count as a text document does: marks again, and characters beyond the basic plane twice."""
        start, end = match
        if self._starts:
            start, end = self._starts[start], self._starts[end]
        return start + bisect_left(self._wide, start), end + bisect_left(self._wide, end)


class FindSession:
    """What is sought and where it is."""

    def __init__(self) -> None:
        self.text = ""
        self.options = FindOptions()
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

    def start(
        self, text: str, document: SoughtText, position: int, options: FindOptions | None = None
    ) -> Found:
        """Seek `text` in a document, as the options say; the first match from `position` on is current."""
        self.text, self.options = text, options or self.options
        self.matches = document.matches(text, self.options) if text.strip() else []
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
