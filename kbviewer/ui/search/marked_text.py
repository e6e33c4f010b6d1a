"""Lines of text with their matches marked, cut so that the first match stays in sight. Knows no Qt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
ELLIPSIS = "…"
_LEAD_SHARE = 0.3
_BREAK_SHARE = 0.2


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


def fit_lines(
    text: str, marks: Sequence[Span], width: float, measure: Callable[[str], float], most: int = 2
) -> tuple[MarkedLine, ...]:
    """Break `text` into at most `most` lines of `width`, keeping the first match in sight.

    Lines break between words; a word that is wider than a line is broken. When not all fits, the end is cut
    if the match is near the start; otherwise the start is cut at a word, so that some text before the match
    remains.

    Args:
        text: line breaks count as spaces.
        marks: offsets in `text`.
        width: in the unit of `measure`.
        measure: width of a piece of text.
        most: number of lines.
    """
    text = text.replace("\n", " ")
    marks = clean_marks(text, marks)
    lines, end = _wrap(text, marks, 0, width, measure, most)
    if marks and end < marks[0][1]:
        start = _late_start(text, marks[0], width, measure, most)
        lines, end = _wrap(text, marks, start, width, measure, most)
        if end < marks[0][1]:
            start = _window_start(text, marks[0], width, measure)
            lines, end = _wrap(text, marks, start, width, measure, most)
    return lines


def _wrap(
    text: str, marks: Sequence[Span], start: int, width: float, measure: Callable[[str], float], most: int
) -> tuple[tuple[MarkedLine, ...], int]:
    """Return the lines from `start` on, and the offset at which the last one ends."""
    lines: list[MarkedLine] = []
    lead = ELLIPSIS if start else ""
    while len(lines) < most - 1:
        end = _line_end(text, start, lead, width, measure)
        if end >= len(text):
            break
        lines.append(_piece(text, marks, start, end, lead, ""))
        lead = ""
        start = end + (text[end] == " ")
    line, end = _cut_end(text, marks, start, lead, width, measure)
    return (*lines, line), end


def _line_end(text: str, start: int, lead: str, width: float, measure: Callable[[str], float]) -> int:
    """Return where a full line that begins at `start` ends: before a space, else in the word."""
    ends = range(start + 1, len(text) + 1)
    end = start + bisect_right(ends, width, key=lambda at: measure(lead + text[start:at]))
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", start + 1, end + 1)
    return space if space > start else max(end, start + 1)


def _late_start(text: str, mark: Span, width: float, measure: Callable[[str], float], most: int) -> int:
    """Return where the visible part begins; when it reaches the end of the text, it fills the lines."""
    start = _window_start(text, mark, width, measure)
    # Every line but the last loses a word or so at its end.
    room = width * (most - _BREAK_SHARE * (most - 1))
    if measure(ELLIPSIS + text[start:]) < room:
        earliest = bisect_left(range(start), -room, key=lambda at: -measure(ELLIPSIS + text[at:]))
        word = text.find(" ", max(0, earliest - 1), start)
        start = word + 1 if word >= 0 else start
    return start


def _window_start(text: str, mark: Span, width: float, measure: Callable[[str], float]) -> int:
    """Return where the visible part begins: a word that leaves about a third before the match."""
    room = min(width * _LEAD_SHARE, max(0.0, width - measure(ELLIPSIS * 2 + text[mark[0] : mark[1]])))
    earliest = bisect_left(range(mark[0]), -room, key=lambda start: -measure(text[start : mark[0]]))
    word = text.find(" ", earliest, mark[0])
    return word + 1 if word >= 0 else min(earliest, mark[0])


def _cut_end(
    text: str,
    marks: Sequence[Span],
    start: int,
    lead: str,
    width: float,
    measure: Callable[[str], float],
) -> tuple[MarkedLine, int]:
    """Return the text from `start` on in one line, and the offset up to which it is shown."""
    rest = text[start:]
    if measure(lead + rest) <= width:
        return _piece(text, marks, start, len(text), lead, ""), len(text)
    count = bisect_right(range(len(rest)), width, key=lambda length: measure(lead + rest[:length] + ELLIPSIS))
    end = start + len(rest[: max(0, count - 1)].rstrip())
    return _piece(text, marks, start, end, lead, ELLIPSIS), end


def _piece(text: str, marks: Sequence[Span], start: int, end: int, lead: str, tail: str) -> MarkedLine:
    """Return `text[start:end]` between `lead` and `tail`, with the marks that are in it."""
    offset = len(lead) - start
    inside = tuple(
        (max(first, start) + offset, min(last, end) + offset)
        for first, last in marks
        if first < end and last > start
    )
    return MarkedLine(lead + text[start:end] + tail, inside)
