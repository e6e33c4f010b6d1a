"""From text to the words of the index: words and literals as written, without their case."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kbviewer.model.library import fold_reference

LONGEST_TOKEN = 80
CHUNK = re.compile(r"\S+")
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-f]{4,16}")
_SHORTEST_CODE = 3
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# What text glues to a word without being part of it: "and/or", "word,word", "word…word".
_LOOSE = re.compile(r"[\s/|,;…→–—\"“”„«»()]+")


_REMEMBERED = 100_000

# Start and end of a token in its chunk, and the words under which it is found.
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
    folded = word.casefold()[:LONGEST_TOKEN]
    yield Token(folded, start, start + len(word), is_part)
    reference = fold_reference(folded)
    if reference != folded:
        yield Token(reference, start, start + len(word), is_part=True)


def _literal(literal: str, start: int) -> Iterator[Token]:
    pieces = [piece for piece in _LOOSE.split(literal) if piece]
    wholes = {literal} if len(pieces) == 1 else {literal, *pieces}
    for whole in sorted(wholes, key=len, reverse=True):
        core = _CORE.search(whole)
        if core and len(core.group()) <= LONGEST_TOKEN and not _WORD.fullmatch(core.group()):
            offset = start + literal.find(core.group())
            yield Token(core.group().casefold(), offset, offset + len(core.group()))


def joined_form(word: str) -> str:
    """Return a word without its hyphens, since e-post and epost are one; anything else as it is."""
    joined = word.replace("-", "")
    return joined if joined.isalpha() else word


class Analyzer:
    """Finds the words of texts; remembers the pieces that it has seen."""

    def __init__(self) -> None:
        self._forms: dict[str, tuple[Form, ...]] = {}

    def forms(self, chunk: str) -> tuple[Form, ...]:
        """Return the tokens of a normalised piece of text without blanks, each with its spellings."""
        found = self._forms.get(chunk)
        if found is None:
            found = tuple((token.start, token.end, spellings(token.text)) for token in tokens(chunk))
            if len(self._forms) >= _REMEMBERED:
                self._forms.clear()
            self._forms[chunk] = found
        return found

    def count_words(self, text: str) -> Counter[str]:
        """Return how often each word occurs in a normalised text."""
        counts: Counter[str] = Counter()
        for chunk, times in Counter(text.split()).items():
            for _, _, words in self.forms(chunk):
                for word in words:
                    counts[word] += times
        return counts

    def words(self, text: str) -> list[str]:
        """Return the words of a normalised text in order, of a literal both the whole and the parts."""
        return [word for chunk in text.split() for *_, words in self.forms(chunk) for word in words]


def spellings(word: str) -> tuple[str, ...]:
    """Return a token and how else it is written: without hyphens, a code without 0x and leading zeros."""
    others = [joined_form(word)]
    if _HEXADECIMAL.fullmatch(word):
        digits = word[2:]
        others += [other for other in (digits, digits.lstrip("0")) if len(other) >= _SHORTEST_CODE]
    return tuple(dict.fromkeys((word, *others)))
