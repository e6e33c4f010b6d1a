"""The procedures of an article as single steps: what stands before, in and after each. Qt-free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    Blocks,
    BulletList,
    Callout,
    CalloutKind,
    Faq,
    Heading,
    Paragraph,
    ParagraphRole,
    ScopeMatrix,
    StepList,
    SymptomTable,
    Table,
    Target,
    children,
)
from kbviewer.model.inline import Link, LinkKind, Mark, Run, Runs, plain_text
from kbviewer.model.progress import substeps

_WARNINGS = (CalloutKind.WARNING, CalloutKind.CAUTION)


@dataclass(frozen=True, slots=True)
class Above:
    """A step that the shown one is a sub-step of."""

    number: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class GuidedStep:
    """One step as it stands alone.

    Attributes:
        id: the step's id.
        number: with those of the steps above it, "3.a".
        above: the steps that it is a sub-step of, outermost first.
        guards: warnings that guard its action, those of the steps above it first.
        lead: what the steps above it say before their first sub-step; empty in the others.
        runs: the action.
        blocks: what follows the action, without sub-steps.
        language: BCP 47 tag of its text.
    """

    id: str
    number: str
    above: tuple[Above, ...]
    guards: Blocks
    lead: Blocks
    runs: Runs
    blocks: Blocks
    language: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A numbered procedure of an article.

    Attributes:
        key: block key of its list.
        title: its own, else that of the section or question that it stands in, else the article's.
        steps: those without sub-steps, in order.
        prerequisites: what must be known before the first step.
        results: what the reader sees when it has worked.
        language: BCP 47 tag of its title.
    """

    key: str
    title: str
    steps: tuple[GuidedStep, ...]
    prerequisites: Blocks
    results: Blocks
    language: str


def procedures(article: Article) -> tuple[Procedure, ...]:
    """Return the procedures of an article in reading order."""
    return tuple(_procedures(article.blocks, article.title, (), article.language))


def procedure_at(article: Article, anchor: str) -> str:
    """Return the key of the procedure that holds the block, section or step `anchor`, else the next one.

    After the last procedure it is the last; "" when there is none.
    """
    order = list(_order(article.blocks, ""))
    keys = [procedure for _, procedure in order if procedure]
    if not keys:
        return ""
    name = anchor.partition("@")[0]
    if not name:
        return keys[-1] if anchor in ("@footer", "@properties") else keys[0]
    at = next((index for index, (key, _) in enumerate(order) if key == name), 0)
    return next((procedure for _, procedure in order[at:] if procedure), keys[-1])


def _order(blocks: Blocks, procedure: str) -> Iterator[tuple[str, str]]:
    """Yield keys of blocks and steps in reading order, each with the procedure that holds it or ""."""
    for block in blocks:
        inside = procedure
        if isinstance(block, StepList):
            inside = procedure or _key(block)
            yield block.key, inside
            for step in block.steps:
                yield step.id, inside
                yield from _order((*step.guards, *step.blocks), inside)
        else:
            yield block.key, inside
            yield from _order(tuple(children(block)), inside)


def _key(block: StepList) -> str:
    return block.key or block.steps[0].id


def _procedures(
    blocks: Blocks, title: str, inherited: tuple[tuple[int, Block], ...], language: str
) -> Iterator[Procedure]:
    """Yield the procedures of `blocks`; prerequisites hold for their section and those below it.

    Args:
        inherited: prerequisites, each with the level of the heading that it stands under.
    """
    before, level = list(inherited), 0
    for index, block in enumerate(blocks):
        spoken = block.language or language
        if isinstance(block, Heading):
            title, level = plain_text(block.runs), block.level
            before = [(depth, known) for depth, known in before if depth < level]
        elif _is_prerequisite(block):
            before.append((level, block))
        elif isinstance(block, StepList) and block.steps:
            yield Procedure(
                _key(block),
                plain_text(block.title).strip().removesuffix(":") or title,
                tuple(_steps(block, (), "", (), spoken)),
                tuple(known for _, known in before),
                tuple(_results(blocks[index + 1 :])),
                spoken,
            )
        elif isinstance(block, Faq):
            known = tuple((0, block) for _, block in before)
            yield from _procedures(block.blocks, plain_text(block.question), known, spoken)
        else:
            known = tuple((0, block) for _, block in before)
            yield from _procedures(tuple(children(block)), title, known, spoken)


