"""Articles that have moved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbviewer.content.folder import FolderLibrary
from kbviewer.content.redirects import Destinations
from kbviewer.model.errors import ArticleNotFoundError

FILE = ".openpublishing.redirection.json"


def _library(root: Path, files: dict[str, str], redirections: object = None) -> FolderLibrary:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if redirections is not None:
        (root / FILE).write_text(json.dumps({"redirections": redirections}), encoding="utf-8")
    return FolderLibrary(root)


def test_what_has_moved_is_found_at_its_new_place(tmp_path: Path) -> None:
    library = _library(
        tmp_path,
        {"articles/new/setup.md": "# Setup\n", "articles/b.md": "# B\n"},
        [
            {"source_path": "articles/old.md", "redirect_url": "/azure/service/new/setup"},
            {"source_path_from_root": "/articles/older.md", "redirect_url": "/azure/service/old#part"},
            {"source_path": "articles/away.md", "redirect_url": "https://example.org/away"},
        ],
    )

    for reference in ("articles/old.md", "articles/old", "articles/older.md"):
        assert library.resolve(reference).id == "articles/new/setup"
    with pytest.raises(ArticleNotFoundError):
        library.resolve("articles/away.md")


def test_front_matter_moves_an_article(tmp_path: Path) -> None:
    """The stub is no article any more: lists and search would lead to an empty page."""
    library = _library(
        tmp_path,
        {
            "a.md": "---\ntitle: A\nuid: a-id\nredirect_url: sub/b\n---\n",
            "sub/b.md": "# B\n",
            "c.md": "---\ntitle: C\nredirect_url: https://example.org/elsewhere\n---\n",
        },
    )

    assert [entry.id for entry in library.entries()] == ["c", "sub/b"]
    assert library.resolve("a-id").id == library.resolve("a.md").id == "sub/b"
    assert [article.id for article in library.all_articles()] == ["c", "sub/b"]


def test_a_moved_article_that_is_still_there_stays(tmp_path: Path) -> None:
    library = _library(
        tmp_path, {"a.md": "# A\n", "b.md": "# B\n"}, [{"source_path": "a.md", "redirect_url": "/x/b"}]
    )

    assert library.resolve("a.md").id == "a"


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"redirections": 1}', '{"redirections": [1, {"source_path": 2}]}', "[" * 9000]
)
def test_a_bad_list_is_a_problem_at_most(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    library = _library(tmp_path, {"a.md": "# A\n"})

    assert [entry.id for entry in library.entries()] == ["a"]
    assert {problem.kind for problem in library.problems()} <= {"redirects"}


def test_a_change_of_the_list_is_seen(tmp_path: Path) -> None:
    library = _library(tmp_path, {"b.md": "# B\n"}, [])
    before = library.signature()
    _library(tmp_path, {}, [{"source_path": "a.md", "redirect_url": "/x/b"}])

    assert library.refresh()
    assert library.signature() != before
    assert library.resolve("a").id == "b"


def test_circles_of_redirects_end() -> None:
    destinations = Destinations(["x"], {"a.md": "/s/b", "b.md": "/s/a"})

    assert destinations.find("/s/a", "z.md") == ""


def test_of_several_articles_the_longest_common_end_counts() -> None:
    destinations = Destinations(["a/overview", "b/overview", "b/setup"], {})

    assert destinations.find("/azure/b/overview", "z.md") == "b/overview"
    assert destinations.find("/azure/c/overview", "z.md") == ""
    assert destinations.find("/azure/q/setup.html?view=1", "z.md") == "b/setup"
