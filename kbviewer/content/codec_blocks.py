"""Blocks as lists of plain JSON values, and back.

A block is `[tag, key, line, language, …its own fields]`. The form is positional because a cached article of
2,000 blocks is decoded while its reader waits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kbviewer.content.codec_runs import decode_runs, encode_runs, require_text
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
    MatrixCell,
    Paragraph,
    ParagraphRole,
    Rule,
    ScopeMatrix,
    Step,
    StepList,
    SymptomRow,
    SymptomTable,
    Table,
    Target,
)

_PARAGRAPH_ROLES = {role.value: role for role in ParagraphRole}
_LIST_ROLES = {role.value: role for role in ListRole}
_CALLOUT_KINDS = {kind.value: kind for kind in CalloutKind}
_FIGURE_KINDS = {kind.value: kind for kind in FigureKind}


def encode_blocks(blocks: Blocks) -> list[Any]:
    """Return `blocks` as a list of lists."""
    return [_encode_block(block) for block in blocks]


def _encode_block(block: Block) -> list[Any]:
    base = [block.key, block.line, block.language]
    match block:
        case Heading():
            return ["h", *base, block.level, encode_runs(block.runs)]
        case Paragraph():
            return ["p", *base, encode_runs(block.runs), block.role.value]
        case BulletList():
            return ["l", *base, [encode_blocks(item) for item in block.items], block.role.value]
        case StepList():
            return ["s", *base, [_encode_step(step) for step in block.steps], encode_runs(block.title)]
        case Callout():
            return ["c", *base, block.kind.value, encode_blocks(block.blocks)]
        case ScopeMatrix():
            cells = [[[cell.category, _encode_targets(cell.targets)] for cell in row] for row in block.cells]
            return ["m", *base, list(block.rows), list(block.columns), cells, block.question]
        case SymptomTable():
            rows = [
                [encode_runs(row.symptom), row.category, _encode_targets(row.targets), row.fallback]
                for row in block.rows
            ]
            return ["y", *base, list(block.headers), rows]
        case Faq():
            return ["q", *base, encode_runs(block.question), encode_blocks(block.blocks)]
        case Table():
            lines = [[encode_runs(cell) for cell in row] for row in block.rows]
            return ["t", *base, [encode_runs(cell) for cell in block.header], lines]
        case Code():
            return ["k", *base, block.text, block.syntax]
        case Figure():
            return ["f", *base, block.source, encode_runs(block.caption), block.kind.value, block.alt]
        case Rule():
            return ["r", *base]


def _encode_step(step: Step) -> list[Any]:
    runs, guards, blocks = encode_runs(step.runs), encode_blocks(step.guards), encode_blocks(step.blocks)
    return [step.id, step.number, runs, guards, blocks, step.line, step.language]


def _encode_targets(targets: tuple[Target, ...]) -> list[list[str]]:
    return [[target.label, target.anchor] for target in targets]


def decode_blocks(value: Any) -> Blocks:
    """Return what `encode_blocks` was given.

    Raises:
        ValueError, TypeError, KeyError, IndexError, ModelError, RecursionError: `value` is nothing that
            `encode_blocks` returns.
    """
    blocks = []
    for block in value:
        tag, key, line, language, *rest = block
        if key.__class__ is not str or line.__class__ is not int or language.__class__ is not str:
            raise TypeError("not a block")
        blocks.append(_DECODERS[tag](key, line, language, *rest))
    return tuple(blocks)


def _heading(key: str, line: int, language: str, level: Any, runs: Any) -> Heading:
    if level.__class__ is not int:
        raise TypeError("not a level")
    return Heading(key=key, line=line, language=language, level=level, runs=decode_runs(runs))


def _paragraph(key: str, line: int, language: str, runs: Any, role: Any) -> Paragraph:
    return Paragraph(
        key=key, line=line, language=language, runs=decode_runs(runs), role=_PARAGRAPH_ROLES[role]
    )


def _list(key: str, line: int, language: str, items: Any, role: Any) -> BulletList:
    decoded = tuple([decode_blocks(item) for item in items])
    return BulletList(key=key, line=line, language=language, items=decoded, role=_LIST_ROLES[role])


def _steps(key: str, line: int, language: str, steps: Any, title: Any) -> StepList:
    decoded = tuple([_decode_step(step) for step in steps])
    return StepList(key=key, line=line, language=language, steps=decoded, title=decode_runs(title))


def _decode_step(value: Any) -> Step:
    step_id, number, runs, guards, blocks, line, language = value
    require_text(step_id, number, language)
    callouts = decode_blocks(guards) if guards else ()
    guarding = tuple(callout for callout in callouts if isinstance(callout, Callout))
    if len(guarding) != len(callouts) or line.__class__ is not int:
        raise TypeError("not a step")
    below = decode_blocks(blocks) if blocks else ()
    return Step(step_id, number, decode_runs(runs), guarding, below, line, language)


def _callout(key: str, line: int, language: str, kind: Any, blocks: Any) -> Callout:
    return Callout(
        key=key, line=line, language=language, kind=_CALLOUT_KINDS[kind], blocks=decode_blocks(blocks)
    )


def _matrix(
    key: str, line: int, language: str, rows: Any, columns: Any, cells: Any, question: Any
) -> ScopeMatrix:
    require_text(question, *rows, *columns)
    decoded = tuple(tuple(_decode_cell(cell) for cell in row) for row in cells)
    return ScopeMatrix(
        key=key,
        line=line,
        language=language,
        rows=tuple(rows),
        columns=tuple(columns),
        cells=decoded,
        question=question,
    )


def _decode_cell(value: Any) -> MatrixCell:
    category, targets = value
    require_text(category)
    return MatrixCell(category, _decode_targets(targets))


def _decode_targets(value: Any) -> tuple[Target, ...]:
    for target in value:
        require_text(*target)
    return tuple(Target(label, anchor) for label, anchor in value)


def _symptoms(key: str, line: int, language: str, headers: Any, rows: Any) -> SymptomTable:
    first, second, third = headers
    require_text(first, second, third)
    decoded = tuple(_decode_symptom(row) for row in rows)
    return SymptomTable(key=key, line=line, language=language, headers=(first, second, third), rows=decoded)


def _decode_symptom(value: Any) -> SymptomRow:
    symptom, category, targets, fallback = value
    require_text(category)
    return SymptomRow(decode_runs(symptom), category, _decode_targets(targets), bool(fallback))


def _faq(key: str, line: int, language: str, question: Any, blocks: Any) -> Faq:
    return Faq(
        key=key, line=line, language=language, question=decode_runs(question), blocks=decode_blocks(blocks)
    )


def _table(key: str, line: int, language: str, header: Any, rows: Any) -> Table:
    decoded = tuple(tuple(decode_runs(cell) for cell in row) for row in rows)
    return Table(
        key=key,
        line=line,
        language=language,
        header=tuple(decode_runs(cell) for cell in header),
        rows=decoded,
    )


def _code(key: str, line: int, language: str, text: Any, syntax: Any) -> Code:
    require_text(text, syntax)
    return Code(key=key, line=line, language=language, text=text, syntax=syntax)


def _figure(key: str, line: int, language: str, source: Any, caption: Any, kind: Any, alt: Any) -> Figure:
    require_text(source, alt)
    return Figure(
        key=key,
        line=line,
        language=language,
        source=source,
        caption=decode_runs(caption),
        kind=_FIGURE_KINDS[kind],
        alt=alt,
    )


def _rule(key: str, line: int, language: str) -> Rule:
    return Rule(key=key, line=line, language=language)


_DECODERS: dict[str, Callable[..., Block]] = {
    "h": _heading,
    "p": _paragraph,
    "l": _list,
    "s": _steps,
    "c": _callout,
    "m": _matrix,
    "y": _symptoms,
    "q": _faq,
    "t": _table,
    "k": _code,
    "f": _figure,
    "r": _rule,
}
