"""What became of the steps of an article, with parents that follow their sub-steps. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from kbviewer.model.article import Article
from kbviewer.model.blocks import Step, StepList, walk
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.progress import Progress, leaves, substeps


class TickState(IntEnum):
    """What a box shows. Of a parent: some of its sub-steps have a result, or one of them failed."""

    EMPTY = 0
    PARTLY = 1
    DONE = 2
    FAILED = 3
    SKIPPED = 4
    FAILED_INSIDE = 5


_STATES = {
    StepOutcome.DONE: TickState.DONE,
    StepOutcome.FAILED: TickState.FAILED,
    StepOutcome.SKIPPED: TickState.SKIPPED,
}


class TickModel:
    """The marks of one article. Only steps without sub-steps have one; parents follow."""

    def __init__(self, article: Article, marks: Mapping[str, StepMark]) -> None:
        self._marks: Mapping[str, StepMark] = dict(marks)
        self._steps: dict[str, Step] = {}
        self._parents: dict[str, str] = {}
        self._lists: dict[str, StepList] = {}
        self._leaves: dict[str, tuple[str, ...]] = {}
        for block in walk(article.blocks):
            if isinstance(block, StepList):
                self._lists[block.key] = block
                for step in block.steps:
                    self._steps[step.id] = step
                    self._leaves[step.id] = tuple(leaf.id for leaf in leaves(step))
                    self._parents.update({child.id: step.id for child in substeps(step)})

    def step(self, step_id: str) -> Step | None:
        """Return the step."""
        return self._steps.get(step_id)

    def is_parent(self, step_id: str) -> bool:
        """Return whether the step has sub-steps."""
        return self._leaves[step_id] != (step_id,)

    def mark(self, step_id: str) -> StepMark | None:
        """Return what became of a step without sub-steps, None while it has not been tried."""
        return self._marks.get(step_id)

    def state(self, step_id: str) -> TickState:
        """Return what the step's box shows."""
        below = self._leaves[step_id]
        outcomes = {self._outcome(leaf) for leaf in below}
        if len(outcomes) == 1:
            (outcome,) = outcomes
            if outcome is None:
                return TickState.EMPTY
            if below == (step_id,) or outcome is not StepOutcome.FAILED:
                return _STATES[outcome]
        return TickState.FAILED_INSIDE if StepOutcome.FAILED in outcomes else TickState.PARTLY

    def progress(self, step_id: str) -> Progress:
        """Return how much of the step is done. What failed or was skipped is not."""
        below = self._leaves[step_id]
        return Progress(self.count(step_id, StepOutcome.DONE), len(below))

    def count(self, step_id: str, outcome: StepOutcome) -> int:
        """Return how many steps at or below this one have the outcome."""
        return sum(self._outcome(leaf) is outcome for leaf in self._leaves[step_id])

    def list_progress(self, key: str) -> Progress:
        """Return how much of the procedure with block key `key` is done."""
        parts = [self.progress(step.id) for step in self._lists[key].steps]
        return Progress(sum(part.done for part in parts), sum(part.total for part in parts))

    def total(self) -> Progress:
        """Return how much of the article is done."""
        alone = [step for step, below in self._leaves.items() if below == (step,)]
        return Progress(sum(self._outcome(step) is StepOutcome.DONE for step in alone), len(alone))

    def toggled(self, step_id: str) -> StepOutcome | None:
        """Return what a press on the step's box makes of it: done, or untried when all of it is done."""
        return None if self.state(step_id) is TickState.DONE else StepOutcome.DONE

    def targets(self, step_id: str, outcome: StepOutcome | None) -> frozenset[str]:
        """Return the steps that get `outcome` when it is said of this one.

        Of a parent, those that have not been tried; all of them when there are none, or to clear them.
        What failed is not overwritten by a press that completes the rest.
        """
        below = self._leaves[step_id]
        untried = [leaf for leaf in below if leaf not in self._marks]
        return frozenset(untried if outcome is not None and untried else below)

    def replace(self, marks: Mapping[str, StepMark]) -> frozenset[str]:
        """Take `marks` as what became of the steps; return those whose boxes or lines look different."""
        before, self._marks = self._marks, dict(marks)
        changed = {
            step
            for step in before.keys() | self._marks.keys()
            if step in self._steps and before.get(step) != self._marks.get(step)
        }
        return frozenset().union(*(self._with_parents(step) for step in changed))

    def marked(self) -> frozenset[str]:
        """Return every step, parents included, whose box shows anything."""
        found = (self._with_parents(step) for step in self._marks if step in self._steps)
        return frozenset().union(*found)

    def _outcome(self, step_id: str) -> StepOutcome | None:
        mark = self._marks.get(step_id)
        return mark.outcome if mark is not None else None

    def _with_parents(self, step_id: str) -> set[str]:
        found = {step_id}
        parent = self._parents.get(step_id)
        while parent is not None:
            found.add(parent)
            parent = self._parents.get(parent)
        return found
