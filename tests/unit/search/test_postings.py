"""Posting lists are read as Whoosh has written them, and nothing but numbers is unpickled."""

from __future__ import annotations

import io
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import KEYWORD, STORED, Schema
from whoosh.formats import Existence
from whoosh.index import create_in, open_dir
from whoosh.writing import SegmentWriter

from kbviewer.search.index import Job, build
from kbviewer.search.index_files import verify
from kbviewer.search.postings import PostingReader
from kbviewer.search.schema import WORDS, make_schema
from tests.unit.search.small_library import MemoryLibrary, OpenIndex, article

SIZE = 40
BLOCK = 4


def make_library(root: Path) -> MemoryLibrary:
    """Every article says "alla", every second one "andra", the last one "sista"."""
    texts = ["alla " * (number % 5 + 1) + ("andra" if number % 2 else "") for number in range(SIZE)]
    texts[-1] += " sista"
    return MemoryLibrary(root, [article(f"a{at}", "Titel", text) for at, text in enumerate(texts)])


@pytest.fixture
def library(tmp_path: Path) -> MemoryLibrary:
    return make_library(tmp_path / "library")


@pytest.fixture
def index(library: MemoryLibrary, tmp_path: Path) -> Path:
    build(Job(library, "1"), tmp_path / "index")
    return tmp_path / "index"


def generation(index: Path) -> Path:
    return verify(index)[1]


def read(folder: Path, word: str) -> dict[int, float]:
    with PostingReader(folder) as reader:
        documents, impacts = reader.postings(word)
        assert documents.tolist() == sorted(set(documents.tolist()))
        return dict(zip(documents.tolist(), impacts.tolist(), strict=True))


def read_by_whoosh(folder: Path, word: str) -> dict[int, float]:
    opened = open_dir(str(folder), schema=make_schema(), readonly=True)
    try:
        with opened.reader() as reader:
            matcher: Any = reader.postings(WORDS, word)
            found = {}
            while matcher.is_active():
                found[matcher.id()] = matcher.weight()
                matcher.next()
            return found
    finally:
        opened.close()


@pytest.mark.parametrize("word", ["alla", "andra", "sista", "titel"])
def test_postings_are_those_that_whoosh_reads(index: Path, word: str) -> None:
    found = read(generation(index), word)
    assert found
    assert found == pytest.approx(read_by_whoosh(generation(index), word))


@contextmanager
def whooshs_own_writer(folder: Path) -> Iterator[Any]:
    """A writer of small blocks into an index that has our fields; "words" takes words between blanks."""
    words: Any = KEYWORD()
    words.format = Existence()
    schema: Any = Schema(words=words, texts=STORED())
    is_new = not folder.exists()
    folder.mkdir(exist_ok=True)
    index: Any = create_in(str(folder), schema) if is_new else open_dir(str(folder), schema=schema)
    make_codec: Any = W3Codec
    writer: Any = SegmentWriter(index, codec=make_codec(blocklimit=BLOCK), compound=False)
    yield writer
    writer.commit(merge=False)
    index.close()


@settings(max_examples=30)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=5 * BLOCK + 1))
def test_lists_of_many_blocks_are_read_whole(times: list[int]) -> None:
    """We write one block a word; an index of the same format may have more."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "index"
        with whooshs_own_writer(folder) as writer:
            for count in times:
                writer.add_document(words="ord alla" if count else "alla", _words_boost=count or 1, texts="")
        assert read(folder, "ord") == {at: count for at, count in enumerate(times) if count}
        assert set(read(folder, "alla")) == set(range(len(times)))


def test_documents_that_are_gone_are_left_out_of_all_blocks(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with whooshs_own_writer(folder) as writer:
        for number in range(SIZE):
            writer.add_document(words=f"alla ord{number}", texts="")
    gone = {0, BLOCK, 2 * BLOCK - 1, SIZE - 1}
    with whooshs_own_writer(folder) as writer:
        for number in gone:
            writer.delete_document(number)
        writer.add_document(words="alla", texts="")
    assert set(read(folder, "alla")) == set(range(SIZE + 1)) - gone
    assert read(folder, f"ord{SIZE - 1}") == {}


def test_a_word_that_nobody_has_has_no_postings(index: Path) -> None:
    assert read(generation(index), "ingen") == {}
    assert read(generation(index), "") == {}
    assert read(generation(index), "x" * 100_000) == {}


def test_documents_that_are_gone_are_left_out(library: MemoryLibrary, index: Path) -> None:
    del library.articles[0], library.articles[5], library.articles[-1]
    library.articles.append(article("new", "Titel", "alla nya"))
    build(Job(library, "2"), index)
    folder = generation(index)
    found = read(folder, "alla")
    assert set(found) == set(range(SIZE + 1)) - {0, 6, SIZE - 1}
    assert found == pytest.approx(read_by_whoosh(folder, "alla"))
    assert read(folder, "sista") == {}
    assert set(read(folder, "nya")) == {SIZE}


def test_a_text_is_read_back_as_it_was_indexed(index: Path) -> None:
    with closing(OpenIndex(index)) as engine:
        (section,) = engine.shard.reader.sections(SIZE - 1)
        assert section.text == "alla alla alla alla alla andra sista"
        assert engine.shard.reader.text(SIZE - 1).sections == (section,)


class _Trap:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


def _block(*values: object) -> bytes:
    """Return a list of postings of one block, of pickled values."""
    data = io.BytesIO()
    for value in values:
        pickle.dump(value, data, 2)
    return b"W3Bl" + (-len(data.getvalue())).to_bytes(4, "big", signed=True) + data.getvalue()


def _poison(index: Path, word: str, data: bytes) -> Path:
    """Put `data` where the postings of `word` are; return the folder of the generation."""
    folder = generation(index)
    opened = open_dir(str(folder), schema=make_schema(), readonly=True)
    with opened.reader() as reader:
        offset, _ = reader.term_info(WORDS, word).extent()
    opened.close()
    (file,) = folder.glob("*.pst")
    content = file.read_bytes()
    assert len(data) <= len(content) - offset
    file.write_bytes(content[:offset] + data + content[offset + len(data) :])
    return folder


@pytest.mark.parametrize("place", [0, 1])
def test_postings_that_name_a_class_are_refused(index: Path, tmp_path: Path, place: int) -> None:
    """Checksums are the first guard; this is the one behind it."""
    sprung = tmp_path / "sprung"
    values: list[object] = [(1, 0, 0, 0), ((0,), None, None)]
    values[place] = _Trap(sprung)
    folder = _poison(index, "alla", _block(*values))
    with PostingReader(folder) as reader, pytest.raises(ValueError, match="name"):
        reader.postings("alla")
    assert not sprung.exists()


def test_what_is_no_list_of_postings_is_refused(index: Path) -> None:
    folder = _poison(index, "alla", b"W3Xx")
    with PostingReader(folder) as reader, pytest.raises(ValueError, match="postings"):
        reader.postings("alla")
