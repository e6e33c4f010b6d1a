"""Where a place of an article stands in the library's files, as `kbviewer check` writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kbviewer.model.article import Article
from kbviewer.model.block_texts import block_texts


class SourcePlace(NamedTuple):
    """A line in a file.

    Attributes:
        path: relative to the library, with forward slashes.
        line: counted from 1; 0 when the whole file is meant.
        title: of the article.
        said: what stands there, "" for the article as a whole.
        is_gone: the article no longer has the place; the line is 0 then.
    """

    path: str
    line: int
    title: str
    said: str = ""
    is_gone: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


def source_place(article: Article, anchor: str, source_of: Callable[[str], str]) -> SourcePlace:
    """Return where the block or step `anchor` of an article stands; "" is the article as a whole.

    Args:
        article: a variant, in which blocks may be filled in from another.
        anchor: key of a block, id of a step.
        source_of: the file of the variant in a language.
    """
    block = block_texts(article).get(anchor)
    if block is None:
        return SourcePlace(article.source, 0, article.title, is_gone=bool(anchor))
    is_own = block.language == article.language
    path = article.source if is_own else source_of(block.language)
    return SourcePlace(path, block.line if path else 0, article.title, block.text)
