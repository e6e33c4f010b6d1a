"""Writes the blocks of an article in reading order; each kind of block has its own writer."""

from __future__ import annotations

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Code,
    Faq,
    Figure,
    Heading,
    ListRole,
    Paragraph,
    ParagraphRole,
    Rule,
    ScopeMatrix,
    StepList,
    SymptomTable,
    Table,
)
from kbviewer.model.inline import LinkKind, plain_text
from kbviewer.model.kb_links import format_link
from kbviewer.ui.article.absent import Absent
from kbviewer.ui.article.box_writer import BoxWriter
from kbviewer.ui.article.categories import Categories
from kbviewer.ui.article.contracts import Media
from kbviewer.ui.article.faq_writer import FaqWriter
from kbviewer.ui.article.figure_writer import FigureWriter
from kbviewer.ui.article.inline import Look
from kbviewer.ui.article.page_map import Kind, ReservedObject, Section
from kbviewer.ui.article.pen import ITEM_GAP, PARAGRAPH_GAP, Pen
from kbviewer.ui.article.step_writer import StepRooms, StepWriter
from kbviewer.ui.article.styles import SEMIBOLD
from kbviewer.ui.article.table_writer import write_code, write_rule, write_table
from kbviewer.ui.article.triage_writer import TriageWriter

_HEADING_GAPS = {1: (8, 10), 2: (26, 8), 3: (20, 6)}
BULLET = "•"


class BlockWriter:
    """Chooses the writer of a block; writes headings, paragraphs and lists itself."""

    def __init__(
        self, pen: Pen, article: Article, open_answers: frozenset[str], rooms: StepRooms, media: Media
    ) -> None:
        self._pen = pen
        self._article = article
        self._boxes = BoxWriter(pen, self.write)
        self._steps = StepWriter(pen, article, rooms, self.write)
        self._faq = FaqWriter(pen, open_answers, self.write)
        self._triage = TriageWriter(pen, Categories(article.blocks))
        self._figures = FigureWriter(pen, article.id, media)

    def write(self, blocks: Blocks) -> None:
        """Write `blocks` one after the other."""
        for block in blocks:
            if block.language and block.language != self._pen.language:
                with self._pen.in_language(block.language):
                    self._write(block)
            else:
                self._write(block)

    def _write(self, block: Block) -> None:
        if not isinstance(block, Absent):
            self._pen.mark_stale(block.key)
        match block:
            case Absent():
                self._boxes.absent(block)
            case Paragraph():
                self._paragraph(block)
            case Heading():
                self._heading(block)
            case BulletList():
                self._bullets(block)
            case StepList():
                self._steps.write(block)
            case Callout():
                self._boxes.callout(block)
            case ScopeMatrix():
                self._triage.matrix(block)
            case SymptomTable():
                self._triage.symptoms(block)
            case Faq():
                self._faq.write(block)
            case Figure():
                self._figures.write(block)
            case Table():
                write_table(self._pen, block)
            case Code():
                write_code(self._pen, block)
            case Rule():
                write_rule(self._pen, block)

    def _heading(self, block: Heading) -> None:
        writer, key = self._pen.writer, self._pen.key(block.key)
        above, below = _HEADING_GAPS.get(block.level, (16, 4))
        writer.gap(self._pen.px(above))
        char = self._pen.styles.heading(block.level)
        writer.block(char, heading=block.level, line_height=125.0)
        writer.mark_span(key)
        self._pen.page.sections.append(Section(key, writer.number))
        size = char.fontPointSize() / self._pen.styles.body_font.pointSizeF() if char.fontPointSize() else 1.0
        self._pen.runs.write(block.runs, key, self._pen.language, Look(size=size, weight=SEMIBOLD))
        self.heading_link(key, plain_text(block.runs))
        writer.gap(self._pen.px(below))

    def heading_link(self, key: str, title: str) -> None:
        """Put a button after a heading that copies where it is, unless nothing may be copied."""
        if self._pen.writer.offers_copies:
            payload = (format_link(self._article.id, key), title)
            self._pen.writer.embed_inline(f"anchor:{key}", Kind.HEADING_LINK, payload, self._pen.px(26))

    def _paragraph(self, block: Paragraph) -> None:
        key = self._pen.key(block.key)
        match block.role:
            case ParagraphRole.LEAD:
                self._pen.paragraph(block.runs, key, Look(size=1.08))
            case ParagraphRole.ACTION if self._action(block, key):
                pass
            case ParagraphRole.BODY | ParagraphRole.ACTION:
                self._pen.paragraph(block.runs, key)
            case _:
                self._boxes.paragraph(block, key)

    def _action(self, block: Paragraph, key: str) -> bool:
        """Write the first external link as a button; return False when there is none."""
        runs = [run for run in block.runs if run.link is not None and run.link.kind is LinkKind.EXTERNAL]
        if not runs:
            return False
        self._pen.writer.gap(self._pen.px(PARAGRAPH_GAP + 3))
        label = plain_text(runs)
        reserved = ReservedObject(
            width=None,
            height=1.0,
            name="widget",
            payload=f"action:{key}",
            plain=f"{label} ({runs[0].link.target})",  # type: ignore[union-attr]
        )
        self._pen.writer.reserve_block(f"action:{key}", Kind.ACTION, reserved, (label, runs[0].link))
        self._pen.writer.mark_span(key)
        self._pen.writer.gap(self._pen.px(PARAGRAPH_GAP + 3))
        return True

    def _bullets(self, block: BulletList) -> None:
        pen = self._pen
        with pen.writer.span(block.key):
            for index, item in enumerate(block.items):
                if block.role is ListRole.ALTERNATIVES and index:
                    self._or()
                self._item(item, first=index == 0)
        pen.writer.gap(pen.px(PARAGRAPH_GAP))

    def _or(self) -> None:
        """Write "or" between two alternatives."""
        pen = self._pen
        caption = pen.styles.caption()
        with pen.writer.inset(left=pen.styles.measures.list_indent):
            pen.writer.gap(pen.px(2))
            pen.writer.block(caption)
            pen.writer.text(pen.texts.pgettext("between alternatives", "or"), caption)
            pen.writer.gap(pen.px(2))

    def _item(self, item: Blocks, *, first: bool) -> None:
        pen = self._pen
        indent = pen.styles.measures.list_indent
        with pen.writer.inset(left=indent):
            rest = item
            lead = item[0] if item and isinstance(item[0], Paragraph) else None
            if lead is not None and lead.role is not ParagraphRole.BODY:
                lead = None
            if lead is not None:
                pen.mark_stale(lead.key)
            pen.writer.gap(pen.px(PARAGRAPH_GAP if first else ITEM_GAP))
            pen.writer.block(hang=indent * 0.66)
            pen.page.numbers[pen.writer.number] = BULLET
            pen.writer.text(BULLET + "\t", pen.styles.char(colour=pen.styles.tokens.accent))
            if lead is not None:
                rest = item[1:]
                key = pen.key(lead.key)
                pen.writer.mark_span(key)
                pen.runs.write(lead.runs, key, lead.language or pen.language)
            pen.writer.gap(pen.px(ITEM_GAP))
            self.write(rest)
