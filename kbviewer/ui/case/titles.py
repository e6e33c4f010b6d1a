"""Cases with titles of articles as the library has them now, in the reader's language. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from kbviewer.model.cases import Case, CaseSummary, ListedCase

TitleOf = Callable[[str], str]


class CaseTitles:
    """Names articles as `title_of` does by their ids; where it says "", as they were called in the case."""

    def __init__(self, title_of: TitleOf) -> None:
        self._title_of = title_of

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
        """Return a case to be shown with all that belongs to it."""
        entries = (replace(entry, title=self._title_of(entry.id) or entry.title) for entry in case.articles)
        return replace(case, articles=tuple(entries))
