"""Engines over small libraries and over the articles that come with the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kbviewer.content.folder import FolderLibrary
from kbviewer.model.article import Article
from kbviewer.search.engine import SearchEngine
from kbviewer.search.index import build

CONTENT = Path(__file__).parents[3] / "content"

MakeEngine = Callable[..., SearchEngine]


@pytest.fixture
def engine_over(tmp_path: Path) -> Iterator[MakeEngine]:
    opened: list[SearchEngine] = []

    def make(*articles: Article) -> SearchEngine:
        directory = tmp_path / f"index-{len(opened)}"
        build(articles, directory, signature="1")
        opened.append(SearchEngine.open(directory, "library"))
        return opened[-1]

    yield make
    for engine in opened:
        engine.close()


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    directory = tmp_path_factory.mktemp("shipped-index")
    build(FolderLibrary(CONTENT).all_articles(), directory, signature="1")
    engine = SearchEngine.open(directory, str(CONTENT))
    yield engine
    engine.close()
