"""What the reader's page and the check say about a translation whose original has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.content.check import check_path
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.translation import freshness
from kbviewer.content.translation.comparison import accept
from kbviewer.content.translation.lock_file import write_lock
from tests.support.translating import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path / "library")
    (bench.root / "pack.toml").write_text('id = "p"\nlanguages = ["sv", "en"]\n', encoding="utf-8")
    bench.lock.write_bytes(write_lock(accept(bench.work.pairs, "en")))
    return bench


def stale(bench: Bench, cache: Path | None = None, language: str = "sv") -> set[str]:
    return set(FolderLibrary(bench.root, cache).article("kb1", language).stale)


def test_changed_texts_are_marked_at_the_blocks_that_show_them(bench: Bench) -> None:
    assert stale(bench) == set()

    bench.edit(bench.source, "Open the lid.", "Open the front lid.")
    bench.edit(bench.source, "| green |", "| blue |")
    bench.edit(bench.source, "# Printer: help", "# Printer: more help")

    assert stale(bench) == {"open", "light/t1", ""}
    assert stale(bench, language="en") == set()


def test_without_a_lock_nothing_is_marked(bench: Bench) -> None:
    bench.edit(bench.source, "Open the lid.", "Open the front lid.")
    bench.lock.unlink()
    assert stale(bench) == set()


def test_a_damaged_lock_never_keeps_an_article_from_being_read(bench: Bench) -> None:
    bench.lock.write_bytes(b"{")
    assert stale(bench) == set()
    assert ("kb1/sv.md.lock", "broken-article") in {
        (problem.path, problem.kind) for problem in check_path(bench.root).problems
    }


def test_what_was_found_is_kept_until_a_file_changes(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warm start has no time to take articles apart."""
    cache = tmp_path / "cache"
    bench.edit(bench.source, "Open the lid.", "Open the front lid.")
    assert stale(bench, cache) == {"open"}
    compute = freshness._compute
    monkeypatch.setattr(freshness, "_compute", lambda *_: pytest.fail("taken apart again"))
    assert stale(bench, cache) == {"open"}
    monkeypatch.setattr(freshness, "_compute", compute)

    bench.lock.write_bytes(write_lock(accept(bench.work.pairs, "en")))

    assert stale(bench, cache) == set()


def test_the_check_names_both_lines_and_the_command(bench: Bench) -> None:
    bench.edit(bench.source, "Open the lid.", "Open the front lid.")

    found = [problem for problem in check_path(bench.root).problems if problem.kind == "original-changed"]

    assert [str(problem.what) for problem in found] == [
        "the original of “open” has changed since (kb1/en.md:18)"
    ]
    assert (found[0].path, found[0].line) == ("kb1/sv.md", 19)
    assert "kbviewer translate accept kb1 --to sv --block 'open'" in str(found[0].remedy)


GLOSSARY = """
[[term]]
id = "ui-next"
sv = {term = "Nästa", synonyms = ["Vidare"]}
en = {term = "Next"}

[[term]]
id = "socket"
sv = {term = "vägguttag", synonyms = ["uttag"]}
en = {term = "socket"}
"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("**Nästa**", "**Nästa**", None),
        ("**Nästa**", "**Vidare**", ("kb1/sv.md:14", "Next", "Nästa")),
        ("Kontrollera uttaget.", "Kontrollera vägguttaget.", None),
        ("Kontrollera uttaget.", "Kontrollera kontakten.", ("kb1/sv.md:33", "socket", "vägguttag")),
    ],
)
def test_the_check_finds_terms_that_are_not_the_glossarys(
    bench: Bench, old: str, new: str, found: tuple[str, str, str] | None
) -> None:
    """A label has one name on the screen; in running text a synonym will do."""
    (bench.root / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    if old != new:
        bench.edit(bench.target, old, new)

    problems = [problem for problem in check_path(bench.root).problems if problem.kind == "glossary"]

    assert [
        (f"{problem.path}:{problem.line}", problem.what.values["term"], problem.what.values["word"])
        for problem in problems
    ] == ([found] if found else [])


def test_a_label_is_just_a_word_in_running_text(bench: Bench) -> None:
    (bench.root / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    bench.edit(bench.source, "Keep `tray-1` in place.", "Keep `tray-1` next to it.")
    assert not [problem for problem in check_path(bench.root).problems if problem.kind == "glossary"]
