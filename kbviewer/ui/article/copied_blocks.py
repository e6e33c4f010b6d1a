"""Blocks that were selected, as plain text and as HTML. Qt-free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

_CLOSE = 0.5


class Cell(NamedTuple):
    """What stands in a cell of a table."""

    plain: str
    rich: str


class CopiedBlock(NamedTuple):
    """A paragraph, a heading, an item of a list, literal text, or a table.

    Attributes:
        rich: the same as `plain`, as HTML without the element around it.
        margin: how far in it stands; what stands as far in as an item of a list belongs to it.
        level: of a heading, else 0.
        number: "1", "a" or a bullet; "" when it is no item, or its number was not selected.
        path: the number with those of the steps around it, "1.a".
        language: "" for that of the article.
        rows: of a table; the first is its header when `has_header`.
    """

    plain: str = ""
    rich: str = ""
    margin: float = 0.0
    level: int = 0
    number: str = ""
    path: str = ""
    language: str = ""
    is_code: bool = False
    rows: Sequence[Sequence[Cell]] = ()
    has_header: bool = False

    @property
    def is_bullet(self) -> bool:
        """Whether it is an item without a number."""
        return bool(self.number) and not self.number.isalnum()


def as_text(blocks: Iterable[CopiedBlock]) -> str:
    """Return the blocks as lines; steps have their numbers, cells of a table stand between tabs."""
    lines: list[str] = []
    bullets: list[float] = []
    for block in blocks:
        while bullets and block.margin < bullets[-1] + (0 if not block.is_bullet else _CLOSE):
            bullets.pop()
        if block.rows:
            lines += ["\t".join(cell.plain.replace("\n", " ") for cell in row) for row in block.rows]
        elif block.is_bullet:
            lines.append(f"{'  ' * len(bullets)}{block.number} {block.plain}")
            bullets.append(block.margin)
        elif block.number:
            lines.append(f"{block.path or block.number}. {block.plain}")
        else:
            lines.append(block.plain)
    return "\n".join(lines)


def as_html(blocks: Iterable[CopiedBlock], language: str) -> str:
    """Return the blocks as a page of HTML with nested lists and tables."""
    writer = _HtmlWriter()
    for block in blocks:
        writer.add(block)
    return f'<html lang="{escape(language)}"><body>{writer.finish()}</body></html>'


class _HtmlWriter:
    """Nests lists by how far in their items stand."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[tuple[float, str]] = []

    def add(self, block: CopiedBlock) -> None:
        """Write one block."""
        language = f' lang="{escape(block.language)}"' if block.language else ""
        if block.number:
            self._item(block, language)
            return
        while self._open and block.margin < self._open[-1][0] - _CLOSE:
            self._close()
        if block.rows:
            self._table(block, language)
        elif block.level:
            self._parts.append(f"<h{block.level}{language}>{block.rich}</h{block.level}>")
        elif block.is_code:
            self._parts.append(f"<pre{language}><code>{escape(block.plain)}</code></pre>")
        else:
            self._parts.append(f"<p{language}>{block.rich}</p>")

    def finish(self) -> str:
        """Return everything, all lists closed."""
        while self._open:
            self._close()
        return "".join(self._parts)

    def _item(self, block: CopiedBlock, language: str) -> None:
        kind = "ul" if block.is_bullet else "ol" if block.number.isdecimal() else 'ol type="a"'
        while self._open and block.margin < self._open[-1][0] - _CLOSE:
            self._close()
        if self._open and abs(block.margin - self._open[-1][0]) <= _CLOSE:
            if self._open[-1][1] == kind:
                self._parts.append(f"</li><li{language}>{block.rich}")
                return
            self._close()
        start = _ordinal(block.number)
        first = f' start="{start}"' if start > 1 else ""
        self._parts.append(f"<{kind}{first}><li{language}>{block.rich}")
        self._open.append((block.margin, kind))

    def _close(self) -> None:
        _margin, kind = self._open.pop()
        self._parts.append(f"</li></{kind[:2]}>")

    def _table(self, block: CopiedBlock, language: str) -> None:
        rows = []
        for index, row in enumerate(block.rows):
            tag = "th" if block.has_header and index == 0 else "td"
            rows.append("<tr>" + "".join(f"<{tag}>{cell.rich}</{tag}>" for cell in row) + "</tr>")
        self._parts.append(f"<table{language}>{''.join(rows)}</table>")


def _ordinal(number: str) -> int:
    """Return which item of its list has that number; 0 for a bullet."""
    if number.isdecimal():
        return int(number)
    return ord(number[0].lower()) - ord("a") + 1 if number[:1].isalpha() else 0
