"""Finds the units of a Markdown file: the parser says which lines, the lines say where exactly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kbviewer.content.attributes import trim_attributes
from kbviewer.content.front_matter import FrontMatter, split_front_matter
from kbviewer.content.markdown_tree import MARKER, NEXT_MARKER
from kbviewer.content.reader import clean_text, read_article
from kbviewer.content.translation.chunks import Chunk, read_chunks
from kbviewer.content.translation.file_lines import FileLine, Piece, split_lines
from kbviewer.content.translation.front_values import front_pieces
from kbviewer.content.translation.html_texts import has_text, summary_span
from kbviewer.content.translation.unit_places import UnitPlaces
from kbviewer.content.translation.units import HEADING, Unit, UnitKind
from kbviewer.model.article import Article

if TYPE_CHECKING:
    from markdown_it.token import Token

_BLANK = " \t"
_ALTERNATIVE = re.compile(r"""\balt-text\s*=\s*"([^"]*)\"""")
_AFTER_HEADING = re.compile(r"[ \t]*#*[ \t]*")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file taken apart.

    Attributes:
        lines: of the whole file, front matter included.
        units: in the order in which they stand there.
        definitions: addresses that links name by reference, as the parser keeps them.
        chunks: what can be put into another file as a whole, outer ones before inner ones.
    """

    lines: Sequence[FileLine]
    units: tuple[Unit, ...]
    definitions: Mapping[str, object]
    chunks: tuple[Chunk, ...]


def read_units(text: str, *, article_id: str, source: str, language: str = "") -> SourceText:
    """Return the units of a file.

    Raises:
        ContentError: it cannot be read as an article.
    """
    return take_apart(text, article_id=article_id, source=source, language=language)[1]


def take_apart(text: str, *, article_id: str, source: str, language: str = "") -> tuple[Article, SourceText]:
    """Return the article that a file is, and its units.

    Raises:
        ContentError: it cannot be read as an article.
    """
    from kbviewer.content.dialect import Dialect

    article = read_article(text, article_id=article_id, source=source, language=language).article
    front, body = split_front_matter(clean_text(text, source), source)
    tokens, definitions = Dialect().parse_blocks(body)
    lines = split_lines(text)
    reader = _UnitReader(lines, front, UnitPlaces(article))
    return article, SourceText(
        lines, tuple(reader.read(tokens)), definitions, read_chunks(tokens, lines, front.end)
    )


