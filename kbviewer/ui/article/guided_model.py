"""A walk through a procedure, one step at a time: where it is, and what became of each step. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kbviewer.model.article import Article
from kbviewer.model.blocks import Blocks
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.ui.article.guided_steps import GuidedStep, Procedure, procedure_at, procedures


@dataclass(frozen=True, slots=True)
class Counts:
    """How many steps have which result."""

    done: int
    failed: int
    skipped: int
    untried: int

    @property
    def total(self) -> int:
        """All steps."""
        return self.done + self.failed + self.skipped + self.untried


class GuidedWalk:
    """The steps of one procedure after the other, and behind the last of them its end.

    Attributes:
        article: whose procedures these are.
        procedures: all of them, in reading order.
        index: of the step that is shown, counted from 0; the number of steps at the end.
    """

    def __init__(self, article: Article, marks: Mapping[str, StepMark], anchor: str = "") -> None:
        """Begin at the first untried step of the procedure that holds `anchor`, else of the next one."""
        self._take(article)
        self._marks = dict(marks)
        self._at = 0
        self.index = self._entry = 0
        self.start(procedure_at(article, anchor))

    @property
    def procedure(self) -> Procedure | None:
        """The procedure that is walked through; None in an article without any."""
        return self.procedures[self._at] if self.procedures else None

    @property
    def steps(self) -> tuple[GuidedStep, ...]:
        """The steps of the procedure."""
        return self.procedure.steps if self.procedure is not None else ()

    @property
    def step(self) -> GuidedStep | None:
        """The step that is shown; None at the end."""
        return self.steps[self.index] if self.index < len(self.steps) else None

    @property
    def next_procedure(self) -> Procedure | None:
        """The procedure after this one."""
        return self.procedures[self._at + 1] if self._at + 1 < len(self.procedures) else None

    @property
    def prerequisites(self) -> Blocks:
        """What must be known before the step: at the first one, and where the walk began."""
        procedure = self.procedure
        return procedure.prerequisites if procedure is not None and self.index in (0, self._entry) else ()

    def start(self, key: str) -> None:
        """Go to the first untried step of the procedure with that key; to its end when there is none."""
        found = (index for index, procedure in enumerate(self.procedures) if procedure.key == key)
        self._at = next(found, 0)
        self.index = self._entry = self.next_untried()

    def next_untried(self) -> int:
        """Return the index of the first untried step; the number of steps when there is none."""
        untried = (index for index, step in enumerate(self.steps) if step.id not in self._marks)
        return next(untried, len(self.steps))

    def go_to(self, index: int) -> bool:
        """Go to the step with that index, as near as there is one; return whether that is another one."""
        before = self.index
        self.index = max(0, min(index, len(self.steps)))
        return self.index != before

    def find(self, step_id: str) -> int | None:
        """Return the index of a step of this procedure, None when it has no such."""
        return next((index for index, step in enumerate(self.steps) if step.id == step_id), None)

    def mark(self, step_id: str) -> StepMark | None:
        """Return what became of a step."""
        return self._marks.get(step_id)

    def outcomes(self) -> tuple[StepOutcome | None, ...]:
        """Return what became of each step, None for untried."""
        found = (self._marks.get(step.id) for step in self.steps)
        return tuple(mark.outcome if mark is not None else None for mark in found)

    def with_outcome(self, outcome: StepOutcome | None) -> tuple[GuidedStep, ...]:
        """Return the steps that have that result, or those without any."""
        return tuple(
            step for step, became in zip(self.steps, self.outcomes(), strict=True) if became is outcome
        )

    def counts(self) -> Counts:
        """Return how many steps have which result."""
        became = self.outcomes()
        return Counts(
            became.count(StepOutcome.DONE),
            became.count(StepOutcome.FAILED),
            became.count(StepOutcome.SKIPPED),
            became.count(None),
        )

    def replace_marks(self, marks: Mapping[str, StepMark]) -> None:
        """Take results that were set meanwhile; the step stays."""
        self._marks = dict(marks)

    def replace_article(self, article: Article) -> None:
        """Take another variant of the article, or a newer one; the step stays when it is still there."""
        procedure, step, index = self.procedure, self.step, self.index
        self._take(article)
        keys = [known.key for known in self.procedures]
        self._at = keys.index(procedure.key) if procedure is not None and procedure.key in keys else 0
        if step is None:
            self.index = len(self.steps)
        else:
            found = self.find(step.id)
            self.index = found if found is not None else min(index, len(self.steps))
        self._entry = min(self._entry, len(self.steps))

    def _take(self, article: Article) -> None:
        self.article = article
        self.procedures = procedures(article)
