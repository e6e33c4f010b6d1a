"""Our own engine as the comparison drives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kbviewer.app.paths import data_folders
from kbviewer.model.article import Article
from kbviewer.model.hits import Hit, Query
from kbviewer.search.engine import SearchEngine
from kbviewer.search.index import Job, build
from kbviewer.search.languages import LANGUAGES
from kbviewer.search.shard import Shard
from kbviewer.search.stemming import make_stem
from kbviewer.search.thesaurus import Thesaurus, read_terms
from tests.benchmarks.search.rival import HITS


class MadeArticles:
    """Articles that are made while they are read, as a library offers them."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = articles
        self._stamps = {article.source: "1" for article in articles}

    def change(self, articles: Sequence[Article]) -> None:
        """Let `articles` have changed, and have them at hand."""
        self._stamps = {**self._stamps, **{article.source: "2" for article in articles}}
        self._articles = articles

    def stamps(self) -> Mapping[str, str]:
        """Return the same stamp for all."""
        return self._stamps

    def read(self, sources: Iterable[str]) -> Iterator[Article]:
        """Yield those that are asked for."""
        wanted = set(sources)
        return (article for article in self._articles if article.source in wanted)


class Kbviewer:
    """The index of one library, opened as the program does."""

    name = "kbviewer"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._library: MadeArticles | None = None
        self._shard: Shard | None = None
        self._engine: SearchEngine | None = None

    def build(self, articles: Iterable[Article]) -> None:
        """Index `articles` and open the index."""
        self._library = MadeArticles(articles)
        build(Job(self._library, "made"), self._folder)
        self.open()

    def update(self, articles: Sequence[Article]) -> None:
        """Index `articles` again, as when their files have changed."""
        if self._library is None:
            raise RuntimeError("there is no index to update")
        self._library.change(articles)
        build(Job(self._library, "made"), self._folder)

    def open(self) -> None:
        """Open the index."""
        stems = {language: make_stem(language) for language in LANGUAGES}
        self._shard = Shard.open(self._folder, "made", stems)
        thesaurus = Thesaurus(read_terms(data_folders().terms), stems)
        self._engine = SearchEngine([self._shard], thesaurus)

    def search(self, text: str) -> list[Hit]:
        """Return the best ten."""
        if self._engine is None:
            raise RuntimeError("the index is not open")
        return list(self._engine.search(Query(text, limit=HITS)).hits)

    def close(self) -> None:
        """Let go of the files."""
        if self._shard is not None:
            self._shard.close()
