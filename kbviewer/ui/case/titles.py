"""Cases as the library has their articles now, in the reader's language. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from kbviewer.model.article import Article
from kbviewer.model.cases import Case, CaseSummary, ListedCase, StepResult, TriageAnswer

TitleOf = Callable[[str], str]
VariantOf = Callable[[str, str], Article | None]


class CaseTitles:
    """Puts titles, steps and choices into the reader's language; what the library lacks stays as it was read.

    Args:
        language: the reader's.
        title_of: an article's title in that language by its id, "" when it has none.
        variant_of: an article in exactly a language, None when there is none.
    """

    def __init__(self, language: str, title_of: TitleOf, variant_of: VariantOf) -> None:
        self._language = language
        self._title_of = title_of
        self._variant_of = variant_of

    def summary(self, case: CaseSummary) -> CaseSummary:
        """Return a case as it is listed."""
        pairs = zip(case.articles, case.titles, strict=True)
        return replace(case, titles=tuple(self._title_of(article) or title for article, title in pairs))

    def listed(self, cases: Iterable[ListedCase]) -> list[ListedCase]:
        """Return cases for a list; they are found by either title."""
        found = []
        for case in cases:
            summary = self.summary(case.summary)
            words = "\n".join([case.words, *(title.casefold() for title in summary.titles)])
            found.append(ListedCase(summary, words))
        return found

    def case(self, case: Case) -> Case:
        """Return a case to be shown with all that belongs to it. What was read in this language stays."""
        foreign = {step.article for step in case.steps if step.language != self._language}
        said = {article: self._steps(article) for article in foreign}
        return replace(
            case,
            articles=tuple(
                replace(entry, title=self._title_of(entry.id) or entry.title) for entry in case.articles
            ),
            steps=tuple(self._step(step, said.get(step.article, {})) for step in case.steps),
            answers=tuple(self._answer(answer) for answer in case.answers),
        )

    def _steps(self, article_id: str) -> Mapping[str, tuple[str, str]]:
        """Return numbers and texts of the steps by their ids."""
        article = self._variant_of(article_id, self._language)
        if article is None:
            return {}
        from kbviewer.model.case_changes import numbered_steps
        from kbviewer.model.inline import plain_text

        return {
            place.step.id: (place.number, " ".join(plain_text(place.step.runs).split()))
            for place in numbered_steps(article)
        }

    def _step(self, result: StepResult, said: Mapping[str, tuple[str, str]]) -> StepResult:
        if result.language == self._language or result.step not in said:
            return result
        number, text = said[result.step]
        return replace(result, number=number, text=text)

    def _answer(self, answer: TriageAnswer) -> TriageAnswer:
        if answer.language == self._language:
            return answer
        from kbviewer.content.export.case_contents import cell_words

        found = {tag: self._variant_of(answer.article, tag) for tag in (self._language, answer.language)}
        variants = {tag: article for tag, article in found.items() if article is not None}
        row, column, category, _language = cell_words(answer, variants.get(self._language), variants)
        return replace(answer, row_text=row, column_text=column, category=category)
