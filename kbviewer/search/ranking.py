"""From matches of single words to ranked variants."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kbviewer.model.article import ArticleState
from kbviewer.search.catalogue import IndexedVariant
from kbviewer.search.expansion import Alternative
from kbviewer.search.postings import PostingReader
from kbviewer.search.schema import BODY, NAMES, TITLE

# Of a match's worth this much comes from how often it occurs; the rest from what kind of match it is.
STRENGTH_SHARE = 0.3

_TITLE_WORTH = 2.0
_NAMES_WORTH = 0.8
_HEADING_WORTH = 1.0
_REFERENCE_WORTH = 1000.0
_OUTDATED = 0.9

# Words that may be missing without making an article a worse answer.
STOP_WORDS = frozenset(
    "a an and are as at be by can do for from how i if in is it my not of on or the this to was what".split()
    + "when with you".split()
    + "att av de den det du en ett för från hur har i inte jag kan man med mig min mitt när och om".split()
    + "på så som till vad är".split()
)


@dataclass(frozen=True, slots=True)
class WordMatches:
    """Where one word of the query is found: worth by section, and by the first section of a variant."""

    in_sections: Mapping[int, float]
    in_titles: Mapping[int, float]
    in_names: Mapping[int, float]
    is_minor: bool = False


@dataclass(slots=True)
class Candidate:
    """A variant that answers the query.

    Attributes:
        covered: how many words of weight it has.
        worth: how good the matches are.
        fit: how good the best match of each word is, wherever it stands; 1 at most.
        sections: worth of those sections that have a match.
    """

    variant: int
    covered: int = 0
    worth: float = 0.0
    fit: float = 0.0
    sections: dict[int, float] = field(default_factory=dict)


def find_word(reader: PostingReader, alternatives: Iterable[Alternative], *, is_minor: bool) -> WordMatches:
    """Return where any of `alternatives` is found, with the worth of the best of them."""
    kept = tuple(alternatives)
    body, titles, names = (_matches(reader, name, kept) for name in (BODY, TITLE, NAMES))
    return WordMatches(body, titles, names, is_minor)


def rank(words: Sequence[WordMatches], variant_of: Sequence[int], sections: int) -> dict[int, Candidate]:
    """Return the variants that have any of `words`, by their number."""
    candidates: dict[int, Candidate] = {}
    weights = [_rarity(word, sections) for word in words]
    total = sum(weights) or 1.0
    all_minor = all(word.is_minor for word in words)
    for word, weight in zip(words, weights, strict=True):
        share = weight / total
        worths: defaultdict[int, float] = defaultdict(float)
        fits: defaultdict[int, float] = defaultdict(float)
        for section, worth in word.in_sections.items():
            number = variant_of[section]
            worths[number] = fits[number] = max(worths[number], worth)
            candidate = candidates.get(number)
            if candidate is None:
                candidate = candidates[number] = Candidate(number)
            candidate.sections[section] = candidate.sections.get(section, 0.0) + share * (1.0 + worth)
        for matches, factor in ((word.in_titles, _TITLE_WORTH), (word.in_names, _NAMES_WORTH)):
            for section, worth in matches.items():
                number = variant_of[section]
                worths[number] += factor * worth
                fits[number] = max(fits[number], worth)
        for number, worth in worths.items():
            candidate = candidates.get(number)
            if candidate is None:
                candidate = candidates[number] = Candidate(number)
            candidate.worth += share * worth
            candidate.fit += share * fits[number]
            candidate.covered += all_minor or not word.is_minor
    return candidates


def score(candidate: Candidate, variant: IndexedVariant, *, is_named: bool, heading: float = 0.0) -> float:
    """Return one number: named by its id, then words covered, then the worth of the matches.

    Args:
        candidate: a variant with its matches.
        variant: the same, as it is indexed.
        is_named: the query is one of its ids.
        heading: how much of the best section's heading answers the query.
    """
    worth = candidate.worth + _HEADING_WORTH * heading
    if candidate.sections:
        # Words that stand together in one section say more than the same words all over the article.
        worth += 0.3 * max(candidate.sections.values())
    if variant.state is not ArticleState.CURRENT:
        worth *= _OUTDATED
    return (_REFERENCE_WORTH if is_named else 0.0) + candidate.covered + worth / (1.0 + worth)


def _rarity(word: WordMatches, sections: int) -> float:
    found = len(word.in_sections) + len(word.in_titles)
    rarity = math.log(1.0 + (sections + 1.0) / (found + 1.0))
    return rarity * (0.2 if word.is_minor else 1.0)


def _matches(reader: PostingReader, name: str, alternatives: Iterable[Alternative]) -> dict[int, float]:
    best: dict[int, float] = {}
    for alternative in alternatives:
        base = alternative.weight * (1.0 - STRENGTH_SHARE)
        slope = alternative.weight * STRENGTH_SHARE
        for section, strength in _together(reader, name, alternative.terms):
            worth = base + slope * strength
            if worth > best.get(section, 0.0):
                best[section] = worth
    return best


def _together(reader: PostingReader, name: str, terms: Sequence[str]) -> Iterable[tuple[int, float]]:
    """Return the sections that have all of `terms`, with the strength of the weakest."""
    if len(terms) == 1:
        return reader.postings(name, terms[0])
    found = dict(reader.postings(name, terms[0]))
    for term in terms[1:]:
        others = dict(reader.postings(name, term))
        found = {
            section: min(strength, others[section])
            for section, strength in found.items()
            if section in others
        }
    return found.items()
