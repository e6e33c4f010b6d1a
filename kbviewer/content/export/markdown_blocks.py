"""Blocks as Markdown that the reader reads back as the same blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from kbviewer.content.export.markdown_text import escaped, runs_as_markdown
from kbviewer.content.pairing import is_explicit
from kbviewer.model.blocks import (
    Block,
    Blocks,
    BulletList,
    Callout,
    CalloutKind,
    Code,
    Faq,
    Figure,
    FigureKind,
    Heading,
    ListRole,
    Paragraph,
    ParagraphRole,
    Rule,
    ScopeMatrix,
    StepList,
    SymptomTable,
    Table,
    Target,
)
from kbviewer.model.inline import Runs

_PARAGRAPH_CLASSES = {
    ParagraphRole.RESULT: "kb-result",
    ParagraphRole.PREREQUISITE: "kb-prerequisite",
    ParagraphRole.MISSING: "kb-missing",
    ParagraphRole.ACTION: "nextstepaction",
}
_LIST_CLASSES = {ListRole.ALTERNATIVES: "kb-alternatives", ListRole.TRIAGE: "kb-triage"}


def blocks_as_markdown(blocks: Blocks) -> str:
    """Return `blocks`, blank lines between them."""
    parts: list[str] = []
    previous: Block | None = None
    for block in blocks:
        # Lists that follow each other are one list unless their markers differ.
        follows = isinstance(block, BulletList | StepList) and isinstance(previous, type(block))
        parts.append(_block(block, other_marker=follows and not _marked(parts)))
        previous = block
    return "\n\n".join(parts)


def _marked(parts: list[str]) -> bool:
    """Return whether the last list was written with the other marker already."""
    return bool(parts) and re.match(r"\* |\d+\) ", parts[-1]) is not None


def _block(block: Block, *, other_marker: bool) -> str:
    match block:
        case Heading():
            return f"{'#' * min(max(block.level, 1), 6)} {_line(block.runs)}{_id(block.key)}"
        case Paragraph():
            text = f"{runs_as_markdown(block.runs)}{_id(block.key)}"
            return (
                _division(_PARAGRAPH_CLASSES[block.role], text) if block.role in _PARAGRAPH_CLASSES else text
            )
        case BulletList():
            items = _items((blocks_as_markdown(item) for item in block.items), "*" if other_marker else "-")
            text = _anchor(block.key) + items
            return _division(_LIST_CLASSES[block.role], text) if block.role in _LIST_CLASSES else text
        case StepList():
            return _steps(block, ")" if other_marker else ".")
        case Callout(kind=CalloutKind.BOUNDARY):
            return _division("kb-boundary", blocks_as_markdown(block.blocks))
        case Callout():
            return _quoted(f"[!{block.kind.name}]\n\n{blocks_as_markdown(block.blocks)}")
        case ScopeMatrix() | SymptomTable() | Table():
            return _any_table(block)
        case Faq():
            # Its own paragraphs: HTML ends at a blank line, and what follows is Markdown again.
            identity = f' id="{escape(block.key)}"' if is_explicit(block.key) else ""
            answer = blocks_as_markdown(block.blocks)
            return f"<details{identity}><summary>{_line(block.question)}</summary>\n\n{answer}\n\n</details>"
        case Code():
            fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", block.text)), default=0))
            return f"{_anchor(block.key)}{fence}{block.syntax}\n{block.text}\n{fence}"
        case Figure():
            return _figure(block)
        case Rule():
            return "---"


def _id(key: str) -> str:
    return f" {{#{key}}}" if is_explicit(key) else ""


def _anchor(key: str) -> str:
    """Return an anchor that gives its id to the block after it, which has no place for one of its own."""
    return f'<a id="{escape(key)}"></a>\n\n' if is_explicit(key) else ""


def _line(runs: Runs) -> str:
    return runs_as_markdown(runs, line_break="<br>")


def _division(name: str, text: str) -> str:
    return _quoted(f'[!div class="{name}"]\n\n{text}')


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _items(items: Iterable[str], *markers: str) -> str:
    """Return list items, each after its marker (the last marker serves the rest), contents indented."""
    written = []
    for index, item in enumerate(items):
        marker = markers[min(index, len(markers) - 1)] + " "
        first, *others = item.split("\n")
        indent = " " * len(marker)
        written.append(
            "\n".join([f"{marker}{first}".rstrip(), *(indent + line if line else "" for line in others)])
        )
    loose = any("\n\n" in item for item in written)
    return ("\n\n" if loose else "\n").join(written)


def _steps(block: StepList, delimiter: str) -> str:
    title = f"{runs_as_markdown(block.title)}{_id(block.key)}\n\n" if block.title else _anchor(block.key)
    first = int(block.steps[0].number) if block.steps and block.steps[0].number.isdecimal() else 1
    items = []
    for step in block.steps:
        action = f"{runs_as_markdown(step.runs)}{_id(step.id)}"
        parts = [blocks_as_markdown(step.guards), action, blocks_as_markdown(step.blocks)]
        items.append("\n\n".join(part for part in parts if part))
    markers = [f"{first + index}{delimiter}" for index in range(len(items))]
    return title + _items(items, *markers)


def _any_table(block: ScopeMatrix | SymptomTable | Table) -> str:
    match block:
        case ScopeMatrix():
            header = [escaped(text) for text in (block.question, *block.columns)]
            rows = [
                [escaped(name), *(_category(cell.category, cell.targets) for cell in cells)]
                for name, cells in zip(block.rows, block.cells, strict=True)
            ]
            return _division("kb-scope", _anchor(block.key) + _table(header, rows))
        case SymptomTable():
            header = [escaped(text) for text in block.headers]
            rows = [
                [
                    _line(row.symptom) + (" {.fallback}" if row.fallback else ""),
                    escaped(row.category),
                    " / ".join(map(_target, row.targets)),
                ]
                for row in block.rows
            ]
            return _division("kb-symptoms", _anchor(block.key) + _table(header, rows))
        case Table():
            header = [_line(cell) for cell in block.header]
            rows = [[_line(cell) for cell in row] for row in block.rows]
            return _anchor(block.key) + _table(header or [""] * max(map(len, rows), default=1), rows)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _category(category: str, targets: tuple[Target, ...]) -> str:
    """Return a cell: its text, with the targets' labels in it as links."""
    text, rest = "", category
    for target in targets:
        before, label, after = rest.partition(target.label)
        text += escaped(before if label else "") + _target(target)
        rest = after if label else rest
    return text + escaped(rest) if targets else escaped(category)


def _target(target: Target) -> str:
    return f"[{escaped(target.label)}](#{target.anchor})"


def _figure(block: Figure) -> str:
    kind = "kb-video" if block.kind is FigureKind.VIDEO else "kb-figure"
    picture = f"![{escaped(block.alt)}](<{block.source}>)" if block.source else ""
    if not block.caption and block.kind is FigureKind.IMAGE:
        return _anchor(block.key) + picture
    return _division(
        kind, "\n\n".join(filter(None, [picture, runs_as_markdown(block.caption) + _id(block.key)]))
    )
