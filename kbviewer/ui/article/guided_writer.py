"""Writes one step of a procedure, or what has become of all of them, in place of an article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor, QTextDocument

from kbviewer.model.article import Article
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.inline import Link, LinkKind, Run, plain_text
from kbviewer.ui.article.block_writer import BlockWriter
from kbviewer.ui.article.builder import DocumentBuilder
from kbviewer.ui.article.guided_speech import end_words
from kbviewer.ui.article.inline import Look
from kbviewer.ui.article.page_map import CardLook
from kbviewer.ui.article.pen import ITEM_GAP, PARAGRAPH_GAP, Pen
from kbviewer.ui.article.step_words import StepWords
from kbviewer.ui.article.styles import SEMIBOLD

if TYPE_CHECKING:
    from kbviewer.ui.article.end_writer import EndWriter
    from kbviewer.ui.article.guided_model import GuidedWalk
    from kbviewer.ui.article.guided_steps import Above, GuidedStep
    from kbviewer.ui.article.step_writer import StepRooms

END = "@end"
_ACTION = 1.1
_HEADING = 1.3


class GuidedBuilder(DocumentBuilder):
    """Builds the document of the step at which `walk` is."""

    walk: GuidedWalk | None = None

    def _write(
        self,
        document: QTextDocument,
        pen: Pen,
        article: Article,
        open_answers: frozenset[str],
        rooms: StepRooms,
        end: EndWriter,  # noqa: ARG002 - a step has no end of an article
    ) -> None:
        walk = self.walk
        if walk is None:
            return
        edit = QTextCursor(document)
        edit.beginEditBlock()
        pen.writer.language = article.language
        blocks = BlockWriter(pen, article, open_answers, rooms, self._media)
        if walk.step is not None:
            StepPage(pen, blocks, walk).write(walk.step)
        else:
            EndPage(pen, blocks, walk).write()
        edit.endEditBlock()


class StepPage:
    """Writes a step: what comes before it, its action, what follows."""

    def __init__(self, pen: Pen, blocks: BlockWriter, walk: GuidedWalk) -> None:
        self._pen = pen
        self._blocks = blocks
        self._walk = walk

    def write(self, step: GuidedStep) -> None:
        """Write everything; warnings stand before the action."""
        pen = self._pen
        self._blocks.write(self._walk.prerequisites)
        with pen.in_language(step.language):
            for above in step.above:
                self._above(above, step.id)
            self._blocks.write(step.lead)
            self._blocks.write(step.guards)
            self._change(self._walk.mark(step.id))
            self._action(step)
            self._blocks.write(step.blocks)
        pen.writer.gap(pen.px(24))
        pen.writer.block(pen.styles.char(size=0.2), line_height=100.0)

    def _above(self, above: Above, step_id: str) -> None:
        """Write the step that this one is a part of."""
        pen, writer = self._pen, self._pen.writer
        colour = pen.styles.tokens.muted
        writer.gap(pen.px(4))
        with writer.card(CardLook(bar="control_border"), pad=pen.px(3), side=pen.px(12)):
            writer.block(pen.styles.char(colour=colour))
            key = f"{step_id}@above{above.number}"
            writer.mark_span(key)
            number = pen.styles.char(weight=SEMIBOLD, colour=colour)
            writer.text(f"{above.number}. ", number)
            pen.runs.write(above.runs, key, pen.language, Look(colour=colour))
        writer.gap(pen.px(PARAGRAPH_GAP + 2))

    def _change(self, mark: StepMark | None) -> None:
        """Say that the step read otherwise when its result was set."""
        pen, writer = self._pen, self._pen.writer
        words = StepWords(pen.texts).line(mark)
        if words is None or not words.change:
            return
        look = CardLook(fill="warning_soft", bar="warning_bar", border=_edge(pen))
        writer.gap(pen.px(PARAGRAPH_GAP))
        with writer.card(look, pad=pen.px(9), side=pen.px(14)):
            writer.block()
            writer.mark_span("@changed")
            writer.generated(words.head, pen.styles.char(weight=SEMIBOLD, colour=pen.styles.tokens.warning))
            writer.generated(f"  {words.change}", pen.styles.char())
        writer.gap(pen.px(PARAGRAPH_GAP))

    def _action(self, step: GuidedStep) -> None:
        pen, writer = self._pen, self._pen.writer
        hang = pen.styles.line_px(_ACTION) * (0.62 + 0.36 * len(step.number))
        writer.gap(pen.px(PARAGRAPH_GAP + 2))
        with writer.inset(left=hang):
            # A heading, so that a screen reader finds it with its key for headings.
            writer.block(hang=hang, heading=1)
            writer.mark_span(step.id)
            pen.page.numbers[writer.number] = step.number
            number = pen.styles.char(size=_ACTION, weight=SEMIBOLD, colour=pen.styles.tokens.accent)
            writer.text(f"{step.number}.\t", number)
            pen.runs.write(step.runs, step.id, pen.language, Look(size=_ACTION))
        writer.gap(pen.px(PARAGRAPH_GAP + 2))


class EndPage:
    """Writes what has become of the steps, with links to those that did not work out."""

    def __init__(self, pen: Pen, blocks: BlockWriter, walk: GuidedWalk) -> None:
        self._pen = pen
        self._blocks = blocks
        self._walk = walk

    def write(self) -> None:
        """Write a heading, the results of the procedure when all is done, and the steps by result."""
        pen, walk = self._pen, self._walk
        pen.language = pen.writer.language = pen.texts.language
        self._heading(end_words(walk, pen.texts), 1)
        counts = walk.counts()
        if walk.procedure is not None and counts.done == counts.total:
            with pen.in_language(walk.article.language, announce=False):
                self._blocks.write(walk.procedure.results)
        words = StepWords(pen.texts)
        for outcome in (StepOutcome.FAILED, StepOutcome.SKIPPED, None):
            steps = walk.with_outcome(outcome)
            if steps:
                self._heading(words.outcome(outcome), 2)
                self._list(steps)
        pen.writer.gap(pen.px(24))
        pen.writer.block(pen.styles.char(size=0.2), line_height=100.0)

    def _heading(self, text: str, level: int) -> None:
        pen = self._pen
        char = pen.styles.char(size=_HEADING if level == 1 else 1.0, weight=SEMIBOLD)
        pen.writer.gap(pen.px(8 if level == 1 else 18))
        pen.writer.block(char, heading=level, line_height=125.0)
        pen.writer.mark_span(END if level == 1 else f"{END}:{text}")
        pen.writer.text(text, char)
        pen.writer.gap(pen.px(ITEM_GAP))

    def _list(self, steps: Iterable[GuidedStep]) -> None:
        pen, writer = self._pen, self._pen.writer
        hang = pen.px(44)
        with writer.inset(left=hang):
            for step in steps:
                writer.gap(pen.px(ITEM_GAP))
                writer.block(hang=hang)
                writer.mark_span(f"{step.id}@end")
                pen.page.numbers[writer.number] = step.number
                writer.text(f"{step.number}.\t", pen.styles.char(weight=SEMIBOLD))
                run = Run(plain_text(step.runs).strip(), link=Link(LinkKind.SECTION, step.id))
                with pen.in_language(step.language, announce=False):
                    pen.runs.write((run,), f"{step.id}@end", pen.language)
                mark = self._walk.mark(step.id)
                if mark is not None and mark.note:
                    writer.gap(1)
                    writer.block(pen.styles.caption())
                    writer.text(mark.note, pen.styles.caption())
        writer.gap(pen.px(PARAGRAPH_GAP))


def _edge(pen: Pen) -> str:
    return "warning_bar" if pen.styles.tokens.high_contrast else ""
