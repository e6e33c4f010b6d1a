"""What belongs together on paper: headings and their text, steps and their numbers, boxes. Qt-free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kbviewer.model.article import Article
from kbviewer.model.blocks import BulletList, Figure, ListRole, StepList, walk
from kbviewer.ui.article.page_map import PageMap

# What takes at most this share of a page is kept whole.
TABLE_SHARE = 0.6
BOX_SHARE = 0.4
STEP_SHARE = 0.25


class Range(NamedTuple):
    """Text blocks that stay together when they take at most `share` of a page."""

    first: int
    last: int
    share: float


class PageRules:
    """Which text blocks may not begin a page, and which ranges should stay whole.

    Attributes:
        bound: numbers of the blocks that stay with the one above.
        whole: what is not torn unless it is large.
    """

    def __init__(self, article: Article, page: PageMap, tables: Sequence[Sequence[tuple[int, int]]]) -> None:
        self._page = page
        self.bound = frozenset(
            (
                *(number + 1 for number in page.levels),
                *(card.first + 1 for card in page.cards if card.last > card.first),
                *page.results.values(),
                *self._in_lists(article),
                *self._in_tables(tables),
            )
        )
        self.whole = (
            *(Range(card.first, card.last, BOX_SHARE) for card in page.cards),
            *(Range(rows[0][0], rows[-1][1], TABLE_SHARE) for rows in tables),
            *self._in_procedures(article),
        )

    def _in_lists(self, article: Article) -> Iterator[int]:
        """Yield first items, actions below their guards, and captions."""
        for block in walk(article.blocks):
            area = self._page.areas.get(block.key) if block.key else None
            if isinstance(block, BulletList) and area is not None:
                yield area.first
            elif isinstance(block, Figure) and block.caption and area is not None:
                yield area.first + 1
            elif isinstance(block, StepList):
                for index, step in enumerate(block.steps):
                    whole, text = self._page.areas.get(f"{step.id}@step"), self._page.steps.get(step.id)
                    if whole is not None and text is not None:
                        yield from range(whole.first + (index > 0), text.first + 1)

    def _in_tables(self, tables: Sequence[Sequence[tuple[int, int]]]) -> Iterator[int]:
        """Yield the row below a table's first, and the empty block below its last."""
        for rows in tables:
            yield from (rows[1][0], rows[-1][1] + 1) if len(rows) > 1 else (rows[-1][1] + 1,)

    def _in_procedures(self, article: Article) -> Iterator[Range]:
        """Yield steps with all that is theirs, the first and the last two of a procedure, alternatives."""
        areas = self._page.areas
        for block in walk(article.blocks):
            if isinstance(block, StepList):
                steps = [area for step in block.steps if (area := areas.get(f"{step.id}@step")) is not None]
                yield from (Range(area.first, area.last, STEP_SHARE) for area in steps)
                for one, two in {(steps[0], steps[1]), (steps[-2], steps[-1])} if len(steps) > 1 else ():
                    yield Range(one.first, two.last, STEP_SHARE)
            elif isinstance(block, BulletList) and block.role is ListRole.ALTERNATIVES:
                area = areas.get(block.key)
                if area is not None:
                    yield Range(area.first, area.last, STEP_SHARE)
