"""One open index: all that is read from its files."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Mapping

from kbviewer.search.catalogue import Catalogue, read_lines
from kbviewer.search.index_files import damaged, verify
from kbviewer.search.index_storage import IndexFolder
from kbviewer.search.postings import PostingReader
from kbviewer.search.relations import Relations
from kbviewer.search.scoring import Scorer
from kbviewer.search.stemming import Stem
from kbviewer.search.titles import Titles
from kbviewer.search.translations import Translations
from kbviewer.search.vocabulary import Vocabulary
from kbviewer.search.word_pairs import WordPairs
from kbviewer.search.word_table import WordTable

DAMAGE = (
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    EOFError,
    ImportError,
    AssertionError,
    RecursionError,
    MemoryError,
    pickle.UnpicklingError,
    zlib.error,
)


class Shard:
    """The index of one library. `signature` tells of which state of the library.

    Attributes:
        library: path of the library, which hits name.
    """

    def __init__(self, folder: IndexFolder, signature: str, library: str, stems: Mapping[str, Stem]) -> None:
        self.signature = signature
        self.library = library
        self.reader = PostingReader(folder)
        try:
            self._load(folder, stems)
        except BaseException:
            self.reader.close()
            raise

    def _load(self, folder: IndexFolder, stems: Mapping[str, Stem]) -> None:
        self.catalogue = Catalogue(read_lines(folder))
        self.vocabulary = Vocabulary(WordTable.load(folder), Relations.load(folder), stems)
        self.titles = Titles.load(folder)
        self.pairs = WordPairs.load(folder)
        self.translations = Translations.load(folder)
        self.scorer = Scorer(self.catalogue.count, self.vocabulary.table.words, self.reader.postings)
        if not self.catalogue.count == self.reader.count == len(self.titles.starts) - 1:
            raise ValueError("texts and variants differ in number")

    @classmethod
    def open(cls, directory: IndexFolder, library: str, stems: Mapping[str, Stem]) -> Shard:
        """Open the index in `directory`, whose hits will name `library`.

        Raises:
            IndexDamagedError: there is none, it has another format, or its files have changed.
        """
        pointer, folder = verify(directory)
        try:
            return cls(folder, pointer.signature, library, stems)
        except DAMAGE as error:
            raise damaged(directory, type(error).__name__) from error

    def close(self) -> None:
        """Close the files."""
        self.reader.close()
