"""The words of an index, in order, with what is known of each; kept beside Whoosh's own files."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kbviewer.search.index_storage import IndexFolder, load_array
from kbviewer.search.inversion import Inverted

_WORDS = "words.txt"
_ARRAYS = "words.npy"
_LAYOUT = np.dtype([("frequency", "<u4"), ("letters", "<u8"), ("languages", "u1"), ("length", "u1")])

# Shorter words are told from one another by every letter; longer ones are no words.
SHORTEST_TYPO = 4
LONGEST_TYPO = 24


@dataclass(frozen=True, slots=True)
class WordTable:
    """All words of an index.

    Attributes:
        words: (W) in order of their code points.
        frequencies: (W) in how many variants each stands; 0 for one that stands in none any more.
        letters: (W) the letters of a word that may be misspelled, see `letters_of`; 0 for others.
        languages: (W) a bit for each language in whose variants the word stands.
        lengths: (W) in characters, up to 255.
    """

    words: Sequence[str]
    frequencies: npt.NDArray[np.uint32]
    letters: npt.NDArray[np.uint64]
    languages: npt.NDArray[np.uint8]
    lengths: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, inverted: Inverted) -> WordTable:
        """Return the table of new words."""
        spelled = [
            word if SHORTEST_TYPO <= len(word) <= LONGEST_TYPO and word.isalpha() else ""
            for word in inverted.words
        ]
        return cls(
            words=inverted.words,
            frequencies=inverted.frequencies,
            letters=np.array([letters_of(word) for word in spelled], dtype=np.uint64),
            languages=inverted.languages,
            lengths=np.array([min(len(word), 255) for word in inverted.words], dtype=np.uint8),
        )

    @classmethod
    def load(cls, folder: IndexFolder) -> WordTable:
        """Return the table in `folder`.

        Raises:
            OSError: it cannot be read.
            ValueError: it is not one that `save` has written.
        """
        text = (folder / _WORDS).read_bytes().decode("utf-8")
        words = text.split("\n") if text else []
        rows = load_array(folder / _ARRAYS)
        if rows.dtype != _LAYOUT or len(rows) != len(words):
            raise ValueError("words and what is known of them differ in number")
        columns = {name: np.ascontiguousarray(rows[name]) for name in _LAYOUT.names or ()}
        return cls(words, columns["frequency"], columns["letters"], columns["languages"], columns["length"])

    def save(self, folder: Path) -> None:
        """Write the table to `folder`. Words never hold a line break."""
        rows = np.empty(len(self.words), dtype=_LAYOUT)
        rows["frequency"], rows["letters"] = self.frequencies, self.letters
        rows["languages"], rows["length"] = self.languages, self.lengths
        (folder / _WORDS).write_text("\n".join(self.words), encoding="utf-8", newline="\n")
        np.save(folder / _ARRAYS, rows, allow_pickle=False)

    def number(self, word: str) -> int:
        """Return the number of a word, -1 when no variant has it."""
        at = bisect_left(self.words, word)
        found = at < len(self.words) and self.words[at] == word and self.frequencies[at] > 0
        return at if found else -1

    def range_of(self, prefix: str) -> tuple[int, int]:
        """Return the numbers of the words that begin with `prefix`: the first, and the one after the last."""
        first = bisect_left(self.words, prefix)
        # No character comes after the last one of Unicode.
        return first, bisect_left(self.words, prefix + "\U0010ffff", first)

    def merged(self, other: WordTable) -> tuple[WordTable, npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
        """Return the words of both, and the new numbers of the words of this one and of the other."""
        words = sorted({*self.words, *other.words})
        places = {word: number for number, word in enumerate(words)}
        total = WordTable(
            words,
            np.zeros(len(words), dtype=np.uint32),
            np.zeros(len(words), dtype=np.uint64),
            np.zeros(len(words), dtype=np.uint8),
            np.zeros(len(words), dtype=np.uint8),
        )
        own = np.array([places[word] for word in self.words], dtype=np.uint32)
        added = np.array([places[word] for word in other.words], dtype=np.uint32)
        for table, at in ((self, own), (other, added)):
            total.frequencies[at] += table.frequencies
            total.letters[at] = table.letters
            total.languages[at] |= table.languages
            total.lengths[at] = table.lengths
        return total, own, added


def letters_of(word: str) -> int:
    """Return the letters of a word as a set of 64 bits; words at n edits differ in at most 2 n of them."""
    letters = 0
    for letter in word:
        letters |= 1 << ord(letter) % 64
    return letters
