"""The parts of a Markdown file that can stand in another one as they are: blocks and items of lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kbviewer.content.translation.file_lines import FileLine

if TYPE_CHECKING:
    from markdown_it.token import Token

_DETAILS = re.compile(r"<(/?)details\b", re.IGNORECASE)


class Chunk(NamedTuple):
    """Lines of a file, numbered from 0.

    Attributes:
        first: the first line.
        end: after the last line that is not blank.
        depth: of lists around it; 0 for a block of the article, from 1 for an item.
        indent: what stands before it in its first line.
        is_apart: whether a blank line stands before it.
    """

    first: int
    end: int
    depth: int
    indent: str
    is_apart: bool


def read_chunks(tokens: Sequence[Token], lines: Sequence[FileLine], offset: int) -> tuple[Chunk, ...]:
    """Return all chunks, ordered by depth and place.

    Args:
        tokens: of the body.
        lines: of the whole file.
        offset: number of lines before the body.
    """
    found = [*_blocks(tokens, lines, offset), *_items(tokens, lines, offset)]
    return tuple(sorted(found, key=lambda chunk: (chunk.depth, chunk.first)))


def _blocks(tokens: Sequence[Token], lines: Sequence[FileLine], offset: int) -> Iterator[Chunk]:
    """Yield the blocks of the article; one from `<details>` to `</details>`, or `+++` to `+++`, is one."""
    first, is_open = -1, 0
    for token in tokens:
        if token.level or token.nesting < 0 or not token.map:
            continue
        first = token.map[0] if not is_open else first
        if token.type == "html_block":
            for slash in _DETAILS.findall(token.content):
                is_open = max(0, is_open + (-1 if slash else 1))
        if token.type == "accordion":
            is_open = max(0, is_open + (1 if token.content else -1))
        if not is_open:
            yield _chunk(lines, first + offset, token.map[1] + offset, 0)


def _items(tokens: Sequence[Token], lines: Sequence[FileLine], offset: int) -> Iterator[Chunk]:
    depth = 0
    for token in tokens:
        if token.type == "list_item_open" and token.map:
            depth += 1
            yield _chunk(lines, token.map[0] + offset, token.map[1] + offset, depth)
        elif token.type == "list_item_close":
            depth -= 1


def _chunk(lines: Sequence[FileLine], first: int, end: int, depth: int) -> Chunk:
    end = min(end, len(lines))
    while end > first + 1 and not lines[end - 1].text.strip(" \t>"):
        end -= 1
    text = lines[first].text
    indent = text[: len(text) - len(text.lstrip(" \t>"))]
    is_apart = first > 0 and not lines[first - 1].text.strip(" \t>")
    return Chunk(first, end, depth, indent, is_apart)
