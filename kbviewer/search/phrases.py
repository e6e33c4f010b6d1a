"""Finds words in exactly this order: first where they may stand, then by reading the texts."""

from __future__ import annotations

import re
import time
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kbviewer.model.library import fold_reference
from kbviewer.search.analysis import LONGEST_TOKEN
from kbviewer.search.scoring import WordScores
from kbviewer.search.shard import Shard

_REMEMBERED = 32
# So many are read at once, so that what is counted is right; of more, only those that are shown.
_MOST_READ = 24
# Nobody waits longer to have a phrase left out.
_MOST_SECONDS = 0.06


class PhraseFinder:
    """Looks for phrases in one index."""

    def __init__(self, shard: Shard) -> None:
        self._shard = shard
        self._kept: dict[tuple[str, ...], WordScores] = {}

    def find(self, words: tuple[str, ...]) -> WordScores:
        """Return where `words` follow one another, case aside as they are written.

        Among many there may be some that do not have the phrase: ask `says` before one is shown.
        """
        found = self._kept.get(words)
        if found is None:
            if len(self._kept) >= _REMEMBERED:
                self._kept.clear()
            found = self._kept[words] = self._find(words)
        return found

    def find_surely(self, words: tuple[str, ...]) -> WordScores:
        """Return the same, having read them all, as far as the time goes."""
        found = self.find(words)
        deadline = time.monotonic() + _MOST_SECONDS
        kept = [
            at
            for at, number in enumerate(found.documents.tolist())
            if time.monotonic() < deadline and self.says(number, words)
        ]
        return WordScores.of_phrase(found.documents[kept], found.values[kept], words)

    def says(self, number: int, words: tuple[str, ...]) -> bool:
        """Return whether a variant has `words` in order: in its text, a heading, its title or description."""
        if len(words) == 1:
            return True
        search = phrase_pattern(words).search
        for section in self._shard.reader.sections(number):
            if search(section.text.casefold()) or search(section.heading.casefold()):
                return True
        variant = self._shard.catalogue.variant(number)
        return bool(search(variant.title.casefold()) or search(variant.description.casefold()))

    def _find(self, words: tuple[str, ...]) -> WordScores:
        if len(words) == 1:
            return self._word(words[0])
        documents, impacts = self._with_all(words)
        kept = np.flatnonzero(self._shard.pairs.may_have(words, documents))
        if len(kept) <= _MOST_READ:
            kept = np.array(
                [at for at in kept.tolist() if self.says(int(documents[at]), words)], dtype=np.intp
            )
        return WordScores.of_phrase(documents[kept], np.float32(0.5) + np.float32(0.5) * impacts[kept], words)

    def _word(self, word: str) -> WordScores:
        forms = [self._shard.reader.postings(form) for form in dict.fromkeys((word, fold_reference(word)))]
        documents, first = np.unique(np.concatenate([form.documents for form in forms]), return_index=True)
        impacts = np.concatenate([form.impacts for form in forms])[first]
        return WordScores.of_phrase(documents, impacts, (word,))

    def _with_all(self, words: tuple[str, ...]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """Return the variants with all of `words`, and the impact of the weakest of these."""
        postings = sorted(
            (self._shard.reader.postings(word[:LONGEST_TOKEN]) for word in dict.fromkeys(words)),
            key=lambda found: len(found.documents),
        )
        documents, impacts = postings[0]
        weakest = np.zeros(self._shard.catalogue.count, dtype=np.float32)
        weakest[documents] = impacts
        for others in postings[1:]:
            here = np.zeros_like(weakest)
            here[others.documents] = others.impacts
            np.minimum(weakest, here, out=weakest)
        found = np.flatnonzero(weakest).astype(np.int32)
        return found, weakest[found]


@lru_cache(maxsize=_REMEMBERED)
def phrase_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds `words` with nothing but punctuation and blanks between them."""
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, words)) + r"(?![^\W_])")
