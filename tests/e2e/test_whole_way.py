"""Two trees of one documentation, all the way by command line: open, check, build, install, search, read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import Profile
from kbviewer.content.folder_files import read_text
from tests.e2e.test_cli import run
from tests.support.bilingual_tree import write_bilingual_tree
from tests.support.corpora import COMMERCE_KB, needs_commerce_kb
from tests.support.source_words import lost_words

_TREES = {"en": "en", "sv": "sv-SE"}


class Way(NamedTuple):
    """What to go with.

    Attributes:
        root: the folder that both trees are in.
        article: an article that is followed.
        title: by language.
        says: words of its text, by language.
        query: what a reader asks who looks for it, by language.
        variants: how many files are articles in each language.
    """

    root: Path
    article: str
    title: dict[str, str]
    says: dict[str, str]
    query: dict[str, str]
    variants: dict[str, int]


@pytest.fixture(params=["small", pytest.param("commerce-kb", marks=needs_commerce_kb)])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Way:
    if request.param == "small":
        return Way(
            write_bilingual_tree(tmp_path / "office"),
            "help/printing/paper-jam",
            {"en": "Paper stays in the printer", "sv": "Papper sitter kvar i skrivaren"},
            {"en": "Pull the paper out with both hands", "sv": "Dra ut papperet med båda händerna"},
            {"en": "paper jam heater", "sv": "papper skrivare lucka"},
            {"en": 3, "sv": 3},
        )
    return Way(
        COMMERCE_KB,
        "help/troubleshooting/storefront/unable-to-save-contact-as-a-url-key",
        {
            "en": "Cannot save contact as the URL key",
            "sv": "Det går inte att spara kontakt som URL-nyckel",
        },
        {"en": "Click Add URL Rewrite", "sv": "Klicka på Add URL Rewrite"},
        {"en": "contact url key", "sv": "spara kontakt url-nyckel"},
        {"en": 210, "sv": 253},
    )


def result(*arguments: str | Path) -> Any:
    """Return what a command says as JSON."""
    done = run(*arguments)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def shown(*arguments: str | Path) -> str:
    """Return what is printed, on one line."""
    done = run("show", *arguments)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def test_two_trees_go_the_whole_way_from_folders_to_a_reader(
    way: Way, tmp_path: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an author opens, a publisher packs and a reader finds is the same text in both languages."""
    monkeypatch.setenv("KBVIEWER_MACHINE_PACKS", str(tmp_path / "machine"))
    trees = [argument for tree in _TREES.values() for argument in ("--library", way.root / tree)]
    opened = {tag: shown(way.article, "--language", tag, *trees) for tag in _TREES}
    for tag, text in opened.items():
        assert text.startswith(way.title[tag])
        assert way.says[tag] in text
    told = result("show", way.article, "--format", "json", *trees)
    assert set(told["languages"]) == {"en", "sv"}

    report = result("check", way.root, "--json")
    assert report["understood"] >= 0.995
    assert not any(problem["blocking"] for problem in report["problems"])

    pack = tmp_path / "library.kbp"
    built = run("pack", "build", way.root, "-o", pack, "--language", "en")
    assert built.returncode == 0, built.stderr
    counted = ", ".join(f"{tag} {count}" for tag, count in sorted(way.variants.items()))
    assert f"{max(way.variants.values())} articles: {counted}" in built.stdout
    assert run("pack", "verify", pack).returncode == 0
    assert run("pack", "install", pack).returncode == 0

    for tag in _TREES:
        hits = result("search", way.query[tag], "--language", tag, "--json")["hits"]
        assert (hits[0]["article"], hits[0]["language"]) == (way.article, tag)
        assert shown(hits[0]["article"], "--language", tag) == opened[tag]
    assert _lost(way, profile) == {}


def _lost(way: Way, profile: Path) -> dict[str, object]:
    """Return the words of the files that the installed pack has lost, by path; of every variant."""
    libraries = open_libraries((), way.root / "none", Profile(profile)).libraries
    (installed,) = [library for library in libraries if way.root.name in library.pack.id]
    articles = list(installed.all_articles())
    assert len(articles) == sum(way.variants.values())
    lost: dict[str, object] = {}
    for article in articles:
        text = read_text(way.root / article.source, article.source)
        assert isinstance(text, str)
        if words := lost_words(text, article):
            lost[article.source] = words
    return lost
