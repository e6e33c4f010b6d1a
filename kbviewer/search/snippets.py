"""The piece of a section that shows why it was found, and where in it the words stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kbviewer.search.analysis import CHUNK, Form

MAX_CHARACTERS = 160

_ELLIPSIS = "…"
_MAX_LOOKED_AT = 20_000
_LEAD_CHARACTERS = 40

Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the text that answers word number `word` of the query."""

    start: int
    end: int
    word: int
    weight: float


class Matcher:
    """Knows which words of a text answer the query.

    Args:
        answers: by term, which word of the query it answers and how well.
        forms: gives the tokens of a piece of text without blanks, see Analyzer.forms.
    """

    def __init__(
        self, answers: Mapping[str, tuple[int, float]], forms: Callable[[str], Sequence[Form]]
    ) -> None:
        self._answers = answers
        self._forms = forms
        # By piece of text; nearly all pieces answer nothing, and most of them come again and again.
        self._known: dict[str, tuple[Match, ...]] = {}

    def find(self, text: str) -> list[Match]:
        """Return the matches in reading order; of those that overlap, the longest."""
        found: list[Match] = []
        known = self._known
        for chunk in CHUNK.finditer(text):
            piece = chunk.group()
            matches = known.get(piece)
            if matches is None:
                matches = known[piece] = self._find_in(piece)
            if matches:
                at = chunk.start()
                found += [Match(at + m.start, at + m.end, m.word, m.weight) for m in matches]
        return found

    def _find_in(self, piece: str) -> tuple[Match, ...]:
        found: list[Match] = []
        for start, end, terms in self._forms(piece):
            if self._answers.keys().isdisjoint(terms):
                continue
            answers = [self._answers[term] for term in terms if term in self._answers]
            if not found or start >= found[-1].end:
                word, weight = max(answers, key=lambda answer: answer[1])
                found.append(Match(start, end, word, weight))
        return tuple(found)


def marks_in(text: str, matcher: Matcher) -> Marks:
    """Return where `text` answers the query."""
    return tuple((match.start, match.end) for match in matcher.find(text))


def share_of_matches(text: str, matcher: Matcher) -> float:
    """Return how much of `text` answers the query, between 0 and 1; weak matches count for less."""
    matched = sum(match.weight * (match.end - match.start) for match in matcher.find(text))
    return min(1.0, matched / len(text)) if text else 0.0


def make_snippet(text: str, title: str, matcher: Matcher) -> tuple[str, Marks]:
    """Return at most 160 characters of `text` with the best matches, and the marks in it.

    A repeat of `title` at the start of the text is left out.
    """
    text = without_title(text[:_MAX_LOOKED_AT], title).replace("\n", " ")
    if len(text) <= MAX_CHARACTERS:
        return text, marks_in(text, matcher)
    matches = matcher.find(text)
    start, end = _window(text, matches)
    before = _ELLIPSIS if start > 0 else ""
    after = _ELLIPSIS if end < len(text) else ""
    shift = len(before) - start
    marks = tuple(
        (match.start + shift, match.end + shift)
        for match in matches
        if start <= match.start and match.end <= end
    )
    return before + text[start:end] + after, marks


def without_title(text: str, title: str) -> str:
    """Return `text` without a first line that repeats `title`."""
    stripped = text.strip()
    while title and stripped.casefold().startswith(title.casefold()):
        rest = stripped[len(title) :]
        if rest[:1].isalnum():
            break
        stripped = rest.lstrip(" .:–—-\n")
    return stripped


def _window(text: str, matches: Sequence[Match]) -> tuple[int, int]:
    """Return the borders of the window with the most and best words of the query, cut between words."""
    room = MAX_CHARACTERS - 2 * len(_ELLIPSIS)
    best_start, best_worth = 0, 0.0
    last = 0
    for first, match in enumerate(matches):
        last = max(last, first)
        while last + 1 < len(matches) and matches[last + 1].end - match.start <= room:
            last += 1
        inside = matches[first : last + 1]
        weights: dict[int, float] = {}
        for other in inside:
            weights[other.word] = max(weights.get(other.word, 0.0), other.weight)
        worth = sum(weights.values()) + 0.01 * len(inside)
        if worth > best_worth:
            spare = max(0, room - (inside[-1].end - match.start))
            best_worth, best_start = worth, max(0, match.start - min(_LEAD_CHARACTERS, spare))
    start = _word_start(
        text, best_start, next((m.start for m in matches if m.start >= best_start), best_start)
    )
    end = min(len(text), start + room)
    start = start if end < len(text) else min(start, _word_start(text, max(0, end - room), start))
    return start, _word_end(text, start, end)


def _word_start(text: str, at: int, latest: int) -> int:
    """Return the first start of a word or, better, of a sentence from `at` on, no later than `latest`."""
    if at == 0:
        return 0
    for sign in (". ", "? ", "! "):
        found = text.find(sign, max(0, at - 2), latest)
        if found >= 0:
            return found + len(sign)
    blank = text.find(" ", at - 1, latest)
    return blank + 1 if blank >= 0 else latest


def _word_end(text: str, start: int, end: int) -> int:
    """Return the last end of a word up to `end`."""
    if end == len(text) or text[end] == " ":
        return end
    blank = text.rfind(" ", start + 1, end)
    return blank if blank > start else end
