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
_NONE = -1
NAMED = 100.0
# For every word of the query, wherever it stands.
COMPLETE = 0.08


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
        found = np.zeros((3, len(numbers)), dtype=np.float32)
        # A title without words would take the first word of the next one.
        has_words = starts[1:] > starts[:-1]
        begins = starts[:-1][has_words]
        if not len(begins):
            return TitleScores(*found)
        share = np.zeros(len(begins), dtype=np.float32)
        best = np.zeros(len(words), dtype=np.float32)
        terms = np.full(len(words), _NONE, dtype=np.int8)
        for at, expansion in enumerate(expansions):
            if expansion is not None:
                # A compound may answer several words of the query.
                weights = self._look_up(words, expansion.weights)
                share += np.float32(importances[at]) * np.maximum.reduceat(weights, begins)
                better = weights > best
                terms[better] = at
                best[better] = weights[better]
        sizes = self._sizes[words]
        answered = np.add.reduceat(np.where(terms == _NONE, 0, sizes), begins)
        only = answered / np.maximum(1, np.add.reduceat(sizes, begins))
        follows = np.zeros(len(words), dtype=np.float32)
        follows[1:] = (terms[1:] == terms[:-1] + 1) & (terms[:-1] != _NONE)
        follows[begins] = 0
        order = np.minimum(1, np.add.reduceat(follows, begins) / max(1, len(expansions) - 1))
        found[:, has_words] = share, only, order
        return TitleScores(*found)

    def _look_up(self, words: npt.NDArray[np.uint32], answering: Mapping[int, float]) -> Scores:
        """Return how well each word of the titles answers a word of the query."""
        numbers = np.fromiter(answering, dtype=np.int64, count=len(answering))
        values = np.fromiter(answering.values(), dtype=np.float32, count=len(answering))
        values[values < _DIRECT_FROM] *= _INDIRECT
        self._weights[numbers] = values
        found = self._weights[words]
        self._weights[numbers] = 0
        return found


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
