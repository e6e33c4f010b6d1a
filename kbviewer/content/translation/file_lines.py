"""A text file as lines that keep their own ends, so that what is not replaced stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_ENDS = re.compile(r"\r\n|\r|\n")
_NOT_IN_PREFIX = re.compile(r"[^\s>]")


class FileLine(NamedTuple):
    """One line: its text, and what ends it, "" at the end of the file."""

    text: str
    end: str


class Piece(NamedTuple):
    """Where one line of a unit's text stands: from `start` to before `end` in line `number`, from 0."""

    number: int
    start: int
    end: int


def split_lines(text: str) -> list[FileLine]:
    """Return the lines of `text`; joined again they are `text`."""
    lines = []
    position = 0
    for found in _ENDS.finditer(text):
        lines.append(FileLine(text[position : found.start()], found.group()))
        position = found.end()
    lines.append(FileLine(text[position:], ""))
    return lines


def join_lines(lines: Sequence[FileLine]) -> str:
    """Return the text of the lines."""
    return "".join(line.text + line.end for line in lines)


def replace_pieces(
    lines: Sequence[FileLine], replacements: Mapping[tuple[Piece, ...], str]
) -> list[FileLine]:
    """Return the lines with the text in each group of pieces replaced; groups never overlap.

    A text of more lines than before goes on under the first line's quote marks and indentation.
    """
    result = list(lines)
    # From the end, so that the numbers of the lines above stay right.
    for pieces in sorted(replacements, reverse=True):
        _replace(result, pieces, replacements[pieces].split("\n"))
    return result


def _replace(lines: list[FileLine], pieces: tuple[Piece, ...], texts: Sequence[str]) -> None:
    first, last = pieces[0], pieces[-1]
    opening = lines[first.number].text[: first.start]
    closing = lines[last.number].text[last.end :]
    prefixes = [opening, *(lines[piece.number].text[: piece.start] for piece in pieces[1:])]
    if len(prefixes) == 1:
        prefixes.append(_NOT_IN_PREFIX.sub(" ", opening))
    prefixes += [prefixes[-1]] * (len(texts) - len(prefixes))
    written = [prefix + text for prefix, text in zip(prefixes, texts, strict=False)]
    written[-1] += closing
    end, final = lines[first.number].end or "\n", lines[last.number].end
    lines[first.number : last.number + 1] = [
        *(FileLine(text, end) for text in written[:-1]),
        FileLine(written[-1], final),
    ]
