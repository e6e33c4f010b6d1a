"""Where pages stand below one another in a preview. Qt-free; pages are counted from 1."""

from __future__ import annotations

from typing import Final, NamedTuple

GAP_PX: Final = 16
ZOOM_STEPS: Final = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
FIT_WIDTH: Final = "width"
FIT_PAGE: Final = "page"


class PageStack(NamedTuple):
    """Pages of one size, in a column that is `room` wide.

    Attributes:
        pages: how many there are.
        width, height: of a page, in its own pixels.
        scale: screen pixels per pixel of a page.
        room: width of the view.
    """

    pages: int
    width: float
    height: float
    scale: float
    room: float

    @property
    def total_width(self) -> float:
        """How wide everything is."""
        return max(self.room, self.width * self.scale + 2 * GAP_PX)

    @property
    def total_height(self) -> float:
        """How high everything is."""
        return GAP_PX + self.pages * self.pitch

    @property
    def pitch(self) -> float:
        """From the top of a page to that of the next."""
        return self.height * self.scale + GAP_PX

    @property
    def left(self) -> float:
        """Left edge of all pages."""
        return (self.total_width - self.width * self.scale) / 2

    def top(self, page: int) -> float:
        """Return the upper edge of a page."""
        return GAP_PX + (page - 1) * self.pitch

    def page_at(self, y: float) -> int:
        """Return the page at a height, the nearest one outside of them; 0 when there is none."""
        return max(min(1, self.pages), min(self.pages, int((y - GAP_PX / 2) // self.pitch) + 1))

    def between(self, top: float, bottom: float) -> range:
        """Return the pages that show between two heights."""
        if not self.pages:
            return range(0)
        return range(self.page_at(top), self.page_at(bottom) + 1)


def fitting_scale(fit: str, width: float, height: float, room: float, tall: float) -> float:
    """Return the scale at which a page fits the view's width, or the whole of it."""
    across = (room - 2 * GAP_PX) / width
    wanted = across if fit == FIT_WIDTH else min(across, (tall - 2 * GAP_PX) / height)
    return max(0.1, min(ZOOM_STEPS[-1], wanted))


def next_step(scale: float, direction: int) -> float:
    """Return the next larger (direction > 0) or smaller of the fixed scales."""
    if direction > 0:
        return next((step for step in ZOOM_STEPS if step > scale * 1.01), ZOOM_STEPS[-1])
    return next((step for step in reversed(ZOOM_STEPS) if step < scale * 0.99), ZOOM_STEPS[0])
