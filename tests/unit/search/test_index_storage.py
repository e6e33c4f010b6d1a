"""An index is data, wherever it lies: nothing pickled in it is ever run."""

from __future__ import annotations

import contextlib
import os
import pickle
import random
import shutil
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.codec.whoosh3 import W3Codec, W3Segment

from kbviewer.content.packs.library import PackLibrary
from kbviewer.model.hits import Query
from kbviewer.search.index import Job, build
from kbviewer.search.index_files import IndexDamagedError, read_pointer, switch_to, verify
from kbviewer.search.index_storage import IndexStorage, load_plain, read_segments
from kbviewer.search.languages import LANGUAGES
from kbviewer.search.library_search import LibrarySearch
from kbviewer.search.packed_index import build_packed
from kbviewer.search.shard import Shard
from kbviewer.search.stemming import make_stem
from tests.support.packs import make_folder, make_pack, with_changed
from tests.unit.search.small_library import MemoryLibrary, article

BOTH = ["Skrivaren svarar inte", "Skärmen är svart"]
WORDS = " ".join(f"ord{7919 * number % 1009}" for number in range(60))


class Trap:
    """What makes a folder when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self._path),)


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    """Fails the test that runs it."""
    works = Trap(tmp_path / "works")
    with contextlib.suppress(TypeError):
        pickle.loads(pickle.dumps(works))
    assert (tmp_path / "works").is_dir()
    yield Trap(tmp_path / "sprung")
    assert not (tmp_path / "sprung").exists()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    library = MemoryLibrary(
        tmp_path, [article(f"a{number}", "Titel", f"alla {WORDS} {number}") for number in range(9)]
    )
    build(Job(library, "1"), tmp_path / "index")
    return tmp_path / "index"


def poison_segments(folder: Path, trap: Trap) -> None:
    """The list of segments: opening the index was enough."""
    (toc,) = folder.glob("*.toc")
    data = toc.read_bytes()
    at = data.rindex(b"\x80\x05\x95")
    toc.write_bytes(data[:at] + pickle.dumps([trap]))


def poison_word_table(folder: Path, trap: Trap) -> None:
    """The head of the words, which stands at the end of its file."""
    (words,) = folder.glob("*.trm")
    data = words.read_bytes()
    length = int.from_bytes(data[-4:], "big")
    extras = pickle.dumps({"fieldmap": {"words": trap}})
    words.write_bytes(data[: -4 - length] + extras + len(extras).to_bytes(4, "big"))


def poison_text(folder: Path, trap: Trap) -> None:
    """What a variant says."""
    (texts,) = folder.glob("*._stored.col")
    data = texts.read_bytes()
    one = zlib.decompressobj()
    one.decompress(data)
    length = len(data) - len(one.unused_data)
    text = zlib.compress(pickle.dumps(trap))
    assert len(text) <= length
    texts.write_bytes(text + data[len(text) :])


def poison_short_postings(folder: Path, trap: Trap) -> None:
    """Postings that stand beside their word. There is little room; the name is what counts."""
    (words,) = folder.glob("*.trm")
    data = words.read_bytes()
    at = data.index(b"\x80\x02")
    name = b"\x80\x02cos\nmkdir\n."
    words.write_bytes(data[:at] + name + data[at + len(name) :])


@pytest.mark.parametrize("poison", [poison_segments, poison_word_table, poison_text, poison_short_postings])
def test_a_poisoned_index_runs_nothing_even_when_its_checksums_are_right(
    index: Path, trap: Trap, poison: Any
) -> None:
    """Whoever can write the index can write the pointer; then the unpickler is the only guard."""
    pointer, folder = verify(index)
    poison(folder, trap)
    switch_to(index, folder, pointer.signature)
    with pytest.raises((IndexDamagedError, ValueError, pickle.UnpicklingError, zlib.error)) as caught:
        read_all(index)
    assert "the index names" in str(caught.value) or isinstance(caught.value, IndexDamagedError)


def read_all(index: Path) -> None:
    with closing(Shard.open(index, "library", {})) as shard:
        for number in range(shard.catalogue.count):
            shard.reader.sections(number)
        for word in shard.vocabulary.table.words:
            shard.reader.postings(word)


@pytest.mark.parametrize(
    "value",
    [
        Trap(Path("x")), Path("x"), {"a": [defaultdict(int)]}, W3Codec(), print, complex(1, 2), int,
        bytearray(b"x"),
    ],
)  # fmt: skip
def test_plain_values_name_no_class(value: object) -> None:
    with pytest.raises(ValueError, match="the index names"):
        load_plain(pickle.dumps(value))


def test_plain_values_are_read() -> None:
    value = {"texts": "å", "n": [1, 2.5, None, True, b"x"], "t": ((), {3})}
    assert load_plain(pickle.dumps(value)) == value


def write_segments(folder: Path, segments: object) -> None:
    (toc,) = folder.glob("*.toc")
    data = toc.read_bytes()
    toc.write_bytes(data[: data.rindex(b"\x80\x05\x95")] + pickle.dumps(segments))


def segment(**changes: Any) -> Any:
    made: Any = W3Segment(W3Codec(), "MAIN", 3, "0" * 16)
    made._fieldlengths = defaultdict(int, words=3)
    vars(made).update(changes)
    return made


@pytest.mark.parametrize(
    "changes",
    [
        {"segid": "../../x"}, {"segid": 5}, {"segid": ""}, {"_doccount": -1}, {"_doccount": 1 << 40},
        {"_doccount": "3"}, {"_deleted": {7}}, {"_deleted": {"a"}}, {"_deleted": 5}, {"compound": True},
        {"_doccount": True},
    ],
)  # fmt: skip
def test_a_segment_that_cannot_be_is_refused(index: Path, changes: dict[str, Any]) -> None:
    folder = verify(index)[1]
    write_segments(folder, [segment(**changes)])
    with pytest.raises((ValueError, TypeError)):
        read_segments(IndexStorage(folder))


def test_the_classes_of_whoosh_are_not_touched_by_what_names_them(index: Path) -> None:
    """A pickle may set attributes on a class that it may name; ours are thrown away with the list."""
    folder = verify(index)[1]
    spoil = b"\x80\x02]cwhoosh.codec.whoosh3\nW3Segment\n(N}X\x05\x00\x00\x00codecK\x05stb\x61."
    (toc,) = folder.glob("*.toc")
    data = toc.read_bytes()
    toc.write_bytes(data[: data.rindex(b"\x80\x05\x95")] + spoil)
    with pytest.raises((ValueError, KeyError, TypeError, pickle.UnpicklingError, AttributeError)):
        read_segments(IndexStorage(folder))
    assert callable(W3Segment.codec)


@given(seed=st.integers(0, 1 << 32))
def test_no_index_whatsoever_does_more_than_be_refused_when_it_is_opened(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """With checksums that are right: somebody may have written a pack on purpose."""
    folder = tmp_path_factory.getbasetemp() / "fuzzed-index"
    if not (folder / "good").exists():
        articles = [article(f"a{number}", "Titel", f"alla {WORDS} {number}") for number in range(9)]
        build(Job(MemoryLibrary(folder, articles), "1"), folder / "good")
    shutil.rmtree(folder / "bad", ignore_errors=True)
    shutil.copytree(folder / "good", folder / "bad")
    pointer, generation = verify(folder / "bad")
    chance = random.Random(seed)
    path = chance.choice(sorted(generation.iterdir()))
    data = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 5)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data if chance.random() < 0.8 else data[: chance.randrange(len(data))])
    switch_to(folder / "bad", generation, pointer.signature)
    stems = {language: make_stem(language) for language in LANGUAGES}
    with contextlib.suppress(IndexDamagedError):
        Shard.open(folder / "bad", "library", stems).close()


def packed(tmp_path: Path, articles: list[Any]) -> dict[str, bytes]:
    library = MemoryLibrary(tmp_path, articles)
    tmp_path.mkdir(exist_ok=True)
    files = build_packed(Job(library, "1"), tmp_path / "index")
    return {name: data if isinstance(data, bytes) else data.read_bytes() for name, data in files}


def test_the_same_articles_give_the_same_index(tmp_path: Path) -> None:
    articles = [article(f"a{number}", f"Titel {number}", "nätverksproblem " * number) for number in range(40)]
    one, other = packed(tmp_path / "one", articles), packed(tmp_path / "other", articles)
    assert one == other
    assert next(iter(one)) == "index.json"


def test_a_build_that_nobody_waits_for_gives_no_index(tmp_path: Path) -> None:
    library = MemoryLibrary(tmp_path, [article("a", "Titel", "ord")])
    assert list(build_packed(Job(library, "1", cancelled=lambda: True), tmp_path / "index")) == []


def open_pack(path: Path, *, trusted: bool) -> PackLibrary:
    with closing(PackLibrary.open(path)) as first:
        digest = first.file.manifest_digest
    return PackLibrary.open(path, None, digest if trusted else "")


def found(library: Any, cache: Path, text: str) -> tuple[list[str], bool]:
    """Return the hits and whether an index was built for them."""
    built: list[int] = []
    with closing(LibrarySearch([library], cache, lambda done, _total: built.append(done))) as search:
        return [hit.title for hit in search.search(Query(text, "", "sv", 10)).hits], bool(built)


def test_an_installed_pack_needs_no_indexing(tmp_path: Path) -> None:
    """And answers what the folder answers."""
    from kbviewer.content.folder import FolderLibrary

    path = make_pack(tmp_path / "x.kbp", index=True)
    folder = FolderLibrary(make_folder(tmp_path / "folder"))
    for text in ("skrivare", "printer", "toner", "skärmen", "färgpulver", "nothing"):
        with closing(open_pack(path, trusted=True)) as pack:
            hits, built = found(pack, tmp_path / "cache", text)
        assert not built
        assert hits == found(folder, tmp_path / "folder-cache", text)[0]
    assert not (tmp_path / "cache" / "search").exists()


def test_the_index_of_a_stranger_is_built_here(tmp_path: Path) -> None:
    path = make_pack(tmp_path / "x.kbp", index=True)
    with closing(open_pack(path, trusted=False)) as pack:
        assert found(pack, tmp_path / "cache", "skrivare") == (BOTH, True)
        assert found(pack, tmp_path / "cache", "skrivare") == (BOTH, False)


@pytest.mark.parametrize("change", ["damaged", "another format", "other articles", "none"])
def test_an_index_that_cannot_be_used_is_built_here(tmp_path: Path, change: str) -> None:
    path = make_pack(tmp_path / "x.kbp", index=change != "none")
    if change != "none":
        with closing(PackLibrary.open(path)) as pack:
            pointer = pack.file.read("index/index.json")
        words = "index/generation-0000000000000000/words.txt"
        changes: dict[str, dict[str, bytes | None]] = {
            "damaged": {words: b"a\nb"},
            "another format": {"index/index.json": pointer.replace(b'"format": ', b'"format": 9')},
            "other articles": {"index/index.json": pointer.replace(b'"signature": "', b'"signature": "x')},
        }
        with_changed(path, changes[change], honest=True)
    with closing(open_pack(path, trusted=True)) as pack:
        assert found(pack, tmp_path / "cache", "skrivare") == (BOTH, True)


def test_segments_are_numbered_on_when_an_index_grows(tmp_path: Path) -> None:
    """Names at random would make every build another one; the same name twice would overwrite a segment."""
    articles = [article(f"a{number}", "Titel", f"ord {number}") for number in range(40)]
    library = MemoryLibrary(tmp_path, articles)
    for number in range(4):
        library.articles.append(article(f"b{number}", "Ny", "nytt"))
        library.version = str(number)
        build(Job(library, library.version), tmp_path / "index")
    folder = tmp_path / "index" / read_pointer(tmp_path / "index").generation
    names = [facts.name for facts in read_segments(IndexStorage(folder))]
    assert names == [f"MAIN_{number:016d}" for number in range(1, len(names) + 1)]
    assert len(names) == 4


def test_files_are_asked_for_by_the_name_that_they_have(index: Path) -> None:
    storage = IndexStorage(verify(index)[1])
    assert sorted(storage.list()) == sorted(path.name for path in verify(index)[1].iterdir())
    facts = read_segments(storage)[0]
    with pytest.raises(OSError, match="other"):
        storage.open_file(f"{replace(facts, name='other').name}.trm")
