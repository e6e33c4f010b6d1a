"""Bullet lists, and numbered lists as procedures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kbviewer.content.tree import Node
from kbviewer.model.blocks import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Paragraph,
    ParagraphRole,
    Step,
    StepList,
)
from kbviewer.model.inline import Runs, plain_text

if TYPE_CHECKING:
    from kbviewer.content.block_reader import BlockReader

# These warn of the step's own action, so they stand before it even when written after it.
_GUARDING = frozenset({CalloutKind.WARNING, CalloutKind.CAUTION})
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERS = 26
_MAX_ROMAN = 1000


def read_bullets(node: Node, reader: BlockReader) -> list[Block]:
    """Return a bullet list. What stands between its items is kept as an item."""
    key = reader.key(node)
    items = [tuple(reader.read(item.children)) for item in _items(node)]
    items = [item for item in items if item]
    return [BulletList(key=key, line=node.line, items=tuple(items))] if items else []


def read_steps(node: Node, reader: BlockReader) -> list[Block]:
    """Return a procedure."""
    key = reader.key(node)
    start = node.attrs.get("start", "1")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 10 else 1
    depth = reader.step_depth
    reader.step_depth += 1
    steps = tuple(
        _read_step(item, step_number(first + index, depth), reader) for index, item in enumerate(_items(node))
    )
    reader.step_depth -= 1
    return [StepList(key=key, line=node.line, steps=steps)] if steps else []


def step_number(ordinal: int, depth: int) -> str:
    """Return how a step is numbered: 1 at the outside, then a, then i, and so on again."""
    style = depth % 3
    if style == 0 or ordinal < 1:
        return str(ordinal)
    if style == 1:
        letters = ""
        while ordinal > 0:
            ordinal, rest = divmod(ordinal - 1, _LETTERS)
            letters = chr(ord("a") + rest) + letters
        return letters
    if ordinal > _MAX_ROMAN:
        return str(ordinal)
    roman = ""
    for value, letters in _ROMAN:
        count, ordinal = divmod(ordinal, value)
        roman += letters * count
    return roman


def absorb_lead_in(blocks: Sequence[Block]) -> list[Block]:
    """Make the line before each procedure its title, when it leads in: it ends in a colon or has an id."""
    merged: list[Block] = []
    for block in blocks:
        before = merged[-1] if merged else None
        if isinstance(block, StepList) and not block.title and _leads_in(before):
            assert isinstance(before, Paragraph)  # noqa: S101 - `_leads_in` says so
            merged[-1] = replace(block, title=before.runs, key=before.key or block.key, line=before.line)
        else:
            merged.append(block)
    return merged


def _leads_in(block: Block | None) -> bool:
    """Return whether a block is a lead-in line."""
    if not isinstance(block, Paragraph) or block.role is not ParagraphRole.BODY:
        return False
    return bool(block.key) or plain_text(block.runs).endswith((":", "："))


def _items(node: Node) -> list[Node]:
    """Return the items of a list; anything else in it makes an item of its own."""
    items: list[Node] = []
    for child in node.children:
        if child.tag == "li":
            items.append(child)
        elif child.tag not in ("#text", "#literal") or child.text.strip():
            items.append(Node("li", child.line, children=[child]))
    return items


def _read_step(node: Node, number: str, reader: BlockReader) -> Step:
    """Return a step: the guards, its action, and what belongs to it."""
    identity = node.attrs.get("id", "").strip()
    blocks = reader.read(node.children, absorb=False)
    guards: list[Callout] = []
    first = next((index for index, block in enumerate(blocks) if not isinstance(block, Callout)), 0)
    runs: Runs = ()
    action = blocks[first] if blocks else None
    if isinstance(action, Paragraph) and action.role is ParagraphRole.BODY:
        guards = [block for block in blocks[:first] if isinstance(block, Callout)]
        runs, identity = action.runs, action.key or identity
        blocks = blocks[first + 1 :]
        while blocks and isinstance(blocks[0], Callout) and blocks[0].kind in _GUARDING:
            guards.append(blocks[0])
            blocks = blocks[1:]
    return Step(
        id=identity,
        number=number,
        runs=runs,
        guards=tuple(guards),
        blocks=tuple(absorb_lead_in(blocks)),
        line=node.line,
    )
