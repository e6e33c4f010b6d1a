"""Writes what stands below the text: the facts about the article and where to turn."""

from __future__ import annotations

from collections.abc import Sequence

from kbviewer.model.article import Article
from kbviewer.ui.article.page_map import CardLook, InlineMark, Kind, MarkLook, ReservedObject
from kbviewer.ui.article.pen import Pen
from kbviewer.ui.article.properties import Property, properties
from kbviewer.ui.article.styles import CAPTION, SEMIBOLD

FOOTER = "footer"
_LABEL_PX = 150


class EndWriter:
    """Writes the end of a page in the reader's language."""

    def __init__(self, pen: Pen, article: Article, languages: Sequence[str]) -> None:
        self.pen = pen
        self.article = article
        self._languages = languages

    def write(self) -> None:
        """Write the panel of properties and the footer."""
        pen, writer = self.pen, self.pen.writer
        pen.language = writer.language = pen.texts.language
        writer.gap(pen.px(36))
        with writer.card(CardLook(fill="window", border="border"), pad=pen.px(14), side=pen.px(18)):
            char = pen.styles.char(weight=SEMIBOLD)
            writer.block(char, heading=2)
            writer.mark_span("@properties")
            writer.text(pen.texts.gettext("About this article"), char)
            writer.gap(pen.px(6))
            for line in properties(self.article, self._languages, pen.texts):
                self._property(line)
        self.footer()

    def _property(self, line: Property) -> None:
        pen, writer = self.pen, self.pen.writer
        stacked = pen.styles.measures.narrow
        rows = [line.values] if line.tags else [(value,) for value in line.values]
        for index, values in enumerate(rows):
            writer.gap(pen.px(4 if index == 0 else 1))
            if stacked:
                self._stacked(line, index)
            else:
                with writer.inset(left=pen.px(_LABEL_PX)):
                    writer.block(hang=pen.px(_LABEL_PX))
                    if index == 0:
                        writer.mark_span(f"@property:{line.key}")
                        writer.text(line.label, pen.styles.caption())
                    writer.text("\t", pen.styles.caption())
            if line.tags:
                self._tags(values)
            else:
                writer.text(values[0], pen.styles.char(size=0.94))
            if line.copied and writer.offers_copies:
                writer.embed_inline(
                    f"copy:@{line.key}", Kind.COPY, line.copied, pen.styles.measures.small_button
                )

    def _stacked(self, line: Property, index: int) -> None:
        pen, writer = self.pen, self.pen.writer
        if index == 0:
            char = pen.styles.caption()
            writer.gap(pen.px(8))
            writer.block(char)
            writer.mark_span(f"@property:{line.key}")
            writer.text(line.label, char)
        writer.block()

    def _tags(self, values: tuple[str, ...]) -> None:
        pen, writer = self.pen, self.pen.writer
        char = pen.styles.char(size=CAPTION)
        for index, value in enumerate(values):
            if index:
                writer.text(" ", char)
            start, end = writer.text(pen.chip(value), char)
            pen.page.marks.append(InlineMark(start, end, MarkLook.TAG))

    def footer(self) -> None:
        """Write "Still need help?" and its buttons."""
        pen, writer, gettext = self.pen, self.pen.writer, self.pen.texts.gettext
        writer.gap(pen.px(26))
        char = pen.styles.char(size=1.14, weight=SEMIBOLD)
        writer.block(char, heading=2)
        writer.mark_span("@footer")
        writer.text(gettext("Still need help?"), char)
        writer.gap(pen.px(4))
        writer.block(pen.styles.caption())
        offer = self.article.help_offer
        if offer is not None:
            text = gettext(
                "The source sends you on to {place}. You can also tell the author what is missing."
            )
            writer.text(text.format(place=offer.label), pen.styles.caption())
        else:
            text = gettext("See where to turn, or tell the author what is missing.")
            writer.text(text, pen.styles.caption())
        writer.gap(pen.px(10))
        reserved = ReservedObject(None, 1.0, name="widget", payload=FOOTER)
        writer.reserve_block(FOOTER, Kind.FOOTER, reserved, offer)
        writer.gap(pen.px(28))
        writer.block(pen.styles.char(size=0.2), line_height=100.0)
