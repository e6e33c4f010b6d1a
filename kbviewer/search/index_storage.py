"""A Whoosh index read from a folder or from inside a pack, without running what is pickled in it.

Whoosh keeps its segment list, the head of its word tables, stored texts and short postings as pickles, and a
pickle is a program. Here they are read by an unpickler that knows exact names only, and gives for each of
them an empty class of our own, never the thing itself.
"""

from __future__ import annotations

import io
import os
import pickle
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

import numpy as np
import numpy.typing as npt
from whoosh.columns import CompressedBytesColumn
from whoosh.filedb.filestore import Storage
from whoosh.filedb.filetables import OrderedHashReader
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC

from kbviewer.search.schema import make_schema

_INDEX_NAME = "MAIN"
_SEGMENT_ID = re.compile(r"[0-9a-z]{1,32}")
_MOST_DOCUMENTS = 10_000_000


class IndexFile(Protocol):
    """A file of an index; a `pathlib.Path` is one."""

    @property
    def name(self) -> str:
        """Return the name in its folder."""

    def read_bytes(self) -> bytes:
        """Return all of it."""

    def open(self, mode: Any) -> Any:
        """Open it to be read as bytes."""


class IndexFolder(Protocol):
    """Where the files of an index lie, only to be read; a `pathlib.Path` is one."""

    def __truediv__(self, name: str) -> Any:
        """Return the file or folder with this name, an IndexFile or IndexFolder."""

    def iterdir(self) -> Iterator[Any]:
        """Yield what is in it."""


# All that the unpickler was seen to raise for bytes of every kind (`tests/soak/guided_fuzz.py`).
_DAMAGED_PICKLE = (
    pickle.UnpicklingError,
    EOFError,
    OverflowError,
    LookupError,
    TypeError,
    AttributeError,
    MemoryError,
    RecursionError,
)


class PlainUnpickler(pickle.Unpickler):
    """Numbers, texts and what is made of them need no class; anything that does is not ours."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        """Refuse every name."""
        raise ValueError(f"the index names {module_name}.{global_name}")

    def load(self) -> Any:
        """Return the value.

        Raises:
            ValueError: it is damaged, or anything else than plain.
        """
        try:
            return super().load()
        except _DAMAGED_PICKLE as error:
            raise ValueError(f"a value in the index is damaged: {type(error).__name__}") from error


def load_plain(data: bytes) -> Any:
    """Return the plain values in a pickle.

    Raises:
        ValueError: it is damaged, or holds anything else.
    """
    return PlainUnpickler(io.BytesIO(data)).load()


class _Counts(dict[str, int]):
    """What Whoosh counts by field; we do not need it."""

    def __init__(self, *_: object) -> None:
        super().__init__()


def _stand_ins() -> dict[tuple[str, str], type]:
    """Return what stands for the classes that a list of segments names; new ones for each list."""
    names = [
        ("whoosh.codec.whoosh3", "W3Segment"),
        ("whoosh.codec.whoosh3", "W3Codec"),
        ("collections", "defaultdict"),
    ]
    made: dict[tuple[str, str], type] = {name: type(name[1], (), {}) for name in names}
    made["collections", "defaultdict"] = type("defaultdict", (_Counts,), {})
    made["builtins", "int"] = type("int", (), {})
    return made


class _SegmentUnpickler(pickle.Unpickler):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self._allowed = _stand_ins()

    def find_class(self, module_name: str, global_name: str) -> Any:
        try:
            return self._allowed[module_name, global_name]
        except KeyError:
            raise ValueError(f"the index names {module_name}.{global_name}") from None


class _PlainFile(StructFile):
    def read_pickle(self) -> Any:
        return PlainUnpickler(self.file).load()


class _SegmentListFile(StructFile):
    def read_pickle(self) -> Any:
        return _SegmentUnpickler(self.file).load()


@dataclass(frozen=True, slots=True)
class SegmentFacts:
    """A segment: its name, how many variants it holds, and the numbers of those that are gone."""

    name: str
    count: int
    deleted: tuple[int, ...]


class IndexStorage(Storage):
    """The files of an index as Whoosh asks for them: only to be read, and never mapped into memory."""

    readonly = True
    supports_mmap = False

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder

    def list(self) -> Any:
        """Return the names of the files."""
        return [path.name for path in self._folder.iterdir()]

    def open_file(self, name: str, *_: Any, **__: Any) -> Any:
        """Open a file."""
        kind: Any = _PlainFile
        if name.endswith(".toc"):
            # Read at once: Whoosh leaves it open when there is something wrong with it.
            return _SegmentListFile(io.BytesIO((self._folder / name).read_bytes()), name=name)
        return kind((self._folder / name).open("rb"), name=name)


def read_segments(storage: IndexStorage) -> tuple[SegmentFacts, ...]:
    """Return the segments of the index.

    Raises:
        ValueError: there is no such list, or it names what it may not name.
        OSError: it cannot be read.
    """
    toc: Any = TOC
    with _told_as_damage():
        return tuple(map(_facts, toc.read(storage, _INDEX_NAME, schema=make_schema()).segments))


def _facts(segment: Any) -> SegmentFacts:
    values = vars(segment)
    name, count, deleted = values["segid"], values["_doccount"], values["_deleted"] or ()
    numbers = tuple(sorted(deleted))
    if not (isinstance(name, str) and _SEGMENT_ID.fullmatch(name) and values["compound"] is False):
        raise ValueError("not the name of a segment")
    if not (type(count) is int and 0 <= count <= _MOST_DOCUMENTS):
        raise ValueError("not a number of variants")
    if not all(type(number) is int and 0 <= number < count for number in numbers):
        raise ValueError("not the numbers of variants")
    return SegmentFacts(f"{_INDEX_NAME}_{name}", count, numbers)


def open_words(storage: IndexStorage, segment: SegmentFacts) -> Any:
    """Return the table of a segment's words, which `close` closes.

    Raises:
        ValueError: the file is damaged.
        OSError: it cannot be read.
    """
    file = storage.open_file(f"{segment.name}.trm")
    make_reader: Any = OrderedHashReader
    with _closed_on_failure(file):
        return make_reader(file, _length(file))


def open_texts(storage: IndexStorage, segment: SegmentFacts) -> tuple[Any, Any]:
    """Return the stored fields of a segment's variants, pickled, and their file.

    Raises:
        ValueError: the file is damaged.
        OSError: it cannot be read.
    """
    file = storage.open_file(f"{segment.name}._stored.col")
    make_column: Any = CompressedBytesColumn
    with _closed_on_failure(file):
        return make_column().reader(file, 0, _length(file), segment.count), file


@contextmanager
def _told_as_damage() -> Iterator[None]:
    """Make one kind of error of the many that Whoosh and numpy have for damaged files, even bare ones."""
    try:
        yield
    except (OSError, MemoryError):
        raise
    except Exception as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


@contextmanager
def _closed_on_failure(file: Any) -> Iterator[None]:
    try:
        with _told_as_damage():
            yield
    except BaseException:
        file.close()
        raise


def _length(file: Any) -> int:
    file.seek(0, os.SEEK_END)
    length = int(file.tell())
    file.seek(0)
    return length


def load_array(file: IndexFile) -> npt.NDArray[Any]:
    """Return the array that `numpy.save` has written to a file.

    Raises:
        OSError: it cannot be read.
        ValueError: it is anything else, or holds objects.
    """
    with file.open("rb") as stream, _told_as_damage():
        array: npt.NDArray[Any] = np.load(stream, allow_pickle=False)
    return array
