"""Writes variants as a segment of a Whoosh index, in Whoosh's own format."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.index import create_in, open_dir
from whoosh.writing import SegmentWriter

from kbviewer.search.codec import WholeListsCodec
from kbviewer.search.inversion import Inverted
from kbviewer.search.schema import WORDS, make_schema

_WORDS_A_STEP = 500


class _Postings:
    """Stands where Whoosh sorts postings one by one; these are sorted already."""

    def __init__(self) -> None:
        self.inverted: Inverted | None = None
        self.on_share: Callable[[float], None] | None = None

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """Yield field, word, variant, weight and nothing, in order."""
        if self.inverted is not None:
            count = len(self.inverted.words)
            for number, (word, documents, weights) in enumerate(self.inverted.postings()):
                if self.on_share and number % _WORDS_A_STEP == 0:
                    self.on_share(number / count)
                for document, weight in zip(documents, weights, strict=True):
                    yield WORDS, word, document, weight, b""

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Refuse what comes one by one: the variants' fields are kept, not indexed, by Whoosh itself."""
        raise ValueError(f"unexpected posting {posting!r}")

    def cleanup(self) -> None:
        """There is nothing on disk to clean up."""


class VariantWriter:
    """A new segment of the index in `folder`, which is made when it is not there.

    Use as a context manager: without `commit`, and after an error, nothing is added.
    """

    def __init__(self, folder: Path, *, is_new: bool) -> None:
        schema = make_schema()
        self._folder = folder
        self._index: Any = create_in(str(folder), schema) if is_new else open_dir(str(folder), schema=schema)
        make_writer: Any = SegmentWriter
        self._writer: Any = make_writer(self._index, codec=WholeListsCodec(), compound=False)
        self._postings = _Postings()
        self._writer.pool = self._postings
        self._is_open = True

    def __enter__(self) -> VariantWriter:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._is_open:
            # What counts is that files and lock are let go of, whatever else has failed.
            with contextlib.suppress(Exception):
                self._writer.cancel()
        self._index.close()

    def add(self, texts: str) -> None:
        """Keep what the next variant says."""
        self._writer.add_document(texts=texts)

    def delete(self, documents: Iterable[int]) -> None:
        """Leave out variants of older segments."""
        for document in documents:
            self._writer.delete_document(document)

    def commit(self, inverted: Inverted, on_share: Callable[[float], None]) -> None:
        """Write the segment, with the postings of the variants that were added.

        Args:
            inverted: the postings.
            on_share: is told from time to time what share of them is written; what it raises ends the work.
        """
        self._postings.inverted = inverted
        self._postings.on_share = on_share
        self._is_open = False
        self._writer.commit(merge=False)
        for lock in self._folder.glob("*_WRITELOCK"):
            lock.unlink()
