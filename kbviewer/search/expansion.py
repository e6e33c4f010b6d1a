"""From a word of the query to the terms of the index that answer it, each with its weight."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kbviewer.model.library import fold_reference
from kbviewer.search.analysis import Analyzer
from kbviewer.search.query_text import Term
from kbviewer.search.synonyms import SYNONYM_MARK
from kbviewer.search.vocabulary import Vocabulary

# So far apart that the kind of a match counts for more than how often it occurs; see ranking.STRENGTH_SHARE.
EXACT = 1.0
STEM = 0.68
PREFIX = 0.62
FOLDED = 0.46
SYNONYM = 0.38
PART = 0.30
TYPO = 0.20

_SHORTEST_PREFIX = 2

HasTerm = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Terms that together stand for a word of the query."""

    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Expansion:
    """All that answers one word. `corrected` is the spelling that was taken instead, "" as typed."""

    alternatives: tuple[Alternative, ...]
    corrected: str = ""


class Expander:
    """Finds alternatives in a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, analyzer: Analyzer, has_term: HasTerm) -> None:
        self._vocabulary = vocabulary
        self._analyzer = analyzer
        self._has_term = has_term

    def expand(self, term: Term) -> Expansion:
        """Return what answers a word, in the spelling of the index when it is nowhere as typed."""
        word = term.tokens[0]
        found = self._as_typed(word) + self._unsaid((word, *self._analyzer.stems(word)))
        if term.parts:
            found.append(Alternative(tuple(dict.fromkeys(term.parts)), FOLDED))
        # Two letters that are a word ("in", "av") are that word; as a beginning they would mark half a text.
        shortest = _SHORTEST_PREFIX + 1 if self._has_term(word) else _SHORTEST_PREFIX
        if term.is_open and len(word) >= shortest:
            longer = self._vocabulary.starting_with(word)
            found += self._single(longer, PREFIX) + self._unsaid(longer)
        for other in self._vocabulary.folded_like(word):
            forms = (other, *self._analyzer.stems(other))
            found += self._single(forms, FOLDED) + self._unsaid(forms)
        found += self._single(self._vocabulary.compounds_with(word), PART)
        found = self._present(found)
        # A compound that is known as typed needs no help; its parts would only bring strangers.
        if not any(alternative.weight > PART for alternative in found):
            parts = self._vocabulary.parts(word, self._is_inflected)
            found += self._present([Alternative(self._stems_of(parts), PART)] if parts else [])
        if found:
            return Expansion(_best(found))
        return self._respelled(word)

    def expand_exactly(self, word: str) -> Expansion:
        """Return only the word itself and its other id forms."""
        return Expansion(_best(self._present(self._single((word, fold_reference(word)), EXACT))))

    def expand_unwanted(self, word: str) -> Expansion:
        """Return the word in all its inflections."""
        return Expansion(_best(self._present(self._as_typed(word))))

    def _as_typed(self, word: str) -> list[Alternative]:
        found = self._single((word, fold_reference(word)), EXACT)
        return found + self._single(self._analyzer.stems(word), STEM)

    def _respelled(self, word: str) -> Expansion:
        similar = self._vocabulary.spelled_like(word)
        forms = [form for other in similar for form in (other, *self._analyzer.stems(other))]
        found = self._single((*forms, *(SYNONYM_MARK + form for form in forms)), TYPO)
        if not similar:
            part = self._vocabulary.known_part(word)
            found = self._single((part, *self._analyzer.stems(part)), TYPO) if part else []
        return Expansion(_best(self._present(found)), similar[0] if similar else "")

    def _is_inflected(self, word: str) -> bool:
        return any(self._has_term(stem) for stem in self._analyzer.stems(word))

    def _stems_of(self, parts: Iterable[str]) -> tuple[str, ...]:
        """Return for each part the stem that the index has, else the part."""
        return tuple(
            next((stem for stem in self._analyzer.stems(part) if self._has_term(stem)), part)
            for part in parts
        )

    def _unsaid(self, terms: Iterable[str]) -> list[Alternative]:
        """Return where something of the same meaning stands instead."""
        return self._single((SYNONYM_MARK + term for term in terms), SYNONYM)

    def _single(self, terms: Iterable[str], weight: float) -> list[Alternative]:
        return [Alternative((term,), weight) for term in terms]

    def _present(self, alternatives: Iterable[Alternative]) -> list[Alternative]:
        return [found for found in alternatives if all(self._has_term(term) for term in found.terms)]


def _best(alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Return each alternative once, with its highest weight first."""
    heaviest: dict[tuple[str, ...], Alternative] = {}
    for alternative in sorted(alternatives, key=lambda alternative: -alternative.weight):
        heaviest.setdefault(alternative.terms, alternative)
    return tuple(heaviest.values())
