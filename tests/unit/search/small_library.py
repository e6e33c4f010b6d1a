"""Articles for the search tests, made in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kbviewer.model.article import Article, ArticleState
from kbviewer.model.blocks import Block, Heading, Paragraph
from kbviewer.model.hits import Query, SearchAnswer
from kbviewer.model.inline import Run
from kbviewer.search.engine import SearchEngine
from kbviewer.search.index import Job, Progress, build
from kbviewer.search.languages import LANGUAGES
from kbviewer.search.shard import Shard
from kbviewer.search.stemming import make_stem
from kbviewer.search.thesaurus import Concept, Thesaurus


def text(words: str, key: str = "") -> Paragraph:
    return Paragraph(key=key, runs=(Run(words),))


def heading(words: str, key: str) -> Heading:
    return Heading(key=key, level=2, runs=(Run(words),))


def article(
    article_id: str,
    title: str,
    *blocks: Block | str,
    language: str = "sv",
    state: ArticleState = ArticleState.CURRENT,
    aliases: Sequence[str] = (),
    products: Sequence[str] = (),
    keywords: Sequence[str] = (),
) -> Article:
    return Article(
        id=article_id,
        language=language,
        title=title,
        blocks=tuple(text(block) if isinstance(block, str) else block for block in blocks),
        uid=article_id,
        aliases=tuple(aliases),
        applies_to=tuple(products) or None,
        keywords=tuple(keywords),
        state=state,
        source=f"{article_id}/{language}.md",
    )


@dataclass
class MemoryLibrary:
    """A SearchSource without files; its stamps change with what the articles say."""

    root: Path
    articles: list[Article]
    version: str = "1"
    reads: list[str] = field(default_factory=list)
    glossary: tuple[Mapping[str, Sequence[str]], ...] = ()

    def signature(self) -> str:
        return self.version

    def stamps(self) -> Mapping[str, str]:
        return {each.source: str(hash(each)) for each in self.articles}

    def read(self, sources: Iterable[str]) -> Iterator[Article]:
        wanted = set(sources)
        for each in self.articles:
            if each.source in wanted:
                self.reads.append(each.source)
                yield each

    def concepts(self) -> Sequence[Mapping[str, Sequence[str]]]:
        return self.glossary


class OpenIndex:
    """An index with the engine that searches it."""

    def __init__(self, directory: Path, library: str = "library", concepts: Iterable[Concept] = ()) -> None:
        stems = {language: make_stem(language) for language in LANGUAGES}
        self.shard = Shard.open(directory, library, stems)
        self._engine = SearchEngine([self.shard], Thesaurus(concepts, stems))

    def search(self, query: Query) -> SearchAnswer:
        return self._engine.search(query)

    def close(self) -> None:
        self.shard.close()


def index_articles(
    articles: Sequence[Article],
    directory: Path,
    *,
    signature: str = "1",
    on_progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    library = MemoryLibrary(directory, list(articles))
    return build(Job(library, signature, on_progress, cancelled), directory)
