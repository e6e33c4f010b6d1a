"""Two languages of one article, put side by side by their ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kbviewer.model.article import Article
from kbviewer.model.blocks import Block, Blocks, Faq, Heading, StepList, walk

_PLACE = re.compile(r"s\d+(?:-\d+)*")


class Section(NamedTuple):
    """A heading with what follows it up to the next one; before the first heading there is none."""

    heading: Heading | None
    blocks: Blocks

    @property
    def id(self) -> str:
        """The heading's anchor, "" for the part before the first."""
        return self.heading.key if self.heading else ""

    def all_blocks(self) -> Blocks:
        """Return the heading and its blocks."""
        return (self.heading, *self.blocks) if self.heading else self.blocks


def is_explicit(key: str) -> bool:
    """Return whether an author has written `key`; derived ones are places ("lan/p2", "s2-1")."""
    return bool(key) and "/" not in key and not _PLACE.fullmatch(key)


def sections(blocks: Blocks) -> tuple[Section, ...]:
    """Split top-level blocks at their headings, whatever their level. The first one has no heading."""
    heading: Heading | None = None
    inside: list[Block] = []
    found: list[Section] = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(Section(heading, tuple(inside)))
            heading, inside = block, []
        else:
            inside.append(block)
    found.append(Section(heading, tuple(inside)))
    return tuple(found)


def anchors(article: Article) -> Iterator[str]:
    """Yield the ids that an author gives: of headings, questions, procedures and steps, in reading order."""
    for block in walk(article.blocks):
        if isinstance(block, Heading | Faq | StepList) and is_explicit(block.key):
            yield block.key
        if isinstance(block, StepList):
            yield from (step.id for step in block.steps if is_explicit(step.id))


def share_ids(one: Article, other: Article) -> bool:
    """Return whether the two agree in at least half of their ids.

    Without ids of their own, the parts of two variants are matched by their places, which proves nothing
    about what one of them lacks.
    """
    first, second = set(anchors(one)), set(anchors(other))
    smaller = min(len(first), len(second))
    return smaller > 0 and 2 * len(first & second) >= smaller
