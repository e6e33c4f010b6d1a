"""All of the reader's data behind one door."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kbviewer.model.errors import StateError
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
from kbviewer.state.tabs import TabStore
from kbviewer.state.ticks import TickStore

if TYPE_CHECKING:
    from kbviewer.model.cases import CaseSummary
    from kbviewer.state.annotations import AnnotationStore
    from kbviewer.state.bookmarks import BookmarkStore
    from kbviewer.state.cases import CaseStore
    from kbviewer.state.drafts import DraftStore
    from kbviewer.state.quiet_work import QuietWork
    from kbviewer.state.user_data import UserData


class UserState:
    """The stores over one file. Use it from the thread that opened it.

    Attributes:
        ticks: steps that are done.
        places: where the reader was.
        choices: rows and columns chosen in scope matrices.
        answers: FAQ answers that are open.
        recents: articles read lately.
        searches: what was searched for lately.
        tabs: which tabs were open.
        comments: what the reader wants to tell the authors.
        settings: language, theme, zoom and the like.
        notice: what the reader must know about this session, None when all is well.
        saved: whether changes outlive the session.
        database: what all stores share; it knows whether saving works.
    """

    def __init__(self, opened: Opened, clock: Clock, path: Path | None = None) -> None:
        self.database = self._database = Database(opened.connection)
        self._clock = clock
        self._path = path
        self.notice: Message | None = opened.notice
        self.saved = opened.saved
        self.ticks = TickStore(self._database, clock)
        self.places = PlaceStore(self._database, clock)
        self.choices = ChoiceStore(self._database)
        self.answers = AnswerStore(self._database)
        self.recents = RecentStore(self._database, clock)
        self.searches = SearchStore(self._database, clock)
        self.tabs = TabStore(self._database)
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
        return cls(open_copy(path) if read_only else open_file(path, clock), clock, path)

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

    @cached_property
    def bookmarks(self) -> BookmarkStore:
        """Places to come back to; a start on the home page does without its modules."""
        from kbviewer.state.bookmarks import BookmarkStore

        return BookmarkStore(self._database, self._clock)

    @cached_property
    def annotations(self) -> AnnotationStore:
        """The reader's notes on blocks."""
        from kbviewer.state.annotations import AnnotationStore

        return AnnotationStore(self._database, self._clock)

    @cached_property
    def drafts(self) -> DraftStore:
        """What is being typed and belongs nowhere yet."""
        from kbviewer.state.drafts import DraftStore

        return DraftStore(self._database, self._clock)

    @cached_property
    def data(self) -> UserData:
        """Everything at once, to export and import; a start does without its modules."""
        from kbviewer.state.user_data import UserData

        return UserData(self._database, self._clock, lambda: self._path if self.saved else None)

    def try_saving(self) -> bool:
        """Find out whether saving works now; a session in memory then goes on with the file.

        Raises:
            StateError: the file could be written to, but does not go together with this session.
        """
        if self.saved:
            return self._database.try_saving()
        if self._path is None:
            return False
        opened = open_file(self._path, self._clock)
        if not opened.saved:
            opened.connection.close()
            self.notice = opened.notice
            return False
        from kbviewer.state.reconnecting import reconnect

        reconnect(self._database, opened)
        self.saved, self.notice = True, opened.notice
        return True

    def would_lose_work(self) -> bool:
        """Return whether this session has done something that ends with it."""
        if self.saved or self._path is None:
            return False
        file = Database(open_copy(self._path).connection)
        try:
            return self.data.has_work_beyond(file)
        finally:
            file.close()

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def __enter__(self) -> UserState:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_to_read(path: Path) -> UserState:
    """Return a copy in memory of what is in the file.

    Raises:
        StateError: what is there cannot be read; an empty answer would be a lie.
    """
    state = UserState.open(path, read_only=True)
    if state.notice is not None:
        state.close()
        raise StateError(state.notice)
    return state
