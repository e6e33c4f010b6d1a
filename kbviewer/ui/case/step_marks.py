"""Results of steps as marks: with what has changed in the step since. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kbviewer.model.article import Article
from kbviewer.model.blocks import walk_steps
from kbviewer.model.cases import StepChange, StepMark, StepOutcome, StepResult
from kbviewer.model.progress import substeps

if TYPE_CHECKING:
    from kbviewer.model.case_changes import StepTexts

_MOST_ARTICLES: Final = 16

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
        # By id and language: two languages may stand side by side.
        self._known: dict[tuple[str, str], _Known] = {}
        self._leaves: dict[tuple[str, str], tuple[Article, frozenset[str]]] = {}

    def forget(self) -> None:
        """Look at all articles anew, as when their files have changed."""
        self._known.clear()
        self._leaves.clear()

    def leaves(self, article: Article) -> frozenset[str]:
        """Return the ids of the steps without sub-steps: those that have marks."""
        key = (article.id, article.language)
        known = self._leaves.get(key)
        if known is None or known[0] is not article:
            steps = (step.id for step in walk_steps(article.blocks) if not substeps(step))
            known = self._leaves[key] = (article, frozenset(steps))
            _forget_oldest(self._leaves)
        return known[1]

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
        key = (article.id, article.language)
        known = self._known.get(key)
        if known is None or known.article is not article or not languages <= known.languages:
            from kbviewer.model.case_changes import StepTexts

            others = [self._variant_of(article.id, other) for other in languages - {article.language}]
            variants = [article, *(other for other in others if other is not None)]
            known = _Known(article, languages | {article.language}, StepTexts(variants))
            self._known[key] = known
            _forget_oldest(self._known)
        return known.texts


def _forget_oldest(kept: dict[tuple[str, str], Any]) -> None:
    if len(kept) > _MOST_ARTICLES:
        del kept[next(iter(kept))]


def _mark(result: StepResult, texts: StepTexts) -> StepMark:
    change = texts.change_of(result)
    differs = change is not StepChange.UNCHANGED and texts.says_otherwise(result)
    return StepMark(result.outcome, result.note, result.set_at, change, result.text if differs else "")
