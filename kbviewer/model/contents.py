"""The table of contents that authors write for a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents.

    Attributes:
        article: id of the article that it opens, "" when it only holds others or what it names is not there.
        address: where it leads on the web, "" when it leads to an article or nowhere.
    """

    title: str
    article: str = ""
    address: str = ""
    children: tuple[ContentsEntry, ...] = ()


@runtime_checkable
class WithContents(Protocol):
    """A library whose authors may have written a table of contents."""

    def contents(self, language: str) -> Sequence[ContentsEntry]:
        """Return the contents in `language`, else in any; empty when nobody wrote any."""


def walk_contents(entries: Iterable[ContentsEntry], depth: int = 0) -> Iterator[tuple[int, ContentsEntry]]:
    """Yield every line with its depth, from 0, in reading order."""
    for entry in entries:
        yield depth, entry
        yield from walk_contents(entry.children, depth + 1)
