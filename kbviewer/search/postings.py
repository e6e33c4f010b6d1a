"""Reads an index: which variants have a word, with which impact, and what a variant says."""

from __future__ import annotations

import io
import pickle
import zlib
from collections import OrderedDict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import TermNotFound

from kbviewer.search.documents import Section, decode_sections
from kbviewer.search.schema import TEXTS, WORDS, make_schema
from kbviewer.search.texts import VariantText

_MAGIC = b"W3Bl"
_INT_BYTES = 4
_REMEMBERED_BYTES = 24 << 20
_REMEMBERED_TEXTS = 512
# What a Python object around two arrays costs, however short they are.
_OVERHEAD_BYTES = 400


class Postings(NamedTuple):
    """The variants that have a word, ascending, and the impact of the word in each, from 0 to 1."""

    documents: npt.NDArray[np.int32]
    impacts: npt.NDArray[np.float32]


NOTHING = Postings(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


class PostingReader:
    """One generation of an index, the words and texts used last kept in memory.

    Whoosh opens the index and finds the words; a word's postings are then read at once instead of one by one.
    The files must have been verified: opening them runs what is pickled in them.
    """

    def __init__(self, folder: Path) -> None:
        # Without memory mapping, so that a file that is cut short later is an error and not a crash.
        make_storage: Any = FileStorage
        storage: Any = make_storage(str(folder), supports_mmap=False, readonly=True)
        self._index: Any = storage.open_index(schema=make_schema())
        self._reader: Any = self._index.reader()
        self.count = int(self._reader.doc_count_all())
        leaves = self._reader.leaf_readers() if self.count else ()
        self._segments = [_Segment(storage, leaf, offset) for leaf, offset in leaves]
        for _, offset in leaves:
            # Whoosh opens the texts when they are first asked for; by then a newer index may be in use.
            self._reader.stored_fields(offset)
        self._postings: OrderedDict[str, Postings] = OrderedDict()
        self._kept_bytes = 0
        self._texts: OrderedDict[int, VariantText] = OrderedDict()

    def __enter__(self) -> PostingReader:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files."""
        for segment in self._segments:
            segment.close()
        self._reader.close()
        self._index.close()

    def postings(self, word: str) -> Postings:
        """Return the variants that have `word`."""
        found = self._postings.get(word)
        if found is not None:
            self._postings.move_to_end(word)
            return found
        parts = [part for segment in self._segments if (part := segment.postings(word)) is not None]
        found = _joined(parts)
        self._postings[word] = found
        self._kept_bytes += _size(found)
        while self._kept_bytes > _REMEMBERED_BYTES and len(self._postings) > 1:
            self._kept_bytes -= _size(self._postings.popitem(last=False)[1])
        return found

    def text(self, number: int) -> VariantText:
        """Return what a variant says, ready to be looked through."""
        found = self._texts.get(number)
        if found is None:
            found = self._texts[number] = VariantText(self.sections(number))
            if len(self._texts) > _REMEMBERED_TEXTS:
                self._texts.popitem(last=False)
        return found

    def sections(self, number: int) -> tuple[Section, ...]:
        """Return what a variant says."""
        return decode_sections(self._reader.stored_fields(number)[TEXTS])


class _Segment:
    """The postings of one segment; the numbers of its variants begin at `offset`."""

    def __init__(self, storage: Any, reader: Any, offset: int) -> None:
        self._reader = reader
        self._offset = offset
        segment: Any = reader.segment()
        deleted = sorted(segment.deleted_docs())
        self._deleted = np.array(deleted, dtype=np.int32)
        self._file: Any = segment.open_file(storage, ".pst")

    def close(self) -> None:
        self._file.close()

    def postings(self, word: str) -> Postings | None:
        """Return the variants that have `word` and are not deleted."""
        try:
            found: Any = self._reader.term_info(WORDS, word.encode("utf-8"))
        except TermNotFound:
            return None
        if found.is_inlined():
            ids, weights, _ = found.inlined_postings()
            documents, impacts = np.array(ids, dtype=np.int32), np.array(weights, dtype=np.float32)
        else:
            offset, (length,) = found.extent()
            self._file.seek(offset)
            documents, impacts = _decode(self._file.read(length))
        if len(self._deleted):
            kept = ~np.isin(documents, self._deleted)
            documents, impacts = documents[kept], impacts[kept]
        return Postings(documents + np.int32(self._offset), impacts)


def _decode(data: bytes) -> Postings:
    """Return the postings in Whoosh's own form: blocks of a pickled header and pickled, packed numbers.

    Raises:
        ValueError: they are in another form.
    """
    if data[: len(_MAGIC)] != _MAGIC:
        raise ValueError("not a list of postings")
    at = len(_MAGIC)
    parts: list[Postings] = []
    is_last = False
    while not is_last:
        length = int.from_bytes(data[at : at + _INT_BYTES], "big", signed=True)
        is_last = length < 0
        at += _INT_BYTES
        block = io.BytesIO(data[at : at + abs(length)])
        count, _, _, compression, *_ = _NumbersOnly(block).load()
        packed = block.read()
        gaps, weights, _ = _NumbersOnly(io.BytesIO(zlib.decompress(packed) if compression else packed)).load()
        documents = np.cumsum(np.array(gaps, dtype=np.int32), dtype=np.int32)
        if isinstance(weights, tuple):
            impacts = np.array(weights, dtype=np.float32)
        else:
            impacts = np.full(count, 1.0 if weights is None else weights, dtype=np.float32)
        parts.append(Postings(documents, impacts))
        at += abs(length)
    return _joined(parts)


class _NumbersOnly(pickle.Unpickler):
    """Numbers, tuples and bytes need no class; anything that does is not ours."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        raise ValueError(f"postings name {module_name}.{global_name}")


def _joined(parts: list[Postings]) -> Postings:
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return NOTHING
    return Postings(
        np.concatenate([part.documents for part in parts]), np.concatenate([part.impacts for part in parts])
    )


def _size(postings: Postings) -> int:
    return postings.documents.nbytes + postings.impacts.nbytes + _OVERHEAD_BYTES
