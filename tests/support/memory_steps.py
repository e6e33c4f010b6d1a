"""Steps and choices that last as long as a test, with a case or without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from kbviewer.model.article import Article
from kbviewer.model.cases import StepMark, StepOutcome

AT = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)


class MemorySteps:
    """Results by article and step. Without `offers_results` steps are only ticked."""

    def __init__(self, *, offers_results: bool = False, in_case: bool = False) -> None:
        self.offers_results = offers_results
        self.in_case = in_case
        self.kept: dict[str, dict[str, StepMark]] = {}

    def done(self, article: str) -> set[str]:
        """Return the ids of the done steps."""
        return self.with_outcome(article, StepOutcome.DONE)

    def with_outcome(self, article: str, outcome: StepOutcome) -> set[str]:
        """Return the ids of the steps with that outcome."""
        marks = self.kept.get(article, {})
        return {step for step, mark in marks.items() if mark.outcome is outcome}

    def marks(self, article: Article) -> Mapping[str, StepMark]:
        return self.kept.setdefault(article.id, {})

    def set_outcome(self, article: Article, ids: Iterable[str], outcome: StepOutcome | None) -> None:
        if outcome in (StepOutcome.FAILED, StepOutcome.SKIPPED):
            self._begin()
        marks = self.kept.setdefault(article.id, {})
        for step in ids:
            before = marks.pop(step, None)
            if outcome is not None:
                note = before.note if before is not None else ""
                marks[step] = StepMark(outcome, note, AT if self.in_case else None)

    def set_note(self, article: Article, step_id: str, note: str) -> None:
        self._begin()
        marks = self.kept[article.id]
        marks[step_id] = replace(marks[step_id], note=note)

    def clear(self, article: Article) -> int:
        return len(self.kept.pop(article.id, {}))

    def _begin(self) -> None:
        """Begin a case that takes the ticks along."""
        if not self.in_case:
            self.in_case = True
            for marks in self.kept.values():
                marks.update({step: replace(mark, set_at=AT) for step, mark in marks.items()})


class MemoryChoices:
    """Matrix choices by article and matrix."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], tuple[int | None, int | None]] = {}

    def get(self, article: Article, key: str) -> tuple[int | None, int | None]:
        return self.kept.get((article.id, key), (None, None))

    def set(self, article: Article, key: str, row: int | None, column: int | None) -> None:
        self.kept[article.id, key] = (row, column)
