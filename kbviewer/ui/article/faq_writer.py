"""Writes questions as cards whose answer can be hidden."""

from __future__ import annotations

from collections.abc import Callable

from kbviewer.model.blocks import Blocks, Faq
from kbviewer.model.inline import plain_text
from kbviewer.ui.article.inline import Look
from kbviewer.ui.article.page_map import CardLook, Fold, Kind, Place, ReservedObject, Section
from kbviewer.ui.article.pen import Pen
from kbviewer.ui.article.styles import SEMIBOLD

_PAD = 11
_CHEVRON_ROOM = 30
BAR = "faq-bar"


class FaqWriter:
    """Writes FAQ answers; a bar that opens and closes all stands before the first."""

    def __init__(self, pen: Pen, open_answers: frozenset[str], write: Callable[[Blocks], None]) -> None:
        self._pen = pen
        self._open = open_answers
        self._write = write
        self._has_bar = False

    def write(self, block: Faq) -> None:
        """Write a question and its answer."""
        pen, writer = self._pen, self._pen.writer
        key = pen.key(block.key)
        if not self._has_bar:
            self._has_bar = True
            writer.gap(pen.px(12))
            writer.reserve_block(
                BAR, Kind.FAQ_BAR, ReservedObject(None, 1.0, name="widget", payload=BAR), None
            )
            writer.mark_span("@faq-bar")
        writer.gap(pen.px(10))
        pad, side = pen.px(_PAD), pen.px(14)
        look = CardLook(fill="raised", border="border")
        with writer.span(key), writer.card(look, pad=pad, side=side, icon=pen.px(_CHEVRON_ROOM)):
            edge = writer.left - side - pen.px(_CHEVRON_ROOM)
            question = writer.number + 1
            if block.question:
                writer.block(pen.styles.char(weight=SEMIBOLD))
                writer.mark_span(key)
                pen.page.sections.append(Section(key, writer.number))
                start = writer.position
                pen.runs.write(block.question, key, pen.language, Look(weight=SEMIBOLD))
            else:
                writer.block()
                start = writer.position
            item = writer.embed(
                f"faq:{key}", Kind.FAQ, Place.BLOCKS, (key, plain_text(block.question), pad), position=start
            )
            item.first, item.left, item.right = question, edge, writer.right - side
            first = writer.number + 1
            writer.gap(pen.px(8))
            self._write(block.blocks)
            writer.absorb()
            if writer.number >= first:
                pen.page.folds[key] = Fold(key, first, writer.number, key in self._open)
        writer.gap(pen.px(10))
