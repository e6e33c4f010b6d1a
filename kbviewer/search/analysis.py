"""From text to the terms of the index: words and literals as written, and the stems of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kbviewer.model.library import fold_reference
from kbviewer.search.stemming import Stem, make_stem

STEM_MARK = "~"
LANGUAGES = ("sv", "en")

_LONGEST_TOKEN = 80
CHUNK = re.compile(r"\S+")
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# What text glues to a word without being part of it: "and/or", "word,word", "word…word".
_LOOSE = re.compile(r"[\s/|,;…→–—\"“”„«»()]+")


_REMEMBERED = 50_000

# Start and end of a token in its chunk, and the terms under which it is found.
Form = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Token:
    """A word or literal of a text.

    Attributes:
        text: the form under which it is found.
        start, end: where it stands in the text.
        is_part: it is a part of a literal that is a token as well.
    """

    text: str
    start: int
    end: int
    is_part: bool = False


def normalise(text: str) -> str:
    """Return `text` composed, without characters that nobody sees; offsets of tokens refer to this."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _UNFIT.sub(" ", text)))


def fold_diacritics(word: str) -> str:
    """Return `word` without dots, rings and accents: för and for become one."""
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a normalised text: each literal whole, followed by its parts."""
    for chunk in CHUNK.finditer(text):
        core = _CORE.search(chunk.group())
        if core is None:
            continue
        start = chunk.start() + core.start()
        literal = core.group()
        words = list(_WORD.finditer(literal))
        if len(words) == 1 and words[0].group() == literal:
            yield from _word(literal, start, is_part=False)
            continue
        yield from _literal(literal, start)
        for word in words:
            yield from _word(word.group(), start + word.start(), is_part=True)


def _word(word: str, start: int, *, is_part: bool) -> Iterator[Token]:
    folded = word.casefold()[:_LONGEST_TOKEN]
    yield Token(folded, start, start + len(word), is_part)
    reference = fold_reference(folded)
    if reference != folded:
        yield Token(reference, start, start + len(word), is_part=True)


def _literal(literal: str, start: int) -> Iterator[Token]:
    pieces = [piece for piece in _LOOSE.split(literal) if piece]
    wholes = {literal} if len(pieces) == 1 else {literal, *pieces}
    for whole in sorted(wholes, key=len, reverse=True):
        core = _CORE.search(whole)
        if core and len(core.group()) <= _LONGEST_TOKEN and not _WORD.fullmatch(core.group()):
            offset = start + literal.find(core.group())
            yield Token(core.group().casefold(), offset, offset + len(core.group()))


def joined_form(word: str) -> str:
    """Return a word without its hyphens, since e-post and epost are one; anything else as it is."""
    joined = word.replace("-", "")
    return joined if joined.isalpha() else word


class Analyzer:
    """Finds stems; remembers those of the words it has seen."""

    def __init__(self) -> None:
        stems = {language: make_stem(language) for language in LANGUAGES}
        self._stems: dict[str, Stem] = {language: stem for language, stem in stems.items() if stem}
        self._forms: dict[str, tuple[Form, ...]] = {}

    def stem(self, word: str, language: str) -> str:
        """Return the marked stem of a token, "" when the language has no stems."""
        stem = self._stems.get(language.casefold().partition("-")[0])
        joined = joined_form(word)
        return STEM_MARK + stem(joined) if stem and joined.isalpha() else ""

    def stems(self, word: str) -> tuple[str, ...]:
        """Return the marked stems of a token in every language, without repeats."""
        found = (self.stem(word, language) for language in self._stems)
        return tuple(dict.fromkeys(stem for stem in found if stem))

    def forms(self, chunk: str) -> tuple[Form, ...]:
        """Return the tokens of a piece of text without blanks, with their stems in every language."""
        found = self._forms.get(chunk)
        if found is None:
            found = tuple(
                (
                    token.start,
                    token.end,
                    tuple(dict.fromkeys((*_spellings(token.text), *self.stems(token.text)))),
                )
                for token in tokens(chunk)
            )
            if len(self._forms) >= _REMEMBERED:
                self._forms.clear()
            self._forms[chunk] = found
        return found

    def all_terms(self, text: str) -> list[str]:
        """Return the terms of a normalised text of unknown language."""
        return [term for chunk in CHUNK.findall(text) for *_, terms in self.forms(chunk) for term in terms]

    def terms(self, text: str, language: str) -> list[str]:
        """Return the terms under which a normalised text is found, repeated as often as they occur."""
        found: list[str] = []
        for token in tokens(text):
            found += _spellings(token.text)
            stem = self.stem(token.text, language)
            if stem:
                found.append(stem)
        return found


def _spellings(word: str) -> tuple[str, ...]:
    joined = joined_form(word)
    return (word,) if joined == word else (word, joined)
