"""The words of an index: those that begin or look like another, its forms, and those it is made of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from kbviewer.search.analysis import fold_diacritics, joined_form
from kbviewer.search.compounds import Splitter
from kbviewer.search.languages import LANGUAGES
from kbviewer.search.relations import STEM_OF, Relation, Relations
from kbviewer.search.stemming import Stem
from kbviewer.search.word_table import WordTable

_PREFIXES = 20
_FOLDED_PREFIXES = 10


class Vocabulary:
    """Answers what the words of an index have to do with any other word; words are known by their numbers."""

    def __init__(self, table: WordTable, relations: Relations, stems: Mapping[str, Stem]) -> None:
        self.table = table
        self.stems = stems
        self._splitter = Splitter(self.frequency)
        self._inflecting_splitter = Splitter(self.frequency, self._frequency_in_any_form)
        self._relations = relations
        self._folded = self._fold()

    def frequency(self, word: str) -> int:
        """Return in how many variants `word` stands."""
        number = self.table.number(word)
        return int(self.table.frequencies[number]) if number >= 0 else 0

    def parts(self, word: str, *, in_any_form: bool) -> tuple[str, ...]:
        """Return the words of which `word` is made, also such that stand in other forms only."""
        return self._splitter.parts(word) or (self._inflecting_splitter.parts(word) if in_any_form else ())

    def _frequency_in_any_form(self, word: str) -> int:
        """Return how often a part of a compound stands by itself; the last one may be inflected."""
        return self.frequency(word) or sum(int(self.table.frequencies[other]) for other in self.forms(word))

    def numbers(self, words: Iterable[str]) -> list[int]:
        """Return the numbers of those of `words` that there are."""
        return [number for word in words if (number := self.table.number(word)) >= 0]

    def words(self, relation: Relation, text: str) -> list[int]:
        """Return the words to which `text` leads, without those that no variant has any more."""
        found: list[int] = self._relations.words(relation, text).tolist()
        return [number for number in found if self.table.frequencies[number]]

    def forms(self, word: str) -> list[int]:
        """Return the words of one stem with `word`, in the languages it is known in, else in all."""
        joined = joined_form(word)
        if not joined.isalpha():
            return []
        number = self.table.number(word)
        known = int(self.table.languages[number]) if number >= 0 else 0
        found: list[int] = []
        for bit, language in enumerate(LANGUAGES):
            if not known or known & (1 << bit):
                found += self.words(STEM_OF[language], self.stems[language](joined))
        return list(dict.fromkeys(found))

    def compounds_with(self, word: str) -> list[int]:
        """Return the compounds that begin or end with a form of `word`."""
        return self.words(Relation.PART, self.stems["sv"](word)) if word.isalpha() else []

    def starting_with(self, prefix: str) -> list[int]:
        """Return the most frequent words that begin with `prefix` and are longer."""
        first, last = self.table.range_of(prefix)
        if first < last and self.table.words[first] == prefix:
            first += 1
        return self._top(np.arange(first, last), _PREFIXES)

    def folded_like(self, word: str, *, is_open: bool) -> list[int]:
        """Return the other words that differ from `word`, or from its beginning, in diacritics only."""
        folded = fold_diacritics(word)
        found = self.words(Relation.FOLDED, folded)
        if folded != word:
            found += self.numbers((folded,))
            if is_open:
                found += self.starting_with(folded)
        if is_open:
            found += self._folded_starting(folded)
        return [number for number in dict.fromkeys(found) if self.table.words[number] != word]

    def most_frequent(self, numbers: Sequence[int], most: int) -> list[int]:
        """Return at most so many of `numbers`, the most frequent first."""
        return sorted(numbers, key=lambda number: (-int(self.table.frequencies[number]), number))[:most]

    def _top(self, numbers: npt.NDArray[np.int64], most: int) -> list[int]:
        """Return the most frequent of `numbers`, without those that no variant has any more."""
        frequencies = self.table.frequencies[numbers].astype(np.int64)
        if len(numbers) > most:
            best = np.argpartition(frequencies, -most)[-most:]
            numbers, frequencies = numbers[best], frequencies[best]
        order = np.lexsort((numbers, -frequencies))
        found: list[int] = numbers[order[frequencies[order] > 0]].tolist()
        return found

    def _folded_starting(self, folded: str) -> list[int]:
        """Return the most frequent words that begin with `folded` when they are taken without diacritics."""
        keys, numbers = self._folded
        first = bisect_left(keys, folded)
        last = bisect_left(keys, folded + "\U0010ffff", first)
        return self._top(numbers[first:last], _FOLDED_PREFIXES)

    def _fold(self) -> tuple[list[str], npt.NDArray[np.int64]]:
        """Return the words with diacritics, in order of what they are without."""
        pairs = sorted(
            (fold_diacritics(word), number)
            for number, word in enumerate(self.table.words)
            if not word.isascii() and self.table.frequencies[number]
        )
        return [folded for folded, _ in pairs], np.array([number for _, number in pairs], dtype=np.int64)
