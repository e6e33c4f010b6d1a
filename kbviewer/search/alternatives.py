"""What answers a word of the query: words of the index, each kind of answer with its weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """How a word of the index answers a word of the query."""

    EXACT = "exact"
    STEM = "inflected"
    JOINED = "joined"
    PREFIX = "begun"
    FOLDED = "other diacritics"
    SYNONYM = "synonym"
    TRANSLATION = "translation"
    PART = "compound"
    TYPO = "typo"

    @property
    def is_direct(self) -> bool:
        """Whether the reader has typed the word itself, if not all of it or in another form."""
        return self in _DIRECT


_DIRECT = frozenset((Kind.EXACT, Kind.STEM, Kind.JOINED, Kind.PREFIX, Kind.FOLDED))

_CLOSE = (Kind.EXACT, Kind.STEM, Kind.JOINED)
# What a word is worth by itself that answers only together with others.
_ONE_OF_SEVERAL = 0.7
_GUESSED = frozenset((Kind.PART, Kind.TYPO))

# What each kind is worth. Tuned on one half of the judged queries, see tests/benchmarks/judged.
WEIGHTS = {
    Kind.EXACT: 1.0,
    Kind.STEM: 0.75,
    Kind.JOINED: 0.75,
    Kind.PREFIX: 0.62,
    Kind.FOLDED: 0.6,
    Kind.TRANSLATION: 0.72,
    Kind.SYNONYM: 0.4,
    Kind.PART: 0.35,
    Kind.TYPO: 0.34,
}


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words that together stand for a word of the query.

    Attributes:
        groups: numbers of words of the index; a text must have one of each group.
        weight: what a text with them is worth, from 0 to 1.
    """

    kind: Kind
    groups: tuple[tuple[int, ...], ...]
    weight: float


def alternatives(kind: Kind, *groups: Iterable[int], worth: float = 1.0) -> list[Alternative]:
    """Return the alternative that these groups are, none when one of them has no words."""
    kept = tuple(tuple(dict.fromkeys(group)) for group in groups)
    return [Alternative(kind, kept, WEIGHTS[kind] * worth)] if kept and all(kept) else []


class Expansion:
    """All that answers one word in one index. Kept while the reader types on, hence never changed.

    Args:
        found: the alternatives.
        words: all words of the index by number.
        corrected: the spelling that was taken instead, "" as typed.
    """

    def __init__(self, found: Sequence[Alternative], words: Sequence[str], corrected: str = "") -> None:
        self.alternatives = tuple(found)
        self.corrected = corrected
        self._words = words

    @property
    def is_known(self) -> bool:
        """Whether the index has the word or another one for it; parts and typos are guesses."""
        return any(found.kind not in _GUESSED for found in self.alternatives)

    @cached_property
    def weights(self) -> Mapping[int, float]:
        """The words that answer by their number, and how well each does."""
        best: dict[int, float] = {}
        for alternative in sorted(self.alternatives, key=lambda found: found.weight):
            weight = alternative.weight * (1.0 if len(alternative.groups) == 1 else _ONE_OF_SEVERAL)
            for number in (number for group in alternative.groups for number in group):
                best[number] = max(weight, best.get(number, 0.0))
        return best

    @cached_property
    def answers(self) -> Mapping[str, float]:
        """The same by word."""
        return {self._words[number]: weight for number, weight in self.weights.items()}

    @cached_property
    def close_words(self) -> Sequence[str]:
        """The word itself and its inflections, as far as the index has them."""
        return [self._words[number] for kind in _CLOSE for number in self.of_kind(kind)]

    def of_kind(self, kind: Kind) -> list[int]:
        """Return the words of alternatives of one kind that stand for the word by themselves."""
        return [
            number
            for found in self.alternatives
            if found.kind is kind and len(found.groups) == 1
            for number in found.groups[0]
        ]
