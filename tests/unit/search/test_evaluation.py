"""The figures of a search against judged queries, and the file that these come from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kbviewer.model.errors import SearchError
from kbviewer.model.hits import Hit, Query, SearchAnswer
from kbviewer.search import evaluation
from kbviewer.search.evaluation import Judged, Judgement, Row, judge, read_judged, summarise
from tests.unit.search.conftest import MakeEngine
from tests.unit.search.small_library import article

ROW = {"query": "lösenord", "lang": "sv", "kind": "exact", "relevant": ["library/a/sv.md"]}


def judged(*relevant: str, kind: str = "exact", lang: str = "sv", target_lang: str = "") -> Judged:
    return Judged("fråga", lang, kind, frozenset(relevant), target_lang)


def hit(name: str, *more: str) -> Hit:
    """Return a hit whose files are `name`, the one shown, and `more`, all in the folder "library"."""
    sources = tuple(("/somewhere/library", source) for source in (name, *more))
    return Hit(name.partition("/")[0], "/somewhere/library", name, "sv", "", "", "", 1.0, sources=sources)


def answering(*hits: Hit, is_related: bool = False) -> Callable[[Query], SearchAnswer]:
    return lambda query: SearchAnswer(query.text, hits, 4.0, is_related=is_related)


def went(rank: int, kind: str = "exact", lang: str = "sv", took_ms: float = 1.0) -> Judgement:
    return Judgement(judged(kind=kind, lang=lang), rank, not rank, took_ms)


def row(name: str, *judgements: Judgement) -> Row:
    return next(each for each in summarise(judgements) if each.name == name)


@pytest.mark.parametrize("place", [1, 2, 10])
def test_the_rank_is_that_of_the_first_relevant_hit(place: int) -> None:
    hits = [hit(f"x{at}/sv.md") for at in range(place - 1)] + [hit("a/sv.md"), hit("b/sv.md")]
    found = judge(answering(*hits), judged("library/b/sv.md", "library/a/sv.md"))
    assert (found.rank, found.is_empty, found.took_ms) == (place, False, 4.0)


def test_what_comes_after_ten_is_not_found() -> None:
    hits = [hit(f"x{at}/sv.md") for at in range(10)] + [hit("a/sv.md")]
    assert judge(answering(*hits), judged("library/a/sv.md")).rank == 0


def test_the_same_path_in_another_library_is_another_article() -> None:
    assert judge(answering(hit("a/sv.md")), judged("other/a/sv.md")).rank == 0


def test_an_article_stands_for_all_its_languages() -> None:
    assert judge(answering(hit("a/en.md", "a/sv.md")), judged("library/a/sv.md")).rank == 1


def test_a_question_about_languages_counts_only_what_is_shown_in_that_one() -> None:
    asked: list[Query] = []

    def search(query: Query) -> SearchAnswer:
        asked.append(query)
        return answering(hit("x/en.md", "a/en.md"), hit("a/en.md", "a/sv.md"))(query)

    crosslang = judged("library/a/en.md", kind="crosslang", target_lang="en")
    assert judge(search, crosslang).rank == 2
    assert judge(search, judged("library/a/sv.md", kind="crosslang", target_lang="en")).rank == 0
    judge(search, judged(kind="crosslang", target_lang="nonsense"))
    judge(search, judged(kind="typo", target_lang="en"))
    assert [(query.language, query.reader_language, query.limit) for query in asked] == [
        ("en", "sv", 10),
        ("en", "sv", 10),
        ("", "sv", 10),
        ("", "sv", 10),
    ]


def test_hits_that_only_come_close_count_as_none_at_all() -> None:
    assert judge(answering(), judged()).is_empty
    assert judge(answering(hit("a/sv.md"), is_related=True), judged()).is_empty


def test_figures_are_shares_and_means() -> None:
    found = row("all", went(1), went(2), went(5), went(6), went(10), went(0))
    assert found.queries == 6
    assert found.hit_at_1 == pytest.approx(1 / 6)
    assert found.hit_at_5 == pytest.approx(3 / 6)
    assert found.mrr_at_10 == pytest.approx((1 + 1 / 2 + 1 / 5 + 1 / 6 + 1 / 10) / 6)
    assert found.empty == 1


def test_times_are_median_and_nearly_the_longest() -> None:
    found = row("all", *(went(1, took_ms=float(ms)) for ms in range(1, 102)))
    assert (found.p50_ms, found.p95_ms) == (51.0, 96.0)


def test_there_are_rows_by_kind_by_language_by_both_and_of_all() -> None:
    judgements = [went(1, "exact", "sv"), went(0, "typo", "sv"), went(0, "exact", "en")]
    rows = summarise(judgements)
    assert [each.name for each in rows] == [
        "exact", "typo", "sv", "sv exact", "sv typo", "en", "en exact", "all",
    ]  # fmt: skip
    assert [each.queries for each in rows] == [2, 1, 2, 1, 1, 1, 1, 3]
    assert row("exact", *judgements).hit_at_1 == 0.5


def test_nothing_to_judge_has_figures_too() -> None:
    (found,) = summarise([])
    assert found == Row("all", 0, 0.0, 0.0, 0.0, 0, 0.0, 0.0)


def test_an_engine_is_judged(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Lösenord", "Byt."), article("b", "Konto", "Ett lösenord."))
    for name, rank in (("a", 1), ("b", 2), ("c", 0)):
        one = Judged("lösenord ", "sv", "exact", frozenset((f"library/{name}/sv.md",)))
        assert judge(engine.search, one).rank == rank


def test_queries_are_read_with_all_that_is_known_of_them(tmp_path: Path) -> None:
    path = tmp_path / "judged.json"
    rows = [ROW, {**ROW, "kind": "crosslang", "target_lang": "en", "half": "tune", "note": "more"}]
    path.write_text(json.dumps(rows), encoding="utf-8")
    first, second = read_judged(path)
    assert first == Judged("lösenord", "sv", "exact", frozenset(("library/a/sv.md",)))
    assert (second.target_lang, second.half) == ("en", "tune")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"7",
        b'"text"',
        b'{"query": "x"}',
        b"[7]",
        b"[[]]",
        b'["text"]',
        b'[{"query": "x", "lang": "sv", "kind": "exact"}]',
        b'[{"query": "x", "lang": "sv", "kind": "exact", "relevant": 7}]',
        b'[{"query": "x", "lang": "sv", "kind": "exact", "relevant": null}]',
        b"[" * 100_000,
    ],
    ids=range(14),
)
def test_a_file_without_judged_queries_is_one_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "judged.json"
    path.write_bytes(content)
    with pytest.raises(SearchError) as caught:
        read_judged(path)
    assert "judged.json" in str(caught.value.what)
    assert caught.value.remedy


def test_a_file_that_is_not_there_or_too_large_is_the_same_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SearchError):
        read_judged(tmp_path / "nothing.json")
    with pytest.raises(SearchError):
        read_judged(tmp_path)
    path = tmp_path / "judged.json"
    path.write_text(json.dumps([ROW]), encoding="utf-8")
    monkeypatch.setattr(evaluation, "_MOST_BYTES", 10)
    with pytest.raises(SearchError):
        read_judged(path)
