"""How far a reader has come."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from kbviewer.model.article import Article
from kbviewer.model.blocks import Step, StepList, walk, walk_steps


@dataclass(frozen=True, slots=True)
class Progress:
    """Done out of all, counting steps without sub-steps."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """Whole percent, 0 when there is nothing to do."""
        return 100 * self.done // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """Where a reader is: the block at the top of the view and how much of it is scrolled past, 0 to 1."""

    article: str
    language: str
    anchor: str
    fraction: float


@dataclass(frozen=True, slots=True)
class Recent:
    """An article that was read, and when (UTC)."""

    article: str
    language: str
    opened_at: datetime


def substeps(step: Step) -> tuple[Step, ...]:
    """Return the steps directly below `step`."""
    return tuple(child for block in step.blocks if isinstance(block, StepList) for child in block.steps)


def leaves(step: Step) -> tuple[Step, ...]:
    """Return the steps at or below `step` that have no sub-steps; they are what is ticked."""
    below = substeps(step)
    return tuple(leaf for child in below for leaf in leaves(child)) if below else (step,)


def step_progress(step: Step, done: Set[str]) -> Progress:
    """Return how much of `step` is done; a parent counts its leaves."""
    ids = [leaf.id for leaf in leaves(step)]
    return Progress(sum(leaf in done for leaf in ids), len(ids))


def article_progress(article: Article, done: Set[str]) -> Progress:
    """Return how much of all the article's procedures is done."""
    ids = [step.id for step in walk_steps(article.blocks) if not substeps(step)]
    return Progress(sum(step in done for step in ids), len(ids))


def has_steps(article: Article) -> bool:
    """Return whether there is anything to tick."""
    return any(isinstance(block, StepList) for block in walk(article.blocks))