class _UnitReader:
    """One reading of one file; numbers of lines count from 0 here."""

    def __init__(self, lines: Sequence[FileLine], front: FrontMatter, places: UnitPlaces) -> None:
        self._lines = lines
        self._front = front
        self._first = front.end
        self._places = places
        self._used: Counter[str] = Counter()
        self._section = ""
        self._last_block = ""
        self._has_title = False
        self._row = -1
        self._table = (0, 0)
        self._open: list[str] = []

    def read(self, tokens: Sequence[Token]) -> Iterator[Unit]:
        """Yield all units in the order of the file."""
        for key, text, piece in front_pieces(self._front, self._lines):
            yield Unit(self._claim(key), UnitKind.FRONT, text, piece.number + 1, (piece,))
        for token in tokens:
            yield from self._token(token)

    def _token(self, token: Token) -> Iterator[Unit]:
        first, end = self._span(token)
        match token.type:
            case "table_open":
                self._row, self._table = -1, (first, end)
            case "tr_open":
                self._row += 1
                yield from self._cells(token, first)
            case "inline" if self._row < 0 and not token.meta.get("deep"):
                yield from self._text(token.content, first, end)
            case "fence" | "code_block":
                start = first + 1 if token.type == "fence" else first
                yield from self._whole(token.content.removesuffix("\n"), start, UnitKind.CODE, (first, end))
            case "html_block":
                yield from self._html(token.content, first, end)
            case "directive":
                yield from self._directive(first, end)
            case "accordion" if token.content:
                raw = self._lines[first].text
                start = raw.rfind(token.content)
                piece = Piece(first, start, start + len(token.content))
                yield self._unit(self._place(first, end)[1], UnitKind.QUESTION, (piece,))
            case "table_close":
                self._row = -1
        if token.nesting > 0:
            self._open.append(token.tag)
        elif token.nesting < 0:
            self._open.pop()

    def _span(self, token: Token) -> tuple[int, int]:
        return (token.map[0] + self._first, token.map[1] + self._first) if token.map else (0, 0)

    def _text(self, content: str, first: int, end: int) -> Iterator[Unit]:
        """Yield the text of a paragraph or heading, without a callout's marker and the ids at its end."""
        line = first
        is_quoted = self._open[-2:-1] == ["blockquote"]
        for part in NEXT_MARKER.split(content) if is_quoted else [content]:
            marker = MARKER.match(part)
            is_marked = marker is not None and (is_quoted or marker["linked"] or marker["video"])
            text = part[marker.end() :] if marker is not None and is_marked else part
            start = line + part.count("\n", 0, len(part) - len(text))
            trimmed = trim_attributes(text).text
            pieces = self._pieces(text, trimmed, start)
            kind, key = self._place(line, end)
            if self._open and not self._has_title and self._open[-1] == "h1":
                self._has_title, kind, key = True, UnitKind.HEADING, HEADING
            if pieces:
                unit = self._unit(key, kind, pieces)
                if kind is UnitKind.HEADING:
                    self._section = unit.text
                yield unit
            line += part.count("\n") + 1

    def _pieces(self, content: str, text: str, first: int) -> tuple[Piece, ...]:
        """Return where the lines of `text`, the beginning of `content`, stand; () when that is unclear."""
        found: list[Piece] = []
        whole = content.split("\n")
        for offset, shown in enumerate(text.split("\n")):
            number = first + offset
            if number >= len(self._lines):
                return ()
            raw = self._lines[number].text
            written = whole[offset].strip(_BLANK)
            end = raw.rfind(written) + len(written) if written in raw else -1
            if not written or end < 0 or not _AFTER_HEADING.fullmatch(raw[end:]):
                return ()
            start = end - len(written)
            shown = shown.lstrip(_BLANK)
            is_last = offset == text.count("\n")
            # Blanks at the end of a line inside a paragraph are a break.
            length = len(shown.rstrip(_BLANK)) if is_last else len(raw) - start
            found.append(Piece(number, start, start + length))
        return tuple(found) if found and found[0].end > found[0].start else ()

    def _cells(self, token: Token, number: int) -> Iterator[Unit]:
        """Yield the cells of a row."""
        raw = self._lines[number].text
        start = min(int(token.meta.get("column", 0)), len(raw))
        _, key = self._place(*self._table)
        for column, (left, right) in enumerate(cell_spans(raw, start)):
            text = trim_attributes(raw[left:right]).text.rstrip(_BLANK)
            piece = Piece(number, left, left + len(text))
            yield self._unit(f"{key}@{self._row}.{column}", UnitKind.CELL, (piece,))

    def _whole(self, content: str, first: int, kind: UnitKind, span: tuple[int, int]) -> Iterator[Unit]:
        """Yield lines that are taken as they are."""
        pieces = []
        for number, text in enumerate(content.split("\n"), start=first):
            raw = self._lines[number].text if number < len(self._lines) else ""
            if not raw.endswith(text):
                return
            pieces.append(Piece(number, len(raw) - len(text), len(raw)))
        if content.strip():
            yield self._unit(self._place(*span)[1], kind, tuple(pieces))

    def _html(self, content: str, first: int, end: int) -> Iterator[Unit]:
        """Yield a question, or the whole HTML when it says more than that."""
        lines = [self._lines[number].text for number in range(first, end)]
        spans = [(offset, summary_span(line)) for offset, line in enumerate(lines)]
        questions = [(offset, span) for offset, span in spans if span is not None]
        for offset, (left, right) in questions:
            lines[offset] = lines[offset][:left] + lines[offset][right:]
        if questions and not has_text("\n".join(lines)):
            begin = first
            for offset, span in questions:
                kind, key = self._place(begin, first + offset + 1)
                begin = first + offset + 1
                yield self._unit(key, kind, (Piece(first + offset, *span),))
        elif has_text(content):
            yield from self._whole(content.rstrip("\n"), first, UnitKind.HTML, (first, end))

    def _directive(self, first: int, end: int) -> Iterator[Unit]:
        """Yield the description of a picture."""
        for number in range(first, end):
            found = _ALTERNATIVE.search(self._lines[number].text)
            if found is not None and found.group(1).strip():
                key = self._place(first, end)[1]
                yield self._unit(key, UnitKind.FIGURE, (Piece(number, *found.span(1)),))

    def _place(self, first: int, end: int) -> tuple[UnitKind, str]:
        """Return what is shown of these lines, and its key; a place after the last block when nothing is."""
        found = self._places.find(first + 1, end)
        if found is None:
            return UnitKind.PARAGRAPH, f"{self._last_block}@after"
        self._last_block = found[1]
        return found

    def _unit(self, key: str, kind: UnitKind, pieces: tuple[Piece, ...]) -> Unit:
        text = "\n".join(self._lines[piece.number].text[piece.start : piece.end] for piece in pieces)
        section = "" if key == HEADING else self._section
        return Unit(self._claim(key), kind, text, pieces[0].number + 1, pieces, section)

    def _claim(self, key: str) -> str:
        """Return `key`, or with a number when another unit has it."""
        self._used[key] += 1
        if self._used[key] == 1:
            return key
        return self._claim(f"{key}{':' if '@' in key else '@'}{self._used[key]}")


def cell_spans(raw: str, start: int) -> list[tuple[int, int]]:
    """Return where the texts of a row's cells stand, without the blanks around them."""
    end = len(raw.rstrip(_BLANK))
    bars = [
        index
        for index in range(start, end)
        if raw[index] == "|" and (index == start or raw[index - 1] != "\\")
    ]
    edges = [start - 1, *bars, end]
    spans = [(left + 1, right) for left, right in pairwise(edges)]
    if spans and not raw[slice(*spans[0])].strip(_BLANK) and len(spans) > 1:
        spans.pop(0)
    if spans and not raw[slice(*spans[-1])].strip(_BLANK) and len(spans) > 1:
        spans.pop()
    return [_trimmed(raw, left, right) for left, right in spans]


def _trimmed(raw: str, left: int, right: int) -> tuple[int, int]:
    while left < right and raw[left] in _BLANK:
        left += 1
    while right > left and raw[right - 1] in _BLANK:
        right -= 1
    return left, right
