"""One line of text with its matches marked, cut so that the first match stays in sight. Knows no Qt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
ELLIPSIS = "…"
_LEAD_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """Text as shown, ellipses included, and the (start, end) offsets of its matches."""

    text: str
    marks: tuple[Span, ...]


def clean_marks(text: str, marks: Sequence[Span]) -> tuple[Span, ...]:
    """Return `marks` sorted, joined where they touch, and without what lies outside `text`."""
    joined: list[Span] = []
    for start, end in sorted(marks):
        start, end = max(0, start), min(len(text), end)
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def fit_line(text: str, marks: Sequence[Span], width: float, measure: Callable[[str], float]) -> MarkedLine:
    """Cut `text` to `width`, keeping the first match in sight.

    The end is cut when the match is near the start; otherwise the start is cut at a word, so that
    some text before the match remains.

    Args:
        text: one line; line breaks count as spaces.
        marks: offsets in `text`.
        width: in the unit of `measure`.
        measure: width of a piece of text.
    """
    text = text.replace("\n", " ")
    marks = clean_marks(text, marks)
    if measure(text) <= width:
        return MarkedLine(text, marks)
    if not marks or measure(text[: marks[0][1]] + ELLIPSIS) <= width:
        return _cut_end(text, marks, 0, width, measure)
    return _cut_end(text, marks, _window_start(text, marks[0], width, measure), width, measure)


def _window_start(text: str, mark: Span, width: float, measure: Callable[[str], float]) -> int:
    """Return where the visible part begins: a word that leaves about a third before the match."""
    room = min(width * _LEAD_SHARE, max(0.0, width - measure(ELLIPSIS * 2 + text[mark[0] : mark[1]])))
    earliest = bisect_left(range(mark[0]), -room, key=lambda start: -measure(text[start : mark[0]]))
    word = text.find(" ", earliest, mark[0])
    return word + 1 if word >= 0 else min(earliest, mark[0])


def _cut_end(
    text: str, marks: Sequence[Span], start: int, width: float, measure: Callable[[str], float]
) -> MarkedLine:
    lead = ELLIPSIS if start else ""
    rest = text[start:]
    if measure(lead + rest) <= width:
        shown, tail = rest, ""
    else:
        tail = ELLIPSIS
        count = bisect_right(
            range(len(rest)), width, key=lambda length: measure(lead + rest[:length] + ELLIPSIS)
        )
        shown = rest[: max(0, count - 1)].rstrip()
    offset = len(lead) - start
    end = start + len(shown)
    moved = tuple(
        (first + offset, min(last, end) + offset) for first, last in marks if first < end and last > start
    )
    return MarkedLine(lead + shown + tail, tuple((max(len(lead), a), b) for a, b in moved))
