"""Which block of an article shows what stands in given lines of its file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from kbviewer.content.translation.units import UnitKind
from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    Blocks,
    Code,
    Faq,
    Figure,
    Heading,
    Paragraph,
    ScopeMatrix,
    StepList,
    SymptomTable,
    Table,
    children,
    walk_steps,
)

_KINDS: dict[type[Block], UnitKind] = {
    Heading: UnitKind.HEADING,
    Paragraph: UnitKind.PARAGRAPH,
    Faq: UnitKind.QUESTION,
    Table: UnitKind.CELL,
    ScopeMatrix: UnitKind.CELL,
    SymptomTable: UnitKind.CELL,
    Code: UnitKind.CODE,
    Figure: UnitKind.FIGURE,
}


class UnitPlaces:
    """The blocks and steps of an article that show a text of their own, by the line where they begin."""

    def __init__(self, article: Article) -> None:
        self._found: dict[int, tuple[UnitKind, str]] = {}
        for line, kind, key in _texts(article.blocks):
            self._found.setdefault(line, (kind, key))
        self._lines = sorted(self._found)
        # A step is known to begin where its first box does; its own text follows somewhere below.
        self._guarded = [
            (step.line, step.id)
            for step in walk_steps(article.blocks)
            if step.runs and step.guards and step.guards[0].line == step.line
        ]

    def find(self, first: int, last: int) -> tuple[UnitKind, str] | None:
        """Return kind and key of the first text that begins in these lines, None when none does."""
        index = bisect_left(self._lines, first)
        if index < len(self._lines) and self._lines[index] <= max(first, last):
            return self._found[self._lines[index]]
        if self._guarded and self._guarded[0][0] < first:
            return UnitKind.STEP, self._guarded.pop(0)[1]
        return None


def _texts(blocks: Blocks) -> Iterator[tuple[int, UnitKind, str]]:
    for block in blocks:
        kind = _KINDS.get(type(block))
        if kind is not None:
            yield block.line, kind, block.key
        if isinstance(block, StepList):
            if block.title:
                yield block.line, UnitKind.PROCEDURE, block.key
            for step in block.steps:
                if step.runs and not (step.guards and step.guards[0].line == step.line):
                    yield step.line, UnitKind.STEP, step.id
        yield from _texts(tuple(children(block)))
