"""The index on disk: whole or not at all, never opened unverified."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pytest

from kbviewer.model.hits import Query
from kbviewer.search.index import Job, build
from kbviewer.search.index_files import POINTER, IndexDamagedError, IndexLockedError, locked
from kbviewer.search.schema import FORMAT
from tests.unit.search.small_library import MemoryLibrary, OpenIndex, article, index_articles

ONE = article("one", "Ett", "Text om lösenord.")
TWO = article("two", "Två", "Text om servrar.")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    index_articles([ONE], tmp_path / "index")
    return tmp_path / "index"


def found(directory: Path, query: str) -> list[str]:
    engine = OpenIndex(directory)
    try:
        return [hit.article for hit in engine.search(Query(query)).hits]
    finally:
        engine.close()


def generation(directory: Path) -> Path:
    return directory / str(json.loads((directory / POINTER).read_text())["generation"])


def files_of(directory: Path) -> list[Path]:
    return sorted(path for path in generation(directory).iterdir() if path.stat().st_size)


def test_building_again_replaces_the_old_index(directory: Path) -> None:
    index_articles([TWO], directory, signature="2")
    assert found(directory, "servrar") == ["two"]
    assert not found(directory, "lösenord")


def test_progress_counts_the_articles(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    index_articles([ONE, TWO], tmp_path, on_progress=lambda *counts: seen.append(counts))
    assert (seen[0], seen[-1]) == ((0, 2), (2, 2))
    assert seen == sorted(seen)


def test_cancelling_leaves_the_old_index(directory: Path) -> None:
    assert not index_articles([TWO], directory, signature="2", cancelled=lambda: True)
    assert found(directory, "lösenord") == ["one"]
    assert len(list(directory.glob("generation-*"))) == 1


def test_an_article_that_cannot_be_read_leaves_the_old_index(directory: Path) -> None:
    class Broken(MemoryLibrary):
        def read(self, sources):
            yield TWO
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        build(Job(Broken(directory, [TWO]), "2"), directory)
    assert found(directory, "lösenord") == ["one"]
    assert len(list(directory.glob("generation-*"))) == 1


def test_what_a_crash_left_is_swept(directory: Path) -> None:
    left = directory / "generation-0123456789abcdef"
    left.mkdir()
    (left / "half.seg").write_bytes(b"x")
    (directory / "index.json.new").write_text("{")
    kept = directory / "notes.txt"
    kept.write_text("mine")
    index_articles([TWO], directory, signature="2")
    assert not left.exists()
    assert not (directory / "index.json.new").exists()
    assert kept.exists()


def test_a_second_builder_is_told_so(directory: Path) -> None:
    with locked(directory), pytest.raises(IndexLockedError):
        index_articles([TWO], directory, signature="2")


@pytest.mark.parametrize("number", range(6))
def test_a_truncated_file_is_damage(directory: Path, number: int) -> None:
    path = files_of(directory)[number]
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(IndexDamagedError):
        OpenIndex(directory)


@pytest.mark.parametrize("number", range(6))
def test_a_flipped_bit_is_damage(directory: Path, number: int) -> None:
    path = files_of(directory)[number]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(IndexDamagedError):
        OpenIndex(directory)


def test_a_missing_or_additional_file_is_damage(directory: Path) -> None:
    (generation(directory) / "_MAIN_9.toc").write_bytes(b"")
    with pytest.raises(IndexDamagedError):
        OpenIndex(directory)
    shutil.rmtree(generation(directory))
    with pytest.raises(IndexDamagedError):
        OpenIndex(directory)


@pytest.mark.parametrize(
    "pointer",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"[" * 100_000,
        b"{}",
        b'{"format":0,"generation":"x","signature":"","files":{}}',
        b'{"format":%d,"generation":"../..","signature":"","files":{}}' % FORMAT,
        b'{"format":%d,"generation":"generation-..","signature":"","files":[1]}' % FORMAT,
    ],
    ids=range(9),
)
def test_a_damaged_pointer_is_damage(directory: Path, pointer: bytes) -> None:
    (directory / POINTER).write_bytes(pointer)
    with pytest.raises(IndexDamagedError):
        OpenIndex(directory)


def test_no_index_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError):
        OpenIndex(tmp_path / "nothing")


class _Trap:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


def test_a_poisoned_index_is_never_unpickled(directory: Path, tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    for path in files_of(directory):
        path.write_bytes(pickle.dumps(_Trap(sprung)))
    with pytest.raises(IndexDamagedError):
        OpenIndex(directory)
    assert not sprung.exists()
