"""How postings are written, in the form that Whoosh's own codec reads."""

from __future__ import annotations

import re
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo

# All postings of a word in one block: they are read as a whole, or not at all.
_BLOCK_POSTINGS = 1 << 30
# Most words stand in one variant only; their posting is kept beside the word, which saves half of its bytes.
_INLINED_BELOW = 2
_DIGITS = 16
_SEGMENT_NUMBER = re.compile(r"_([0-9]{16})\.")


class _TermInfo(W3TermInfo):
    """Keeps postings beside the word. Whoosh reads that, but calls it by a wrong name when it writes."""

    def set_inline(self, ids: Any, weights: Any, values: Any) -> None:
        self.set_inlined(ids, weights, values)


class _FieldWriter(W3FieldWriter):
    def start_term(self, word: bytes) -> None:
        self._btext = word
        postings: Any = self._postwriter
        field: Any = self._fieldobj
        postings.start_postings(field.format, _TermInfo())


class WholeListsCodec(W3Codec):
    """Writes what W3Codec reads; an index names that one, so that any Whoosh of this version opens it."""

    def __init__(self) -> None:
        super().__init__(blocklimit=_BLOCK_POSTINGS, inlinelimit=_INLINED_BELOW)

    def field_writer(self, storage: Any, segment: Any) -> Any:
        """Return what writes the words of a segment."""
        return _FieldWriter(self, storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> Any:
        """Return a segment that W3Codec reads.

        Whoosh names segments at random; ours count up, so that the same articles give the same bytes.
        """
        segment = W3Codec().new_segment(storage, indexname)
        taken = {match.group(1) for name in storage.list() if (match := _SEGMENT_NUMBER.search(name))}
        segment.segid = f"{max(map(int, taken), default=0) + 1:0{_DIGITS}d}"
        return segment
