"""Finds text in both columns as in one."""

from __future__ import annotations

from kbviewer.ui.article.beside_find import RowMatches
from kbviewer.ui.article.beside_layout import Alignment
from kbviewer.ui.article.find import FindOptions, Found
from kbviewer.ui.article.page import ArticlePage


class BesideFinder:
    """Marks matches in two pages; at any time one of them has the current match."""

    def __init__(self, left: ArticlePage, right: ArticlePage, alignment: Alignment) -> None:
        self._pages = left, right
        self._alignment = alignment
        self._matches = RowMatches()

    def find(self, text: str, options: FindOptions | None = None) -> Found:
        """Mark all matches; the first one from here on is current."""
        left, right = self._pages
        starts = [self._alignment.row_starts(side) for side in (0, 1)]
        top = left.view.blocks_in_view()[0]
        row = max((start.row for start in starts[0] if start.block <= top), default=0)
        places = [[(start.position, start.row) for start in side] for side in starts]
        matches = left.finder.seek(text, options), right.finder.seek(text, options)
        self._matches.start(matches, (places[0], places[1]), row)
        return self._show()

    def step(self, *, forward: bool) -> Found:
        """Go to the next match, in this row or below; or to the one before."""
        self._matches.step(forward=forward)
        return self._show()

    def _show(self) -> Found:
        match = self._matches.current
        for side, page in enumerate(self._pages):
            if match is None or match.side != side:
                page.finder.show(-1)
        if match is not None:
            self._pages[match.side].finder.show(match.number)
        return self._matches.found
