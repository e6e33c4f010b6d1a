"""A case: one technician's run through articles, with what was answered, done and noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kbviewer.model.errors import ModelError
from kbviewer.model.messages import N_, message


class CaseOutcome(StrEnum):
    """How a case ended, or that it has not."""

    OPEN = "open"
    SOLVED = "solved"
    ESCALATED = "escalated"


class StepOutcome(StrEnum):
    """What became of a step. A step without any has not been tried."""

    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


class StepChange(StrEnum):
    """What has happened to a step since its result was set."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class StepMark:
    """What became of a step, as it is shown.

    Attributes:
        outcome: done, failed or skipped.
        note: "" for none.
        set_at: when (UTC); None for a tick outside a case.
        change: whether the step still says what it said then.
        was: the action as it read then, "" while it still says the same.
    """

    outcome: StepOutcome
    note: str = ""
    set_at: datetime | None = None
    change: StepChange = StepChange.UNCHANGED
    was: str = ""


@dataclass(frozen=True, slots=True)
class CaseArticle:
    """An article as it was when the case came to it.

    Attributes:
        id: the article's id in its library.
        language: of the text that was read.
        title: in that language.
        revision: "" when the article states none.
        added: when (UTC).
    """

    id: str
    language: str
    title: str
    revision: str
    added: datetime


@dataclass(frozen=True, slots=True)
class TriageAnswer:
    """The row and column that were chosen in a scope matrix.

    Attributes:
        article: id of the article.
        matrix: block key of the matrix.
        row: counted from 0; None when not chosen.
        column: counted from 0; None when not chosen.
        row_text: the row's heading as it was, "" when not chosen.
        column_text: the column's heading as it was, "" when not chosen.
        category: what the cell said, "" until both are chosen.
        language: of these three texts.
        answered: when (UTC).
    """

    article: str
    matrix: str
    row: int | None
    column: int | None
    row_text: str
    column_text: str
    category: str
    language: str
    answered: datetime


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """The answer to a triage question of an article.

    Attributes:
        article: id of the article.
        question: key of the question, equal in all languages; see `triage.TriageQuestion`.
        text: the question as it was.
        language: of the question; the answer is in whatever language it was written.
        answer: never "".
        answered: when (UTC).
    """

    article: str
    question: str
    text: str
    language: str
    answer: str
    answered: datetime


@dataclass(frozen=True, slots=True)
class StepResult:
    """What became of a step, and the step's text as it was.

    Attributes:
        article: id of the article.
        step: the step's id, equal in all languages.
        outcome: done, failed or skipped.
        note: "" for none.
        set_at: when (UTC).
        language: of the text that was read.
        number: the step's number with those of the steps above it, "1.a".
        text: the action as it was.
        fingerprint: of everything that the step said; see `case_changes.fingerprint`.
    """

    article: str
    step: str
    outcome: StepOutcome
    note: str
    set_at: datetime
    language: str
    number: str
    text: str
    fingerprint: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other results of its case."""
        return self.article, self.step


@dataclass(frozen=True, slots=True)
class CaseNote:
    """A note on the case as a whole. `edited` is None until its text is changed."""

    id: int
    text: str
    written: datetime
    edited: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One run through one or more articles.

    Attributes:
        id: given by the store, never used twice.
        reference: what others call the case, such as a ticket number; "" for none.
        language: that of the reader when the case began.
        started: aware.
        articles: in the order in which the case came to them.
        answers: choices in scope matrices, in the order in which they were made.
        questions: triage questions with their answers, by article in the order of their keys.
        steps: in the order in which their results were set.
        notes: oldest first.
        closed: aware; None exactly while the outcome is open.

    Raises:
        ModelError: a time has no zone, or outcome and closing time contradict each other.
    """

    id: int
    language: str
    started: datetime
    reference: str = ""
    articles: tuple[CaseArticle, ...] = ()
    answers: tuple[TriageAnswer, ...] = ()
    questions: tuple[AnsweredQuestion, ...] = ()
    steps: tuple[StepResult, ...] = ()
    notes: tuple[CaseNote, ...] = ()
    outcome: CaseOutcome = CaseOutcome.OPEN
    closed: datetime | None = None

    def __post_init__(self) -> None:
        if any(moment.tzinfo is None for moment in (self.started, self.closed) if moment):
            raise ModelError(message(N_("case {id} has a time without a zone"), id=self.id))
        if (self.outcome is CaseOutcome.OPEN) != (self.closed is None):
            raise ModelError(
                message(
                    N_("case {id} is “{outcome}”, which its closing time contradicts"),
                    id=self.id,
                    outcome=self.outcome.value,
                )
            )

    @property
    def is_open(self) -> bool:
        """Whether work goes on."""
        return self.outcome is CaseOutcome.OPEN


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A case as it is listed: ids and titles of its articles, and how many results it has."""

    id: int
    reference: str
    language: str
    started: datetime
    outcome: CaseOutcome
    closed: datetime | None
    articles: tuple[str, ...]
    titles: tuple[str, ...]
    steps: int


@dataclass(frozen=True, slots=True)
class CaseTally:
    """What a strip says about a case: its reference, whether it goes on, and its results by outcome."""

    id: int
    reference: str
    outcome: CaseOutcome
    results: Mapping[StepOutcome, int]


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case in a list, with the words in which to look for it."""

    summary: CaseSummary
    words: str

    def has_words(self, text: str) -> bool:
        """Return whether every word of `text` occurs, in part or whole, whatever its case."""
        # SQLite's LIKE takes Å and å for different letters.
        return all(word in self.words for word in text.casefold().split())
