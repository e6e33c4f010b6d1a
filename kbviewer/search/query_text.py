"""Understands what is typed: words, "phrases", -exclusions and filters.

Every text is a query; none is an error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kbviewer.search.analysis import normalise, tokens

MAX_CHARACTERS = 500
MAX_TERMS = 32

_QUOTE = '"“”„'
# A quotation mark counts at the start of a word and at the end of one; a filter is one of the known names
# with a value right after the colon; anything else is text.
_PIECE = re.compile(
    rf"""(?<!\S)(?P<minus>-?)(?:
        (?P<name>product|produkt|lang|language|språk|state|status|id):
            (?:[{_QUOTE}](?P<quoted>[^{_QUOTE}]+)[{_QUOTE}](?!\w)|(?P<value>[^\s{_QUOTE}]+))
        |[{_QUOTE}](?P<phrase>[^{_QUOTE}]*)[{_QUOTE}](?!\w)
        |(?P<word>[^\s{_QUOTE}]\S*)
    )|\S+""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans(dict.fromkeys(_QUOTE, " "))
_FILTERS = {
    "product": "product",
    "produkt": "product",
    "lang": "language",
    "language": "language",
    "språk": "language",
    "state": "state",
    "status": "state",
    "id": "id",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for.

    Attributes:
        text: as typed, without quotes and minus.
        tokens: its token for a word; the words in order for a phrase.
        parts: the parts of a literal, which are looked for together when the whole is nowhere.
        is_open: the reader may still be typing it, so words that begin like it count.
    """

    text: str
    tokens: tuple[str, ...]
    parts: tuple[str, ...] = ()
    is_phrase: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """What the articles must be, or must not be: `name` is product, language, state or id."""

    name: str
    value: str
    is_unwanted: bool = False


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What to find, what to leave out, and among which articles.

    Attributes:
        text: as typed, up to the limit.
        is_cut: what was typed is longer than the limit, or has more words.
    """

    text: str
    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]
    filters: tuple[Filter, ...] = ()
    is_cut: bool = False

    @property
    def language(self) -> str:
        """The language that the query asks for, "" for any."""
        wanted = (one.value for one in self.filters if one.name == "language" and not one.is_unwanted)
        return next(wanted, "")

    def with_unwanted(self) -> ParsedQuery:
        """Return the query with the words that it leaves out among those that it asks for."""
        return replace(self, wanted=_unique([*self.wanted, *self.unwanted])[:MAX_TERMS], unwanted=())


def parse_query(text: str) -> ParsedQuery:
    """Return what `text` asks for; what is over the limits is left away."""
    shown = normalise(text[:MAX_CHARACTERS])
    wanted: list[Term] = []
    unwanted: list[Term] = []
    filters: list[Filter] = []
    for piece in _PIECE.finditer(shown):
        is_last = piece.end() == len(shown)
        phrase, word, name = piece.group("phrase"), piece.group("word"), piece.group("name")
        if name is not None:
            value = piece.group("quoted") or piece.group("value")
            filters.append(Filter(_FILTERS[name.casefold()], value.strip(), bool(piece.group("minus"))))
            continue
        if phrase is not None:
            found = _phrase_terms(phrase)
        else:
            found = _word_terms((word if word is not None else piece.group()).translate(_QUOTES), is_last)
        (unwanted if piece.group("minus") else wanted).extend(found)
    if not wanted and not filters:
        # Nothing but exclusions is somebody who pastes a command's option or a list.
        wanted, unwanted = unwanted, []
    is_cut = len(text) > MAX_CHARACTERS or max(len(wanted), len(unwanted)) > MAX_TERMS
    return ParsedQuery(
        shown.strip(), _unique(wanted)[:MAX_TERMS], _unique(unwanted)[:MAX_TERMS], tuple(filters), is_cut
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a normalised text in order, as phrases are compared."""
    return tuple([word.casefold() for word in _WORD.findall(text)])


def _phrase_terms(text: str) -> list[Term]:
    words = words_of(text)[:MAX_TERMS]
    return [Term(text.strip(), words, is_phrase=True)] if words else []


def _word_terms(text: str, is_last: bool) -> list[Term]:
    found = list(tokens(text))
    wholes = [token for token in found if not token.is_part]
    terms = []
    for whole in wholes:
        inside = [
            token.text
            for token in found
            if token.is_part and whole.start <= token.start and token.end <= whole.end
        ]
        is_open = is_last and whole.end == len(text)
        terms.append(Term(text[whole.start : whole.end], (whole.text,), tuple(inside), is_open=is_open))
    # "och/eller" is both a literal and its pieces; the whole is enough, its parts are tried together.
    covered = [(term.text, term) for term in terms]
    return [
        term for text, term in covered if not any(text != other and text in other for other, _ in covered)
    ]


def _unique(terms: Sequence[Term]) -> tuple[Term, ...]:
    return tuple({(term.tokens, term.is_phrase): term for term in terms}.values())
