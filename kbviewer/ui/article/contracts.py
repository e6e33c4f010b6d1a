"""What the article page needs from other rooms, as small protocols."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date
from enum import Enum
from typing import Protocol, TypeAlias

from kbviewer.model.library import LibraryEntry

Media: TypeAlias = Callable[[str, str], bytes | None]
Resolve: TypeAlias = Callable[[str], LibraryEntry | None]
AbsentTitle: TypeAlias = Callable[[str], str]


class Texts(Protocol):
    """Words in the reader's language."""

    @property
    def language(self) -> str:
        """BCP 47 tag of the reader's language."""

    def gettext(self, text: str, /) -> str:
        """Return `text` in the reader's language."""

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """Return the form for `number`."""

    def pgettext(self, context: str, text: str, /) -> str:
        """Return `text` as used in `context`."""

    def long_date(self, day: date, /) -> str:
        """Return a date to read: "5 augusti 2005"."""

    def language_name(self, tag: str, /) -> str:
        """Return what the language `tag` is called."""


class Ticks(Protocol):
    """Which steps are done, per article."""

    def done(self, article: str) -> frozenset[str]:
        """Return the ids of the done steps."""

    def set_done(self, article: str, ids: Iterable[str], done: bool) -> object:
        """Keep that the steps are done, or not."""

    def clear(self, article: str) -> frozenset[str]:
        """Forget all ticks of the article and return them."""

    def restore(self, article: str, ids: Set[str]) -> object:
        """Bring back what `clear` returned."""


class Choices(Protocol):
    """The chosen row and column per matrix; None when not chosen."""

    def get(self, article: str, key: str) -> tuple[int | None, int | None]:
        """Return the choice."""

    def set(self, article: str, key: str, row: int | None, column: int | None) -> object:
        """Keep the choice."""


class Marks(Protocol):
    """What the reader has marked in an article."""

    def notes(self, article: str) -> Mapping[str, str]:
        """Return his notes by the keys of their blocks."""

    def is_bookmarked(self, article: str, key: str) -> bool:
        """Return whether there is a bookmark for a place, "" for the article as a whole."""


class NoMarks:
    """Marks of a page that takes none."""

    def notes(self, article: str) -> Mapping[str, str]:  # noqa: ARG002 - there are none anywhere
        """Return none."""
        return {}

    def is_bookmarked(self, article: str, key: str) -> bool:  # noqa: ARG002
        """Return False."""
        return False


class PlaceCommand(Enum):
    """What the reader wants done with a place in the article."""

    BOOKMARK = "bookmark"
    NOTE = "note"
    COMMENT = "comment"
    COPY_LINK = "copy-link"
    COPY_CITATION = "copy-citation"


class Answers(Protocol):
    """Which FAQ answers are open."""

    def open_keys(self, article: str) -> frozenset[str]:
        """Return the block keys of the open answers."""

    def set_open(self, article: str, key: str, is_open: bool) -> object:
        """Keep whether an answer is open."""
