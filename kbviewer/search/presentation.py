"""From ranked variants to hits: which language is shown, which section opens, and what of it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kbviewer.model.hits import Hit, Query
from kbviewer.search.alternatives import Expansion
from kbviewer.search.catalogue import IndexedVariant
from kbviewer.search.explanation import explain
from kbviewer.search.interpretation import Understood
from kbviewer.search.languages import STOP_WORDS, speaks
from kbviewer.search.matching import Match, Matcher
from kbviewer.search.phrases import phrase_pattern
from kbviewer.search.ranking import SECTION, Ranked, section_share
from kbviewer.search.shard import Shard
from kbviewer.search.snippets import Marks, make_snippet, marks_in
from kbviewer.search.texts import VariantText

# A variant in the reader's language stands for its article when it matches at least this well, compared to
# the best one: an inflection is nearly as good as the word itself, a translation is not.
_GOOD_ENOUGH = 0.6
_MOST_CLOSE_WORDS = 2


class Found(NamedTuple):
    """The section of a variant that answers most of the query.

    Attributes:
        section: its number.
        share: how much of the query it has.
        matches: in its text.
    """

    section: int
    share: float
    matches: Sequence[Match]


class Presenter:
    """Makes hits of variants."""

    def __init__(self, shards: Sequence[Shard]) -> None:
        self._shards = shards
        self._is_one = len(shards) == 1

    def present(self, groups: Sequence[Sequence[Ranked]], understood: Understood, query: Query) -> list[Hit]:
        """Return a hit per article, after a last look at what their best sections say.

        Args:
            groups: the variants of each article that match, best first.
            understood: the query.
            query: what was asked.
        """
        found = [self._find(group[0], understood) for group in groups]
        for group, best in zip(groups, found, strict=True):
            group[0].add_section(SECTION * best.share)
        order = sorted(range(len(groups)), key=lambda at: (-groups[at][0].score, at))
        return [self._hit(groups[at], found[at], understood, query) for at in order]

    def _find(self, ranked: Ranked, understood: Understood) -> Found:
        text = self._shards[ranked.shard].reader.text(ranked.number)
        expansions, scores = understood.expansions[ranked.shard], understood.scores[ranked.shard]
        answers = [
            _answers(expansion, understood, at, found.best_words(ranked.number))
            for at, (expansion, found) in enumerate(zip(expansions, scores, strict=True))
        ]
        best: dict[int, list[float]] = {}
        for at, words in enumerate(answers):
            if expansions[at] is None:
                for section in text.sections_matching(phrase_pattern(understood.terms[at].tokens)):
                    best.setdefault(section, [0.0] * len(answers))[at] = 1.0
                continue
            for word, weight in words.items():
                for section in text.sections_with(word):
                    weights = best.setdefault(section, [0.0] * len(answers))
                    if weight > weights[at]:
                        weights[at] = weight
        if not text.is_plain:
            _add_unplain(text, understood.matchers[ranked.shard], best)
        headings = _in_headings(text, understood.matchers[ranked.shard], len(answers))
        nothing = (0.0,) * len(answers)
        shares = {
            number: section_share(
                best.get(number, nothing), headings.get(number, nothing), understood.weights
            )
            for number in best.keys() | headings.keys()
        }
        if not shares:
            return Found(0, 0.0, ())
        section = max(shares, key=lambda number: (shares[number], -number))
        if not text.is_plain:
            matches = understood.matchers[ranked.shard].find(text.sections[section].text)
        else:
            matches = [
                Match(start, start + len(word), at, weight)
                for at, words in enumerate(answers)
                for word, weight in words.items()
                for start in text.places(word, section)
            ]
            matches.sort(key=lambda match: match.start)
        return Found(section, shares[section], matches)

    def _hit(self, group: Sequence[Ranked], found: Found, understood: Understood, query: Query) -> Hit:
        matched = self._matched(group, query)
        if matched is not group[0]:
            found = self._find(matched, understood)
        shard = self._shards[matched.shard]
        variant = shard.catalogue.variant(matched.number)
        text = shard.reader.text(matched.number)
        shown_shard, shown_number = self._shown(matched, variant, query)
        shown = shown_shard.catalogue.variant(shown_number)
        snippet, marks = _snippet(variant, text, found, understood.matchers[matched.shard])
        return Hit(
            article=shown.article,
            library=shown_shard.library,
            source=shown.source,
            language=shown.language,
            title=shown.title,
            snippet=snippet,
            anchor=_anchor(text, found.section, shown_shard, shown_number, is_other=shown is not variant),
            score=group[0].score,
            marks=marks,
            title_marks=marks_in(shown.title, understood.matchers[self._shards.index(shown_shard)]),
            state=shown.state,
            applies_to=shown.applies_to,
            found_in="" if shown is variant else variant.language,
            missing=_missing(group, understood),
            sources=self._sources((shown_shard, shown), (shard, variant)),
            is_language_guessed=shown.is_guessed,
            reasons=explain(group[0], understood, shard) if query.explain else (),
        )

    def _matched(self, group: Sequence[Ranked], query: Query) -> Ranked:
        """Return the reader's variant when it matches about as well as the best one, else that."""
        for other in group:
            language = self._shards[other.shard].catalogue.language(other.number)
            if speaks(language, query.reader_language) and other.score >= _GOOD_ENOUGH * group[0].score:
                return other
        return group[0]

    def _shown(self, matched: Ranked, variant: IndexedVariant, query: Query) -> tuple[Shard, int]:
        """Return the variant that will be opened: the reader's, when the article has it."""
        own = self._shards[matched.shard], matched.number
        if query.language or speaks(variant.language, query.reader_language):
            return own
        for shard, number in self._variants(variant.article):
            if speaks(shard.catalogue.language(number), query.reader_language):
                return shard, number
        return own

    def _variants(self, article: str) -> list[tuple[Shard, int]]:
        """Return all variants of an article, of the first index that has it first."""
        return [(shard, number) for shard in self._shards for number in shard.catalogue.variants_of(article)]

    def _sources(
        self, shown: tuple[Shard, IndexedVariant], matched: tuple[Shard, IndexedVariant]
    ) -> tuple[tuple[str, str], ...]:
        others = self._variants(shown[1].article)
        variants = [shown, matched, *((shard, shard.catalogue.variant(number)) for shard, number in others)]
        return tuple(dict.fromkeys((shard.library, variant.source) for shard, variant in variants))


