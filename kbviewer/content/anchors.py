"""Makes links inside an article lead to keys, and tells fallback symptoms from the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kbviewer.model.blocks import (
    Block,
    BulletList,
    Callout,
    Faq,
    Figure,
    Heading,
    MatrixCell,
    Paragraph,
    ScopeMatrix,
    Step,
    StepList,
    SymptomRow,
    SymptomTable,
    Table,
    Target,
    block_runs,
    walk,
    walk_steps,
)
from kbviewer.model.inline import LinkKind, Run, Runs, plain_text

_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


def mark_fallback(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with the fallback row of each symptom table marked.

    A row marked `{.fallback}` is one. Without any, the last row is when it cannot belong to a fault
    category: no cell of the article's matrices leads to where it leads, or it alone leads nowhere.
    """
    matrices = [block for block in walk(tuple(blocks)) if isinstance(block, ScopeMatrix)]
    anchors = {
        target.anchor
        for matrix in matrices
        for row in matrix.cells
        for cell in row
        for target in cell.targets
    }

    def with_fallback(block: Block) -> Block:
        if not isinstance(block, SymptomTable) or any(row.fallback for row in block.rows):
            return block
        *others, last = block.rows
        leads_elsewhere = bool(anchors) and anchors.isdisjoint(target.anchor for target in last.targets)
        leads_nowhere = not last.targets and all(row.targets for row in others)
        if not others or not (leads_nowhere or (leads_elsewhere and last.targets)):
            return block
        return replace(block, rows=(*others, replace(last, fallback=True)))

    return map_blocks(blocks, with_fallback)


def resolve_anchors(blocks: Sequence[Block], aliases: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the blocks with links to further ids of a block, and to headings by their text, led to keys.

    Other Markdown tools make a heading's id from its text (`#affected-products`); links in real
    documentation rely on it. Links that lead nowhere stay as they are.
    """
    keys = {block.key for block in walk(tuple(blocks))} | {step.id for step in walk_steps(tuple(blocks))}
    wanted = _section_targets(blocks) - keys
    if not wanted:
        return tuple(blocks)
    targets = _slugs(blocks) | {alias: key for alias, key in aliases.items() if key in keys}
    folded = {key.casefold(): key for key in keys}
    found = {
        anchor: targets.get(anchor) or targets.get(anchor.casefold()) or folded.get(anchor.casefold(), "")
        for anchor in wanted
    }
    found = {anchor: key for anchor, key in found.items() if key}
    return map_blocks(blocks, lambda block: _relink_block(block, found)) if found else tuple(blocks)


def map_blocks(blocks: Sequence[Block], change: Callable[[Block], Block]) -> tuple[Block, ...]:
    """Return the blocks with `change` applied to each, children first."""
    return tuple(change(_map_children(block, change)) for block in blocks)


def _map_children(block: Block, change: Callable[[Block], Block]) -> Block:
    """Return a block with changed children."""
    match block:
        case BulletList(items=items):
            return replace(block, items=tuple(map_blocks(item, change) for item in items))
        case StepList(steps=steps):
            return replace(block, steps=tuple(_map_step(step, change) for step in steps))
        case Callout(blocks=blocks) | Faq(blocks=blocks):
            return replace(block, blocks=map_blocks(blocks, change))
        case _:
            return block


def _map_step(step: Step, change: Callable[[Block], Block]) -> Step:
    """Return a step with changed children."""
    guards = tuple(guard for guard in map_blocks(step.guards, change) if isinstance(guard, Callout))
    return replace(step, guards=guards, blocks=map_blocks(step.blocks, change))


def _section_targets(blocks: Sequence[Block]) -> set[str]:
    """Return the ids that links of the article lead to."""
    anchors: set[str] = set()
    for block in walk(tuple(blocks)):
        for run in block_runs(block):
            if run.link is not None and run.link.kind is LinkKind.SECTION:
                anchors.add(run.link.target)
        if isinstance(block, ScopeMatrix):
            anchors |= {target.anchor for row in block.cells for cell in row for target in cell.targets}
        elif isinstance(block, SymptomTable):
            anchors |= {target.anchor for row in block.rows for target in row.targets}
    return anchors


def _slugs(blocks: Sequence[Block]) -> dict[str, str]:
    """Return the ids that other tools derive from headings, and the keys of these headings."""
    slugs: dict[str, str] = {}
    for block in walk(tuple(blocks)):
        if isinstance(block, Heading):
            slugs.setdefault(slug(plain_text(block.runs)), block.key)
    return slugs


def slug(text: str) -> str:
    """Return the id that docfx and its kind derive from a heading's text."""
    return _NOT_IN_SLUG.sub("", text.casefold()).strip().replace(" ", "-")


def _relink_block(block: Block, found: Mapping[str, str]) -> Block:
    """Return a block whose own links lead to keys."""
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            return replace(block, runs=_relink(runs, found))
        case Faq(question=question):
            return replace(block, question=_relink(question, found))
        case Figure(caption=caption):
            return replace(block, caption=_relink(caption, found))
        case StepList(title=title, steps=steps):
            relinked = tuple(replace(step, runs=_relink(step.runs, found)) for step in steps)
            return replace(block, title=_relink(title, found), steps=relinked)
        case Table(header=header, rows=rows):
            return replace(
                block,
                header=tuple(_relink(cell, found) for cell in header),
                rows=tuple(tuple(_relink(cell, found) for cell in row) for row in rows),
            )
        case ScopeMatrix(cells=cells):
            return replace(
                block, cells=tuple(tuple(_relink_cell(cell, found) for cell in row) for row in cells)
            )
        case SymptomTable(rows=symptoms):
            return replace(block, rows=tuple(_relink_row(row, found) for row in symptoms))
        case _:
            return block


def _relink(runs: Runs, found: Mapping[str, str]) -> Runs:
    """Return runs whose links lead to keys."""
    return tuple(_relink_run(run, found) for run in runs)


def _relink_run(run: Run, found: Mapping[str, str]) -> Run:
    """Return a run whose link leads to a key."""
    if run.link is None or run.link.kind is not LinkKind.SECTION or run.link.target not in found:
        return run
    return replace(run, link=replace(run.link, target=found[run.link.target]))


def _relink_targets(targets: tuple[Target, ...], found: Mapping[str, str]) -> tuple[Target, ...]:
    """Return targets that are keys."""
    return tuple(replace(target, anchor=found.get(target.anchor, target.anchor)) for target in targets)


def _relink_cell(cell: MatrixCell, found: Mapping[str, str]) -> MatrixCell:
    """Return a matrix cell that leads to keys."""
    return replace(cell, targets=_relink_targets(cell.targets, found))


def _relink_row(row: SymptomRow, found: Mapping[str, str]) -> SymptomRow:
    """Return a symptom that leads to keys."""
    return replace(row, symptom=_relink(row.symptom, found), targets=_relink_targets(row.targets, found))
