"""The words of all titles, kept as numbers, so that many titles are compared with a query at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from kbviewer.search.impacts import Numbers
from kbviewer.search.index_storage import IndexFolder, load_array
from kbviewer.search.inversion import Inverted

_FILE = "titles.npy"


class Titles:
    """Titles by variant.

    Attributes:
        words: (T) numbers of words, title after title.
        starts: (V + 1) where the title of each variant begins.
    """

    def __init__(self, words: Numbers, starts: npt.NDArray[np.int64]) -> None:
        self.words = words
        self.starts = starts

    @classmethod
    def of(cls, inverted: Inverted) -> Titles:
        """Return the titles of new variants."""
        return cls(inverted.titles, inverted.title_starts)

    @classmethod
    def load(cls, folder: IndexFolder) -> Titles:
        """Return the titles in `folder`.

        Raises:
            OSError: they cannot be read.
            ValueError, IndexError: they are not what `save` has written.
        """
        numbers = load_array(folder / _FILE)
        if numbers.dtype != np.uint32 or not len(numbers):
            raise ValueError("not the words of titles")
        counts = numbers[1 : 1 + int(numbers[0])]
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        words = numbers[1 + len(counts) :]
        if len(words) != starts[-1]:
            raise ValueError("titles and their words differ in number")
        return cls(words, starts)

    def save(self, folder: Path) -> None:
        """Write the titles to `folder`."""
        counts = np.diff(self.starts).astype(np.uint32)
        count = np.array([len(counts)], dtype=np.uint32)
        np.save(folder / _FILE, np.concatenate((count, counts, self.words)), allow_pickle=False)

    def joined(self, own: Numbers, added: Titles, others: Numbers) -> Titles:
        """Return these and more titles.

        Args:
            own: the new numbers of the words of these ones.
            added: more titles.
            others: the new numbers of their words.
        """
        starts = np.concatenate((self.starts, added.starts[1:] + self.starts[-1]))
        return Titles(np.concatenate((own[self.words], others[added.words])), starts)

    def of_variants(self, numbers: npt.NDArray[np.intp]) -> tuple[Numbers, npt.NDArray[np.int64]]:
        """Return the words of these titles one after another, and where each title begins."""
        sizes = self.starts[numbers + 1] - self.starts[numbers]
        begins = np.concatenate(([0], np.cumsum(sizes)))
        places = np.arange(begins[-1]) + np.repeat(self.starts[numbers] - begins[:-1], sizes)
        return self.words[places], begins
