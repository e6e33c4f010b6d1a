"""Steps and choices as the article page sees them, over plain ticks; what is done to steps can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, NamedTuple

from kbviewer.model.article import Article
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.errors import KbError, StateError
from kbviewer.model.messages import N_, message
from kbviewer.state.choices import ChoiceStore
from kbviewer.state.ticks import TickStore

_MOST_CHANGES: Final = 200


class Change(NamedTuple):
    """Steps of an article that were ticked (`done`) or cleared."""

    article: str
    step_ids: frozenset[str]
    done: bool


class QuietSteps:
    """Steps outside a case: ticked or not. What is done can be undone, last first.

    An error is told through `on_failure`, then raised.

    Attributes:
        offers_results: False; ticks know neither failures nor notes.
    """

    offers_results: bool = False

    def __init__(self, ticks: TickStore, on_failure: Callable[[KbError], object]) -> None:
        self._ticks = ticks
        self._on_failure = on_failure
        self._changes: list[Change] = []

    @property
    def in_case(self) -> bool:
        """Whether a case is at work: never here."""
        return False

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._changes)

    def marks(self, article: Article) -> Mapping[str, StepMark]:
        """Return the ticked steps, as done."""
        done = StepMark(StepOutcome.DONE)
        return dict.fromkeys(self._ticks.done(article.id), done)

    def set_outcome(self, article: Article, ids: Iterable[str], outcome: StepOutcome | None) -> None:
        """Tick steps, or clear them for None; saved on return.

        Raises:
            StateError: nothing could be saved, or the outcome needs a case.
        """
        steps, done = frozenset(ids), outcome is not None
        before = self._ticks.done(article.id)
        with self._telling():
            if outcome in (StepOutcome.FAILED, StepOutcome.SKIPPED):
                raise _needs_case()
            self._ticks.set_done(article.id, steps, done)
        changed = steps - before if done else steps & before
        if changed:
            self._remember(Change(article.id, changed, done))

    def set_note(self, article: Article, step_id: str, note: str) -> None:  # noqa: ARG002
        """Refuse: a tick has no note.

        Raises:
            StateError: always.
        """
        with self._telling():
            raise _needs_case()

    def clear(self, article: Article) -> int:
        """Clear all ticks of the article; return how many there were.

        Raises:
            StateError: nothing could be saved.
        """
        with self._telling():
            cleared = self._ticks.clear(article.id)
        if cleared:
            self._remember(Change(article.id, cleared, done=False))
        return len(cleared)

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


class QuietChoices:
    """The choices in matrices as the article page sees them, outside a case."""

    def __init__(self, choices: ChoiceStore) -> None:
        self._choices = choices

    def get(self, article: Article, key: str) -> tuple[int | None, int | None]:
        """Return the choice in the matrix with that block key."""
        row, column = self._choices.get(article.id, key)
        return row, column

    def set(self, article: Article, key: str, row: int | None, column: int | None) -> None:
        """Keep the choice.

        Raises:
            StateError: it could not be saved.
        """
        self._choices.set(article.id, key, row, column)


def _needs_case() -> StateError:
    return StateError(
        message(N_("Only in a case can a step fail, be skipped or have a note.")),
        message(N_("Begin a case first.")),
    )
