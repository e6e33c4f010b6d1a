"""How well each variant answers each word of a query: a loop over posting lists, a word at a time.

What a word of the query is worth in a variant is the best of what answers it there: the impact of a word of
the index times the weight of its kind. Rarity comes in afterwards, per word of the query, because the forms
of a word are as rare as they are together.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kbviewer.search.alternatives import Alternative, Expansion
from kbviewer.search.languages import STOP_WORDS
from kbviewer.search.postings import Postings

Scores: TypeAlias = npt.NDArray[np.float32]

_REMEMBERED = 64

_STOP_WORD_SHARE = 0.25


# Postings as short as this are looked at together: what costs is the look, not the posting.
_SHORT = 64


@dataclass(frozen=True, slots=True)
class WordScores:
    """Which variants answer one word of the query.

    Attributes:
        documents: their numbers, ascending.
        values: how well, from 0 to 1.
        answers: for each of them, the index into `words` of what answers it best.
        words: words of the index that answer together, mostly one.
        direct: how many variants have the word itself, in some form.
    """

    documents: npt.NDArray[np.int32]
    values: Scores
    answers: npt.NDArray[np.int32]
    words: Sequence[tuple[str, ...]]
    direct: int

    @classmethod
    def of_phrase(
        cls, documents: npt.NDArray[np.int32], values: Scores, words: tuple[str, ...]
    ) -> WordScores:
        """Return the scores of the variants that have all of `words` as they were asked for."""
        return cls(documents, values, np.zeros(len(documents), dtype=np.int32), (words,), len(documents))

    def place(self, document: int) -> int:
        """Return where a variant stands in `documents`, -1 when it does not."""
        at = int(self.documents.searchsorted(document))
        return at if at < len(self.documents) and self.documents[at] == document else -1

    def value(self, document: int) -> float:
        """Return how well a variant answers, 0 when it does not."""
        at = self.place(document)
        return float(self.values[at]) if at >= 0 else 0.0

    def best_words(self, document: int) -> tuple[str, ...]:
        """Return what answers best in a variant, nothing when it does not."""
        at = self.place(document)
        return self.words[int(self.answers[at])] if at >= 0 else ()


class Scorer:
    """Scores words against one index; keeps what it has found, since a query grows word by word.

    Args:
        count: number of variants.
        words: the words of the index by number.
        postings: reads the postings of a word.
    """

    def __init__(self, count: int, words: Sequence[str], postings: Callable[[str], Postings]) -> None:
        self._count = count
        self._words = words
        self._postings = postings
        self._kept: OrderedDict[Expansion, WordScores] = OrderedDict()

    def score(self, expansion: Expansion) -> WordScores:
        """Return the variants that have any of the alternatives of `expansion`."""
        found = self._kept.get(expansion)
        if found is None:
            found = self._kept[expansion] = self._score(expansion.alternatives)
            if len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(expansion)
        return found

    def _score(self, alternatives: Sequence[Alternative]) -> WordScores:
        direct, others = _Best(self._count), _Best(self._count)
        for alternative in alternatives:
            best = direct if alternative.kind.is_direct else others
            if len(alternative.groups) == 1:
                for number in alternative.groups[0]:
                    word = self._words[number]
                    best.take((word,), self._postings(word), alternative.weight)
            else:
                words = tuple(self._words[number] for group in alternative.groups for number in group)
                best.take(words, self._all_of(alternative), alternative.weight)
        values, answers = direct.result()
        count = int(np.count_nonzero(values))
        more, further = others.result()
        better = more > values
        values[better] = more[better]
        answers[better] = further[better] + len(direct.words)
        documents = np.flatnonzero(values).astype(np.int32)
        return WordScores(
            documents, values[documents], answers[documents], (*direct.words, *others.words), count
        )

    def _all_of(self, alternative: Alternative) -> Postings:
        """Return the variants with a word of every group, and the impact of the weakest."""
        weakest = np.ones(self._count, dtype=np.float32)
        for group in alternative.groups:
            best = _Best(self._count)
            for number in group:
                best.take((), self._postings(self._words[number]), 1.0)
            np.minimum(weakest, best.result()[0], out=weakest)
        documents = np.flatnonzero(weakest).astype(np.int32)
        return Postings(documents, weakest[documents])


class _Best:
    """Keeps for every variant the best value it was given, and by which words."""

    def __init__(self, count: int) -> None:
        self.words: list[tuple[str, ...]] = []
        self._values = np.zeros(count, dtype=np.float32)
        self._answers = np.zeros(count, dtype=np.int32)
        self._short: list[tuple[int, Postings, float]] = []

    def take(self, words: tuple[str, ...], postings: Postings, weight: float) -> None:
        """Take what `words` are worth."""
        answer = len(self.words)
        self.words.append(words)
        if len(postings.documents) <= _SHORT:
            if len(postings.documents):
                self._short.append((answer, postings, weight))
            return
        documents, values = postings.documents, postings.impacts * np.float32(weight)
        better = values > self._values[documents]
        documents = documents[better]
        self._values[documents] = values[better]
        self._answers[documents] = answer

    def result(self) -> tuple[Scores, npt.NDArray[np.int32]]:
        """Return the best value of each variant, and the number of the words behind it."""
        if self._short:
            sizes = [len(postings.documents) for _, postings, _ in self._short]
            documents = np.concatenate([postings.documents for _, postings, _ in self._short])
            weights = np.array([weight for *_, weight in self._short], dtype=np.float32)
            values = np.concatenate([postings.impacts for _, postings, _ in self._short])
            values = values * np.repeat(weights, sizes)
            answers = np.repeat(np.array([answer for answer, *_ in self._short], dtype=np.int32), sizes)
            better = values > self._values[documents]
            # Of several values for one variant, the last one stays: so the best has to come last.
            order = np.flatnonzero(better)
            order = order[np.argsort(values[order], kind="stable")]
            self._values[documents[order]] = values[order]
            self._answers[documents[order]] = answers[order]
            self._short.clear()
        return self._values, self._answers


def rarity(found: int, count: int) -> float:
    """Return the inverse document frequency of BM25, never below a small positive number."""
    return math.log(1.0 + (count - found + 0.5) / (found + 0.5))


def importance(text: str, found: int, count: int) -> float:
    """Return how much a word of the query counts."""
    share = _STOP_WORD_SHARE if text.casefold() in STOP_WORDS else 1.0
    return share * max(0.2, rarity(found, count))
