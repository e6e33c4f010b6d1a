"""One tree in several languages, opened as one library; and what tells a folder's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import Profile
from kbviewer.content.language_tags import language_of_tree
from kbviewer.content.same_tree import Tree, trees_of

ENGLISH = "# Setup\n\nThis is how you set it up, and what to do when you are done with that.\n"
SWEDISH = "# Konfigurera\n\nSå här gör du när det är dags att konfigurera det som du har och inte har.\n"


def _tree(folder: Path, text: str, names: str = "help/a.md help/b.md") -> Path:
    for name in names.split():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("sv-SE", "sv"),
        ("docs.sv-se", "sv"),
        ("commerce-knowledge-base.en", "en"),
        ("sv", "sv"),
        ("it", ""),
        ("my-kb", ""),
        ("docs", ""),
        ("no", ""),
        ("content", ""),
        (".sv", ""),
    ],
)
def test_the_name_of_a_tree_tells_its_language_only_where_it_cannot_mean_anything_else(
    name: str, language: str
) -> None:
    assert language_of_tree(name) == language


@pytest.mark.parametrize(("one", "other"), [("en", "sv-SE"), ("docs", "docs.sv-se"), ("kb.en", "deep/kb.sv")])
def test_two_languages_of_a_tree_are_one_library(tmp_path: Path, one: str, other: str) -> None:
    folders = (_tree(tmp_path / one, ENGLISH), _tree(tmp_path / other, SWEDISH, "help/a.md"))
    (library,) = open_libraries(folders, tmp_path).libraries
    entry = library.resolve("help/a")

    assert sorted(entry.variants) == ["en", "sv"]
    assert library.article("help/a", "sv").title == "Konfigurera"
    assert library.article("help/a", "en").title == "Setup"
    assert library.resolve("help/b.md").id == "help/b"
    assert library.resolve(str(folders[1] / "help" / "a.md")).id == "help/a"
    assert set(library.stamps()) == {f"{one}/help/a.md", f"{one}/help/b.md", f"{other}/help/a.md"}


def test_what_lies_beside_the_trees_is_not_opened(tmp_path: Path) -> None:
    folders = (_tree(tmp_path / "en", ENGLISH), _tree(tmp_path / "sv-SE", SWEDISH))
    _tree(tmp_path / "private", ENGLISH)

    assert len(open_libraries(folders, tmp_path).entries()) == 2


def test_other_trees_stay_apart(tmp_path: Path) -> None:
    alike = _tree(tmp_path / "kb.en", ENGLISH), _tree(tmp_path / "kb.sv-SE", SWEDISH, "other/x.md other/y.md")
    unlike = _tree(tmp_path / "shop.sv-SE", SWEDISH)

    assert trees_of((*alike, unlike)) == (Tree(alike[0]), Tree(alike[1]), Tree(unlike))


def test_a_folder_is_never_two_libraries(tmp_path: Path) -> None:
    """Libraries are known by their folder: indexes and caches hang on it."""
    folders = [_tree(tmp_path / name, ENGLISH) for name in ("a.en", "a.sv-SE", "b.en", "b.sv-SE")]

    trees = trees_of(folders)

    assert trees[0] == Tree(tmp_path, ("a.en", "a.sv-SE"))
    assert [tree.root for tree in trees[1:]] == folders[2:]


def test_the_folder_tells_the_language_of_a_single_tree(tmp_path: Path) -> None:
    library = open_libraries((_tree(tmp_path / "sv-SE", ENGLISH),), tmp_path)

    (first, _) = library.entries()
    assert [(variant.language, variant.is_guessed) for variant in first.variants.values()] == [("sv", False)]


def test_a_language_judged_by_the_text_is_called_a_guess(tmp_path: Path) -> None:
    library = open_libraries((_tree(tmp_path / "docs", SWEDISH),), tmp_path, Profile(tmp_path / "profile"))
    for _ in range(2):
        (first, _second) = library.entries()
        assert [(item.language, item.is_guessed) for item in first.variants.values()] == [("sv", True)]
        assert library.article(first.id, "sv").is_language_guessed
