"""Between scroll positions and places that hold in every language: a block and how much of it is past."""

from __future__ import annotations

from typing import NamedTuple

from kbviewer.ui.article.geometry import Geometry
from kbviewer.ui.article.page_map import PageMap


class Anchorage(NamedTuple):
    """The block at the top of the view and how much of it, with the space above it, is scrolled past."""

    key: str
    fraction: float


class Places:
    """Measures places in a laid-out document. Blocks and the space above them tile it without gaps."""

    def __init__(self, page: PageMap, geometry: Geometry) -> None:
        self._page = page
        self._geometry = geometry
        self._index = {span.key: index for index, span in reversed(list(enumerate(page.spans)))}

    def at(self, y: float) -> Anchorage:
        """Return what is at document position `y`."""
        if not self._page.spans:
            return Anchorage("", 0.0)
        span = self._page.span_at(self._geometry.block_at(y)) or self._page.spans[0]
        top, bottom = self._tile(self._index[span.key])
        fraction = (y - top) / (bottom - top) if bottom > top else 0.0
        return Anchorage(span.key, max(0.0, min(1.0, fraction)))

    def y_of(self, place: Anchorage) -> float | None:
        """Return where a place is, None when the document does not have it."""
        index = self._index.get(place.key)
        if index is None:
            return None
        top, bottom = self._tile(index)
        return top + place.fraction * (bottom - top)

    def extent(self, key: str) -> tuple[float, float]:
        """Return where the text before a block ends and where its own does."""
        return self._tile(self._index[key])

    def _tile(self, index: int) -> tuple[float, float]:
        """Return where the text before a span ends and where its own does."""
        spans = self._page.spans
        first = spans[index].first
        last = (
            spans[index + 1].first - 1 if index + 1 < len(spans) else self._geometry.document.blockCount() - 1
        )
        top = self._geometry.bottom(first - 1) if first > 0 else 0.0
        return top, max(top, self._geometry.bottom(max(first, last)))
