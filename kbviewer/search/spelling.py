"""The words of an index that are spelled like one that it does not have."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rapidfuzz.distance.OSA import distance

from kbviewer.search.analysis import fold_diacritics
from kbviewer.search.word_table import LONGEST_TYPO, SHORTEST_TYPO, WordTable, letters_of

_TYPOS = 4
_TWO_EDITS_FROM = 6
# Two edits and another first letter make another word of anything shorter.
_LONG = 9
_SHORTEST_BEGUN = 4
_MOST_BEGUN = 12
_MOST_MEASURED = 3000
_ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"


class Spelling:
    """Looks among the words that have nearly the same letters."""

    def __init__(self, table: WordTable) -> None:
        self._table = table

    def similar(self, word: str, most: int = 2) -> list[int]:
        """Return the nearest words, best first: at one edit, or two in a long word; never for codes."""
        if not (SHORTEST_TYPO <= len(word) <= LONGEST_TYPO) or not word.isalpha():
            return []
        most = min(most, 2 if len(word) >= _TWO_EDITS_FROM else 1)
        folded = fold_diacritics(word)
        found: list[tuple[float, int, int]] = []
        for number in self._candidates(word, most):
            other = self._table.words[number]
            edits = distance(word, other, score_cutoff=most)
            if edits <= most and (edits == 1 or other[0] == word[0] or len(word) >= _LONG):
                # Diacritics and the first letter are what a reader gets wrong last and least.
                apart = min(edits, 0.5 + distance(folded, fold_diacritics(other), score_cutoff=most))
                apart += 0.7 * (other[0] != word[0])
                found.append((apart, -int(self._table.frequencies[number]), number))
        found.sort()
        # What lies further off than the best is a guess too many.
        return [number for apart, _, number in found[:_TYPOS] if apart <= found[0][0] + 1.0]

    def begun(self, word: str) -> list[int]:
        """Return the most frequent words that begin like `word` but for one edit."""
        if len(word) < _SHORTEST_BEGUN or not word.isalpha() or len(word) > LONGEST_TYPO:
            return []
        found: dict[int, int] = {}
        frequencies = self._table.frequencies
        for edited in _edits(word):
            first, last = self._table.range_of(edited)
            if first < last:
                best = first + int(np.argmax(frequencies[first:last]))
                found[best] = int(frequencies[best])
        best_first = sorted(found, key=lambda number: (-found[number], number))
        return [number for number in best_first[:_MOST_BEGUN] if found[number]]

    def _candidates(self, word: str, most: int) -> list[int]:
        table = self._table
        lengths = table.lengths.astype(np.int16)
        near = np.flatnonzero(
            (np.abs(lengths - len(word)) <= most) & (table.frequencies > 0) & (table.letters > 0)
        )
        # An edit adds or takes at most one letter each; nearly all words fall here.
        differing = np.bitwise_count(table.letters[near] ^ np.uint64(letters_of(word)))
        near = near[differing <= 2 * most]
        if len(near) > _MOST_MEASURED:
            near = near[np.argsort(-table.frequencies[near].astype(np.int64), kind="stable")[:_MOST_MEASURED]]
        candidates: list[int] = near.tolist()
        return candidates


def _edits(word: str) -> Iterator[str]:
    """Yield what is one edit away from `word`, apart from its first letter."""
    for at in range(1, len(word)):
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        yield head + tail
        if tail:
            yield head + tail[0] + letter + tail[1:]
        for other in _ALPHABET:
            yield head + other + tail
            yield head + other + letter + tail
