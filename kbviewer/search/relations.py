"""Which words of an index belong together: forms of one stem, spellings without diacritics, compounds.

A relation is kept as the hash of what is looked up beside the number of a word that answers it, so that
looking up costs the same for a hundred words as for a million, and nothing but numbers is read from disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kbviewer.search.analysis import fold_diacritics, joined_form
from kbviewer.search.compounds import Splitter
from kbviewer.search.index_storage import IndexFolder, load_array
from kbviewer.search.languages import LANGUAGES
from kbviewer.search.stemming import Stem
from kbviewer.search.word_table import WordTable

_FILE = "relations.npy"
_LAYOUT = np.dtype([("key", "<u8"), ("word", "<u4")])


class Relation(StrEnum):
    """What leads to a word. Stems have one relation per language."""

    STEM_SV = "sv"
    STEM_EN = "en"
    FOLDED = "folded"
    PART = "part"


STEM_OF = {"sv": Relation.STEM_SV, "en": Relation.STEM_EN}


class Relations:
    """Looks up words by what leads to them."""

    def __init__(self, rows: npt.NDArray[np.void]) -> None:
        self._keys = np.ascontiguousarray(rows["key"])
        self._words = np.ascontiguousarray(rows["word"])

    @classmethod
    def load(cls, folder: IndexFolder) -> Relations:
        """Return the relations in `folder`.

        Raises:
            OSError: they cannot be read.
            ValueError: they are not what `save` has written.
        """
        rows = load_array(folder / _FILE)
        if rows.dtype != _LAYOUT:
            raise ValueError("not relations of words")
        return cls(rows)

    def save(self, folder: Path) -> None:
        """Write the relations to `folder`."""
        np.save(folder / _FILE, _rows(self._keys, self._words), allow_pickle=False)

    def words(self, relation: Relation, text: str) -> npt.NDArray[np.uint32]:
        """Return the numbers of the words to which `text` leads."""
        key = np.uint64(_key(relation, text))
        first = int(np.searchsorted(self._keys, key, side="left"))
        last = int(np.searchsorted(self._keys, key, side="right"))
        return self._words[first:last]

    def joined(self, own: npt.NDArray[np.uint32], other: Relations) -> Relations:
        """Return these and other relations.

        Args:
            own: the new numbers of the words of these ones.
            other: has the new numbers already.
        """
        return _sorted(
            np.concatenate((self._keys, other._keys)), np.concatenate((own[self._words], other._words))
        )


def relate(table: WordTable, numbers: Iterable[int], stems: dict[str, Stem], splitter: Splitter) -> Relations:
    """Return what leads to the words `numbers` of `table`."""
    keys: list[int] = []
    words: list[int] = []
    for number in numbers:
        for key in _keys_of(table.words[number], int(table.languages[number]), stems, splitter):
            keys.append(key)
            words.append(number)
    return _sorted(np.array(keys, dtype=np.uint64), np.array(words, dtype=np.uint32))


def _keys_of(word: str, languages: int, stems: dict[str, Stem], splitter: Splitter) -> Iterator[int]:
    if not word.isascii():
        folded = fold_diacritics(word)
        if folded != word:
            yield _key(Relation.FOLDED, folded)
    joined = joined_form(word)
    if not joined.isalpha():
        return
    for bit, language in enumerate(LANGUAGES):
        if languages & (1 << bit):
            yield _key(STEM_OF[language], stems[language](joined))
    for part in {stems["sv"](part) for part in splitter.all_parts(word)}:
        yield _key(Relation.PART, part)


def _key(relation: Relation, text: str) -> int:
    digest = blake2b(f"{relation}:{text}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _sorted(keys: npt.NDArray[np.uint64], words: npt.NDArray[np.uint32]) -> Relations:
    order = np.argsort(keys, kind="stable")
    return Relations(_rows(keys[order], words[order]))


def _rows(keys: npt.NDArray[np.uint64], words: npt.NDArray[np.uint32]) -> npt.NDArray[np.void]:
    rows = np.empty(len(keys), dtype=_LAYOUT)
    rows["key"], rows["word"] = keys, words
    return rows
