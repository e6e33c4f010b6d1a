"""The piece of a section that shows why it was found, and where in it the words stand."""

from __future__ import annotations

from collections.abc import Sequence

from kbviewer.search.matching import Match, Matcher

# Two lines of a result.
MAX_CHARACTERS = 200

_ELLIPSIS = "…"
_MAX_LOOKED_AT = 20_000
_LEAD_CHARACTERS = 40
# In a list of the same few words any place is as good as the next.
_MAX_MATCHES = 48
_BLANKS = " \n\t"
_PUNCTUATION = ".:–—-"

Marks = tuple[tuple[int, int], ...]


def marks_in(text: str, matcher: Matcher) -> Marks:
    """Return where `text` answers the query."""
    return tuple((match.start, match.end) for match in matcher.find(text))


def make_snippet(text: str, title: str, matches: Sequence[Match], matcher: Matcher) -> tuple[str, Marks]:
    """Return at most MAX_CHARACTERS of `text` with the best of `matches`, and the marks in it.

    A repeat of `title` at the start of the text is left out.
    """
    shift = _after_title(text, title)
    if matches and matches[0].end - shift > _MAX_LOOKED_AT:
        shift = text.rfind(" ", 0, matches[0].start - _LEAD_CHARACTERS) + 1
    shown = text[shift : shift + _MAX_LOOKED_AT].rstrip().replace("\n", " ")
    if len(shown) <= MAX_CHARACTERS:
        return shown, marks_in(shown, matcher)
    inside = [
        Match(match.start - shift, match.end - shift, match.word, match.weight)
        for match in matches
        if match.start >= shift and match.end - shift <= len(shown)
    ][:_MAX_MATCHES]
    start, end = _window(shown, inside)
    before = _ELLIPSIS if start > 0 else ""
    after = _ELLIPSIS if end < len(shown) else ""
    piece = shown[start:end]
    marks = tuple((begin + len(before), stop + len(before)) for begin, stop in marks_in(piece, matcher))
    return before + piece + after, marks


def _after_title(text: str, title: str) -> int:
    """Return where `text` begins when lines that repeat `title` are left out."""
    folded = title.casefold()
    at = _skip(text, 0, _BLANKS)
    while title and text[at : at + len(title)].casefold() == folded:
        end = at + len(title)
        if text[end : end + 1].isalnum():
            break
        at = _skip(text, end, _BLANKS + _PUNCTUATION)
    return at


def _skip(text: str, at: int, signs: str) -> int:
    while at < len(text) and text[at] in signs:
        at += 1
    return at


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
