"""The second look at the best candidates: what their titles and their best sections say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul

import numpy as np
import numpy.typing as npt

from kbviewer.search.alternatives import Expansion
from kbviewer.search.languages import STOP_WORDS
from kbviewer.search.scoring import Scores
from kbviewer.search.shard import Shard

# What is added to the first score, which goes from 0 to 1.
TITLE = 0.45
TITLE_ONLY = 0.15
TITLE_ORDER = 0.1
SECTION = 0.3
# How much more a word counts that makes up the whole heading of its section.
HEADING = 1.7
# In a title, a word that only means the same counts for less than elsewhere: the title of what was asked
# comes first.
_DIRECT_FROM = 0.42
_INDIRECT = 0.4
NAMED = 100.0


@dataclass(slots=True)
class Ranked:
    """A variant on its way into the results. What is added up is kept apart, for `--explain`.

    Attributes:
        shard: number of its index.
        number: of the variant in that index.
        words: the first score.
        title: what its title adds.
        name: what it adds that the query is one of its ids.
        section: what its best section adds.
        score: all of them.
    """

    shard: int
    number: int
    words: float
    title: float
    name: float
    section: float
    score: float

    def add_section(self, worth: float) -> None:
        """Add what the best section says."""
        self.section = worth
        self.score += worth


@dataclass(frozen=True, slots=True)
class TitleScores:
    """What the titles of C candidates say of the query, all from 0 to 1.

    Attributes:
        share: (C) how much of the query the title answers.
        only: (C) how much of the title answers the query.
        order: (C) how many neighbours in the query are neighbours in the title.
    """

    share: Scores
    only: Scores
    order: Scores

    @property
    def worth(self) -> Scores:
        """(C) what is added to the scores."""
        return self.share * (TITLE + TITLE_ONLY * self.only + TITLE_ORDER * self.order)


class TitleJudge:
    """Compares titles of one index with queries."""

    def __init__(self, shard: Shard) -> None:
        self._shard = shard
        self._terms = np.full(len(shard.vocabulary.table.words), -1, dtype=np.int8)
        self._weights = np.zeros(len(shard.vocabulary.table.words), dtype=np.float32)
        # Letters of each word; words that may be missing have none.
        self._sizes = shard.vocabulary.table.lengths.astype(np.int32)
        self._sizes[shard.vocabulary.numbers(STOP_WORDS)] = 0

    def judge(
        self,
        numbers: npt.NDArray[np.intp],
        expansions: Sequence[Expansion | None],
        importances: Sequence[float],
    ) -> TitleScores:
        """Return what the titles of the variants `numbers` say.

        Args:
            numbers: (C) variants.
            expansions: what answers each word of the query; None for a phrase.
            importances: how much each word of the query counts; they sum up to 1.
        """
        words, starts = self._shard.titles.of_variants(numbers)
        answering = [expansion.weights for expansion in expansions if expansion is not None]
        at_terms = [at for at, expansion in enumerate(expansions) if expansion is not None]
        if not len(words) or not answering:
            nothing = np.zeros(len(numbers), dtype=np.float32)
            return TitleScores(nothing, nothing, nothing)
        terms, weights = self._look_up(words, at_terms, answering)
        # A title without words would take the first word of the next one.
        has_words = starts[1:] > starts[:-1]
        begins = starts[:-1][has_words]
        share = np.zeros(len(begins), dtype=np.float32)
        for at in at_terms:
            share += np.float32(importances[at]) * np.maximum.reduceat(
                np.where(terms == at, weights, np.float32(0)), begins
            )
        sizes = self._sizes[words]
        only = np.add.reduceat(np.where(terms >= 0, sizes, 0), begins) / np.maximum(
            1, np.add.reduceat(sizes, begins)
        )
        follows = np.zeros(len(words), dtype=np.float32)
        follows[1:] = (terms[1:] == terms[:-1] + 1) & (terms[:-1] >= 0)
        follows[begins] = 0
        order = np.minimum(1, np.add.reduceat(follows, begins) / max(1, len(expansions) - 1))
        found = np.zeros((3, len(numbers)), dtype=np.float32)
        found[:, has_words] = share, only, order
        return TitleScores(*found)

    def _look_up(
        self, words: npt.NDArray[np.uint32], at_terms: Sequence[int], answering: Sequence[Mapping[int, float]]
    ) -> tuple[npt.NDArray[np.int8], Scores]:
        """Return which word of the query each word of the titles answers, -1 for none, and how well."""
        touched = []
        for at, weights in zip(at_terms, answering, strict=True):
            numbers = np.fromiter(weights, dtype=np.int64, count=len(weights))
            values = np.fromiter(weights.values(), dtype=np.float32, count=len(weights))
            values[values < _DIRECT_FROM] *= _INDIRECT
            better = values > self._weights[numbers]
            numbers = numbers[better]
            self._terms[numbers] = at
            self._weights[numbers] = values[better]
            touched.append(numbers)
        terms, found = self._terms[words], self._weights[words]
        for numbers in touched:
            self._terms[numbers] = -1
            self._weights[numbers] = 0
        return terms, found


def section_share(weights: Sequence[float], headings: Sequence[float], importances: Sequence[float]) -> float:
    """Return how much of the query a section has, from 0 to 1, or more when its heading has it.

    Args:
        weights: how well it answers each word of the query.
        headings: the same of its heading, times the share of the heading that the answer makes up.
        importances: how much each word of the query counts; they sum up to 1.
    """
    covered: float = sum(map(mul, weights, importances))
    # A heading tells what its section is about, as far as the section has the rest of the query.
    in_heading: float = sum(map(mul, headings, importances))
    return covered * (1 + HEADING * in_heading)
