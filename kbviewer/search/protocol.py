"""What the window and the search process tell each other: one JSON object per line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

from kbviewer.model.article import ArticleState
from kbviewer.model.errors import SearchError
from kbviewer.model.hits import Facet, FacetKind, Hit, Query, SearchAnswer
from kbviewer.model.messages import N_, Message, message


@dataclass(frozen=True, slots=True)
class Ask:
    """A question; requests count up."""

    request: int
    query: Query


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request."""

    request: int
    answer: SearchAnswer


@dataclass(frozen=True, slots=True)
class Indexing:
    """How many articles are indexed; `total` is 0 while they are counted."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Ready:
    """Questions are answered from now on."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The search cannot answer; the next question tries again."""

    message: Message


Event: TypeAlias = Answer | Indexing | Ready | Failed


def encode_ask(ask: Ask) -> str:
    """Return the line for a question."""
    query = ask.query
    return _line(
        {
            "request": ask.request,
            "text": query.text,
            "language": query.language,
            "reader_language": query.reader_language,
            "limit": query.limit,
            "products": query.products,
            "states": query.states,
        }
    )


def decode_ask(line: str) -> Ask:
    """Return the question in a line.

    Raises:
        SearchError: it has none.
    """
    try:
        value: Any = json.loads(line)
        query = Query(
            text=str(value["text"]),
            language=str(value["language"]),
            reader_language=str(value["reader_language"]),
            limit=int(value["limit"]),
            products=tuple(map(str, value["products"])),
            states=tuple(map(ArticleState, value["states"])),
        )
        return Ask(int(value["request"]), query)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable() from error


def encode_event(event: Event) -> str:
    """Return the line for an event."""
    match event:
        case Answer(request=request, answer=answer):
            return _line({"event": "answer", "request": request, **_encode_answer(answer)})
        case Indexing(done=done, total=total):
            return _line({"event": "indexing", "done": done, "total": total})
        case Ready():
            return _line({"event": "ready"})
        case Failed(message=text):
            values = {name: str(value) for name, value in text.values.items()}
            return _line({"event": "failed", "template": text.template, "values": values})


def decode_event(line: str) -> Event:
    """Return the event in a line.

    Raises:
        SearchError: it has none.
    """
    try:
        value: Any = json.loads(line)
        match value["event"]:
            case "answer":
                return Answer(int(value["request"]), _decode_answer(value))
            case "indexing":
                return Indexing(int(value["done"]), int(value["total"]))
            case "ready":
                return Ready()
            case "failed":
                return Failed(Message(str(value["template"]), dict(value["values"])))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable() from error
    raise _unreadable()


def _encode_answer(answer: SearchAnswer) -> dict[str, Any]:
    hits = [
        [
            hit.article,
            hit.library,
            hit.source,
            hit.language,
            hit.title,
            hit.snippet,
            hit.anchor,
            hit.score,
            hit.marks,
            hit.title_marks,
            hit.state.value,
            hit.applies_to,
            hit.found_in,
            hit.missing,
            hit.sources,
            hit.is_language_guessed,
        ]
        for hit in answer.hits
    ]
    return {
        "query": answer.query,
        "took_ms": answer.took_ms,
        "corrected": answer.corrected,
        "hits": hits,
        "total": answer.total,
        "left_out": answer.left_out,
        "suggestions": answer.suggestions,
        "facets": [[facet.kind, facet.value, facet.count] for facet in answer.facets],
        "is_related": answer.is_related,
        "is_too_long": answer.is_too_long,
    }


def _decode_answer(value: Any) -> SearchAnswer:
    hits = tuple(
        Hit(
            article=row[0],
            library=row[1],
            source=row[2],
            language=row[3],
            title=row[4],
            snippet=row[5],
            anchor=row[6],
            score=row[7],
            marks=tuple((start, end) for start, end in row[8]),
            title_marks=tuple((start, end) for start, end in row[9]),
            state=ArticleState(row[10]),
            applies_to=tuple(row[11]),
            found_in=row[12],
            missing=tuple(row[13]),
            sources=tuple((library, source) for library, source in row[14]),
            is_language_guessed=row[15] is True,
        )
        for row in value["hits"]
    )
    return SearchAnswer(
        query=str(value["query"]),
        hits=hits,
        took_ms=float(value["took_ms"]),
        corrected=value["corrected"],
        total=int(value["total"]),
        left_out=tuple(value["left_out"]),
        suggestions=tuple(value["suggestions"]),
        facets=tuple(Facet(FacetKind(kind), value, count) for kind, value, count in value["facets"]),
        is_related=bool(value["is_related"]),
        is_too_long=bool(value["is_too_long"]),
    )


def _line(value: object) -> str:
    # ASCII only, so that no code page and no lone surrogate on the way can break a line.
    return json.dumps(value, separators=(",", ":")) + "\n"


def _unreadable() -> SearchError:
    return SearchError(message(N_("The search process sent something unreadable.")))
