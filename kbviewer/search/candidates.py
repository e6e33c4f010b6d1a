"""Which variants of one index answer a query, and how well at first sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kbviewer.search.scoring import Scores, WordScores

Mask: TypeAlias = npt.NDArray[np.bool_]

# A variant with half of the query's weight is worth less than half of one with all of it, by this share.
_STEEPNESS = 0.26
_OUTDATED = 0.94
# What has at least this share of the weight that the best variant has counts as found.
_FOUND_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Candidates:
    """The variants of an index with their scores.

    Attributes:
        scores: (V) higher is better; 0 for a variant that has none of the words.
        coverage: (V) share of the query's weight that the variant has, from 0 to 1.
    """

    scores: Scores
    coverage: Scores

    def best(self, most: int, allowed: Mask) -> npt.NDArray[np.intp]:
        """Return the numbers of the best variants among those that are allowed, best first."""
        scores = np.where(allowed, self.scores, np.float32(0))
        if len(scores) > most:
            numbers = np.argpartition(scores, -most)[-most:]
        else:
            numbers = np.arange(len(scores))
        numbers = numbers[scores[numbers] > 0]
        return numbers[np.lexsort((numbers, -scores[numbers]))]

    def found(self, highest_coverage: float) -> Mask:
        """Return which variants have nearly as much of the query as the best one of all indexes."""
        return (self.coverage >= _FOUND_SHARE * highest_coverage) & (self.scores > 0)


@dataclass(frozen=True, slots=True)
class Field:
    """The variants of an index that compete.

    Attributes:
        allowed: (V) those with every phrase, the wanted id and nothing unwanted.
        chosen: (V) those of them that pass the filters, too.
    """

    candidates: Candidates
    allowed: Mask
    chosen: Mask


def everything(count: int) -> Candidates:
    """Return all of `count` variants as equals, for a query that only filters."""
    return Candidates(np.ones(count, dtype=np.float32), np.ones(count, dtype=np.float32))


def mask_of(documents: npt.NDArray[np.int32], count: int) -> Mask:
    """Return `documents` as a mask over `count` variants."""
    mask = np.zeros(count, dtype=np.bool_)
    mask[documents] = True
    return mask


def combine(words: Sequence[WordScores], weights: Sequence[float], outdated: Mask) -> Candidates:
    """Return the scores of all variants, from those of each word of the query.

    Args:
        words: what each word is worth where.
        weights: how much each word counts.
        outdated: (V) variants that stand behind others.
    """
    total = np.zeros(len(outdated), dtype=np.float32)
    coverage = np.zeros(len(outdated), dtype=np.float32)
    whole = sum(weights) or 1.0
    for word, weight in zip(words, weights, strict=True):
        share = np.float32(weight / whole)
        total[word.documents] += share * word.values
        coverage[word.documents] += share
    total *= coverage * (np.float32(1 - _STEEPNESS) + np.float32(_STEEPNESS) * coverage)
    total[outdated] *= np.float32(_OUTDATED)
    return Candidates(total, coverage)
