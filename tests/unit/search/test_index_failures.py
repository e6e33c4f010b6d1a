"""Whatever goes wrong while an index is written: the old one answers, and the next build clears up."""

from __future__ import annotations

import errno
import json
import signal
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from kbviewer.model.hits import Query
from kbviewer.search import index as index_module
from kbviewer.search import index_files
from kbviewer.search.index import Job, build
from kbviewer.search.index_files import POINTER, IndexDamagedError, IndexLockedError, locked, read_pointer
from kbviewer.search.library_search import LibrarySearch
from kbviewer.search.schema import FORMAT
from kbviewer.search.segment_writer import VariantWriter
from kbviewer.search.titles import Titles
from kbviewer.search.word_pairs import WordPairs
from tests.unit.search.dying_builder import NEW, OLD, PLACES, SIZE, make_library
from tests.unit.search.small_library import MemoryLibrary, OpenIndex, article

ROOT = Path(__file__).parents[3]

needs_sigkill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a system without SIGKILL")


@pytest.fixture
def library(tmp_path: Path) -> MemoryLibrary:
    return make_library(tmp_path / "library")


@pytest.fixture
def index(library: MemoryLibrary, tmp_path: Path) -> Path:
    """An index that lags behind the library by one article."""
    directory = tmp_path / "index"
    build(Job(library, "old"), directory)
    library.reads.clear()
    library.articles[0] = article("a0", "Titel 0", f"Gemensam {NEW}.")
    return directory


def count(index: Path, word: str) -> int:
    with closing(OpenIndex(index)) as engine:
        return engine.search(Query(f"{word} ", limit=100)).total


def generations(index: Path) -> list[Path]:
    return sorted(index.glob("generation-*"))


def assert_is_old(index: Path) -> None:
    assert (count(index, OLD), count(index, NEW)) == (SIZE, 0)


def assert_is_new(index: Path) -> None:
    assert (count(index, OLD), count(index, NEW)) == (SIZE - 1, 1)
    assert len(generations(index)) == 1
    assert {path.name for path in index.iterdir()} == {POINTER, "lock", generations(index)[0].name}


def run_builder(directory: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.unit.search.dying_builder", str(directory), *arguments]
    return subprocess.Popen(command, cwd=ROOT)


@needs_sigkill
@pytest.mark.parametrize("place", PLACES)
def test_an_update_that_is_killed_leaves_the_old_index_or_the_new_one(tmp_path: Path, place: str) -> None:
    index = tmp_path / "index"
    assert run_builder(index, place, "update").wait(60) == -signal.SIGKILL
    left = len(generations(index))
    if place == "after switch":
        assert (count(index, OLD), count(index, NEW)) == (SIZE - 1, 1)
    else:
        assert_is_old(index)
    assert left == 2

    library = make_library(index)
    library.articles[0] = article("a0", "Titel 0", f"Gemensam {NEW}.")
    assert build(Job(library, "next"), index)
    assert_is_new(index)


@needs_sigkill
@pytest.mark.parametrize("place", ["before commit", "before switch"])
def test_a_first_build_that_is_killed_leaves_none(library: MemoryLibrary, tmp_path: Path, place: str) -> None:
    index = tmp_path / "index"
    assert run_builder(index, place).wait(60) == -signal.SIGKILL
    with pytest.raises(IndexDamagedError):
        OpenIndex(index)
    assert build(Job(library, "next"), index)
    assert count(index, OLD) == SIZE
    assert len(generations(index)) == 1


def test_an_index_is_read_while_another_process_writes_it(index: Path) -> None:
    with closing(OpenIndex(index)) as engine:
        with run_builder(index, "nowhere", "update") as builder:
            while builder.poll() is None:
                assert engine.search(Query(f"{OLD} ")).total == SIZE
        assert builder.returncode == 0
        answer = engine.search(Query(f"gemensam {OLD} "))
        assert (answer.total, len(answer.hits)) == (SIZE, 10)
        assert not engine.search(Query(f"{NEW} ")).hits
    assert_is_new(index)


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (VariantWriter, "commit"),
        (WordPairs, "save"),
        (Titles, "save"),
        (index_module, "write_lines"),
        (index_module, "switch_to"),
    ],
)
def test_a_full_disk_leaves_the_old_index(
    library: MemoryLibrary, index: Path, monkeypatch: pytest.MonkeyPatch, where: object, name: str
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(where, name, fail)
        with pytest.raises(OSError, match="No space"):
            build(Job(library, "new"), index)
    assert_is_old(index)
    assert len(generations(index)) == 1
    assert build(Job(library, "new"), index)
    assert_is_new(index)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_where_nothing_can_be_written_a_temporary_index_answers(
    library: MemoryLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    """The folder's own index stays as it was, and is used again as soon as it is the right one."""
    cache = tmp_path / "cache"
    LibrarySearch([library], cache).close()
    before = {path: path.stat().st_mtime_ns for path in cache.rglob("*.*")}
    library.articles[0] = article("a0", "Titel 0", f"Gemensam {NEW}.")
    library.version = "2"
    make = index_files.new_generation

    def fail_in_cache(directory: Path) -> Path:
        if directory.is_relative_to(cache):
            raise OSError(error, "cannot be written")
        return make(directory)

    with monkeypatch.context() as read_only:
        read_only.setattr(index_module, "new_generation", fail_in_cache)
        with closing(LibrarySearch([library], cache)) as search:
            assert [hit.article for hit in search.search(Query(NEW)).hits] == ["a0"]
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("*.*")} == before


def test_an_index_that_is_up_to_date_is_opened_without_writing(
    library: MemoryLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    LibrarySearch([library], tmp_path / "cache").close()

    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    for name in ("mkdir", "unlink", "write_text", "write_bytes", "replace"):
        monkeypatch.setattr(Path, name, refuse)
    with closing(LibrarySearch([library], tmp_path / "cache")) as search:
        assert search.search(Query(f"{OLD} ", limit=100)).total == SIZE


@pytest.mark.parametrize("form", [FORMAT - 1, FORMAT + 1, str(FORMAT), None])
def test_an_index_of_another_format_is_built_anew(library: MemoryLibrary, index: Path, form: object) -> None:
    pointer = json.loads((index / POINTER).read_text())
    (index / POINTER).write_text(json.dumps({**pointer, "format": form}))
    with pytest.raises(IndexDamagedError):
        OpenIndex(index)
    assert build(Job(library, "new"), index)
    assert len(library.reads) == SIZE
    assert read_pointer(index).signature == "new"
    assert_is_new(index)


def test_an_index_that_another_process_builds_is_waited_for(library: MemoryLibrary, tmp_path: Path) -> None:
    first = LibrarySearch([library], tmp_path)
    first.close()
    (index,) = (path for path in (tmp_path / "search").iterdir() if (path / POINTER).exists())
    library.version = "2"
    with ExitStack() as lock:
        lock.enter_context(locked(index))

        def let_go() -> bool:
            lock.close()
            return False

        with closing(LibrarySearch([library], tmp_path, cancelled=let_go)) as search:
            assert search.search(Query(f"{OLD} ", limit=100)).total == SIZE


def test_who_does_not_want_to_wait_is_told_who_builds_it(library: MemoryLibrary, tmp_path: Path) -> None:
    LibrarySearch([library], tmp_path).close()
    (index,) = (path for path in (tmp_path / "search").iterdir() if (path / POINTER).exists())
    library.version = "2"
    # Asked once before the build begins, and again while another one builds.
    answers = iter([False, True])
    with locked(index), pytest.raises(IndexLockedError):
        LibrarySearch([library], tmp_path, cancelled=lambda: next(answers))
