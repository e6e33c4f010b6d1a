"""Reads an index: which sections have a term, how strongly, and what a section says."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from kbviewer.search.documents import Section
from kbviewer.search.schema import BODY, NAMES, TITLE, make_schema

Posting = tuple[int, float]

# BM25's saturation and length norm, on a scale from 0 to 1.
_SATURATION = 1.2
_LENGTH_SHARE = {BODY: 0.7, TITLE: 0.9, NAMES: 0.3}
_REMEMBERED_POSTINGS = 400_000
_REMEMBERED_SECTIONS = 256


class PostingReader:
    """The postings and stored sections of one generation, the last ones used kept in memory.

    The files must have been verified: opening them runs what is pickled in them.
    """

    def __init__(self, folder: Path) -> None:
        # Without memory mapping, so that a file that is cut short later is an error and not a crash.
        make_storage: Any = FileStorage
        storage = make_storage(str(folder), supports_mmap=False, readonly=True)
        self._index: Any = storage.open_index(schema=make_schema())
        self._reader: Any = self._index.reader()
        self.section_count = int(self._reader.doc_count_all())
        self._lengths = {name: self._read_lengths(name) for name in (BODY, TITLE, NAMES)}
        self._postings: OrderedDict[tuple[str, str], Sequence[Posting]] = OrderedDict()
        self._kept_postings = 0
        self._sections: OrderedDict[int, Section] = OrderedDict()

    def postings(self, field: str, term: str) -> Sequence[Posting]:
        """Return the sections whose `field` has `term`, each with its strength between 0 and 1."""
        key = (field, term)
        found = self._postings.get(key)
        if found is not None:
            self._postings.move_to_end(key)
            return found
        found = self._read_postings(field, term)
        self._postings[key] = found
        self._kept_postings += len(found) + 1
        while self._kept_postings > _REMEMBERED_POSTINGS and len(self._postings) > 1:
            _, dropped = self._postings.popitem(last=False)
            self._kept_postings -= len(dropped) + 1
        return found

    def section(self, number: int) -> Section:
        """Return what a section says."""
        section = self._sections.get(number)
        if section is None:
            anchor, heading, text = self._reader.stored_fields(number)["section"]
            section = self._sections[number] = Section(anchor, heading, text)
            if len(self._sections) > _REMEMBERED_SECTIONS:
                self._sections.popitem(last=False)
        return section

    def close(self) -> None:
        """Close the files."""
        self._reader.close()
        self._index.close()

    def _read_lengths(self, field: str) -> list[float]:
        """Return the length norm of every section."""
        share = _LENGTH_SHARE[field]
        lengths: list[float] = [
            int(self._reader.doc_field_length(number, field) or 0) for number in range(self.section_count)
        ]
        filled = [length for length in lengths if length]
        average = sum(filled) / len(filled) if filled else 1.0
        if field == BODY:
            # A single sentence that has a word is not more about it than a section of usual length.
            lengths = [max(length, average) for length in lengths]
        return [_SATURATION * (1 - share + share * length / average) for length in lengths]

    def _read_postings(self, field: str, term: str) -> Sequence[Posting]:
        encoded = term.encode("utf-8")
        if (field, encoded) not in self._reader:
            return ()
        norms = self._lengths[field]
        matcher: Any = self._reader.postings(field, encoded)
        found: list[Posting] = []
        while matcher.is_active():
            number, weight = matcher.id(), matcher.weight()
            found.append((number, weight / (weight + norms[number])))
            matcher.next()
        return found
