"""Writes procedures: title, steps with room for their boxes, guards before and the rest after the action."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kbviewer.model.article import Article
from kbviewer.model.blocks import Blocks, Step, StepList
from kbviewer.model.progress import substeps
from kbviewer.ui.article.inline import Look
from kbviewer.ui.article.page_map import Kind, Place, ReservedObject, StepText
from kbviewer.ui.article.pen import PARAGRAPH_GAP, Pen
from kbviewer.ui.article.styles import SEMIBOLD

PROGRESS = "progress"


class StepRooms(NamedTuple):
    """What room a step keeps beside its box.

    Attributes:
        menu: for a button that opens its menu.
        results: for a line that says what became of it.
    """

    menu: bool = False
    results: bool = False


class StepWriter:
    """Writes step lists at any depth."""

    def __init__(self, pen: Pen, article: Article, rooms: StepRooms, write: Callable[[Blocks], None]) -> None:
        self._pen = pen
        self._article = article
        self._rooms = rooms
        self._write = write
        self._depth = 0

    def write(self, block: StepList) -> None:
        """Write a procedure, or the sub-steps of a step."""
        pen, writer = self._pen, self._pen.writer
        measures = pen.styles.measures
        key = pen.key(block.key)
        if block.title:
            pen.paragraph(block.title, key, Look(weight=SEMIBOLD), gap=PARAGRAPH_GAP + 4)
            if not self._depth:
                self._progress(f"list:{key}")
            writer.gap(pen.px(4))
        indent = measures.step_level if self._depth else measures.step_indent
        self._depth += 1
        with writer.span(key), writer.inset(left=indent):
            if writer.has_widgets and block.key and not block.title and self._depth == 1 < len(block.steps):
                self._caption(key, indent)
            for step in block.steps:
                with pen.in_language(step.language):
                    self._step(step)
        self._depth -= 1
        writer.gap(pen.px(PARAGRAPH_GAP))

    def _step(self, step: Step) -> None:
        pen, writer = self._pen, self._pen.writer
        measures = pen.styles.measures
        with writer.span(f"{step.id}@step"):
            self._write(step.guards)
            pen.mark_stale(step.id)
            writer.gap(max(pen.px(6), measures.step_row - pen.styles.line_px()))
            writer.block(hang=measures.number_width)
            writer.mark_span(step.id)
            start = writer.position
            number = pen.styles.char(weight=SEMIBOLD, colour=pen.styles.tokens.accent)
            writer.text(f"{step.number}.\t", number)
            pen.page.numbers[writer.number] = step.number
            pen.page.steps[step.id] = StepText(step.id, writer.number, writer.number)
            item = writer.embed(f"tick:{step.id}", Kind.TICK, Place.MARGIN, step, position=start)
            item.left = writer.left - measures.step_indent
            item.right = writer.left - measures.number_width
            pen.runs.write(step.runs, step.id, pen.language)
            if substeps(step):
                self._progress(f"step:{step.id}")
            if self._rooms.menu and writer.has_widgets:
                writer.embed_inline(f"more:{step.id}", Kind.STEP_MENU, step, measures.menu_button + 2)
            writer.gap(pen.px(6))
            self._write(step.blocks)
            if self._rooms.results and not substeps(step):
                self._result(step)
                writer.gap(pen.px(6))

    def _result(self, step: Step) -> None:
        """Keep a text block for what became of the step, after all it says; hidden while there is nothing."""
        writer, before = self._pen.writer, self._pen.writer.number
        writer.gap(self._pen.px(4))
        key = f"result:{step.id}"
        writer.reserve_block(key, Kind.RESULT, ReservedObject(None, 1.0, name="widget", payload=key), step)
        # On paper nothing is written where there is nothing to say.
        if writer.number > before:
            self._pen.page.results[step.id] = writer.number

    def _caption(self, key: str, indent: float) -> None:
        """Write a small line with the progress of a procedure without a title."""
        pen, writer = self._pen, self._pen.writer
        writer.gap(pen.px(PARAGRAPH_GAP))
        with writer.inset(left=-indent):
            char = pen.styles.caption()
            writer.block(char)
            writer.mark_span(f"{key}@progress")
            writer.generated(pen.texts.gettext("Steps done"), char)
            self._progress(f"list:{key}")

    def _progress(self, payload: str) -> None:
        """Reserve space for "2/5" at the end of the line."""
        styles = self._pen.styles
        self._pen.writer.reserve(
            ReservedObject(
                width=round(styles.line_px() * 2.3),
                height=round(styles.line_px() * 0.72),
                descent=round(styles.line_px() * 0.16),
                name=PROGRESS,
                payload=payload,
            )
        )
