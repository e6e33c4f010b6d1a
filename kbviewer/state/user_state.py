"""All of the reader's data behind one door."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kbviewer.model.messages import Message
from kbviewer.state.choices import AnswerStore, ChoiceStore
from kbviewer.state.clock import Clock, utc_now
from kbviewer.state.comments import CommentStore
from kbviewer.state.database import Database
from kbviewer.state.opening import Opened, open_copy, open_file, open_memory
from kbviewer.state.places import PlaceStore
from kbviewer.state.recents import RecentStore
from kbviewer.state.searches import SearchStore
from kbviewer.state.settings import Settings
from kbviewer.state.ticks import TickStore

if TYPE_CHECKING:
    from kbviewer.model.cases import CaseSummary
    from kbviewer.state.cases import CaseStore
    from kbviewer.state.quiet_work import QuietWork


class UserState:
    """The stores over one file. Use it from the thread that opened it.

    Attributes:
        ticks: steps that are done.
        places: where the reader was.
        choices: rows and columns chosen in scope matrices.
        answers: FAQ answers that are open.
        recents: articles read lately.
        searches: what was searched for lately.
        comments: what the reader wants to tell the authors.
        settings: language, theme, zoom and the like.
        notice: what the reader must know about this session, None when all is well.
        saved: whether changes outlive the session.
    """

    def __init__(self, opened: Opened, clock: Clock) -> None:
        self._database = Database(opened.connection)
        self._clock = clock
        self.notice: Message | None = opened.notice
        self.saved = opened.saved
        self.ticks = TickStore(self._database, clock)
        self.places = PlaceStore(self._database, clock)
        self.choices = ChoiceStore(self._database)
        self.answers = AnswerStore(self._database)
        self.recents = RecentStore(self._database, clock)
        self.searches = SearchStore(self._database, clock)
        self.comments = CommentStore(self._database, clock)
        self.settings = Settings(self._database)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, clock: Clock = utc_now) -> UserState:
        """Open the file, or make it. Never fails: see `notice` for what stood in the way.

        Args:
            path: the database file; missing folders are made.
            read_only: work on a copy in memory and leave the file alone.
            clock: what time it is.
        """
        return cls(open_copy(path) if read_only else open_file(path, clock), clock)

    @classmethod
    def in_memory(cls, *, clock: Clock = utc_now) -> UserState:
        """Return an empty state that ends with the session."""
        return cls(Opened(open_memory(), saved=False), clock)

    @cached_property
    def cases(self) -> CaseStore:
        """The technician's work; a start does without its modules."""
        from kbviewer.state.cases import CaseStore

        return CaseStore(self._database, self._clock)

    @cached_property
    def quiet_work(self) -> QuietWork:
        """Ticks and choices, changed so that it can be undone; a start does without its modules."""
        from kbviewer.state.quiet_work import QuietWork

        return QuietWork(self._database, self._clock)

    def latest_open_cases(self, most: int) -> Sequence[CaseSummary]:
        """Return the newest open cases. Asked at the start, so it does not need `cases` for none.

        Raises:
            StateError: the file cannot be read.
        """
        if not self._database.read("SELECT 1 FROM cases WHERE outcome = 'open' LIMIT 1"):
            return []
        return self.cases.latest_open(most)

    def together(self) -> AbstractContextManager[None]:
        """Let all changes in a block be kept, or none of them when it raises.

        Raises:
            StateError: the file cannot be written; nothing has changed.
        """
        return self._database.writing()

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def __enter__(self) -> UserState:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
