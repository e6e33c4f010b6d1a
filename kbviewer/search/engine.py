"""Answers queries from one index."""

from __future__ import annotations

import pickle
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

from kbviewer.model.hits import Hit, Query, SearchAnswer
from kbviewer.model.library import fold_reference
from kbviewer.search.analysis import Analyzer
from kbviewer.search.catalogue import IndexedVariant, read_variants, read_words
from kbviewer.search.expansion import Expander, Expansion
from kbviewer.search.index_files import damaged, verify
from kbviewer.search.phrases import PhraseFinder
from kbviewer.search.postings import PostingReader
from kbviewer.search.query_text import ParsedQuery, Term, parse_query
from kbviewer.search.ranking import STOP_WORDS, Candidate, WordMatches, find_word, rank, score
from kbviewer.search.schema import BODY, NAMES, TITLE
from kbviewer.search.snippets import Matcher, make_snippet, marks_in, share_of_matches
from kbviewer.search.vocabulary import Vocabulary

_MAX_HITS = 100
# A variant in the reader's language is shown when all its words match at least this well, compared to the
# best one: an inflection is nearly as good as the word itself, a synonym is not.
_GOOD_ENOUGH = 0.6
# Headings are read for so many of the best articles.
_HEADINGS_READ = 50

_DAMAGE = (
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    EOFError,
    ImportError,
    AssertionError,
    RecursionError,
    MemoryError,
    pickle.UnpicklingError,
    zlib.error,
)


