"""What the tests of the shipped articles share: names, and ways to look into an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    Callout,
    CalloutKind,
    Faq,
    Heading,
    StepList,
    block_runs,
    walk,
)
from kbviewer.model.inline import Mark, Run, plain_text

MESSENGER, REGISTER, ACCOUNT, MEETINGS = "kb307294", "kb902534", "account-security-info", "online-meetings"
ARTICLES = (MESSENGER, REGISTER, ACCOUNT, MEETINGS)

Kind = TypeVar("Kind", bound=Block)

both_languages = pytest.mark.parametrize("language", ["sv", "en"])
every_article = pytest.mark.parametrize("name", ARTICLES)


def all_of(article: Article, kind: type[Kind]) -> list[Kind]:
    return [block for block in walk(article.blocks) if isinstance(block, kind)]


def runs(article: Article) -> Iterator[Run]:
    for block in walk(article.blocks):
        yield from block_runs(block)


def text(article: Article) -> str:
    return " ".join(plain_text(block_runs(block)) for block in walk(article.blocks))


def marked(article: Article, mark: Mark) -> set[str]:
    return {run.text for run in runs(article) if mark in run.marks}


def section(article: Article, anchor: str) -> list[Block]:
    """Return the blocks under a heading, up to the next heading of its level or above."""
    found: list[Block] = []
    level = 0
    for block in article.blocks:
        if isinstance(block, Heading):
            if level and block.level <= level:
                break
            level = block.level if block.key == anchor else level
        elif level:
            found.append(block)
    return found


def step_counts(blocks: list[Block] | tuple[Block, ...]) -> list[int]:
    """Return the number of steps of each procedure that is no part of a step."""
    counts = []
    for block in blocks:
        if isinstance(block, StepList):
            counts.append(len(block.steps))
        elif isinstance(block, Faq | Callout):
            counts += step_counts(block.blocks)
    return counts


def callouts(article: Article) -> list[CalloutKind]:
    return [callout.kind for callout in all_of(article, Callout)]
