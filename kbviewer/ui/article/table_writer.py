"""Writes plain tables, literal text and breaks."""

from __future__ import annotations

from PySide6.QtGui import QBrush, QColor, QTextFrameFormat, QTextLength, QTextTableFormat

from kbviewer.model.blocks import Code, Rule, Table
from kbviewer.ui.article.inline import Look
from kbviewer.ui.article.page_map import CardLook, Kind, Place
from kbviewer.ui.article.pen import PARAGRAPH_GAP, Pen
from kbviewer.ui.article.styles import CODE, SEMIBOLD

_BORDER_PX = 1


def write_table(pen: Pen, block: Table, size: float = 0.94) -> None:
    """Write a table of text, its text `size` times the article's."""
    writer, tokens = pen.writer, pen.styles.tokens
    key = pen.key(block.key)
    lines = ([block.header] if block.header else []) + list(block.rows)
    columns = max((len(line) for line in lines), default=0)
    if not columns:
        return
    form = QTextTableFormat()
    form.setBorderCollapse(True)
    form.setBorder(_BORDER_PX)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(QBrush(QColor(tokens.border)))
    form.setCellPadding(pen.px(6))
    # Qt counts the margins and the outer border into the width of a table.
    left, right = writer.left - _BORDER_PX, writer.right - _BORDER_PX
    form.setWidth(QTextLength(QTextLength.Type.FixedLength, left + writer.room + 2 * _BORDER_PX + right))
    form.setLeftMargin(left)
    form.setRightMargin(right)
    form.setTopMargin(pen.px(PARAGRAPH_GAP))
    if block.header:
        form.setHeaderRowCount(1)
    with writer.table(len(lines), columns, form) as cell:
        for row, line in enumerate(lines):
            is_header = bool(block.header) and row == 0
            look = Look(size=size, weight=SEMIBOLD) if is_header else Look(size=size)
            for column in range(columns):
                cell(row, column, QColor(tokens.window) if is_header else None)
                if not row and not column:
                    writer.mark_span(key)
                if column < len(line):
                    pen.runs.write(line[column], key, pen.language, look)
    writer.gap(pen.px(PARAGRAPH_GAP))


def write_code(pen: Pen, block: Code) -> None:
    """Write literal text with a button that copies it."""
    writer = pen.writer
    key = pen.key(block.key)
    writer.gap(pen.px(PARAGRAPH_GAP))
    with writer.card(CardLook(fill="window", border="border"), pad=pen.px(10), side=pen.px(14)) as card:
        char = pen.styles.char(size=CODE, mono=True)
        writer.block(char, line_height=130.0)
        writer.mark_span(key)
        writer.text(block.text.rstrip("\n").replace("\n", "\u2028"), char)
        item = writer.embed(f"copy:{key}", Kind.COPY, Place.CORNER, block.text)
        item.left, item.right = card.left, card.right
    writer.gap(pen.px(PARAGRAPH_GAP))


def write_rule(pen: Pen, block: Rule) -> None:
    """Write a thin line."""
    writer = pen.writer
    writer.gap(pen.px(16))
    with writer.card(CardLook(fill="border"), pad=0, side=0):
        writer.block(pen.styles.char(size=0.1), line_height=100.0)
        writer.mark_span(pen.key(block.key))
    writer.gap(pen.px(16))
