"""Answers queries from the open indexes of all libraries, as if they were one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kbviewer.model.article import ArticleState
from kbviewer.model.hits import Query, SearchAnswer
from kbviewer.model.library import fold_reference
from kbviewer.search.analysis import Analyzer
from kbviewer.search.candidates import Field, Mask, combine, everything, mask_of
from kbviewer.search.expansion import Expander
from kbviewer.search.facets import FacetCounter
from kbviewer.search.interpretation import Interpreter, Understood, without_quotes
from kbviewer.search.narrowing import Narrowing
from kbviewer.search.phrases import PhraseFinder
from kbviewer.search.presentation import Presenter
from kbviewer.search.query_text import ParsedQuery, Term, parse_query
from kbviewer.search.ranking import COMPLETE, NAMED, Ranked, TitleJudge
from kbviewer.search.scoring import WordScores
from kbviewer.search.shard import Shard
from kbviewer.search.suggestions import suggest
from kbviewer.search.thesaurus import Thesaurus
from kbviewer.search.translations import Translations

_MOST_HITS = 100
_QUOTES = ' \t\n"“”„'
_LOOKED_AT_TWICE = 40
_WHOLE = 0.999


class SearchEngine:
    """Searches shards; does not own them.

    Args:
        shards: the indexes, in the order in which equal hits are shown.
        thesaurus: what is known of words beside the indexes.
        learned: translations beside those that each index brings.
    """

    def __init__(
        self, shards: Sequence[Shard], thesaurus: Thesaurus, learned: Sequence[Translations] = ()
    ) -> None:
        self._shards = tuple(shards)
        self._analyzer = Analyzer()
        translations = [*learned, *(shard.translations for shard in shards)]
        self._expanders = [Expander(shard.vocabulary, thesaurus, translations) for shard in shards]
        self._phrases = [PhraseFinder(shard) for shard in shards]
        self._outdated = [_outdated(shard) for shard in shards]
        self._interpreter = Interpreter(self._shards, self._expanders, self._phrases, self._analyzer)
        self._judges = [TitleJudge(shard) for shard in self._shards]
        self._facets = FacetCounter(self._shards)
        self._presenter = Presenter(self._shards)

    def search(self, query: Query) -> SearchAnswer:
        """Return the best hits; every text is a valid query."""
        started = time.perf_counter()
        parsed = parse_query(query.text)
        # Whoever writes lang:en wants to read English, as whoever chooses it from the list.
        query = replace(query, language=query.language or parsed.language)
        answer = self._answer(parsed, query, parsed.wanted)
        comes_close = not answer.hits
        if comes_close and any(term.is_phrase and len(term.tokens) > 1 for term in parsed.wanted):
            # Nobody has the words in this order: better an article with all of them than a blank page.
            answer = self._answer(parsed, query, without_quotes(parsed.wanted))
        if not answer.hits and parsed.unwanted:
            # Whoever pastes a command with its options leaves nothing out; whoever does is told.
            parsed = parsed.with_unwanted()
            answer = self._answer(parsed, query, parsed.wanted)
        words = tuple(term for term in parsed.wanted if not term.is_phrase)
        if not answer.hits and words:
            answer = self._answer(parsed, query, words, is_related=True)
        took_ms = (time.perf_counter() - started) * 1000
        return SearchAnswer(
            query=query.text,
            hits=answer.hits,
            took_ms=took_ms,
            corrected=answer.corrected,
            total=answer.total,
            left_out=() if comes_close else answer.left_out,
            suggestions=answer.suggestions,
            facets=answer.facets,
            is_related=comes_close and bool(answer.hits),
            is_too_long=parsed.is_cut,
        )

    def _answer(
        self, parsed: ParsedQuery, query: Query, terms: tuple[Term, ...], *, is_related: bool = False
    ) -> SearchAnswer:
        understood = self._interpreter.interpret(parsed.text, terms, is_related=is_related)
        narrowing = Narrowing.of(parsed, query)
        fields = self._fields(parsed, understood, narrowing)
        ranked = self._rank(parsed, understood, fields, query)
        hits = self._presenter.present(ranked, understood, query)
        total, facets = self._facets.count(fields, narrowing)
        left_out = set.intersection(*(set(hit.missing) for hit in hits)) if hits else set[str]()
        return SearchAnswer(
            query=query.text,
            hits=tuple(hits),
            took_ms=0.0,
            corrected=understood.corrected if hits and not is_related else None,
            total=max(total, len(hits)),
            left_out=tuple(term.text for term in terms if term.text in left_out),
            suggestions=suggest(parsed, understood, self._shards, fields, hits),
            facets=facets,
        )

    def _fields(self, parsed: ParsedQuery, understood: Understood, narrowing: Narrowing) -> list[Field]:
        """Return for each index which variants compete, and with which scores."""
        fields = []
        for at, shard in enumerate(self._shards):
            scores = understood.scores[at]
            if understood.terms or not narrowing.is_question:
                candidates = combine(scores, understood.weights, self._outdated[at])
            else:
                candidates = everything(shard.catalogue.count)
            allowed = (shard.catalogue.articles >= 0) & narrowing.by_id(shard)
            for term, found in zip(understood.terms, scores, strict=True):
                if term.is_phrase:
                    allowed &= mask_of(found.documents, shard.catalogue.count)
            for term in parsed.unwanted:
                allowed &= ~mask_of(self._unwanted(at, term).documents, shard.catalogue.count)
            fields.append(Field(candidates, allowed, allowed & narrowing.all_of(shard)))
        return fields

    def _unwanted(self, at: int, term: Term) -> WordScores:
        if term.is_phrase:
            return self._phrases[at].find_surely(term.tokens)
        return self._shards[at].scorer.score(self._expanders[at].inflected(term.tokens[0]))

    def _rank(
        self, parsed: ParsedQuery, understood: Understood, fields: Sequence[Field], query: Query
    ) -> list[list[Ranked]]:
        """Return the best articles, each with its variants, best first."""
        named = fold_reference(parsed.text.strip(_QUOTES))
        most = max(_LOOKED_AT_TWICE, 2 * _limit(query))
        groups: dict[str | int, list[Ranked]] = {}
        for at, shard in enumerate(self._shards):
            field = fields[at]
            by_name = [number for number in shard.catalogue.named(named) if field.chosen[number]]
            best = field.candidates.best(most, field.chosen)
            numbers = np.array(list(dict.fromkeys((*by_name, *best.tolist()))), dtype=np.intp)
            for ranked in self._look_at_titles(at, numbers, field, understood, frozenset(by_name)):
                # One index knows its articles by number, which is quicker than by name.
                article = shard.catalogue.article(ranked.number, by_name=len(self._shards) > 1)
                groups.setdefault(article, []).append(ranked)
        for group in groups.values():
            group.sort(key=lambda ranked: (-ranked.score, ranked.shard, ranked.number))
        order = sorted(groups.values(), key=lambda group: (-group[0].score, group[0].shard, group[0].number))
        return self._surely(order, parsed, understood, _limit(query))

    def _surely(
        self, order: Sequence[list[Ranked]], parsed: ParsedQuery, understood: Understood, most: int
    ) -> list[list[Ranked]]:
        """Return the first groups, without variants that lack a phrase or have one that is unwanted."""
        phrases = [(term.tokens, True) for term in understood.terms if term.is_phrase]
        phrases += [(term.tokens, False) for term in parsed.unwanted if len(term.tokens) > 1]
        if not phrases:
            return list(order[:most])
        kept: list[list[Ranked]] = []
        for group in order:
            sure = [
                ranked
                for ranked in group
                if all(
                    self._phrases[ranked.shard].says(ranked.number, words) == wanted
                    for words, wanted in phrases
                )
            ]
            kept += [sure] if sure else []
            if len(kept) == most:
                break
        return kept

    def _look_at_titles(
        self,
        at: int,
        numbers: npt.NDArray[np.intp],
        field: Field,
        understood: Understood,
        by_name: frozenset[int],
    ) -> list[Ranked]:
        """Return the variants `numbers` of an index with what their titles add."""
        if not len(numbers):
            return []
        words = field.candidates.scores[numbers]
        coverage = field.candidates.coverage[numbers]
        titles = self._judges[at].judge(numbers, understood.expansions[at], understood.weights).worth
        # All words first: a title with one of them makes up for none of the others.
        titles = titles * coverage + COMPLETE * (coverage > _WHOLE)
        return [
            Ranked(at, number, word, title, NAMED, 0.0, word + title + NAMED)
            if number in by_name
            else Ranked(at, number, word, title, 0.0, 0.0, word + title)
            for number, word, title in zip(numbers.tolist(), words.tolist(), titles.tolist(), strict=True)
        ]


def _limit(query: Query) -> int:
    return max(1, min(query.limit, _MOST_HITS))


def _outdated(shard: Shard) -> Mask:
    current = shard.catalogue.state_names.index(ArticleState.CURRENT)
    return np.not_equal(shard.catalogue.states, current)