class SearchEngine:
    """One open index. `signature` tells of which state of the library."""

    def __init__(self, folder: Path, signature: str, library: str) -> None:
        self.signature = signature
        self._library = library
        self._variants = read_variants(folder)
        self._reader = PostingReader(folder)
        self._analyzer = Analyzer()
        self._expander = Expander(Vocabulary(read_words(folder)), self._analyzer, self._has_term)
        self._variant_of = [
            number for number, variant in enumerate(self._variants) for _ in range(variant.count)
        ]
        if len(self._variant_of) != self._reader.section_count:
            raise ValueError("sections and variants differ in number")
        self._phrases = PhraseFinder(self._reader, self._variants, self._variant_of)
        self._named: dict[str, set[int]] = {}
        for number, variant in enumerate(self._variants):
            for reference in variant.references:
                self._named.setdefault(reference, set()).add(number)

    @classmethod
    def open(cls, directory: Path, library: str = "") -> SearchEngine:
        """Open the index in `directory`, whose hits will name `library`.

        Raises:
            IndexDamagedError: there is none, it has another format, or its files have changed.
        """
        pointer, folder = verify(directory)
        try:
            return cls(folder, pointer.signature, library)
        except _DAMAGE as error:
            raise damaged(directory, type(error).__name__) from error

    def close(self) -> None:
        """Close the files."""
        self._reader.close()

    def search(self, query: Query) -> SearchAnswer:
        """Return the best hits; every text is a valid query."""
        started = time.perf_counter()
        parsed = parse_query(query.text)
        hits, corrected = self._answer(parsed, query, softly=False)
        if not hits and any(term.is_phrase and len(term.tokens) > 1 for term in parsed.wanted):
            # Nobody has the words in this order: better an article with all of them than a blank page.
            hits, corrected = self._answer(parsed, query, softly=True)
        took_ms = (time.perf_counter() - started) * 1000
        return SearchAnswer(query.text, tuple(hits), took_ms, corrected)

    def _answer(self, parsed: ParsedQuery, query: Query, *, softly: bool) -> tuple[list[Hit], str | None]:
        words: list[WordMatches] = []
        answers: dict[str, tuple[int, float]] = {}
        corrected = parsed.text
        required: list[set[int]] = []
        for term in parsed.wanted:
            if term.is_phrase and (not softly or len(term.tokens) == 1):
                found = self._phrases.find(term.tokens)
                required.append(self._phrases.variants_with(found))
                words.append(found)
                expansions = [self._expander.expand_exactly(word) for word in term.tokens]
            else:
                expansions = [
                    self._expansion(term, word) for word in (term.tokens if term.is_phrase else ("",))
                ]
                is_only = len(parsed.wanted) == 1
                for expansion in expansions:
                    minor = not is_only and term.text.casefold() in STOP_WORDS
                    words.append(find_word(self._reader, expansion.alternatives, is_minor=minor))
                    if expansion.corrected:
                        corrected = corrected.replace(term.text, expansion.corrected)
            for expansion in expansions:
                _note_answers(answers, expansion, len(words))
        candidates = rank(words, self._variant_of, self._reader.section_count)
        named = self._named_by(parsed)
        for number in named:
            candidates.setdefault(number, Candidate(number, covered=1))
        for allowed in required:
            candidates = {number: found for number, found in candidates.items() if number in allowed}
        excluded = self._excluded(parsed.unwanted)
        matcher = Matcher(answers, self._analyzer.forms)
        best = self._best(
            {number: found for number, found in candidates.items() if number not in excluded},
            named,
            query,
            matcher,
        )
        hits = [self._hit(found, worth, matcher) for worth, found in best]
        return hits, corrected if hits and corrected != parsed.text else None

    def _expansion(self, term: Term, word: str) -> Expansion:
        return self._expander.expand_exactly(word) if term.is_phrase else self._expander.expand(term)

    def _best(
        self, candidates: dict[int, Candidate], named: set[int], query: Query, matcher: Matcher
    ) -> list[tuple[float, Candidate]]:
        """Return one candidate per article, best first."""
        groups: dict[str, list[tuple[float, Candidate]]] = {}
        for number, found in candidates.items():
            variant = self._variants[number]
            if query.language and not _speaks(variant.language, query.language):
                continue
            worth = score(found, variant, is_named=number in named)
            groups.setdefault(variant.article, []).append((worth, found))
        chosen = [max(group, key=lambda pair: (pair[0], -pair[1].variant)) for group in groups.values()]
        chosen.sort(key=self._order)
        limit = max(1, min(query.limit, _MAX_HITS))
        read = max(limit, _HEADINGS_READ)
        chosen = [(self._with_heading(found, named, matcher), found) for _, found in chosen[:read]]
        chosen.sort(key=self._order)
        return [
            (worth, self._shown(best, groups[self._variants[best.variant].article], named, query))
            for worth, best in chosen[:limit]
        ]

    def _order(self, pair: tuple[float, Candidate]) -> tuple[float, str]:
        return -pair[0], self._variants[pair[1].variant].article

    def _with_heading(self, found: Candidate, named: set[int], matcher: Matcher) -> float:
        """Return the score with what the best section's heading says."""
        share = 0.0
        if found.sections:
            share = share_of_matches(self._reader.section(_best_section(found)).heading, matcher)
        variant = self._variants[found.variant]
        return score(found, variant, is_named=found.variant in named, heading=share)

    def _shown(
        self, best: Candidate, group: list[tuple[float, Candidate]], named: set[int], query: Query
    ) -> Candidate:
        """Return the variant to show: the reader's when it matches about as well as the best one."""
        for _, other in group:
            is_as_good = other.covered >= best.covered and other.fit >= _GOOD_ENOUGH * best.fit
            speaks = _speaks(self._variants[other.variant].language, query.reader_language)
            if speaks and (is_as_good or other.variant in named):
                return other
        return best

    def _hit(self, found: Candidate, worth: float, matcher: Matcher) -> Hit:
        variant = self._variants[found.variant]
        number = variant.first
        if found.sections:
            number = _best_section(found)
        section = self._reader.section(number)
        heading = "" if section.heading.casefold() == variant.title.casefold() else section.heading
        text = section.text
        if matcher.find(heading) and not matcher.find(text):
            text = f"{heading}\n{text}"
        snippet, marks = make_snippet(text, variant.title, matcher)
        if not snippet:
            snippet, marks = self._other_snippet(variant, matcher)
        return Hit(
            article=variant.article,
            library=self._library,
            source=variant.source,
            language=variant.language,
            title=variant.title,
            snippet=snippet,
            anchor=section.anchor,
            score=worth,
            marks=marks,
            title_marks=marks_in(variant.title, matcher),
            state=variant.state,
            applies_to=variant.applies_to,
        )

    def _other_snippet(
        self, variant: IndexedVariant, matcher: Matcher
    ) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return what stands for a section without text: the description, or the first text there is."""
        texts = [variant.description]
        texts += [
            self._reader.section(variant.first + offset).text for offset in range(min(variant.count, 5))
        ]
        for text in texts:
            snippet, marks = make_snippet(text, variant.title, matcher)
            if snippet:
                return snippet, marks
        return "", ()

    def _named_by(self, parsed: ParsedQuery) -> set[int]:
        """Return the variants of which the whole query is an id."""
        return self._named.get(fold_reference(parsed.text.strip(' "“”„')), set())

    def _excluded(self, unwanted: Sequence[Term]) -> set[int]:
        excluded: set[int] = set()
        for term in unwanted:
            if term.is_phrase:
                found = self._phrases.find(term.tokens)
            else:
                expansion = self._expander.expand_unwanted(term.tokens[0])
                found = find_word(self._reader, expansion.alternatives, is_minor=False)
            excluded |= self._phrases.variants_with(found)
        return excluded

    def _has_term(self, term: str) -> bool:
        return any(self._reader.postings(name, term) for name in (BODY, TITLE, NAMES))


def _best_section(found: Candidate) -> int:
    return max(found.sections, key=lambda section: (found.sections[section], -section))


def _note_answers(answers: dict[str, tuple[int, float]], expansion: Expansion, word: int) -> None:
    for alternative in expansion.alternatives:
        for term in alternative.terms:
            if term not in answers or answers[term][1] < alternative.weight:
                answers[term] = (word, alternative.weight)


def _speaks(language: str, wanted: str) -> bool:
    """Return whether a tag is the wanted one or a region of it."""
    return language.casefold() == wanted.casefold() or (
        language.casefold().partition("-")[0] == wanted.casefold().partition("-")[0]
    )
