"""Writes scope matrices and symptom tables: room for their widgets, and the symptoms as cards."""

from __future__ import annotations

from kbviewer.model.blocks import ScopeMatrix, SymptomRow, SymptomTable, Target
from kbviewer.model.inline import Link, LinkKind, Run
from kbviewer.ui.article.categories import Categories
from kbviewer.ui.article.inline import Look
from kbviewer.ui.article.page_map import (
    CardLook,
    Fold,
    InlineMark,
    Kind,
    MarkLook,
    ReservedObject,
)
from kbviewer.ui.article.pen import PARAGRAPH_GAP, Pen
from kbviewer.ui.article.styles import SEMIBOLD
from kbviewer.ui.article.symptom_model import ordered_rows


def row_key(table: str, index: int) -> str:
    """Return the key of a symptom row."""
    return f"{table}@row{index}"


class TriageWriter:
    """Writes the two blocks that lead a reader to a section."""

    def __init__(self, pen: Pen, categories: Categories) -> None:
        self._pen = pen
        self._categories = categories

    def matrix(self, block: ScopeMatrix) -> None:
        """Reserve space for a scope matrix."""
        pen = self._pen
        key = pen.key(block.key)
        colours = tuple(tuple(self._categories.name(cell.targets) for cell in row) for row in block.cells)
        pen.writer.gap(pen.px(PARAGRAPH_GAP + 3))
        reserved = ReservedObject(
            None, 1.0, name="widget", payload=f"matrix:{key}", plain=_matrix_text(block)
        )
        pen.writer.reserve_block(f"matrix:{key}", Kind.MATRIX, reserved, (key, block, colours))
        pen.writer.mark_span(key)
        pen.writer.gap(pen.px(PARAGRAPH_GAP + 5))

    def symptoms(self, block: SymptomTable) -> None:
        """Write the filter and one card per symptom, the fallback last."""
        pen, writer = self._pen, self._pen.writer
        key = pen.key(block.key)
        writer.gap(pen.px(PARAGRAPH_GAP + 3))
        reserved = ReservedObject(None, 1.0, name="widget", payload=f"symptoms:{key}")
        writer.reserve_block(f"symptoms:{key}", Kind.SYMPTOM_FILTER, reserved, (key, block))
        writer.mark_span(key)
        with writer.span(f"{key}@rows"):
            for index, row in enumerate(ordered_rows(block)):
                self._row(row, row_key(key, index))
        writer.gap(pen.px(PARAGRAPH_GAP + 3))

    def _row(self, row: SymptomRow, key: str) -> None:
        pen, writer, tokens = self._pen, self._pen.writer, self._pen.styles.tokens
        writer.gap(pen.px(9))
        first = writer.number + 1
        name = self._categories.name(row.targets, fallback=row.fallback)
        look = CardLook(fill="raised", border="border", bar=f"category:{name}" if name else "control_border")
        with writer.card(look, pad=pen.px(9), side=pen.px(16)):
            writer.block()
            writer.mark_span(key)
            pen.runs.write(row.symptom, key, pen.language)
            writer.gap(pen.px(5))
            caption = pen.styles.caption()
            writer.block(caption, line_height=150.0)
            if row.category:
                self._category(row.category, tokens.categories.get(name, tokens.muted))
            for index, target in enumerate(row.targets):
                writer.text("  ·  " if index or row.category else "", caption)
                self._target(target, key)
        pen.page.folds[key] = Fold(key, first, writer.number)

    def _category(self, category: str, colour: str) -> None:
        pen = self._pen
        char = pen.styles.char(size=0.88, weight=SEMIBOLD, colour=colour)
        start, end = pen.writer.text(pen.chip(category), char)
        pen.page.marks.append(InlineMark(start, end, MarkLook.CHIP, colour))

    def _target(self, target: Target, key: str) -> None:
        run = Run(target.label, link=Link(LinkKind.SECTION, target.anchor))
        self._pen.runs.write((run,), key, self._pen.language, Look(size=0.94))


def _matrix_text(block: ScopeMatrix) -> str:
    """Return the matrix as lines of cells separated by tabs."""
    lines = ["\t".join([block.question, *block.columns])]
    lines.extend(
        "\t".join([heading, *(cell.category for cell in cells)])
        for heading, cells in zip(block.rows, block.cells, strict=True)
    )
    return "\n".join(lines)
