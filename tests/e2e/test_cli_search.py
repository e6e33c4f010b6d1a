"""Searching from the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.e2e.test_cli import ROOT, assert_one_sentence, run


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile in which the shipped articles have been searched; only copied."""
    folder = tmp_path_factory.mktemp("indexed") / "profile"
    home = {"HOME": str(folder.parent)}
    assert run("search", "x", "--profile", folder, environ=home).returncode == 0
    return folder


@pytest.fixture
def searched_before(indexed: Path, profile: Path) -> None:
    """The index is there already; making it takes half a second, which most of these tests are not about."""
    shutil.copytree(indexed, profile)


@pytest.mark.usefixtures("searched_before")
@pytest.mark.parametrize("reference", ["KB307294", "Q307294", "307294"])
def test_every_form_of_an_id_finds_its_article(reference: str) -> None:
    found = json.loads(run("search", reference, "--json").stdout)

    assert found["hits"][0]["article"] == "kb307294"


def test_json_has_the_fields_that_scripts_rely_on() -> None:
    done = run("search", "Servern svarar inte", "--json", "--limit", "2", "--language", "sv")

    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    fields = ["query", "took_ms", "corrected", "total", "left_out", "is_related", "hits"]
    assert list(found) == fields
    assert found["query"] == "Servern svarar inte"
    assert 1 <= len(found["hits"]) <= 2
    for hit in found["hits"]:
        fields = ["article", "source", "language", "found_in", "title", "snippet", "anchor", "score"]
        assert list(hit) == fields
        assert (ROOT / "content" / hit["source"]).is_file()
        assert hit["language"] == "sv"


@pytest.mark.usefixtures("searched_before")
def test_words_may_stand_without_quotation_marks() -> None:
    assert json.loads(run("search", "Servern", "svarar", "--json").stdout)["query"] == "Servern svarar"


@pytest.mark.usefixtures("searched_before")
def test_hits_are_shown_in_the_language_asked_for() -> None:
    for language in ("sv", "en"):
        hits = json.loads(run("search", "KB307294", "--json", "--language", language).stdout)["hits"]
        assert hits[0]["language"] == language


@pytest.mark.usefixtures("searched_before")
def test_people_see_title_place_and_passage() -> None:
    done = run("search", "lösenord", "--language", "sv", "--limit", "1")

    title, place, snippet = done.stdout.rstrip("\n").split("\n")
    assert not title.startswith(" ")
    assert "(sv)" in place
    assert "lösenord" in snippet.casefold()


@pytest.mark.usefixtures("searched_before")
def test_search_without_hits_is_no_error_and_says_so() -> None:
    done = run("search", "qqzzqqzz")

    assert (done.returncode, done.stdout) == (0, "")
    assert "qqzzqqzz" in done.stderr
    assert json.loads(run("search", "qqzzqqzz", "--json").stdout)["hits"] == []


@pytest.mark.usefixtures("searched_before")
@pytest.mark.parametrize("query", ["", " ", "*", "[a TO zzzz]", "NOT OR", '"', "(((", "å" * 3000, "-- -x"])
def test_any_text_is_a_query(query: str) -> None:
    done = run("search", "--json", "--", query)

    assert done.returncode == 0, done.stderr
    json.loads(done.stdout)


def test_new_articles_are_found_at_once(tmp_path: Path) -> None:
    library = tmp_path / "library"
    for article, word in [("kb1000001", "skrivare"), ("kb1000002", "trumma")]:
        (library / article).mkdir(parents=True)
        (library / article / "sv.md").write_text(
            f"---\nlang: sv\n---\n\n# Artikel om {word}\n\nText.\n", encoding="utf-8"
        )

        found = json.loads(run("search", word, "--library", library, "--json").stdout)

        assert [(hit["article"], hit["source"]) for hit in found["hits"]] == [(article, f"{article}/sv.md")]


def test_search_works_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    done = run("search", "307294", "--json", "--profile", tmp_path / "file" / "profile")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["hits"][0]["article"] == "kb307294"


def test_limit_out_of_bounds_is_misuse() -> None:
    done = run("search", "x", "--limit", "101")

    assert done.returncode == 2
    assert_one_sentence(done, "101", "100")


