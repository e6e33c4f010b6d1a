"""Several libraries, one answer; an index that is gone, old or damaged comes back by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kbviewer.model.errors import SearchError
from kbviewer.model.hits import Query
from kbviewer.search.library_search import LibrarySearch
from kbviewer.search.protocol import Answer, decode_event, encode_event
from tests.unit.search.small_library import MemoryLibrary, article

Open = Callable[..., LibrarySearch]


@pytest.fixture
def library(tmp_path: Path) -> MemoryLibrary:
    return MemoryLibrary(tmp_path / "one", [article("one", "Ett", "Text om lösenord.")])


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    searches: list[LibrarySearch] = []

    def open_search(*libraries: MemoryLibrary, cache: Path = tmp_path / "cache") -> LibrarySearch:
        searches.append(LibrarySearch(libraries, cache))
        return searches[-1]

    yield open_search
    for search in searches:
        search.close()


def found(search: LibrarySearch, query: str) -> list[str]:
    return [hit.article for hit in search.search(Query(query)).hits]


def test_an_index_is_built_once(opened: Open, library: MemoryLibrary) -> None:
    opened(library)
    assert found(opened(library), "lösenord") == ["one"]
    assert len(library.reads) == 1


def test_changed_articles_are_indexed_anew(opened: Open, library: MemoryLibrary) -> None:
    search = opened(library)
    assert not search.refresh()
    library.articles, library.version = [article("two", "Två", "Servrar.")], "2"
    assert search.refresh()
    assert found(search, "servrar") == ["two"]
    assert not found(search, "lösenord")


def test_a_damaged_index_is_built_anew(opened: Open, library: MemoryLibrary, tmp_path: Path) -> None:
    opened(library).close()
    for path in (tmp_path / "cache").rglob("*.trm"):
        path.write_bytes(path.read_bytes()[:-20])
    assert found(opened(library), "lösenord") == ["one"]
    assert len(library.reads) == 2


def test_hits_of_all_libraries_are_merged(opened: Open, library: MemoryLibrary, tmp_path: Path) -> None:
    other = MemoryLibrary(tmp_path / "other", [article("two", "Lösenord", "Text.")])
    answer = opened(library, other).search(Query("lösenord"))
    assert [(hit.article, Path(hit.library).name) for hit in answer.hits] == [
        ("two", "other"),
        ("one", "one"),
    ]


def test_a_word_that_one_library_has_is_not_corrected(
    opened: Open, library: MemoryLibrary, tmp_path: Path
) -> None:
    other = MemoryLibrary(tmp_path / "other", [article("two", "Titel", "Lösenors.")])
    answer = opened(library, other).search(Query("lösenors "))
    assert answer.corrected is None
    assert [hit.article for hit in answer.hits] == ["two"]


def test_a_cache_that_cannot_be_written_is_replaced_for_the_session(
    opened: Open, library: MemoryLibrary, tmp_path: Path
) -> None:
    """The test's fixtures fail when the temporary folder stays."""
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    search = opened(library, cache=blocked)
    assert found(search, "lösenord") == ["one"]


def test_a_cancelled_build_is_an_error_and_leaves_nothing_open(
    library: MemoryLibrary, tmp_path: Path
) -> None:
    with pytest.raises(SearchError):
        LibrarySearch([library], tmp_path / "cache", cancelled=lambda: True)
    assert not list((tmp_path / "cache").rglob("generation-*"))


def test_progress_is_told_while_indexing(library: MemoryLibrary, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    LibrarySearch([library], tmp_path, lambda done, total: seen.append((done, total))).close()
    assert (seen[0], seen[-1]) == ((0, 0), (1, 1))
    assert seen == sorted(seen)


def test_a_hit_says_that_its_language_is_a_guess(opened: Open, tmp_path: Path) -> None:
    """From the article through the index and the search process to the window."""
    guess = replace(article("one", "Ett", "Text om lösenord."), is_language_guessed=True)
    library = MemoryLibrary(tmp_path / "one", [guess, article("two", "Två", "Mer om lösenord.")])
    answer = opened(library).search(Query("lösenord"))
    read = decode_event(encode_event(Answer(1, answer)))

    assert isinstance(read, Answer)
    for hits in (answer.hits, read.answer.hits):
        assert {hit.article: hit.is_language_guessed for hit in hits} == {"one": True, "two": False}
