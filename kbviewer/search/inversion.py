"""Turns variants around: from the words of each to, by word, the variants that have it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kbviewer.search.analysis import Analyzer
from kbviewer.search.documents import Variant
from kbviewer.search.impacts import (
    IN_DESCRIPTION,
    IN_HEADING,
    IN_NAMES,
    IN_TITLE,
    MOST_TIMES,
    STEPS,
    Numbers,
    impacts_of,
)
from kbviewer.search.languages import languages_bit

_NO_AVERAGE = 0.0


@dataclass(frozen=True, slots=True)
class Inverted:
    """Postings by word.

    Attributes:
        words: (W) in order of their code points.
        starts: (W + 1) where the postings of each word begin; the last is their number P.
        documents: (P) numbers of variants, ascending within a word.
        impacts: (P) in steps, see `impacts`.
        languages: (W) a bit for each language in whose variants the word stands, see `languages`.
        titles: (T) the words of all titles, one after another, by their number.
        title_starts: (V + 1) where the title of each variant begins.
        average_length: words in a text, on average.
    """

    words: Sequence[str]
    starts: npt.NDArray[np.int64]
    documents: Numbers
    impacts: npt.NDArray[np.uint8]
    languages: npt.NDArray[np.uint8]
    titles: Numbers
    title_starts: npt.NDArray[np.int64]
    average_length: float

    @property
    def frequencies(self) -> Numbers:
        """In how many variants each word stands."""
        return np.diff(self.starts).astype(np.uint32)

    def postings(self) -> Iterator[tuple[bytes, Sequence[int], Sequence[float]]]:
        """Yield each word in UTF-8 with its variants and impacts."""
        starts = self.starts.tolist()
        for number, word in enumerate(self.words):
            piece = slice(starts[number], starts[number + 1])
            weights = (self.impacts[piece] / np.float32(STEPS)).tolist()
            yield word.encode("utf-8"), self.documents[piece].tolist(), weights


class Inversion:
    """Takes variants one by one; only numbers are kept of them."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._numbers: dict[str, int] = {}
        self._words = array("I")
        self._infos = array("I")
        self._counts = array("I")
        self._lengths = array("I")
        self._languages = array("B")
        self._titles = array("I")
        self._title_counts = array("I")

    def __len__(self) -> int:
        return len(self._counts)

    def add(self, variant: Variant) -> None:
        """Add the words of a variant, which gets the next number."""
        count = self._analyzer.count_words
        text = count("\n".join(section.text for section in variant.sections))
        infos: dict[str, int] = {word: min(times, MOST_TIMES) for word, times in text.items()}
        headings = "\n".join(section.heading for section in variant.sections)
        for place, said in (
            (IN_TITLE, variant.title),
            (IN_DESCRIPTION, variant.description),
            (IN_HEADING, headings),
            (IN_NAMES, variant.names),
        ):
            for word in count(said):
                infos[word] = infos.get(word, 0) | place
        numbers = self._numbers
        self._words.extend([numbers.setdefault(word, len(numbers)) for word in infos])
        self._infos.extend(infos.values())
        title = [numbers[word] for word in self._analyzer.words(variant.title)]
        self._titles.extend(title)
        self._title_counts.append(len(title))
        self._counts.append(len(infos))
        self._lengths.append(text.total())
        self._languages.append(languages_bit(variant.language))

    def invert(self, average_length: float = _NO_AVERAGE) -> Inverted:
        """Return the postings.

        Args:
            average_length: of the texts that these are added to; by default that of these texts.
        """
        words = sorted(self._numbers)
        lengths = np.array(self._lengths, dtype=np.uint32)
        average = average_length or (float(lengths.mean()) if len(lengths) else 1.0)
        # Where each word stands among the sorted ones, by the number it got when it first came.
        places = np.empty(len(words), dtype=np.uint32)
        places[[self._numbers[word] for word in words]] = np.arange(len(words), dtype=np.uint32)
        by_posting = places[np.array(self._words, dtype=np.uint32)] if words else places
        order = np.argsort(by_posting, kind="stable")
        documents = np.repeat(
            np.arange(len(lengths), dtype=np.uint32), np.array(self._counts, dtype=np.int64)
        )[order]
        infos = np.array(self._infos, dtype=np.uint32)[order]
        counts = np.bincount(by_posting, minlength=len(words))
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        spoken = np.array(self._languages, dtype=np.uint8)[documents]
        languages = np.bitwise_or.reduceat(spoken, starts[:-1]) if words else spoken
        titles = np.array(self._titles, dtype=np.uint32)
        return Inverted(
            words=words,
            starts=starts,
            documents=documents,
            impacts=impacts_of(infos, lengths[documents], average),
            languages=languages,
            titles=places[titles] if words else titles,
            title_starts=np.concatenate(([0], np.cumsum(self._title_counts))).astype(np.int64),
            average_length=average,
        )
