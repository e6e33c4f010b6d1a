"""Ticks that can be taken back: a store of ticks that remembers what each change did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from kbviewer.model.errors import KbError
from kbviewer.state.ticks import TickStore

_MOST_CHANGES: Final = 200


class Change(NamedTuple):
    """Steps of an article that were ticked (`done`) or cleared."""

    article: str
    step_ids: frozenset[str]
    done: bool


class UndoableTicks:
    """The tick store as the article page sees it; what the page does can be undone, last first.

    An error is told through `on_failure`, then raised.
    """

    def __init__(self, ticks: TickStore, on_failure: Callable[[KbError], object]) -> None:
        self._ticks = ticks
        self._on_failure = on_failure
        self._changes: list[Change] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._changes)

    def done(self, article: str) -> frozenset[str]:
        """Return the ids of the done steps."""
        return self._ticks.done(article)

    def set_done(self, article: str, step_ids: Iterable[str], done: bool) -> None:
        """Tick or clear steps; saved on return.

        Raises:
            StateError: nothing could be saved.
        """
        ids = frozenset(step_ids)
        before = self._ticks.done(article)
        with self._telling():
            self._ticks.set_done(article, ids, done)
        changed = ids - before if done else ids & before
        if changed:
            self._remember(Change(article, changed, done))

    def clear(self, article: str) -> frozenset[str]:
        """Clear all steps of the article; return those that were ticked.

        Raises:
            StateError: nothing could be saved.
        """
        with self._telling():
            cleared = self._ticks.clear(article)
        if cleared:
            self._remember(Change(article, cleared, done=False))
        return cleared

    def restore(self, article: str, step_ids: Iterable[str]) -> None:
        """Tick steps again that `clear` returned.

        Raises:
            StateError: nothing could be saved.
        """
        self.set_done(article, step_ids, True)

    def undo(self) -> Change | None:
        """Take the last change back and return it, None when there is none.

        Raises:
            StateError: nothing could be saved; the change can still be undone.
        """
        if not self._changes:
            return None
        change = self._changes[-1]
        with self._telling():
            self._ticks.set_done(change.article, change.step_ids, not change.done)
        return self._changes.pop()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell of an error before whoever asked meets it."""
        try:
            yield
        except KbError as error:
            self._on_failure(error)
            raise

    def _remember(self, change: Change) -> None:
        self._changes.append(change)
        del self._changes[:-_MOST_CHANGES]
