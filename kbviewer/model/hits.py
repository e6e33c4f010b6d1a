"""What a search is asked and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from kbviewer.model.article import ArticleState


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the index.

    Attributes:
        text: as typed.
        language: "" for any, else only articles that have this language.
        reader_language: the language the reader reads; shown when it matches about as well as the others.
        limit: most hits wanted, 1 to 100.
    """

    text: str
    language: str = ""
    reader_language: str = "sv"
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that answers a query, best section first.

    Attributes:
        article: article id.
        library: path of the library folder that holds it.
        source: path of the file relative to that folder, with forward slashes.
        language: of the text that matched and will be opened.
        title: in that language.
        snippet: plain text from the matching section, never a repeat of the title.
        marks: (start, end) character offsets of the matches in `snippet`.
        title_marks: the same in `title`.
        anchor: block key of the matching section, "" for the top.
        score: higher is better; comparable within one answer only.
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


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The ranked hits.

    Attributes:
        query: the text that was asked.
        hits: best first.
        took_ms: search time without transport, milliseconds.
        corrected: the spelling that was searched instead, None when as typed.
    """

    query: str
    hits: tuple[Hit, ...]
    took_ms: float
    corrected: str | None = None