def _is_prerequisite(block: Block) -> bool:
    if isinstance(block, Callout):
        return block.kind in _WARNINGS and not any(isinstance(child, StepList) for child in block.blocks)
    return isinstance(block, Paragraph) and block.role is ParagraphRole.PREREQUISITE


def _results(blocks: Blocks) -> Iterator[Block]:
    for block in blocks:
        if not (isinstance(block, Paragraph) and block.role is ParagraphRole.RESULT):
            return
        yield block


def _steps(
    block: StepList, above: tuple[Above, ...], number: str, guards: Blocks, language: str
) -> Iterator[GuidedStep]:
    """Yield the steps without sub-steps."""
    for step in block.steps:
        spoken = step.language or language
        name = f"{number}{step.number}"
        guarding = (*guards, *alone(step.guards))
        below: list[GuidedStep] = []
        for child in _lists(step.blocks):
            context = (*above, Above(name, step.runs))
            below += _steps(child, context, f"{name}.", guarding, child.language or spoken)
        before, after = _around(step.blocks)
        if substeps(step):
            below[0] = replace(below[0], lead=(*before, *below[0].lead))
            below[-1] = replace(below[-1], blocks=(*below[-1].blocks, *after))
        else:
            yield GuidedStep(step.id, name, above, guarding, (), step.runs, (*before, *after), spoken)
        yield from below


def _lists(blocks: Blocks) -> Iterator[StepList]:
    """Yield the lists of steps in `blocks`, not those in a step of theirs."""
    for block in blocks:
        if isinstance(block, StepList):
            yield block
        else:
            yield from _lists(tuple(children(block)))


def _around(blocks: Blocks) -> tuple[Blocks, Blocks]:
    """Return what stands before and what stands after the first list of steps."""
    at = next((index for index, block in enumerate(blocks) if isinstance(block, StepList)), len(blocks))
    return alone(blocks[:at]), alone(blocks[at:])


def alone(blocks: Blocks) -> Blocks:
    """Return `blocks` as they stand where nothing is folded, chosen or ticked but the step itself."""
    return tuple(part for block in blocks for part in _alone(block))


def _alone(block: Block) -> Iterator[Block]:
    match block:
        case StepList():
            return
        case Callout():
            yield replace(block, blocks=alone(block.blocks))
        case BulletList():
            yield replace(block, items=tuple(alone(item) for item in block.items))
        case Faq():
            question = tuple(replace(run, marks=run.marks | {Mark.STRONG}) for run in block.question)
            yield Paragraph(key=block.key, runs=question, language=block.language)
            yield from alone(block.blocks)
        case ScopeMatrix():
            yield _matrix_as_table(block)
        case SymptomTable():
            rows = ((row.symptom, (Run(row.category),), _links(row.targets)) for row in block.rows)
            header = tuple((Run(text),) for text in block.headers)
            yield Table(key=block.key, header=header, rows=tuple(rows), language=block.language)
        case _:
            yield block


def _matrix_as_table(block: ScopeMatrix) -> Table:
    header = ((Run(block.question),), *((Run(text),) for text in block.columns))
    rows = tuple(
        ((Run(name),), *(_links(cell.targets) or (Run(cell.category),) for cell in cells))
        for name, cells in zip(block.rows, block.cells, strict=True)
    )
    return Table(key=block.key, header=header, rows=rows, language=block.language)


def _links(targets: tuple[Target, ...]) -> Runs:
    runs: list[Run] = []
    for target in targets:
        if runs:
            runs.append(Run(", "))
        runs.append(Run(target.label, link=Link(LinkKind.SECTION, target.anchor)))
    return tuple(runs)
