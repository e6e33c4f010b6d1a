"""What a search is asked and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kbviewer.model.article import ArticleState


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the index.

    Attributes:
        text: as typed; `product:`, `lang:`, `state:` and `id:` in it filter like the attributes below.
        language: "" for any, else only articles that have this language.
        reader_language: the language the reader reads; shown when the article has it.
        limit: most hits wanted, 1 to 100.
        products: only articles for one of these, "" stands for those without any; empty for all.
        states: only articles in one of these states; empty for all.
        explain: say of every hit why it is where it is.
    """

    text: str
    language: str = ""
    reader_language: str = "sv"
    limit: int = 10
    products: tuple[str, ...] = ()
    states: tuple[ArticleState, ...] = ()
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that answers a query, best section first.

    Attributes:
        article: article id.
        library: path of the library folder that holds it.
        source: path of the file relative to that folder, with forward slashes.
        language: of the variant that will be opened.
        title: in that language.
        snippet: plain text from the matching section, never a repeat of the title; in the language of
            `found_in` when that is set.
        marks: (start, end) character offsets of the matches in `snippet`.
        title_marks: the same in `title`.
        anchor: block key of the matching section, "" for the top.
        score: higher is better; comparable within one answer only.
        found_in: language of the variant whose text matched, "" when it is the one that will be opened.
        missing: words of the query that the article has in no form, as typed.
        sources: library and source of every variant's file, the shown one's first, then the matching one's.
        reasons: why it is where it is, one line each; empty unless asked for.
        is_language_guessed: `language` was judged by the text: nothing says which it is.
    """

    article: str
    library: str
    source: str
    language: str
    title: str
    snippet: str
    anchor: str
    score: float
    marks: tuple[tuple[int, int], ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()
    state: ArticleState = ArticleState.CURRENT
    applies_to: tuple[str, ...] = ()
    found_in: str = ""
    missing: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    is_language_guessed: bool = False


class FacetKind(StrEnum):
    """By what the hits can be narrowed down."""

    PRODUCT = "product"
    LANGUAGE = "language"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Facet:
    """A value by which the hits can be narrowed down, and how many articles would be left.

    Attributes:
        value: the product's name, "" for articles without one; the language's tag; the state's value.
    """

    kind: FacetKind
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The ranked hits.

    Attributes:
        query: the text that was asked.
        hits: best first.
        took_ms: search time without transport, milliseconds.
        corrected: the spelling that was searched instead, None when as typed.
        total: how many articles were found, shown or not.
        left_out: words of the query that no shown article has together with the others, as typed.
        suggestions: whole queries that the one being typed may become, best first.
        facets: by kind, the most frequent first; counted without the filter of their own kind.
        is_related: nothing has the words; the hits only come close.
        is_too_long: the query was cut at the limit of `query_text`.
    """

    query: str
    hits: tuple[Hit, ...]
    took_ms: float
    corrected: str | None = None
    total: int = 0
    left_out: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    is_related: bool = False
    is_too_long: bool = False
