"""What tabs are kept as: pages that a reader was on, in order."""

from __future__ import annotations

from typing import Final, NamedTuple

from kbviewer.model.progress import ReadingPlace


class Stop(NamedTuple):
    """One page of a history.

    Attributes:
        article: id of the article; "" is a page of the program.
        anchor: the section that was asked for, "" for where the article was left or its top. Without an
            article the name of the program's page, "" for home.
        place: where the reader was when the page was left; it wins over `anchor`.
    """

    article: str = ""
    anchor: str = ""
    place: ReadingPlace | None = None


HOME: Final = Stop()
READ_BEFORE: Final = Stop(anchor="history")
"""The program's page of what was read."""

CASES: Final = Stop(anchor="cases")
"""The program's page of all cases."""

LIBRARIES: Final = Stop(anchor="libraries")
"""The program's page of all libraries."""


class KeptTab(NamedTuple):
    """A tab as it is kept.

    Attributes:
        stops: its pages in order, at least one.
        at: which of them is shown.
    """

    stops: tuple[Stop, ...]
    at: int = 0


class KeptTabs(NamedTuple):
    """All tabs of a window, in their order, and which one is shown; none when nothing was kept."""

    tabs: tuple[KeptTab, ...] = ()
    current: int = 0
