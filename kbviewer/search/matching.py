"""Which words of a text answer a query, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from kbviewer.search.analysis import Form


class Match(NamedTuple):
    """A word of a text that answers word number `word` of the query, how well from 0 to 1."""

    start: int
    end: int
    word: int
    weight: float


class Matcher:
    """Knows which words of a text answer a query.

    Args:
        answers: for each word of the query, how well words of the index answer it.
        forms: gives the tokens of a piece of text without blanks, see Analyzer.forms.
    """

    def __init__(
        self, answers: Sequence[Mapping[str, float]], forms: Callable[[str], Sequence[Form]]
    ) -> None:
        self.answers = answers
        self._forms = forms
        # By piece of text; nearly all pieces answer nothing, and most of them come again and again.
        self._known: dict[str, tuple[Match, ...]] = {}

    def find(self, text: str) -> list[Match]:
        """Return the matches in reading order; of those that overlap, the first."""
        found: list[Match] = []
        known = self._known
        at = 0
        for piece in text.split(" "):
            matches = known.get(piece)
            if matches is None:
                matches = known[piece] = tuple(self._find_in(piece))
            if matches:
                found += [Match(at + start, at + end, word, weight) for start, end, word, weight in matches]
            at += len(piece) + 1
        return found

    def _find_in(self, piece: str) -> list[Match]:
        found: list[Match] = []
        for start, end, words in self._forms(piece):
            if found and start < found[-1].end:
                continue
            best, weight = -1, 0.0
            for number, answers in enumerate(self.answers):
                for word in words:
                    worth = answers.get(word)
                    if worth is not None and worth > weight:
                        best, weight = number, worth
            if best >= 0:
                found.append(Match(start, end, best, weight))
        return found
