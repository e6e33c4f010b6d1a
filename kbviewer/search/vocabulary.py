"""The words of an index: those that begin, look or are spelled like another, and those it is made of."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from kbviewer.search.analysis import fold_diacritics
from kbviewer.search.edits import distance, letters_of

_PREFIXES = 24
_PREFIXES_LOOKED_AT = 4000
_SHORTEST_PART = 4
_SHORTEST_PIECE = 3
_LONG_PART = 5
_COMPOUNDS = 12
_LONGEST_TYPO = 24
_TYPOS = 3
_SHORTEST_TYPO = 4
_TWO_EDITS_FROM = 6


class Vocabulary:
    """The exact words with the number of sections that have them; what is derived is made on first use."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._frequency = words
        self._sorted = sorted(words)

    def __contains__(self, word: str) -> bool:
        return word in self._frequency

    def frequency(self, word: str) -> int:
        """Return in how many sections `word` occurs."""
        return self._frequency.get(word, 0)

    def starting_with(self, prefix: str) -> list[str]:
        """Return the most frequent words that begin with `prefix` and are longer, other spellings last."""
        found = self._most_frequent(_starting(self._sorted, prefix))
        folded = fold_diacritics(prefix)
        others = _starting(self._folded_sorted, folded)
        extra = self._most_frequent(
            word for key in others for word in self._by_folded[key] if not word.startswith(prefix)
        )
        return [*found, *extra][:_PREFIXES]

    def folded_like(self, word: str) -> list[str]:
        """Return the other words that differ from `word` in diacritics only."""
        return [other for other in self._by_folded.get(fold_diacritics(word), ()) if other != word]

    def parts(self, word: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
        """Return the words of which `word` is made, long first parts tried first; else nothing.

        Args:
            is_known: tells of a last part that is no word of the index whether an inflection of it is.
        """
        return self._split(word, is_known, depth=3) or () if word.isalpha() else ()

    def known_part(self, word: str) -> str:
        """Return the longest word of the index with which `word` begins or ends, "" when there is none."""
        if not word.isalpha():
            return ""
        for length in range(len(word) - 2, _LONG_PART - 1, -1):
            for part in (word[:length], word[-length:]):
                if part in self._frequency:
                    return part
        return ""

    def compounds_with(self, word: str) -> list[str]:
        """Return the most frequent words made of a known word and, at the end, `word`."""
        if len(word) < _SHORTEST_PART:
            return []
        backwards = _starting(self._reversed, word[::-1])
        found = [other[::-1] for other in islice(backwards, _PREFIXES_LOOKED_AT)]
        return self._ranked(other for other in found if self._is_word_part(other[: -len(word)]))[:_COMPOUNDS]

    def spelled_like(self, word: str) -> list[str]:
        """Return the nearest words at one edit, or two in a long word, best first; never for codes."""
        if not (_SHORTEST_TYPO <= len(word) <= _LONGEST_TYPO) or not word.isalpha():
            return []
        most = 2 if len(word) >= _TWO_EDITS_FROM else 1
        folded = fold_diacritics(word)
        wanted = letters_of(word)
        candidates: list[tuple[int, int, int, str]] = []
        for length in range(len(word) - most, len(word) + most + 1):
            for letters, other in self._by_length.get(length, ()):
                # An edit adds or takes at most one letter each; nearly all words fall here.
                if (letters ^ wanted).bit_count() > 2 * most:
                    continue
                edits = distance(word, other, most)
                if edits <= most:
                    # Diacritics and the first letter are what a reader gets wrong last and least.
                    apart = min(edits, distance(folded, fold_diacritics(other), most))
                    candidates.append((apart + (other[0] != word[0]), edits, -self._frequency[other], other))
        return [other for *_, other in sorted(candidates)[:_TYPOS]]

    def _split(self, word: str, is_known: Callable[[str], bool], depth: int) -> tuple[str, ...] | None:
        for at in range(len(word) - _SHORTEST_PIECE, _SHORTEST_PIECE - 1, -1):
            head, tail = word[:at], word[at:]
            if not self._is_word_part(head):
                continue
            if tail in self._frequency or is_known(tail):
                return (self._known(head), tail)
            rest = self._split(tail, is_known, depth - 1) if depth > 1 else None
            if rest:
                return (self._known(head), *rest)
        return None

    def _is_word_part(self, head: str) -> bool:
        return bool(self._known(head))

    def _known(self, head: str) -> str:
        """Return the word behind the first part of a compound, which may end in an added s."""
        for form in (head, head.removesuffix("s"), head + "a"):
            if len(form) >= _SHORTEST_PIECE and form.isalpha() and form in self._frequency:
                return form
        return ""

    def _most_frequent(self, words: Iterator[str]) -> list[str]:
        return self._ranked(islice(words, _PREFIXES_LOOKED_AT))[:_PREFIXES]

    def _ranked(self, words: Iterator[str]) -> list[str]:
        return sorted(words, key=lambda word: (-self._frequency[word], word))

    @cached_property
    def _by_folded(self) -> Mapping[str, list[str]]:
        """Only words with diacritics have an entry beside themselves."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            groups[word if word.isascii() else fold_diacritics(word)].append(word)
        return dict(groups)

    @cached_property
    def _folded_sorted(self) -> Sequence[str]:
        return sorted(self._by_folded)

    @cached_property
    def _reversed(self) -> Sequence[str]:
        return sorted(word[::-1] for word in self._sorted if word.isalpha())

    @cached_property
    def _by_length(self) -> Mapping[int, list[tuple[int, str]]]:
        groups: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for word in self._sorted:
            if word.isalpha():
                groups[len(word)].append((letters_of(word), word))
        return dict(groups)


def _starting(words: Sequence[str], prefix: str) -> Iterator[str]:
    """Yield the words that begin with `prefix` and are longer."""
    for at in range(bisect_left(words, prefix), len(words)):
        if not words[at].startswith(prefix):
            return
        if len(words[at]) > len(prefix):
            yield words[at]