def _answers(
    expansion: Expansion | None, understood: Understood, at: int, best_words: Sequence[str]
) -> Mapping[str, float]:
    """Return the words to look for that answer word `at` of the query, and how well each does."""
    if expansion is None:
        return dict.fromkeys(understood.terms[at].tokens, 1.0)
    words = (*best_words, *expansion.close_words[:_MOST_CLOSE_WORDS])
    answers = {word: expansion.answers.get(word, 0.0) for word in words}
    for word in words:
        if word.isdigit():
            # The number of an article stands in texts with a prefix as well.
            answers |= dict.fromkeys((f"kb{word}", f"q{word}"), answers[word])
    return answers


def _add_unplain(text: VariantText, matcher: Matcher, best: dict[int, list[float]]) -> None:
    """Add what only a look at every word tells, in a text with letters that are two without their case."""
    words = len(matcher.answers)
    for number, section in enumerate(text.sections):
        for match in matcher.find(section.text):
            weights = best.setdefault(number, [0.0] * words)
            weights[match.word] = max(weights[match.word], match.weight)


def _in_headings(text: VariantText, matcher: Matcher, words: int) -> Mapping[int, Sequence[float]]:
    """Return by section how well its heading answers each word, times how much of it the answer makes up."""
    found: dict[int, list[float]] = {}
    for match in matcher.find(text.headings):
        number = text.heading_at(match.start)
        weights = found.setdefault(number, [0.0] * words)
        share = (match.end - match.start) / len(text.sections[number].heading)
        weights[match.word] = max(weights[match.word], match.weight * share)
    return found


def _missing(group: Sequence[Ranked], understood: Understood) -> tuple[str, ...]:
    """Return the words that no variant of the article has in any form."""
    return tuple(
        term.text
        for at, term in enumerate(understood.terms)
        if term.text.casefold() not in STOP_WORDS
        and all(understood.scores[ranked.shard][at].place(ranked.number) < 0 for ranked in group)
    )


def _anchor(text: VariantText, number: int, shard: Shard, shown: int, *, is_other: bool) -> str:
    """Return where the section begins; in another variant, where its counterpart does."""
    anchor = text.sections[number].anchor if text.sections else ""
    if not is_other or not anchor:
        return anchor
    there = shard.reader.text(shown).sections
    if any(section.anchor == anchor for section in there):
        return anchor
    # The two have other ids; the section at the same place is the best guess.
    return there[number].anchor if number < len(there) else ""


def _snippet(variant: IndexedVariant, text: VariantText, found: Found, matcher: Matcher) -> tuple[str, Marks]:
    """Return what of the section is shown; without a text, the description or the first text there is."""
    section = text.sections[found.section]
    said, matches = section.text, found.matches
    if not matches and section.heading and section.heading.casefold() != variant.title.casefold():
        said = f"{section.heading}\n{said}"
    for candidate in (said, variant.description, *(other.text for other in text.sections[:5])):
        snippet, marks = make_snippet(candidate, variant.title, matches, matcher)
        if snippet:
            return snippet, marks
        matches = ()
    return "", ()