def test_search_process_speaks_utf8_json_lines(profile: Path) -> None:
    """The window starts it with exactly this command."""
    from kbviewer.app.paths import Profile
    from kbviewer.app.search_process import search_command
    from kbviewer.model.hits import Query
    from kbviewer.search.protocol import Answer, Ask, decode_event, encode_ask

    with subprocess.Popen(
        search_command([ROOT / "content"], Profile(profile)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(encode_ask(Ask(1, Query("lösenord"))).encode("utf-8"))
        program.stdin.flush()
        events = (decode_event(line.decode("utf-8")) for line in program.stdout)
        answer = next(event for event in events if isinstance(event, Answer))
        program.stdin.close()
        assert program.wait(60) == 0

    assert answer.request == 1
    assert answer.answer.hits


JUDGED = [
    {
        "query": "lösenord",
        "lang": "sv",
        "kind": "exact",
        "relevant": ["content/kb307294/sv.md"],
        "half": "tune",
    },
    {
        "query": "KB307294",
        "lang": "en",
        "kind": "code",
        "relevant": ["content/kb307294/en.md"],
        "half": "test",
    },
    {
        "query": "qqzzqqzz",
        "lang": "sv",
        "kind": "typo",
        "relevant": ["content/kb307294/sv.md"],
        "half": "test",
    },
]


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    path = tmp_path / "judged.json"
    path.write_text(json.dumps(JUDGED), encoding="utf-8")
    return path


def test_evaluate_measures_the_search_with_judged_queries(judged: Path) -> None:
    """People get a table, and the misses when they ask for them; scripts get the same as JSON."""
    done = run("evaluate", judged, "--misses")
    assert (done.returncode, done.stderr) == (0, "")
    head, *rows, miss = done.stdout.splitlines()
    assert head.split()[:3] == ["queries", "hit@5", "hit@1"]
    table = {line[: len(head) - 63].strip(): line.split()[-7:] for line in rows}
    assert table["all"][:4] == ["3", "0.667", "0.667", "0.667"]
    assert table["typo"][:5] == ["1", "0.000", "0.000", "0.000", "1"]
    assert miss.split() == ["-", "sv", "typo:", "qqzzqqzz"]
    assert run("evaluate", judged).stdout.count("qqzzqqzz") == 0

    found = json.loads(run("evaluate", judged, "--json").stdout)
    overall = next(row for row in found["rows"] if row["name"] == "all")
    fields = ["name", "queries", "hit_at_5", "hit_at_1", "mrr_at_10", "empty", "p50_ms", "p95_ms"]
    assert list(overall) == fields
    assert (overall["queries"], overall["empty"]) == (3, 1)
    assert overall["hit_at_5"] == pytest.approx(2 / 3)
    assert found["misses"] == [{"query": "qqzzqqzz", "lang": "sv", "kind": "typo", "rank": 0}]


@pytest.mark.parametrize(("half", "queries"), [("tune", 1), ("test", 2)])
def test_evaluate_takes_one_half_of_the_queries(judged: Path, half: str, queries: int) -> None:
    """What is tuned on one half is measured on the other."""
    found = json.loads(run("evaluate", judged, "--half", half, "--json").stdout)
    assert found["rows"][-1]["name"] == "all"
    assert found["rows"][-1]["queries"] == queries


def test_evaluate_names_a_half_that_no_query_is_in(judged: Path) -> None:
    done = run("evaluate", judged, "--half", "nonsense")

    assert done.returncode == 1
    assert_one_sentence(done, "nonsense", "--half")


@pytest.mark.parametrize("content", [None, "", "{", "[7]", '[{"query": "x"}]', "[" * 100_000])
def test_evaluate_says_in_one_sentence_what_is_wrong_with_a_file(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "bad.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")

    done = run("evaluate", path)

    assert done.returncode == 1
    assert_one_sentence(done, "bad.json", "relevant")


@pytest.mark.usefixtures("searched_before")
def test_explain_says_why_a_hit_is_where_it_is() -> None:
    done = run("search", "lösenord", "--explain", "--limit", "1")
    reasons = [line.strip() for line in done.stdout.splitlines() if line.startswith("    ")]
    assert reasons[0].startswith("'lösenord'")
    assert reasons[-1].startswith("score: ")

    (hit,) = json.loads(run("search", "lösenord", "--explain", "--limit", "1", "--json").stdout)["hits"]
    assert hit["reasons"] == reasons
    assert "reasons" not in json.loads(run("search", "lösenord", "--json").stdout)["hits"][0]


@pytest.mark.usefixtures("searched_before")
def test_filters_may_be_written_into_the_query() -> None:
    found = json.loads(run("search", "lang:en id:307294 password", "--json").stdout)

    assert [(hit["article"], hit["found_in"]) for hit in found["hits"]] == [("kb307294", "en")]
