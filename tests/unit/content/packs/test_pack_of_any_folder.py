"""Packs of folders as other people write them: files taken in, a table of contents, languages guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kbviewer.content.folder import FolderLibrary
from kbviewer.content.packs.building import IndexSource, build_pack
from kbviewer.content.packs.library import PackLibrary

FILES = {
    "help/one.md": "# One\n\nFirst.\n\n[!INCLUDE [x](includes/note.md)]\n\n[!code-c[x](../code/a.c)]",
    "help/includes/note.md": "Words that were taken in.\n",
    "code/a.c": "int x = 1;\n",
    "code/b.c": "int y = 2;\n",
    "TOC.md": "- [The first](help/one.md)\n",
}


def _no_index(_source: IndexSource, _folder: Path) -> Iterable[tuple[str, bytes | Path]]:
    return ()


def _build(folder: Path, path: Path, **changed: str) -> Path:
    for name, text in {**FILES, **changed}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    build_pack(folder, path, _no_index)
    return path


@pytest.fixture
def pack(tmp_path: Path) -> Iterator[PackLibrary]:
    path = _build(tmp_path / "docs", tmp_path / "docs.kbp")
    with closing(PackLibrary.open(path, tmp_path / "cache")) as library:
        yield library


def test_a_pack_is_the_library_that_its_folder_is(pack: PackLibrary, tmp_path: Path) -> None:
    folder = FolderLibrary(tmp_path / "docs")

    assert pack.entries() == folder.entries()
    assert pack.contents("en") == folder.contents("en") != ()
    for _ in range(2):
        assert list(pack.all_articles()) == list(folder.all_articles())
    assert pack.article("help/one", "en").is_language_guessed


def test_only_code_that_an_article_takes_in_is_packed(pack: PackLibrary) -> None:
    assert [name for name in pack.file.names() if name.endswith(".c")] == ["content/code/a.c"]


def test_the_next_version_has_what_was_taken_in_anew(pack: PackLibrary, tmp_path: Path) -> None:
    first, stamps = pack.article("help/one", "en"), pack.stamps()
    path = _build(tmp_path / "docs", tmp_path / "next.kbp", **{"help/includes/note.md": "Other words.\n"})

    with closing(PackLibrary.open(path, tmp_path / "cache")) as library:
        assert library.article("help/one", "en") != first
        assert library.stamps() != stamps


def test_the_files_of_a_pack_are_not_watched(pack: PackLibrary) -> None:
    assert pack.files_of("help/one") == ()
    assert pack.paths == (pack.file.path,)
    assert pack.refresh() is False
