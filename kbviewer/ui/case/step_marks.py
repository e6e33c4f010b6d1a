"""Results of steps as marks: with what has changed in the step since. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from kbviewer.model.article import Article
from kbviewer.model.blocks import walk_steps
from kbviewer.model.case_changes import StepTexts
from kbviewer.model.cases import StepChange, StepMark, StepOutcome, StepResult
from kbviewer.model.progress import substeps

VariantOf: TypeAlias = Callable[[str, str], Article | None]


@dataclass(frozen=True, slots=True)
class _Known:
    """What has been worked out about an article: which variants it was compared with, and their steps."""

    article: Article
    languages: frozenset[str]
    texts: StepTexts


class StepMarks:
    """Turns results and ticks into marks. What steps say is worked out once per article, not per tick."""

    def __init__(self, variant_of: VariantOf) -> None:
        """Keep how to get an article, by its id, in the language in which a result was set."""
        self._variant_of = variant_of
        self._known: dict[str, _Known] = {}
        self._leaves: tuple[Article, frozenset[str]] | None = None

    def forget(self) -> None:
        """Look at all articles anew, as when their files have changed."""
        self._known.clear()
        self._leaves = None

    def leaves(self, article: Article) -> frozenset[str]:
        """Return the ids of the steps without sub-steps: those that have marks."""
        if self._leaves is None or self._leaves[0] is not article:
            steps = (step.id for step in walk_steps(article.blocks) if not substeps(step))
            self._leaves = (article, frozenset(steps))
        return self._leaves[1]

    def of_ticks(self, article: Article, done: Iterable[str]) -> Mapping[str, StepMark]:
        """Return the marks of steps that are ticked outside of cases."""
        mark = StepMark(StepOutcome.DONE)
        leaves = self.leaves(article)
        return {step: mark for step in done if step in leaves}

    def of_results(self, article: Article, results: Iterable[StepResult]) -> Mapping[str, StepMark]:
        """Return the marks of results, as `article` is shown now."""
        leaves = self.leaves(article)
        shown = [result for result in results if result.step in leaves]
        texts = self._texts(article, frozenset(result.language for result in shown))
        return {result.step: _mark(result, texts) for result in shown}

    def _texts(self, article: Article, languages: frozenset[str]) -> StepTexts:
        known = self._known.get(article.id)
        if known is None or known.article is not article or not languages <= known.languages:
            others = [self._variant_of(article.id, other) for other in languages - {article.language}]
            variants = [article, *(other for other in others if other is not None)]
            known = _Known(article, languages | {article.language}, StepTexts(variants))
            self._known[article.id] = known
        return known.texts


def _mark(result: StepResult, texts: StepTexts) -> StepMark:
    change = texts.change_of(result)
    differs = change is not StepChange.UNCHANGED and texts.says_otherwise(result)
    return StepMark(result.outcome, result.note, result.set_at, change, result.text if differs else "")
