"""Reads an index: which variants have a word, with which impact, and what a variant says."""

from __future__ import annotations

import io
import struct
import zlib
from bisect import bisect_right
from collections import OrderedDict
from contextlib import ExitStack
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kbviewer.search.documents import Section, decode_sections
from kbviewer.search.index_storage import (
    IndexFolder,
    IndexStorage,
    PlainUnpickler,
    SegmentFacts,
    load_plain,
    open_texts,
    open_words,
    read_segments,
)
from kbviewer.search.schema import TEXTS, WORDS
from kbviewer.search.texts import VariantText

_MAGIC = b"W3Bl"
_INT_BYTES = 4
# How Whoosh's codec keeps a word: the number of its field before it, and what is known of it, of which we
# need whether its postings stand right here, else where.
_FIELD_NUMBER = struct.Struct("!H")
_NO_FIELD = 65535
_WORD_FACTS_BYTES = struct.calcsize("!BfIBBfII")
_EXTENT = struct.Struct("!qi")
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

    Whoosh finds the words; a word's postings are then read at once instead of one by one. Nothing in the
    files is run, see `index_storage`; that they are as they were written must have been verified.
    """

    def __init__(self, folder: IndexFolder) -> None:
        storage = IndexStorage(folder)
        self._segments: list[_Segment] = []
        self._starts: list[int] = []
        self.count = 0
        try:
            for facts in read_segments(storage):
                self._segments.append(_Segment(storage, facts, self.count))
                self._starts.append(self.count)
                self.count += facts.count
        except BaseException:
            self.close()
            raise
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
        if not 0 <= number < self.count:
            raise IndexError(number)
        at = bisect_right(self._starts, number) - 1
        return self._segments[at].sections(number - self._starts[at])


class _Segment:
    """One segment; the numbers of its variants begin at `offset`."""

    def __init__(self, storage: IndexStorage, facts: SegmentFacts, offset: int) -> None:
        self._offset = offset
        self._deleted = np.array(facts.deleted, dtype=np.int32)
        with ExitStack() as stack:
            self._words = open_words(storage, facts)
            stack.callback(self._words.close)
            self._field = _FIELD_NUMBER.pack(self._words.extras["fieldmap"].get(WORDS, _NO_FIELD))
            self._file = storage.open_file(f"{facts.name}.pst")
            stack.callback(self._file.close)
            # Opened now: when a text is first asked for, a newer index may be in use and this one swept away.
            self._stored, file = open_texts(storage, facts)
            stack.callback(file.close)
            self._files = stack.pop_all()

    def close(self) -> None:
        self._files.close()

    def sections(self, number: int) -> tuple[Section, ...]:
        return decode_sections(load_plain(self._stored[number])[TEXTS])

    def postings(self, word: str) -> Postings | None:
        """Return the variants that have `word` and are not deleted."""
        try:
            found: bytes = self._words[self._field + word.encode("utf-8")]
        except KeyError:
            return None
        rest = found[_WORD_FACTS_BYTES:]
        if found[0]:
            ids, weights, _ = load_plain(rest)
            documents, impacts = np.array(ids, dtype=np.int32), np.array(weights, dtype=np.float32)
        else:
            offset, length = _EXTENT.unpack(rest)
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
        count, _, _, compression, *_ = PlainUnpickler(block).load()
        packed = block.read()
        gaps, weights, _ = load_plain(zlib.decompress(packed) if compression else packed)
        documents = np.cumsum(np.array(gaps, dtype=np.int32), dtype=np.int32)
        if isinstance(weights, tuple):
            impacts = np.array(weights, dtype=np.float32)
        else:
            impacts = np.full(count, 1.0 if weights is None else weights, dtype=np.float32)
        parts.append(Postings(documents, impacts))
        at += abs(length)
    return _joined(parts)


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
