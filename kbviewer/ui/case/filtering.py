"""Which cases a list shows. Knows no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kbviewer.model.cases import CaseOutcome, CaseSummary, ListedCase


class CaseFilter:
    """All cases, narrowed down to words and an outcome. Looking for words reads no file."""

    def __init__(self) -> None:
        self._cases: Sequence[ListedCase] = ()
        self._found: Sequence[CaseSummary] = ()
        self._counts: Counter[CaseOutcome] = Counter()
        self._text = ""
        self._outcome: CaseOutcome | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is no case at all."""
        return not self._cases

    @property
    def text(self) -> str:
        """What is looked for."""
        return self._text

    @property
    def shown(self) -> Sequence[CaseSummary]:
        """The cases that have all words and the outcome, in the order in which they were handed in."""
        if self._outcome is None:
            return self._found
        return [case for case in self._found if case.outcome is self._outcome]

    def count(self, outcome: CaseOutcome | None) -> int:
        """Return how many cases with the words have that outcome; any for None."""
        return len(self._found) if outcome is None else self._counts[outcome]

    def set_cases(self, cases: Sequence[ListedCase]) -> None:
        """Take other cases."""
        self._cases = cases
        self._find()

    def set_text(self, text: str) -> None:
        """Look for the words of `text`."""
        self._text = " ".join(text.split())
        self._find()

    def set_outcome(self, outcome: CaseOutcome | None) -> None:
        """Show only cases with that outcome; all for None."""
        self._outcome = outcome

    def _find(self) -> None:
        text = self._text
        self._found = [case.summary for case in self._cases if not text or case.has_words(text)]
        self._counts = Counter(case.outcome for case in self._found)
