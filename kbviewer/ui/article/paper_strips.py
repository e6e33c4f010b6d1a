"""The lines and table rows of an article on paper, and what each hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kbviewer.ui.article.page_breaks import Bond, Head, Strip
from kbviewer.ui.article.paper_builder import PaperArticle

_ROW_PAD_PX = 6
_TALL_ROW_LINES = 15
_TOUCH_PX = 0.5


class _Whole(NamedTuple):
    """Blocks of ranges that stay whole: all, and those that are not the first of one."""

    inside: frozenset[int]
    after: frozenset[int]


def strips_of(paper: PaperArticle, page_height: float) -> Iterator[Strip]:
    """Yield the lines and table rows of a document, bound as its rules say."""
    whole = _whole(paper, page_height)
    for strip, index, count in _lines(paper):
        yield _bind(strip, index, count, paper, whole)


def _lines(paper: PaperArticle) -> Iterator[tuple[Strip, int, int]]:
    """Yield each strip, which line of its text block it is, and of how many."""
    above: dict[int, float] = {}
    below: dict[int, float] = {}
    for card in paper.page.cards:
        above[card.first] = above.get(card.first, 0.0) + card.pad_top
        below[card.last] = max(below.get(card.last, 0.0), card.pad_bottom)
    rows = {
        row[0]: (*row, table if index and table in paper.headed else -1)
        for table, lines in enumerate(paper.tables)
        for index, row in enumerate(lines)
    }
    starts = {paper.tables[table][0][0]: table for table in paper.headed}
    heads: dict[int, Head] = {}
    number, block = 0, paper.document.begin()
    while block.isValid():
        if number in rows:
            first, last, table = rows[number]
            rects = [paper.geometry.rect(cell) for cell in range(first, last + 1)]
            pad = paper.styles.measures.px(_ROW_PAD_PX) + 1
            top, bottom = min(rect.top() for rect in rects), max(rect.bottom() for rect in rects)
            cuts = _between_lines(paper, first, last)
            strip = Strip(top - pad, bottom + pad, first, last, head=heads.get(table), cuts=cuts)
            if first in starts:
                heads[starts[first]] = Head(strip.top, strip.bottom, first, last)
            yield strip, 0, 1
            number = last
            block = paper.geometry.block(last)
        else:
            layout, origin = block.layout(), paper.geometry.origin(block)
            count = layout.lineCount()
            for index in range(count):
                rect = layout.lineAt(index).rect().translated(origin)
                top = rect.top() - (above.get(number, 0.0) if index == 0 else 0.0)
                bottom = rect.bottom() + (below.get(number, 0.0) if index == count - 1 else 0.0)
                yield Strip(top, bottom, number, number), index, count
        number, block = number + 1, block.next()


def _between_lines(paper: PaperArticle, first: int, last: int) -> tuple[float, ...]:
    """Return the heights between lines of a table row that cross no line of any cell.

    None for low rows, which fit a page; the first and the last two lines of a row stay together.
    """
    lines: list[tuple[float, float]] = []
    for number in range(first, last + 1):
        layout, origin = (
            paper.geometry.block(number).layout(),
            paper.geometry.origin(paper.geometry.block(number)),
        )
        for index in range(layout.lineCount()):
            rect = layout.lineAt(index).rect().translated(origin)
            lines.append((rect.top(), rect.bottom()))
    if len(lines) < _TALL_ROW_LINES:
        return ()
    bottoms = sorted({bottom for _top, bottom in lines})
    return tuple(
        cut
        for cut in bottoms[1:-2]
        if not any(top < cut - _TOUCH_PX and cut + _TOUCH_PX < bottom for top, bottom in lines)
    )


def _bind(strip: Strip, index: int, count: int, paper: PaperArticle, whole: _Whole) -> Strip:
    """Return the strip with its bond: at least two lines of a paragraph stay together at either end."""
    if index:
        torn = index < 2 or count - index < 2 or strip.block in paper.page.levels
        kept = strip.block in whole.inside
    else:
        torn = strip.block in paper.rules.bound
        kept = strip.block in whole.after
    return strip._replace(bond=Bond.RULE if torn else Bond.WISH if kept else Bond.NONE)


def _whole(paper: PaperArticle, page_height: float) -> _Whole:
    """Return the blocks of ranges that are small enough to stay whole."""
    inside: set[int] = set()
    after: set[int] = set()
    for first, last, share in paper.rules.whole:
        area = paper.geometry.area(first, last)
        if area.height() <= share * page_height:
            inside.update(range(first, last + 1))
            after.update(range(first + 1, last + 1))
    return _Whole(frozenset(inside), frozenset(after))
