"""Blocks and runs as lists of plain JSON values, and back.

A block is `[tag, key, line, language, …its own fields]`, a run with no look its text alone. The form is
positional because a cached article of 2,000 blocks is decoded while its reader waits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
from kbviewer.model.inline import Link, LinkKind, Mark, Run, Runs

_MARKS = tuple(Mark)
_MARK_SETS = tuple(
    frozenset(mark for bit, mark in enumerate(_MARKS) if number >> bit & 1)
    for number in range(1 << len(_MARKS))
)
_new: Any = object.__new__
_set_text, _set_marks, _set_link, _set_language, _set_tip, _set_image = (
    Run.__dict__[name].__set__ for name in ("text", "marks", "link", "language", "tip", "image")
)
_LINK_KINDS = {kind.value: kind for kind in LinkKind}
_PARAGRAPH_ROLES = {role.value: role for role in ParagraphRole}
_LIST_ROLES = {role.value: role for role in ListRole}
_CALLOUT_KINDS = {kind.value: kind for kind in CalloutKind}
_FIGURE_KINDS = {kind.value: kind for kind in FigureKind}


def encode_runs(runs: Runs) -> list[Any]:
    """Return `runs` as a list: text; text and marks; or those with link, language, tip and image."""
    return [_encode_run(run) for run in runs]


def _encode_run(run: Run) -> Any:
    if not (run.marks or run.link or run.language or run.tip or run.image):
        return run.text
    marks = sum(1 << bit for bit, mark in enumerate(_MARKS) if mark in run.marks)
    if not (run.link or run.language or run.tip or run.image):
        return [run.text, marks]
    link = [run.link.kind.value, run.link.target, run.link.anchor] if run.link else None
    return [run.text, marks, link, run.language, run.tip, run.image]


def decode_runs(value: Any) -> Runs:
    """Return what `encode_runs` was given.

    Raises:
        ValueError, TypeError, KeyError, IndexError: `value` is nothing that `encode_runs` returns.
    """
    return tuple([_plain_run(run) if run.__class__ is str else _decode_run(run) for run in value])


def _plain_run(text: str, marks: frozenset[Mark] = _MARK_SETS[0]) -> Run:
    # Runs are most of an article, and a frozen dataclass's own __init__ takes twice as long.
    run: Run = _new(Run)
    _set_text(run, text)
    _set_marks(run, marks)
    _set_link(run, None)
    _set_language(run, "")
    _set_tip(run, "")
    _set_image(run, "")
    return run


def _decode_run(value: Any) -> Run:
    if len(value) == 2:
        text, marks = value
        if text.__class__ is not str:
            raise TypeError("not a text")
        return _plain_run(text, _MARK_SETS[marks])
    text, marks, link, language, tip, image = value
    _require_text(text, language, tip, image)
    return Run(text, _MARK_SETS[marks], _decode_link(link) if link else None, language, tip, image)


def _decode_link(value: Any) -> Link:
    kind, target, anchor = value
    _require_text(target, anchor)
    return Link(_LINK_KINDS[kind], target, anchor)


def _require_text(*values: Any) -> None:
    for value in values:
        if value.__class__ is not str:
            raise TypeError("not a text")


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
    _require_text(step_id, number, language)
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
    _require_text(question, *rows, *columns)
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
    _require_text(category)
    return MatrixCell(category, _decode_targets(targets))


def _decode_targets(value: Any) -> tuple[Target, ...]:
    for target in value:
        _require_text(*target)
    return tuple(Target(label, anchor) for label, anchor in value)


def _symptoms(key: str, line: int, language: str, headers: Any, rows: Any) -> SymptomTable:
    first, second, third = headers
    _require_text(first, second, third)
    decoded = tuple(_decode_symptom(row) for row in rows)
    return SymptomTable(key=key, line=line, language=language, headers=(first, second, third), rows=decoded)


def _decode_symptom(value: Any) -> SymptomRow:
    symptom, category, targets, fallback = value
    _require_text(category)
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
    _require_text(text, syntax)
    return Code(key=key, line=line, language=language, text=text, syntax=syntax)


def _figure(key: str, line: int, language: str, source: Any, caption: Any, kind: Any, alt: Any) -> Figure:
    _require_text(source, alt)
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
