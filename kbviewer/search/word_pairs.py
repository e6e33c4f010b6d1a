"""Which two words follow one another in a variant, nearly certainly, without reading its text.

A Bloom filter per variant (Bloom: Space/time trade-offs in hash coding with allowable errors, 1970): with ten
bits a pair and three hashes, 1.7 % of the variants that do not have a pair are taken for one that has.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kbviewer.search.index_storage import IndexFolder, load_array

_FILE = "pairs.npy"
_BITS_PER_PAIR = 10
_BYTE = 8
# Odd multipliers spread neighbouring numbers over all bits (Knuth, The Art of Computer Programming 3, 6.4).
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_SHIFT = 29

Hashes = npt.NDArray[np.uint64]


class PairCollector:
    """Takes the words of variants, in order."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self._sizes = array("I")
        self._known: dict[str, int] = {}

    def add(self, words: Sequence[str]) -> None:
        """Add the pairs of the next variant."""
        known = self._known
        numbers = []
        for word in words:
            number = known.get(word)
            if number is None:
                number = known[word] = _number(word)
            numbers.append(number)
        pairs = _pairs(np.array(numbers, dtype=np.uint64))
        size = (len(np.unique(pairs)) * _BITS_PER_PAIR + _BYTE - 1) // _BYTE
        bits = np.zeros(size * _BYTE, dtype=np.uint8)
        if size:
            for hashed in _hashes(pairs):
                bits[hashed % np.uint64(size * _BYTE)] = 1
        self._bits += np.packbits(bits, bitorder="little").tobytes()
        self._sizes.append(size)

    def finish(self) -> WordPairs:
        """Return the pairs of all variants."""
        sizes = np.array(self._sizes, dtype=np.uint32)
        return WordPairs(np.frombuffer(bytes(self._bits), dtype=np.uint8), sizes)


class WordPairs:
    """The pairs of each variant of an index.

    Args:
        bits: the filters, one after another.
        sizes: (V) bytes of each.
    """

    def __init__(self, bits: npt.NDArray[np.uint8], sizes: npt.NDArray[np.uint32]) -> None:
        self._bits = bits
        self._sizes = sizes
        self._starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)

    @classmethod
    def load(cls, folder: IndexFolder) -> WordPairs:
        """Return the pairs in `folder`.

        Raises:
            OSError: they cannot be read.
            ValueError: they are not what `save` has written.
        """
        data = load_array(folder / _FILE)
        if data.dtype != np.uint8 or len(data) < 4:
            raise ValueError("not pairs of words")
        count = int(data[:4].view(np.uint32)[0])
        sizes = data[4 : 4 + 4 * count].view(np.uint32)
        bits = data[4 + 4 * count :]
        if int(sizes.sum()) != len(bits):
            raise ValueError("pairs of words and variants differ")
        return cls(bits, sizes)

    def save(self, folder: Path) -> None:
        """Write the pairs to `folder`."""
        count = np.array([len(self._sizes)], dtype=np.uint32)
        np.save(
            folder / _FILE,
            np.concatenate((count.view(np.uint8), self._sizes.view(np.uint8), self._bits)),
            allow_pickle=False,
        )

    def joined(self, other: WordPairs) -> WordPairs:
        """Return these and those of further variants."""
        return WordPairs(
            np.concatenate((self._bits, other._bits)), np.concatenate((self._sizes, other._sizes))
        )

    def may_have(self, words: Sequence[str], documents: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
        """Return which of `documents` may have `words` in this order; none that has them is left out."""
        pairs = _pairs(np.array([_number(word) for word in words], dtype=np.uint64))
        kept = self._sizes[documents] > 0
        starts = self._starts[documents]
        sizes = np.maximum(1, self._sizes[documents]).astype(np.uint64) * np.uint64(_BYTE)
        for hashed in _hashes(pairs):
            for one in hashed:
                place = one % sizes
                byte = np.minimum(starts + (place >> np.uint64(3)).astype(np.int64), len(self._bits) - 1)
                kept &= (self._bits[byte] >> (place & np.uint64(7)).astype(np.uint8)) & 1 > 0
        return kept


def _number(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "replace"))


def _pairs(numbers: Hashes) -> Hashes:
    return (numbers[:-1] << np.uint64(32)) | numbers[1:]


def _hashes(pairs: Hashes) -> list[Hashes]:
    return [(pairs * np.uint64(multiplier)) >> np.uint64(_SHIFT) for multiplier in _MULTIPLIERS]
