"""Learns which Swedish and English words mean the same, from articles that exist in both languages.

The two variants of an article say the same in the same places: titles, descriptions, headings, and the
lines of sections that have equally many. Which word in such a pair of texts stands for which is found by
expectation maximisation (IBM model 1: Brown et al., The Mathematics of Statistical Machine Translation,
1993), in both directions; what both agree on is kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from kbviewer.search.documents import Section, Variant
from kbviewer.search.languages import LANGUAGES, STOP_WORDS, primary
from kbviewer.search.query_text import words_of
from kbviewer.search.stemming import make_stem
from kbviewer.search.translations import Translations

_LONGEST_TEXT = 28
_MOST_CHARACTERS = 400
_SHORTEST_WORD = 3
_MOST_PAIRS = 40_000
_ROUNDS = 5
_FEWEST_TIMES = 2
_LEAST_SURE = 0.12
# A few articles agree by chance.
_MANY_TEXTS = 1000
_LEAST_SURE_OF_FEW = 0.2
_MOST_TRANSLATIONS = 3
_SEED = 7

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


class Aligner:
    """Collects pairs of texts, of variants that come one after another.

    Args:
        most_pairs: no more are learned from, chosen evenly.
    """

    def __init__(self, most_pairs: int = _MOST_PAIRS) -> None:
        self._most_pairs = most_pairs
        self._stems = {language: make_stem(language) for language in LANGUAGES}
        self._numbers: dict[str, dict[str, int]] = {language: {} for language in LANGUAGES}
        self._texts = {language: array("I") for language in LANGUAGES}
        self._lengths = {language: array("I") for language in LANGUAGES}
        self._waiting: list[Variant] = []

    def add(self, variant: Variant) -> None:
        """Take a variant; its pair is the one in the other language that has come just before it."""
        if self._waiting and self._waiting[0].article != variant.article:
            self._waiting.clear()
        for other in self._waiting:
            languages = {primary(other.language): other, primary(variant.language): variant}
            if languages.keys() == set(LANGUAGES):
                self.pair(languages["sv"], languages["en"])
        self._waiting.append(variant)

    def pair(self, swedish: Variant, english: Variant) -> None:
        """Take the texts of two variants that say the same."""
        for texts in _aligned(swedish, english):
            if max(map(len, texts)) > _MOST_CHARACTERS:
                continue
            words = [self._words(text, language) for text, language in zip(texts, LANGUAGES, strict=True)]
            if all(0 < len(found) <= _LONGEST_TEXT for found in words):
                for found, language in zip(words, LANGUAGES, strict=True):
                    self._texts[language].extend(found)
                    self._lengths[language].append(len(found))

    def learn(self) -> Translations:
        """Return what the texts have taught."""
        count = len(self._lengths["sv"])
        if not count:
            return Translations({}, 0)
        chosen = np.arange(count)
        if count > self._most_pairs:
            chosen = np.sort(np.random.default_rng(_SEED).choice(count, self._most_pairs, replace=False))
        swedish, english = (self._chosen(language, chosen) for language in LANGUAGES)
        sv, en = _cross(swedish, english)
        width = len(self._numbers["en"])
        codes, which = np.unique(sv * width + en, return_inverse=True)
        times = np.bincount(which)
        sv_of, en_of = codes // width, codes % width
        texts = np.repeat(np.arange(len(chosen)), _sizes(swedish) * _sizes(english))
        one = _probabilities(which, texts * width + en, sv_of)
        other = _probabilities(which, texts * len(self._numbers["sv"]) + sv, en_of)
        sure = np.sqrt(one * other)
        kept = (sure >= (_LEAST_SURE if count >= _MANY_TEXTS else _LEAST_SURE_OF_FEW)) & (
            times >= _FEWEST_TIMES
        )
        return self._tables(sv_of[kept], en_of[kept], sure[kept], count)

    def _words(self, text: str, language: str) -> list[int]:
        numbers, stem = self._numbers[language], self._stems[language]
        words = {
            stem(word)
            for word in words_of(text)
            if len(word) >= _SHORTEST_WORD and word.isalpha() and word not in STOP_WORDS
        }
        return [numbers.setdefault(word, len(numbers)) for word in sorted(words)]

    def _chosen(self, language: str, chosen: Integers) -> list[Integers]:
        lengths = np.array(self._lengths[language], dtype=np.int64)
        pieces = np.split(np.array(self._texts[language], dtype=np.int64), np.cumsum(lengths)[:-1])
        return [pieces[number] for number in chosen]

    def _tables(self, sv_of: Integers, en_of: Integers, sure: Floats, count: int) -> Translations:
        swedish, english = (list(self._numbers[language]) for language in LANGUAGES)
        tables: dict[str, dict[str, list[tuple[str, float]]]] = {"sv": {}, "en": {}}
        for at in np.argsort(-sure, kind="stable").tolist():
            pair = (swedish[int(sv_of[at])], english[int(en_of[at])])
            if pair[0] == pair[1]:
                # The other language has the word itself; it is found as it is.
                continue
            for language, (word, translation) in (("sv", pair), ("en", pair[::-1])):
                rows = tables[language].setdefault(word, [])
                if len(rows) < _MOST_TRANSLATIONS:
                    rows.append((translation, round(float(sure[at]), 2)))
        return Translations(tables, count)


def _aligned(one: Variant, other: Variant) -> Iterator[tuple[str, str]]:
    yield one.title, other.title
    yield one.description, other.description
    there = {section.anchor: section for section in other.sections}
    for section in one.sections:
        counterpart = there.get(section.anchor)
        if counterpart is not None:
            yield section.heading, counterpart.heading
            yield from _lines(section, counterpart)


def _lines(one: Section, other: Section) -> Iterable[tuple[str, str]]:
    lines, others = one.text.split("\n"), other.text.split("\n")
    return zip(lines, others, strict=True) if len(lines) == len(others) else ()


def _sizes(texts: list[Integers]) -> Integers:
    return np.array([len(text) for text in texts], dtype=np.int64)


def _cross(one: list[Integers], other: list[Integers]) -> tuple[Integers, Integers]:
    """Return every word of each text beside every word of its counterpart."""
    first = [np.repeat(words, len(others)) for words, others in zip(one, other, strict=True)]
    second = [np.tile(others, len(words)) for words, others in zip(one, other, strict=True)]
    return np.concatenate(first), np.concatenate(second)


def _probabilities(which: Integers, targets: Integers, source_of: Integers) -> Floats:
    """Return for each pair of words how probable the second is as the translation of the first.

    Args:
        which: (N) the pair of words behind each pair of places.
        targets: (N) equal for the places of one word in one text, which shares itself out among them.
        source_of: (P) the first word of each pair.
    """
    _, target = np.unique(targets, return_inverse=True)
    found = np.full(len(source_of), 1.0)
    for _ in range(_ROUNDS):
        share = found[which]
        share /= np.bincount(target, weights=share)[target]
        counts = np.bincount(which, weights=share, minlength=len(source_of))
        found = counts / np.bincount(source_of, weights=counts)[source_of]
    return found
