"""Other words for what is asked: translations and synonyms of words and of short phrases.

Three sources: the term list that comes with the program, the library's glossary, and what was learned from
the library's own bilingual articles (see `alignment`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kbviewer.search.analysis import joined_form, normalise, tokens
from kbviewer.search.languages import LANGUAGES
from kbviewer.search.stemming import Stem

LONGEST_PHRASE = 3

# How much less a listed translation is worth than the one before it on its line.
_STEP = 0.85
_MOST_ALTERNATIVES = 4
_MOST_FILE_BYTES = 4 << 20

# Texts that mean the same, by language, the best first.
Concept = Mapping[str, Sequence[str]]
_Key = tuple[str, ...]


class Meaning(NamedTuple):
    """Another way to say something.

    Attributes:
        words: one or more words that stand for it together.
        language: theirs.
        worth: how well they do, from 0 to 1.
        is_translation: it was said in the other language.
    """

    words: tuple[str, ...]
    language: str
    worth: float
    is_translation: bool


def read_terms(path: Path) -> list[Concept]:
    """Return the concepts of a term list: a line each, Swedish | alternatives, a tab, English | alternatives.

    Raises:
        OSError: it cannot be read.
        ValueError: a line has another form, or the file is over 4 MiB.
    """
    if path.stat().st_size > _MOST_FILE_BYTES:
        raise ValueError(f"{path.name} is too large")
    concepts: list[Concept] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line and not line.startswith("#"):
            sides = line.split("\t")
            if len(sides) != len(LANGUAGES):
                raise ValueError(f"{path.name}:{number}: a line has a Swedish and an English side")
            concepts.append(dict(zip(LANGUAGES, (side.split("|") for side in sides), strict=True)))
    return concepts


class Thesaurus:
    """Concepts by what a text calls them, in any inflection."""

    def __init__(self, concepts: Iterable[Concept], stems: Mapping[str, Stem]) -> None:
        self._stems = stems
        self._by_key: dict[tuple[str, _Key], list[Meaning]] = {}
        for concept in concepts:
            self._add(concept)

    def meanings(self, language: str, key: _Key) -> Sequence[Meaning]:
        """Return the other ways to say what the stems `key` say in `language`."""
        return self._by_key.get((language, key), ())

    def _add(self, concept: Concept) -> None:
        sides = {
            language: [words for text in concept.get(language, ()) if (words := _words(text))]
            for language in LANGUAGES
        }
        for language, side in sides.items():
            for words in side:
                if len(words) <= LONGEST_PHRASE:
                    key = tuple(self._stems[language](joined_form(word)) for word in words)
                    found = self._by_key.setdefault((language, key), [])
                    found += _others(sides, language, words)


def _others(sides: Mapping[str, Sequence[_Key]], language: str, words: _Key) -> Iterator[Meaning]:
    for other, side in sides.items():
        for rank, alternative in enumerate(side[:_MOST_ALTERNATIVES]):
            if (other, alternative) != (language, words):
                yield Meaning(alternative, other, _STEP**rank, other != language)


def _words(text: str) -> _Key:
    if text.isascii() and text.isalpha() and text.islower():
        return (text,)
    return tuple(token.text for token in tokens(normalise(text)) if not token.is_part)
