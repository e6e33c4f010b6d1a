"""Where pages end: strips of text are shared out so that nothing is torn from what it belongs to. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

_LEAST_FILLED = 0.4
_TALLEST_HEAD = 0.3


class Bond(IntEnum):
    """How firmly a strip hangs on the one above it."""

    NONE = 0
    WISH = 1
    RULE = 2


class Head(NamedTuple):
    """The header row of a table: a part of the document, and the text blocks in it."""

    top: float
    bottom: float
    first: int
    last: int

    @property
    def height(self) -> float:
        """How much room it takes."""
        return self.bottom - self.top


class Strip(NamedTuple):
    """A line of text or a row of a table, with the paddings of the cards that begin or end there.

    Attributes:
        block: number of its (first) text block.
        last: number of its last text block.
        bond: to the strip above.
        head: the header row that is repeated when a page begins here.
        cuts: heights between its lines, where it is torn when it is higher than a page.
    """

    top: float
    bottom: float
    block: int
    last: int
    bond: Bond = Bond.NONE
    head: Head | None = None
    cuts: tuple[float, ...] = ()


class Sheet(NamedTuple):
    """What one page shows: a part of the document, and the text blocks in it.

    Attributes:
        head: a header row that stands above it once more.
    """

    top: float
    bottom: float
    first: int
    last: int
    head: Head | None = None


def share_out(strips: Sequence[Strip], height: float) -> list[Sheet]:
    """Return the pages, each at most `height` high.

    A page ends where no bond is broken; where that would leave it half empty, wishes are broken first,
    then rules. A strip that is higher than a page goes over several. A page that begins inside a table
    begins with the table's header row.
    """
    pieces = [piece for strip in strips for piece in _pieces(strip, height)]
    sheets: list[Sheet] = []
    start = 0
    while start < len(pieces):
        head = pieces[start].head
        room = height - (head.height if head is not None else 0)
        end = start + 1
        while end < len(pieces) and pieces[end].bottom - pieces[start].top <= room:
            end += 1
        if end < len(pieces):
            end = _best_end(pieces, start, end, room)
        shown = pieces[start:end]
        sheets.append(Sheet(shown[0].top, shown[-1].bottom, shown[0].block, max(s.last for s in shown), head))
        start = end
    return sheets


def _best_end(pieces: Sequence[Strip], start: int, end: int, height: float) -> int:
    """Return the index of the first strip of the next page, at most `end`."""
    for bond in (Bond.NONE, Bond.WISH):
        cut = end
        while cut > start and pieces[cut].bond > bond:
            cut -= 1
        if cut > start and pieces[cut].top - pieces[start].top >= _LEAST_FILLED * height:
            return cut
    return end


def _pieces(strip: Strip, height: float) -> list[Strip]:
    """Return the strip in parts that fit a page; a header row that takes much of each is not repeated."""
    if strip.head is not None and strip.head.height > _TALLEST_HEAD * height:
        strip = strip._replace(head=None)
    room = height - (strip.head.height if strip.head is not None else 0)
    parts = []
    top, bond = strip.top, strip.bond
    while strip.bottom - top > room:
        cut = max((cut for cut in strip.cuts if top < cut <= top + room), default=top + room)
        parts.append(strip._replace(top=top, bottom=cut, bond=bond))
        top, bond = cut, Bond.NONE
    return [*parts, strip._replace(top=top, bond=bond)]
