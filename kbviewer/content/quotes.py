"""Block quotes: callouts, the parts that `[!div class="kb-…"]` marks, and plain quotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kbviewer.content.tables import read_scope, read_symptoms
from kbviewer.content.tree import Node
from kbviewer.model.blocks import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Figure,
    FigureKind,
    ListRole,
    Paragraph,
    ParagraphRole,
)
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from kbviewer.content.block_reader import BlockReader

_CALLOUTS = {
    "note": CalloutKind.NOTE,
    "tip": CalloutKind.TIP,
    "important": CalloutKind.IMPORTANT,
    "warning": CalloutKind.WARNING,
    "caution": CalloutKind.CAUTION,
    # Names of Experience League.
    "info": CalloutKind.NOTE,
    "success": CalloutKind.TIP,
    "error": CalloutKind.CAUTION,
    "danger": CalloutKind.CAUTION,
    "morelikethis": CalloutKind.NOTE,
    "prerequisites": CalloutKind.NOTE,
    "availability": CalloutKind.NOTE,
    "administration": CalloutKind.NOTE,
    "admin": CalloutKind.NOTE,
    "contextualhelp": CalloutKind.NOTE,
}
# Where a frame or a row of tabs begins and ends: what they hold is read like any text.
_FRAMES = frozenset({"begintabs", "endtabs", "beginshadebox", "endshadebox"})
_PARAGRAPHS = {
    "kb-result": ParagraphRole.RESULT,
    "kb-prerequisite": ParagraphRole.PREREQUISITE,
    "kb-missing": ParagraphRole.MISSING,
    "nextstepaction": ParagraphRole.ACTION,
}
_LISTS = {"kb-alternatives": ListRole.ALTERNATIVES, "kb-triage": ListRole.TRIAGE}
_FIGURES = {"kb-figure": FigureKind.IMAGE, "kb-video": FigureKind.VIDEO}
_TABLES: dict[str, Callable[[Node, BlockReader], list[Block]]] = {
    "kb-scope": read_scope,
    "kb-symptoms": read_symptoms,
}


@dataclass(slots=True)
class _Part:
    """What stands under one marker; plain quoted text when it has none."""

    line: int
    alert: str = ""
    div: str = ""
    tab: str = ""
    nodes: list[Node] = field(default_factory=list)


def read_quote(node: Node, reader: BlockReader) -> list[Block]:
    """Return the blocks of a quote. Text that no marker claims stays as it is: paragraphs, lists."""
    blocks: list[Block] = []
    for part in _parts(node):
        if part.tab:
            blocks += [reader.heading_below(part.tab, part.line), *reader.read(part.nodes)]
        elif part.alert in _FRAMES:
            blocks += reader.read(part.nodes)
        elif part.alert:
            kind = _CALLOUTS.get(part.alert)
            if kind is None:
                _complain(part, f"[!{part.alert}]", reader)
                kind = CalloutKind.NOTE
            blocks += _callout(kind, part, reader)
        elif part.div:
            blocks += _division(part, reader)
        else:
            blocks += reader.read(part.nodes)
    return blocks


def _parts(node: Node) -> list[_Part]:
    """Cut a quote at its markers."""
    parts = [_Part(node.line)]
    for child in node.children:
        alert, div, tab = (child.attrs.get(name, "") for name in ("alert", "div", "tab"))
        if child.tag == "p" and (alert or div or tab):
            parts.append(_Part(child.line, alert.casefold(), div, tab))
        parts[-1].nodes.append(child)
    return [part for part in parts if part.nodes]


def _callout(kind: CalloutKind, part: _Part, reader: BlockReader) -> list[Block]:
    """Return a callout; one without content says nothing and is left out."""
    blocks = reader.read(part.nodes)
    return [Callout(line=part.line, kind=kind, blocks=tuple(blocks))] if blocks else []


def _division(part: _Part, reader: BlockReader) -> list[Block]:
    """Return what a `[!div]` makes of its content."""
    names = part.div.split()
    name = next((name for name in names if name.startswith("kb-")), names[0] if names else "")
    if name in _TABLES:
        return _table(name, part, reader)
    if name == "kb-boundary":
        return _callout(CalloutKind.BOUNDARY, part, reader)
    blocks = reader.read(part.nodes)
    if name in _PARAGRAPHS:
        return [_with_role(block, _PARAGRAPHS[name]) for block in blocks]
    if name in _LISTS:
        return [
            replace(block, role=_LISTS[name]) if isinstance(block, BulletList) else block for block in blocks
        ]
    if name in _FIGURES:
        return _figures(blocks, _FIGURES[name])
    if name.startswith("kb-"):
        _complain(part, name, reader)
    return blocks


def _with_role(block: Block, role: ParagraphRole) -> Block:
    """Return `block` with the role when it is a paragraph."""
    return replace(block, role=role) if isinstance(block, Paragraph) else block


def _figures(blocks: Sequence[Block], kind: FigureKind) -> list[Block]:
    """Return a figure for every paragraph; a picture takes the paragraph after it as its caption."""
    figures: list[Block] = []
    for block in blocks:
        before = figures[-1] if figures else None
        if (
            isinstance(block, Paragraph)
            and isinstance(before, Figure)
            and before.source
            and not before.caption
        ):
            figures[-1] = replace(before, caption=block.runs, key=before.key or block.key)
        elif isinstance(block, Paragraph):
            figures.append(Figure(key=block.key, line=block.line, source="", caption=block.runs, kind=kind))
        elif isinstance(block, Figure):
            figures.append(replace(block, kind=kind))
        else:
            figures.append(block)
    return figures


def _table(name: str, part: _Part, reader: BlockReader) -> list[Block]:
    """Return the blocks of a part whose tables have a meaning."""
    blocks: list[Block] = []
    if not any(node.tag == "table" for node in part.nodes):
        reader.context.log.add(
            "no-table",
            part.line,
            message(N_("'{name}' holds no table"), name=name),
            message(N_("Write a table with a header row under it.")),
        )
    for node in part.nodes:
        blocks += _TABLES[name](node, reader) if node.tag == "table" else reader.read([node])
    return blocks


def _complain(part: _Part, name: str, reader: BlockReader) -> None:
    """Note a marker that means nothing here."""
    reader.context.log.add(
        "unknown-marker",
        part.line,
        message(N_("'{name}' is not known"), name=name),
        message(N_("Use one of the markers in CONTRIBUTING.md.")),
    )
