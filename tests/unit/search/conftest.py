"""Engines over small libraries and over the articles that come with the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kbviewer.content.folder import FolderLibrary
from kbviewer.model.article import Article
from kbviewer.search.index import Job, build
from tests.unit.search.small_library import OpenIndex, index_articles

CONTENT = Path(__file__).parents[3] / "content"

MakeEngine = Callable[..., OpenIndex]


@pytest.fixture
def engine_over(tmp_path: Path) -> Iterator[MakeEngine]:
    opened: list[OpenIndex] = []

    def make(*articles: Article) -> OpenIndex:
        directory = tmp_path / f"index-{len(opened)}"
        index_articles(articles, directory)
        opened.append(OpenIndex(directory))
        return opened[-1]

    yield make
    for engine in opened:
        engine.close()


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIndex]:
    directory = tmp_path_factory.mktemp("shipped-index")
    library = FolderLibrary(CONTENT)
    build(Job(library, "1"), directory)
    engine = OpenIndex(directory, str(CONTENT), library.concepts())
    yield engine
    engine.close()
