"""What a query means to the open indexes: what answers each of its words, and how much each counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kbviewer.search.alternatives import Expansion
from kbviewer.search.analysis import Analyzer
from kbviewer.search.expansion import Expander
from kbviewer.search.languages import STOP_WORDS
from kbviewer.search.matching import Matcher
from kbviewer.search.phrases import PhraseFinder
from kbviewer.search.query_text import Term
from kbviewer.search.scoring import WordScores, importance
from kbviewer.search.shard import Shard


@dataclass(frozen=True, slots=True)
class Understood:
    """A query, as the indexes understand it.

    Attributes:
        terms: words and phrases that are wanted, in order.
        expansions: by index and term, what answers it; None for a phrase.
        scores: by index and term, where it is found.
        weights: how much each term counts; they sum up to 1.
        matchers: by index, what finds the answering words in a text.
        corrected: the query with other spellings, None as typed.
    """

    terms: tuple[Term, ...]
    expansions: Sequence[Sequence[Expansion | None]]
    scores: Sequence[Sequence[WordScores]]
    weights: Sequence[float]
    matchers: Sequence[Matcher]
    corrected: str | None


class Interpreter:
    """Asks every index; a word that one of them has is spelled correctly, whatever another makes of it."""

    def __init__(
        self,
        shards: Sequence[Shard],
        expanders: Sequence[Expander],
        phrases: Sequence[PhraseFinder],
        analyzer: Analyzer,
    ) -> None:
        self._shards = shards
        self._expanders = expanders
        self._phrases = phrases
        self._analyzer = analyzer
        self._count = sum(shard.catalogue.count for shard in shards)

    def interpret(self, text: str, terms: tuple[Term, ...], *, is_related: bool) -> Understood:
        """Return what `terms` mean.

        Args:
            text: the query as typed.
            terms: what of it is wanted.
            is_related: nothing has been found; take what only begins like the words.
        """
        expansions = [_expand(expander, terms) for expander in self._expanders]
        corrected = text
        for at, term in enumerate(terms):
            corrected = self._respell(at, term, expansions, corrected, is_related=is_related)
        scores = [self._score(at, terms, found) for at, found in enumerate(expansions)]
        weights = [self._importance(term, [found[at] for found in scores]) for at, term in enumerate(terms)]
        whole = sum(weights) or 1.0
        matchers = [Matcher(_marked(terms, found), self._analyzer.forms) for found in expansions]
        return Understood(
            terms=terms,
            expansions=expansions,
            scores=scores,
            weights=[weight / whole for weight in weights],
            matchers=matchers,
            corrected=corrected if corrected != text else None,
        )

    def _score(
        self, at: int, terms: Sequence[Term], expansions: Sequence[Expansion | None]
    ) -> list[WordScores]:
        phrases, scorer = self._phrases[at], self._shards[at].scorer
        return [
            phrases.find(term.tokens) if expansion is None else scorer.score(expansion)
            for term, expansion in zip(terms, expansions, strict=True)
        ]

    def _respell(
        self,
        at: int,
        term: Term,
        expansions: Sequence[list[Expansion | None]],
        corrected: str,
        *,
        is_related: bool,
    ) -> str:
        """Take other spellings of a word that no index has; return the corrected query."""
        here = [found[at] for found in expansions]
        if any(found is None or found.is_known for found in here):
            return corrected
        spelling = ""
        for expander, expansion, found in zip(self._expanders, here, expansions, strict=True):
            if expansion is not None:
                respelled = expander.respell(term, expansion)
                spelling = spelling or respelled.corrected
                if is_related and not respelled.alternatives:
                    respelled = expander.come_close(term)
                found[at] = respelled
        if not spelling:
            return corrected
        return re.sub(rf"(?<!\w){re.escape(term.text)}(?!\w)", lambda _: spelling, corrected, count=1)

    def _importance(self, term: Term, scores: Sequence[WordScores]) -> float:
        direct = sum(found.direct for found in scores)
        found = direct or sum(len(found.documents) for found in scores)
        return importance(term.text, found, max(self._count, found))


def without_quotes(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return the words of phrases as words."""
    found = [
        Term(word, (word,)) if term.is_phrase else term
        for term in terms
        for word in (term.tokens if term.is_phrase else ("",))
    ]
    return tuple(dict.fromkeys(found))


def _expand(expander: Expander, terms: Sequence[Term]) -> list[Expansion | None]:
    """Return what answers each term; the words on both sides of a phrase are neighbours."""
    found = iter(expander.expand([term for term in terms if not term.is_phrase]))
    return [None if term.is_phrase else next(found) for term in terms]


def _marked(terms: Sequence[Term], expansions: Sequence[Expansion | None]) -> list[Mapping[str, float]]:
    """Return by term the words that are marked in texts; "the" and "för" only when there is nothing else."""
    is_stop = [not term.is_phrase and term.tokens[0] in STOP_WORDS for term in terms]
    return [
        {}
        if stop and not all(is_stop)
        else dict.fromkeys(term.tokens, 1.0)
        if expansion is None
        else expansion.answers
        for term, expansion, stop in zip(terms, expansions, is_stop, strict=True)
    ]
