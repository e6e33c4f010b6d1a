"""Finds what answers a word of the query in the words of one index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kbviewer.model.library import fold_reference
from kbviewer.search.alternatives import Alternative, Expansion, Kind, alternatives
from kbviewer.search.analysis import joined_form
from kbviewer.search.languages import LANGUAGES, STOP_WORDS
from kbviewer.search.query_text import Term
from kbviewer.search.relations import STEM_OF
from kbviewer.search.spelling import Spelling
from kbviewer.search.thesaurus import LONGEST_PHRASE, Thesaurus
from kbviewer.search.translations import Translations
from kbviewer.search.vocabulary import Vocabulary

_REMEMBERED = 512
_SHORTEST_PREFIX = 2
_MOST_COMPOUNDS = 16
_SHORTEST_WITH_PARTS = 3
_SHORTEST_CLOSE = 3
_HALF_TYPED = 0.75
_TRANSLATED_PARTS = 1.3
_WITHOUT_STOP_WORD = 0.7
# A word that hardly anybody uses may be a slip that a library shares with the reader.
_RARE = 3
_MUCH_MORE_FREQUENT = 15


class Expander:
    """Finds alternatives; remembers those of the words that were asked last."""

    def __init__(
        self, vocabulary: Vocabulary, thesaurus: Thesaurus, translations: Sequence[Translations]
    ) -> None:
        self._vocabulary = vocabulary
        self._words = vocabulary.table.words
        self._spelling = Spelling(vocabulary.table)
        self._thesaurus = thesaurus
        self._translations = translations
        self._stop_words = frozenset(vocabulary.numbers(STOP_WORDS))
        self._kept: dict[object, Expansion] = {}

    def expand(self, terms: Sequence[Term]) -> list[Expansion]:
        """Return for each word of the query what answers it as typed; none may be a phrase."""
        further: list[list[Alternative]] = [[] for _ in terms]
        for at, (one, other) in enumerate(pairwise(terms)):
            joined = alternatives(Kind.JOINED, self._joined(one, other))
            further[at] += joined
            further[at + 1] += joined
        self._add_phrases(terms, further)
        return [self._kept_one(term, tuple(more)) for term, more in zip(terms, further, strict=True)]

    def respell(self, term: Term, expansion: Expansion) -> Expansion:
        """Return `expansion` with the words of the index that are spelled like one that it does not have."""
        return self._remember(
            ("respelled", term, expansion.alternatives), lambda: self._respelled(term, expansion)
        )

    def come_close(self, term: Term) -> Expansion:
        """Return the words that begin like one that nothing else answers, as much of it as there is."""
        word = term.tokens[0]
        # A code that is nearly another one is another one.
        for length in range(len(word) - 1, _SHORTEST_CLOSE - 1, -1) if word.isalpha() else ():
            close = self._vocabulary.starting_with(word[:length])
            if close:
                return self._expansion(alternatives(Kind.TYPO, close))
        return self._expansion(())

    def inflected(self, word: str) -> Expansion:
        """Return the word in all its forms, for what is unwanted."""
        return self._expansion(self._forms_of(word))

    def _kept_one(self, term: Term, further: tuple[Alternative, ...]) -> Expansion:
        base = self._remember(term, lambda: self._expansion(self._alone(term)))
        if not further:
            return base
        return self._remember((term, further), lambda: self._expansion((*base.alternatives, *further)))

    def _remember(self, key: object, make: Callable[[], Expansion]) -> Expansion:
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _REMEMBERED:
                self._kept.clear()
            found = self._kept[key] = make()
        return found

    def _expansion(self, found: Sequence[Alternative], corrected: str = "") -> Expansion:
        return Expansion(found, self._words, corrected)

    def _alone(self, term: Term) -> list[Alternative]:
        """Return what answers a word, whatever stands beside it."""
        word = term.tokens[0]
        found = self._forms_of(word)
        is_known = bool(found)
        if term.parts:
            # The parts of a literal, together, when the whole is nowhere or somewhere else as well.
            groups = [self._vocabulary.numbers((part,)) for part in dict.fromkeys(term.parts)]
            together = alternatives(Kind.FOLDED, *groups)
            found += together or self._some_parts(term)
        # Two letters that are a word ("in", "av") are that word; as a beginning they would mark half a text.
        if term.is_open and len(word) >= _SHORTEST_PREFIX + is_known:
            found += alternatives(Kind.PREFIX, self._vocabulary.starting_with(word))
        found += self._folded(term, is_known=is_known)
        found += self._usual_spelling(word, found)
        # Half a word is not yet known to be the one that is translated.
        share = 1.0 if (is_known and self._vocabulary.frequency(word)) or not term.is_open else _HALF_TYPED
        for groups, kind, worth in self._meanings((joined_form(word),)):
            found += alternatives(kind, *groups, worth=share * worth)
        found += self._parts(joined_form(word), found)
        return found if word in STOP_WORDS else self._without_stop_words(found)

    def _some_parts(self, term: Term) -> list[Alternative]:
        """Return the parts of a literal one by one: the "user" of "user's" is better than nothing."""
        parts = [part for part in dict.fromkeys(term.parts) if len(part) >= _SHORTEST_WITH_PARTS]
        return [other for part in parts for other in alternatives(Kind.PART, self._vocabulary.forms(part))]

    def _without_stop_words(self, found: Sequence[Alternative]) -> list[Alternative]:
        """Return `found` without words that mean nothing alone: "interna" and "inte" have one stem."""
        kept: list[Alternative] = []
        for other in found:
            if len(other.groups) == 1 and not self._stop_words.isdisjoint(other.groups[0]):
                group = tuple(number for number in other.groups[0] if number not in self._stop_words)
                kept += [replace(other, groups=(group,))] if group else []
            else:
                kept.append(other)
        return kept

    def _forms_of(self, word: str) -> list[Alternative]:
        found = alternatives(Kind.EXACT, self._vocabulary.numbers((word, fold_reference(word))))
        return found + alternatives(Kind.STEM, self._vocabulary.forms(word))

    def _folded(self, term: Term, *, is_known: bool) -> list[Alternative]:
        """Return other diacritics: för and for are two words, so the other one is a second choice."""
        word, vocabulary = term.tokens[0], self._vocabulary
        folded = vocabulary.folded_like(word, is_open=term.is_open)
        if not folded:
            return []
        forms = [number for other in folded[:3] for number in vocabulary.forms(self._words[other])]
        found = alternatives(Kind.FOLDED, folded, worth=0.5 if is_known else 1.0)
        found += alternatives(Kind.FOLDED, forms, worth=0.45 if is_known else 0.9)
        if not is_known:
            compounds = [
                number for other in folded[:3] for number in vocabulary.compounds_with(self._words[other])
            ]
            found += alternatives(Kind.PART, vocabulary.most_frequent(compounds, _MOST_COMPOUNDS))
        return found

    def _usual_spelling(self, word: str, found: Sequence[Alternative]) -> list[Alternative]:
        """Return the frequent word that a rare one is a slip of: libraries have slips of their own."""
        frequencies = self._vocabulary.table.frequencies
        numbers = {number for other in found for group in other.groups for number in group}
        known = sum(int(frequencies[number]) for number in numbers)
        if not 0 < known <= _RARE:
            return []
        usual = [
            number
            for number in self._spelling.similar(joined_form(word))
            if frequencies[number] >= _MUCH_MORE_FREQUENT * known
        ]
        return alternatives(Kind.TYPO, usual[:1])

    def _respelled(self, term: Term, expansion: Expansion) -> Expansion:
        word = joined_form(term.tokens[0])
        similar = self._spelling.similar(word)
        begun = self._spelling.begun(word) if term.is_open else []
        found = [*expansion.alternatives]
        for number in similar:
            found += alternatives(Kind.TYPO, [number, *self._vocabulary.forms(self._words[number])])
        found += alternatives(Kind.TYPO, begun)
        best = similar or begun
        if best:
            for groups, _, worth in self._meanings((self._words[best[0]],)):
                found += alternatives(Kind.TYPO, *groups, worth=0.8 * worth)
        is_guessed = any(other.kind is Kind.PART for other in expansion.alternatives)
        return self._expansion(found, self._words[best[0]] if best and not is_guessed else "")

    def _parts(self, word: str, found: Sequence[Alternative]) -> list[Alternative]:
        """Return the compounds that the word is a part of, and the parts that it is made of."""
        vocabulary = self._vocabulary
        parts: list[Alternative] = []
        if len(word) >= _SHORTEST_WITH_PARTS:
            compounds = vocabulary.most_frequent(vocabulary.compounds_with(word), _MOST_COMPOUNDS)
            parts += alternatives(Kind.PART, compounds)
        pieces = vocabulary.parts(word, in_any_form=not found)
        if pieces:
            is_usual = any(other.kind in (Kind.EXACT, Kind.STEM) for other in found)
            groups = [[*vocabulary.numbers((piece,)), *vocabulary.forms(piece)] for piece in pieces]
            parts += alternatives(Kind.PART, *groups, worth=0.8 if is_usual else 1.0)
            if not is_usual:
                translated = [self._translated(piece) for piece in pieces]
                parts += alternatives(Kind.PART, *translated, worth=_TRANSLATED_PARTS)
        return parts

    def _translated(self, word: str) -> list[int]:
        """Return what a word is in the other language, as far as that is one word."""
        return [
            number
            for groups, kind, _ in self._meanings((word,))
            if kind is Kind.TRANSLATION and len(groups) == 1
            for number in groups[0]
        ]

    def _add_phrases(self, terms: Sequence[Term], further: Sequence[list[Alternative]]) -> None:
        """Add synonyms and translations of phrases, which answer all words of these."""
        words = [joined_form(term.tokens[0]) for term in terms]
        for first in range(len(words)):
            for last in range(first + 2, min(first + LONGEST_PHRASE, len(words)) + 1):
                for groups, kind, worth in self._meanings(tuple(words[first:last])):
                    # "Not" stands in every text: what "not responding" is about is that something responds.
                    telling = [group for group in groups if self._stop_words.isdisjoint(group)]
                    worth *= _WITHOUT_STOP_WORD ** (len(groups) - len(telling))
                    for more in further[first:last]:
                        more += alternatives(kind, *telling, worth=worth)

    def _meanings(self, words: tuple[str, ...]) -> Iterator[tuple[list[list[int]], Kind, float]]:
        for language in LANGUAGES:
            key = tuple(self._vocabulary.stems[language](word) for word in words)
            for meaning in self._thesaurus.meanings(language, key):
                kind = Kind.TRANSLATION if meaning.is_translation else Kind.SYNONYM
                yield (
                    [self._inflections(word, meaning.language) for word in meaning.words],
                    kind,
                    meaning.worth,
                )
            if len(words) == 1:
                yield from self._learned(language, key[0])

    def _learned(self, language: str, stem: str) -> Iterator[tuple[list[list[int]], Kind, float]]:
        other = LANGUAGES[1 - LANGUAGES.index(language)]
        for translations in self._translations:
            for translation, sure in translations.of(language, stem):
                numbers = self._vocabulary.words(STEM_OF[other], translation)
                yield [numbers], Kind.TRANSLATION, min(1.0, 0.4 + sure)

    def _inflections(self, word: str, language: str) -> list[int]:
        """Return the forms of a word that is known to be of one language."""
        stem = self._vocabulary.stems[language](joined_form(word))
        return [*self._vocabulary.numbers((word,)), *self._vocabulary.words(STEM_OF[language], stem)]

    def _joined(self, one: Term, other: Term) -> list[int]:
        """Return the words that two neighbours are when they are written as one."""
        first, second = one.tokens[0], other.tokens[0]
        if not (first.isalpha() and second.isalpha()):
            return []
        found: list[int] = []
        for word in (first + second, f"{first}s{second}", f"{first}-{second}"):
            found += self._vocabulary.numbers((word,))
            found += self._vocabulary.forms(word)
            if other.is_open and len(second) >= _SHORTEST_PREFIX:
                found += self._vocabulary.starting_with(word)
        return found
