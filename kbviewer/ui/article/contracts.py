"""What the article page needs from other rooms, as small protocols."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Protocol, TypeAlias

from kbviewer.model.article import Article
from kbviewer.model.cases import StepMark, StepOutcome
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


class Steps(Protocol):
    """What became of the steps of articles: quiet ticks, or results in the case that is at work.

    Attributes:
        offers_results: whether a step can fail, be skipped and carry a note; else it is only ticked.
    """

    offers_results: bool

    @property
    def in_case(self) -> bool:
        """Whether a case is at work."""

    def marks(self, article: Article) -> Mapping[str, StepMark]:
        """Return the marks of its steps by id; only steps without sub-steps have one."""

    def set_outcome(self, article: Article, ids: Iterable[str], outcome: StepOutcome | None) -> object:
        """Keep what became of the steps, which keep their notes; None for untried. Saved on return.

        It can be undone as one. Outside a case, FAILED and SKIPPED begin a case that takes the article's
        ticks and choices along.

        Raises:
            KbError: nothing is changed then.
        """

    def set_note(self, article: Article, step_id: str, note: str) -> object:
        """Keep a note on a step's result, "" for none; the step must have a result.

        Outside a case it begins one, as `set_outcome` does.

        Raises:
            KbError: nothing is changed then.
        """

    def clear(self, article: Article) -> int:
        """Forget all results of the article, undoable as one; return how many there were.

        Raises:
            KbError: nothing is changed then.
        """


class Choices(Protocol):
    """The chosen row and column per matrix; None when not chosen."""

    def get(self, article: Article, key: str) -> tuple[int | None, int | None]:
        """Return the choice in the matrix with that block key."""

    def set(self, article: Article, key: str, row: int | None, column: int | None) -> object:
        """Keep the choice.

        Raises:
            KbError: nothing is changed then.
        """


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
