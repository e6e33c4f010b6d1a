"""The blocks of an article, in reading order.

Every block has a `key` that is unique within its article, equal in all its languages as long as
they agree in structure, and never shown: explicit ids where the author wrote them, otherwise
derived from the section (`"lan/p2"`). Ticks, places and the language switch hang on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from kbviewer.model.errors import ModelError
from kbviewer.model.inline import Run, Runs
from kbviewer.model.messages import N_, message


class ParagraphRole(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    LEAD = "lead"
    RESULT = "result"
    PREREQUISITE = "prerequisite"
    ACTION = "action"
    MISSING = "missing"


class ListRole(StrEnum):
    """What a bullet list is for."""

    PLAIN = "plain"
    ALTERNATIVES = "alternatives"
    TRIAGE = "triage"


class CalloutKind(StrEnum):
    """How urgent a callout is. BOUNDARY: where support ends and whom to escalate to."""

    NOTE = "note"
    TIP = "tip"
    IMPORTANT = "important"
    WARNING = "warning"
    CAUTION = "caution"
    BOUNDARY = "boundary"


class FigureKind(StrEnum):
    """What a figure stands for."""

    IMAGE = "image"
    VIDEO = "video"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockBase:
    """What all blocks share.

    Attributes:
        key: see the module's text.
        line: line in the source file, counted from 1; 0 when unknown.
        language: BCP 47 tag when the block is in another language than its article (a block that
            only another variant has), else "".
    """

    key: str = ""
    line: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(BlockBase):
    """A heading; `key` is its anchor. Level 1 is the title."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(BlockBase):
    """A paragraph of text."""

    runs: Runs
    role: ParagraphRole = ParagraphRole.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletList(BlockBase):
    """An unordered list; each item is a sequence of blocks, which may hold lists."""

    items: tuple[tuple[Block, ...], ...]
    role: ListRole = ListRole.PLAIN


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure.

    Attributes:
        id: unique within the article; ticks hang on it.
        number: as shown, "1" or "a" for sub-steps.
        runs: the action, one paragraph.
        guards: callouts that stand before the action, because they guard it.
        blocks: what follows the action: paragraphs, callouts, figures, and sub-steps as StepList.
        language: BCP 47 tag when only another variant has the step, else "".
    """

    id: str
    number: str
    runs: Runs
    guards: tuple[Callout, ...] = ()
    blocks: tuple[Block, ...] = ()
    line: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepList(BlockBase):
    """A numbered procedure that can be ticked; `title` is its lead-in line, empty when it has none."""

    steps: tuple[Step, ...]
    title: Runs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout(BlockBase):
    """A box that stands out of the text."""

    kind: CalloutKind
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A named way on: `label` as shown, `anchor` an id in the same article."""

    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell: the category as one text, and the sections that it leads to."""

    category: str
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeMatrix(BlockBase):
    """How far a fault reaches: one row per reproduction scope, one column per group of users.

    Attributes:
        question: text of the corner cell.
        rows: R row headings, R >= 1.
        columns: C column headings, C >= 1.
        cells: R x C cells, row-major.

    Raises:
        ModelError: `cells` is not R x C.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[MatrixCell, ...], ...]
    question: str = ""

    def __post_init__(self) -> None:
        shape = [len(row) for row in self.cells]
        if not self.rows or not self.columns or shape != [len(self.columns)] * len(self.rows):
            raise ModelError(
                message(
                    N_("the scope matrix has rows of {shape} cells for {rows} rows and {columns} columns"),
                    shape=", ".join(map(str, shape)) or "0",
                    rows=len(self.rows),
                    columns=len(self.columns),
                ),
                message(N_("Give every row as many cells as there are columns.")),
            )


@dataclass(frozen=True, slots=True)
class SymptomRow:
    """One symptom: what the reader sees, its category, where to go; `fallback` rows come last."""

    symptom: Runs
    category: str
    targets: tuple[Target, ...]
    fallback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomTable(BlockBase):
    """Symptoms that lead to sections. `headers` are the three column headings."""

    headers: tuple[str, str, str]
    rows: tuple[SymptomRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Faq(BlockBase):
    """One question that opens to its answer; `key` is its id."""

    question: Runs
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(BlockBase):
    """A plain table. `header` may be empty; every row has the same number of cells."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(BlockBase):
    """A block of literal text; `syntax` is the fence's info word, else ""."""

    text: str
    syntax: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(BlockBase):
    """A picture or video. `source` is a path relative to the article's folder, "" when it is absent."""

    source: str
    caption: Runs
    kind: FigureKind = FigureKind.IMAGE
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(BlockBase):
    """A thematic break."""


Block: TypeAlias = (
    Heading
    | Paragraph
    | BulletList
    | StepList
    | Callout
    | ScopeMatrix
    | SymptomTable
    | Faq
    | Table
    | Code
    | Figure
    | Rule
)
Blocks: TypeAlias = tuple[Block, ...]


def children(block: Block) -> Iterator[Block]:
    """Yield the blocks directly inside `block`, in reading order (a step's guards before its blocks)."""
    match block:
        case BulletList(items=items):
            for item in items:
                yield from item
        case StepList(steps=steps):
            for step in steps:
                yield from step.guards
                yield from step.blocks
        case Callout(blocks=blocks) | Faq(blocks=blocks):
            yield from blocks
        case _:
            return


def walk(blocks: Blocks) -> Iterator[Block]:
    """Yield every block, parents before children, in reading order."""
    for block in blocks:
        yield block
        yield from walk(tuple(children(block)))


def walk_steps(blocks: Blocks) -> Iterator[Step]:
    """Yield every step at every depth, parents before their sub-steps."""
    for block in walk(blocks):
        if isinstance(block, StepList):
            yield from block.steps


def block_runs(block: Block) -> Iterator[Run]:
    """Yield the runs that `block` itself shows, without those of its children."""
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs) | Faq(question=runs) | Figure(caption=runs):
            yield from runs
        case StepList(title=title, steps=steps):
            yield from title
            for step in steps:
                yield from step.runs
        case SymptomTable(rows=rows):
            for row in rows:
                yield from row.symptom
        case Table(header=header, rows=table_rows):
            for cell in (*header, *(cell for cells in table_rows for cell in cells)):
                yield from cell
        case _:
            return
