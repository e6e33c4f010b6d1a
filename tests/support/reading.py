"""Texts read as articles, for tests of the reader."""

from __future__ import annotations

from textwrap import dedent

from kbviewer.content.reader import ReadResult, read_article
from kbviewer.model.blocks import Block, block_runs
from kbviewer.model.inline import plain_text


def read(text: str, **options: object) -> ReadResult:
    """Read a text as the Swedish file of an article."""
    values = {"article_id": "kb1", "source": "kb1/sv.md", "language": "sv", **options}
    return read_article(dedent(text), **values)  # type: ignore[arg-type]


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text that has nothing wrong with it."""
    result = read(text)
    assert result.problems == ()
    return result.article.blocks


def kinds(text: str) -> list[str]:
    """Return the kinds of the problems."""
    return [problem.kind for problem in read(text).problems]


def text_of(block: Block) -> str:
    return plain_text(block_runs(block))
