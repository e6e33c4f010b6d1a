"""Several libraries read as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder import FolderLibrary
from kbviewer.model.errors import ArticleNotFoundError
from kbviewer.model.library import ArticleRepository


def library(root: Path, pack: str = "", **articles: str) -> FolderLibrary:
    root.mkdir()
    (root / "pack.toml").write_text(pack or 'id = "p"', encoding="utf-8")
    for name, text in articles.items():
        (root / name).mkdir()
        (root / name / "sv.md").write_text(text, encoding="utf-8")
    return FolderLibrary(root)


@pytest.fixture
def both(tmp_path: Path) -> LibraryCollection:
    first = library(tmp_path / "first", kb1="# Första", kb2="# Andra")
    pack = 'id = "q"\n[topics.t]\nsv = "Ämne"\n[[absent]]\nid = "KB9999"\ntitle = {sv = "Saknas"}'
    second = library(tmp_path / "second", pack, kb1="---\nkb.aliases: [Q1111]\n---\n# Dold", kb3="# Tredje")
    return LibraryCollection([first, second])


def test_the_earlier_library_wins(both: LibraryCollection) -> None:
    repository: ArticleRepository = both

    assert [entry.id for entry in repository.entries()] == ["kb1", "kb2", "kb3"]
    assert repository.article("kb1", "sv").title == "Första"
    assert both.library_of("kb3") is both.libraries[1]


def test_an_alias_in_a_later_library_leads_to_the_article_that_is_shown(both: LibraryCollection) -> None:
    entry = both.resolve("Q1111")

    assert entry.variants["sv"].title == "Första"


def test_topics_and_absent_works_are_looked_up_everywhere(both: LibraryCollection) -> None:
    assert both.topic_title("t", "en") == "Ämne"
    assert both.topic_title("unknown", "sv") == "unknown"
    assert both.absent_title("9999", "en") == "Saknas"
    assert both.absent_title("1", "sv") == ""


def test_what_no_library_has_is_not_found(both: LibraryCollection) -> None:
    for lookup in (both.resolve, both.library_of, lambda name: both.article(name, "sv")):
        with pytest.raises(ArticleNotFoundError):
            lookup("kb4")
    assert both.media("kb4", "a.png") is None


def test_every_library_looks_again(both: LibraryCollection, tmp_path: Path) -> None:
    both.entries()
    for name in ("first", "second"):
        folder = tmp_path / name / "new"
        folder.mkdir()
        (folder / "sv.md").write_text(f"# {name}", encoding="utf-8")

    assert both.refresh()
    assert both.article("new", "sv").title == "first"
    assert both.libraries[1].has("new")
