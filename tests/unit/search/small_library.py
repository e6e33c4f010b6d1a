"""Articles for the search tests, made in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kbviewer.model.article import Article, ArticleState
from kbviewer.model.blocks import Block, Heading, Paragraph
from kbviewer.model.inline import Run
from kbviewer.model.library import LibraryEntry, Variant


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
    """A SearchSource without files."""

    root: Path
    articles: list[Article]
    version: str = "1"
    reads: int = field(default=0)

    def signature(self) -> str:
        return self.version

    def entries(self) -> Sequence[LibraryEntry]:
        return [
            LibraryEntry(each.id, {each.language: Variant(each.language, each.title, "", each.source)})
            for each in self.articles
        ]

    def all_articles(self) -> Iterable[Article]:
        self.reads += 1
        return iter(self.articles)
