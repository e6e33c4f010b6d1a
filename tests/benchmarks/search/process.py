"""The search process of `window.py`: `kbviewer.app.search_process` over a made library, not folders."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from kbviewer.app.paths import data_folders
from kbviewer.model.article import Article
from kbviewer.search.library_search import LibrarySearch
from kbviewer.search.service import serve
from kbviewer.search.thesaurus import read_terms
from tests.benchmarks.search.corpus import make_corpus
from tests.benchmarks.search.ours import MadeArticles


def process_command(corpus: Path, articles: int, cache: Path) -> list[str]:
    """Return the command that starts the search over `articles` articles grown from the folder `corpus`."""
    return [sys.executable, "-m", "tests.benchmarks.search.process", str(corpus), str(articles), str(cache)]


class MadeLibrary:
    """A library as the search sees it. Its articles are made when they are indexed, and not before.

    Attributes:
        root: the folder that it was grown from.
    """

    def __init__(self, root: Path, count: int, cache: Path) -> None:
        self.root = root
        self._count = count
        self._cache = cache

    def signature(self) -> str:
        """Return the same text in every run."""
        return f"{self._count} made"

    def stamps(self) -> Mapping[str, str]:
        """Return the same stamp for all."""
        return self._articles.stamps()

    def read(self, sources: Iterable[str]) -> Iterator[Article]:
        """Yield the articles that are asked for."""
        return self._articles.read(sources)

    @cached_property
    def _articles(self) -> MadeArticles:
        return MadeArticles(make_corpus(self.root, self._count, self._cache))


def main() -> int:
    """Answer questions until their end."""
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("articles", type=int)
    parser.add_argument("cache", type=Path)
    arguments = parser.parse_args()
    library = MadeLibrary(arguments.corpus, arguments.articles, arguments.cache)

    def open_search(on_progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> LibrarySearch:
        terms = read_terms(data_folders().terms)
        return LibrarySearch([library], arguments.cache, on_progress, cancelled, terms)

    return serve(open_search, sys.stdin, sys.stdout)


if __name__ == "__main__":
    sys.exit(main())
