"""Measures a search against judged queries: is a relevant article among the first, and how soon?"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from kbviewer.model.errors import SearchError
from kbviewer.model.hits import Hit, Query, SearchAnswer
from kbviewer.model.messages import N_, message
from kbviewer.search.languages import LANGUAGES

CROSSLANG = "crosslang"
FIRST = 5
RANKED = 10
_MOST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the articles that answer it.

    Attributes:
        kind: what is difficult about it, such as "typo".
        relevant: "<library folder name>/<path in it>" of every file that answers it.
        target_lang: for a query in another language than the article's, that language.
    """

    query: str
    lang: str
    kind: str
    relevant: frozenset[str]
    target_lang: str = ""
    half: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one query went.

    Attributes:
        rank: of the first relevant hit, from 1; 0 when none is among the first ten.
        is_empty: there were no hits, or only such that come close.
    """

    judged: Judged
    rank: int
    is_empty: bool
    took_ms: float


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of a group of queries; shares go from 0 to 1."""

    name: str
    queries: int
    hit_at_5: float
    hit_at_1: float
    mrr_at_10: float
    empty: int
    p50_ms: float
    p95_ms: float


def read_judged(path: Path) -> list[Judged]:
    """Return the queries of a JSON file.

    Raises:
        SearchError: it cannot be read or has another form.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("over 64 MiB")
        rows: Any = json.loads(path.read_text(encoding="utf-8"))
        if not (isinstance(rows, list) and rows and all(isinstance(row["relevant"], list) for row in rows)):
            raise ValueError("not a list of queries with lists of what is relevant")
        return [
            Judged(
                query=str(row["query"]),
                lang=str(row["lang"]),
                kind=str(row["kind"]),
                relevant=frozenset(map(str, row["relevant"])),
                target_lang=str(row.get("target_lang", "")),
                half=str(row.get("half", "")),
            )
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SearchError(
            message(
                N_("{file} has no judged queries: {reason}"),
                file=path,
                reason=getattr(error, "strerror", None) or repr(error),
            ),
            message(N_("It needs a list of objects with query, lang, kind and relevant.")),
        ) from error


def judge(search: Callable[[Query], SearchAnswer], judged: Judged) -> Judgement:
    """Ask one query. A hit stands for its article in all languages, unless the kind is about languages."""
    is_crosslang = judged.kind == CROSSLANG and judged.target_lang in LANGUAGES
    language = judged.target_lang if is_crosslang else ""
    answer = search(Query(judged.query, language, judged.lang, RANKED))
    rank = 0
    for place, hit in enumerate(answer.hits[:RANKED], start=1):
        if judged.relevant.intersection(_files(hit, only_shown=is_crosslang)):
            rank = place
            break
    return Judgement(judged, rank, not answer.hits or answer.is_related, answer.took_ms)


def summarise(judgements: Sequence[Judgement]) -> list[Row]:
    """Return the figures by kind, by language, by both, and of all."""
    kinds = dict.fromkeys(one.judged.kind for one in judgements)
    languages = dict.fromkeys(one.judged.lang for one in judgements)
    rows = [_row(kind, (one for one in judgements if one.judged.kind == kind)) for kind in kinds]
    for language in languages:
        mine = [one for one in judgements if one.judged.lang == language]
        rows.append(_row(language, mine))
        rows += [
            _row(f"{language} {kind}", found)
            for kind in kinds
            if (found := [one for one in mine if one.judged.kind == kind])
        ]
    return [*rows, _row("all", judgements)]


def _files(hit: Hit, *, only_shown: bool) -> set[str]:
    files = hit.sources[:1] if only_shown else hit.sources
    return {f"{PurePath(library).name}/{source}" for library, source in files}


def _row(name: str, judgements: Iterable[Judgement]) -> Row:
    found = list(judgements)
    count = max(1, len(found))
    times = sorted(one.took_ms for one in found) or [0.0]
    return Row(
        name=name,
        queries=len(found),
        hit_at_5=sum(0 < one.rank <= FIRST for one in found) / count,
        hit_at_1=sum(one.rank == 1 for one in found) / count,
        mrr_at_10=sum(1 / one.rank for one in found if one.rank) / count,
        empty=sum(one.is_empty for one in found),
        p50_ms=statistics.median(times),
        p95_ms=times[min(len(times) - 1, round(0.95 * (len(times) - 1)))],
    )
