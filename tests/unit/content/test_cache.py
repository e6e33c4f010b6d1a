"""The cache is a convenience: whatever happens to it, the content is shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kbviewer.content.cache import LibraryCache, write_atomically
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.folder_listing import Record
from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.folder_store import ArticleStore


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    (folder / "kb1").mkdir(parents=True)
    (folder / "kb1" / "sv.md").write_text("# Rubrik\n\nText.\n", encoding="utf-8")
    return folder


def read_all(root: Path, cache: Path) -> list[str]:
    library = FolderLibrary(root, cache)
    return [library.article(entry.id, "sv").title for entry in library.entries()]


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[]", b"null", b'{"owner": 1}', b"\xff\xfe", b"[" * 100_000])
def test_damaged_cache_files_are_made_again(root: Path, tmp_path: Path, rubbish: bytes) -> None:
    cache = tmp_path / "cache"
    assert read_all(root, cache) == ["Rubrik"]
    files = [path for path in cache.rglob("*") if path.is_file()]
    assert len(files) == 2
    for path in files:
        path.write_bytes(rubbish)

    assert read_all(root, cache) == ["Rubrik"]
    assert all(path.read_bytes() != rubbish for path in files)


def test_damage_inside_valid_files_is_noticed(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    read_all(root, cache)
    for path in cache.rglob("*.json*"):
        path.write_text(path.read_text(encoding="utf-8").replace('"Rubrik"', "17"), encoding="utf-8")

    assert read_all(root, cache) == ["Rubrik"]


def test_a_damaged_batch_of_the_listing_costs_its_files_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A listing of ten thousand is kept in batches, so that none of it is lost for one bad byte elsewhere."""
    root, cache = tmp_path / "library", tmp_path / "cache"
    root.mkdir()
    for number in range(1200):
        (root / f"a{number:04}.md").write_text(f"# Rubrik {number}\n", encoding="utf-8")
    FolderLibrary(root, cache).prepare()
    (listing,) = cache.rglob("listing.jsonl")
    lines = listing.read_bytes().split(b"\n")
    listing.write_bytes(b"\n".join([*lines[:2], lines[2][:-9], *lines[3:]]))
    read: list[str] = []
    record = ArticleStore.record

    def spy(store: ArticleStore, file: ArticleFile) -> Record:
        read.append(file.source)
        return record(store, file)

    monkeypatch.setattr(ArticleStore, "record", spy)

    library = FolderLibrary(root, cache)

    assert len(library.entries()) == 1200
    assert read == [f"a{number:04}.md" for number in range(500, 1000)]


def test_a_listing_for_other_tips_is_made_again_and_kept(root: Path, tmp_path: Path) -> None:
    """The old file is let go of before it is replaced, which some systems ask for."""
    cache = tmp_path / "cache"
    read_all(root, cache)
    (listing,) = cache.rglob("listing.jsonl")
    (root / "glossary.toml").write_text("", encoding="utf-8")
    before = listing.read_bytes()

    assert read_all(root, cache) == ["Rubrik"]
    assert listing.read_bytes() != before


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(root: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")

    assert read_all(root, blocked) == ["Rubrik"]


def test_without_a_cache_nothing_is_written_anywhere(root: Path, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))

    FolderLibrary(root).article("kb1", "sv")

    assert set(tmp_path.rglob("*")) == before


def test_two_libraries_of_one_name_do_not_share_files(tmp_path: Path) -> None:
    first, second = (LibraryCache(tmp_path, Path(f"/{name}/content")) for name in "ab")
    first.save_article("x.md", {"value": 1})

    assert first.load_article("x.md")["value"] == 1
    assert second.load_article("x.md") == {}
    assert first.load_article("y.md") == {}


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "folder" / "index.json"
    target.parent.mkdir()
    target.write_bytes(b"old")

    def fail(*args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(target, b"new")

    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]
