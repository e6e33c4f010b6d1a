"""Which steps of an article are done, with parents that follow their sub-steps. Qt-free."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from kbviewer.model.article import Article
from kbviewer.model.blocks import Step, StepList, walk
from kbviewer.model.progress import Progress, leaves, substeps


class TickState(IntEnum):
    """A box: empty, some of the sub-steps done, done. The values are Qt's."""

    EMPTY = 0
    PARTLY = 1
    DONE = 2


class TickModel:
    """The ticks of one article. Only steps without sub-steps are ticked; parents follow."""

    def __init__(self, article: Article, done: Iterable[str]) -> None:
        self._done = set(done)
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

    def state(self, step_id: str) -> TickState:
        """Return what the step's box shows."""
        progress = self.progress(step_id)
        if progress.done == 0:
            return TickState.EMPTY
        return TickState.DONE if progress.done == progress.total else TickState.PARTLY

    def progress(self, step_id: str) -> Progress:
        """Return how much of the step is done."""
        below = self._leaves[step_id]
        return Progress(sum(leaf in self._done for leaf in below), len(below))

    def list_progress(self, key: str) -> Progress:
        """Return how much of the procedure with block key `key` is done."""
        parts = [self.progress(step.id) for step in self._lists[key].steps]
        return Progress(sum(part.done for part in parts), sum(part.total for part in parts))

    def total(self) -> Progress:
        """Return how much of the article is done."""
        parts = [below for step, below in self._leaves.items() if below == (step,)]
        return Progress(sum(step in self._done for (step,) in parts), len(parts))

    def toggle(self, step_id: str) -> tuple[frozenset[str], bool]:
        """Change the step's leaves, a parent that is partly done to done; return them and the new value."""
        becomes_done = self.state(step_id) is not TickState.DONE
        ids = frozenset(self._leaves[step_id])
        self._done = self._done | ids if becomes_done else self._done - ids
        return ids, becomes_done

    def replace(self, done: Iterable[str]) -> None:
        """Take `done` as what is done."""
        self._done = set(done)

    def take(self, done: Iterable[str]) -> frozenset[str]:
        """Take `done` as what is done; return the steps whose boxes may change by that."""
        before, self._done = self._done, set(done)
        changed = (before ^ self._done) & self._steps.keys()
        return frozenset(step for leaf in changed for step in self.affected(leaf))

    def affected(self, step_id: str) -> frozenset[str]:
        """Return the steps whose boxes may change with this one: itself, above and below."""
        below: set[str] = set()
        queue = [self._steps[step_id]]
        while queue:
            step = queue.pop()
            below.add(step.id)
            queue.extend(substeps(step))
        above: set[str] = set()
        parent = self._parents.get(step_id)
        while parent is not None:
            above.add(parent)
            parent = self._parents.get(parent)
        return frozenset(below | above)

    def done_steps(self) -> frozenset[str]:
        """Return every step, parents included, whose box is ticked."""
        return frozenset(step for step in self._steps if self.state(step) is TickState.DONE)
