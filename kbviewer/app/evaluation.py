"""`kbviewer evaluate`: how good the search is, in figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kbviewer.app.commands import Outcome, Session
from kbviewer.model.errors import SearchError
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from kbviewer.search.evaluation import Judgement, Row

_COLUMNS = ("queries", "hit@5", "hit@1", "MRR@10", "empty", "p50 ms", "p95 ms")


def evaluate(
    session: Session,
    judged: Path,
    *,
    half: str,
    as_json: bool,
    shows_misses: bool,
    on_progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Ask judged queries and print how often a relevant article is among the first.

    Args:
        judged: a JSON list of objects with query, lang, kind, relevant and target_lang; a path in `relevant`
            begins with the name of the library folder.
        half: only queries whose "half" is this, "" for all.
        shows_misses: name the queries without a relevant article among the first five.
        on_progress: called while indexing with the number of articles done and of all.

    Raises:
        SearchError: the queries cannot be read, or the index can be neither read nor built.
        UsageError: a library is no folder.
    """
    from kbviewer.search.evaluation import FIRST, judge, read_judged, summarise
    from kbviewer.search.library_search import LibrarySearch
    from kbviewer.search.thesaurus import read_terms

    queries = [one for one in read_judged(judged) if half in ("", one.half)]
    if not queries:
        raise SearchError(
            message(N_("{file} has no queries whose half is “{half}”."), file=judged, half=half),
            message(N_("Leave --half out for all of them.")),
        )
    libraries = session.open_libraries().libraries
    names = {library.root.name for library in libraries}
    if not any(path.partition("/")[0] in names for one in queries for path in one.relevant):
        raise SearchError(
            message(
                N_("No article that {file} names is in the libraries {names}."),
                file=judged,
                names=", ".join(sorted(names)),
            ),
            message(N_("Name the right folder with --library; paths begin with its name.")),
        )
    terms = read_terms(session.data.terms)
    with closing(LibrarySearch(libraries, session.profile.cache, on_progress, terms=terms)) as search:
        judgements = [judge(search.search, one) for one in queries]
    rows = summarise(judgements)
    misses = [one for one in judgements if not 0 < one.rank <= FIRST]
    if as_json:
        values = {"rows": [asdict(row) for row in rows], "misses": [_as_json(one) for one in misses]}
        return Outcome(json.dumps(values, ensure_ascii=False, indent=2) + "\n")
    return Outcome(_table(rows) + ("".join(map(_as_text, misses)) if shows_misses else ""))


def _table(rows: list[Row]) -> str:
    width = max(len(row.name) for row in rows) + 2
    lines = ["".ljust(width) + "".join(name.rjust(9) for name in _COLUMNS)]
    for row in rows:
        shares = (row.hit_at_5, row.hit_at_1, row.mrr_at_10)
        cells = [str(row.queries), *(f"{share:.3f}" for share in shares), str(row.empty)]
        cells += [f"{row.p50_ms:.1f}", f"{row.p95_ms:.1f}"]
        lines.append(row.name.ljust(width) + "".join(cell.rjust(9) for cell in cells))
    return "\n".join(lines) + "\n"


def _as_text(one: Judgement) -> str:
    return f"{one.rank or '-':>3}  {one.judged.lang} {one.judged.kind}: {one.judged.query}\n"


def _as_json(one: Judgement) -> dict[str, object]:
    return {"query": one.judged.query, "lang": one.judged.lang, "kind": one.judged.kind, "rank": one.rank}
