"""Writes what stands above the text: the guide's parts, the title, products and banners."""

from __future__ import annotations

from kbviewer.model.article import Article, Part
from kbviewer.model.inline import Link, LinkKind, Run
from kbviewer.model.kb_links import format_link
from kbviewer.ui.article.banners import Banner, banners
from kbviewer.ui.article.box_writer import BoxLook, card_look
from kbviewer.ui.article.contracts import Resolve
from kbviewer.ui.article.page_map import CardLook, InlineMark, Kind, MarkLook, Section
from kbviewer.ui.article.pen import Pen
from kbviewer.ui.article.styles import CAPTION, NORMAL, SEMIBOLD

TITLE = "@title"
_TONES = {
    "note": BoxLook("window", "control_border", "text", "note"),
    "warning": BoxLook("warning_soft", "warning_bar", "warning", "warning"),
}


class HeaderWriter:
    """Writes the head of a page; its words are in the reader's language, the title in the article's."""

    def __init__(self, pen: Pen, article: Article, resolve: Resolve) -> None:
        self._pen = pen
        self._article = article
        self._resolve = resolve

    def write(self) -> None:
        """Write everything above the first block."""
        pen, writer = self._pen, self._pen.writer
        pen.language = writer.language = pen.texts.language
        if self._article.part is not None:
            self._eyebrow(self._article.part)
        pen.language = writer.language = self._article.language
        self._title()
        pen.language = writer.language = pen.texts.language
        self._products()
        if self._article.part is not None:
            self._parts(self._article.part)
        for banner in banners(self._article, pen.texts):
            self._banner(banner)
        writer.gap(pen.px(16))

    def _title(self) -> None:
        pen, writer = self._pen, self._pen.writer
        char = pen.styles.heading(1)
        writer.block(char, heading=1, line_height=122.0)
        writer.mark_span(TITLE)
        pen.page.sections.append(Section("", writer.number))
        writer.text(self._article.title, char)
        if writer.offers_copies:
            payload = (format_link(self._article.id), self._article.title)
            writer.embed_inline("anchor:", Kind.HEADING_LINK, payload, pen.px(28))
        writer.gap(pen.px(8))

    def _products(self) -> None:
        """Write the products as chips, or that the source does not say."""
        pen, writer = self._pen, self._pen.writer
        tokens, gettext = pen.styles.tokens, pen.texts.gettext
        caption = pen.styles.caption()
        writer.block(caption, line_height=175.0)
        writer.mark_span("@products")
        writer.text(gettext("Applies to") + ": ", caption)
        products = self._article.applies_to or (gettext("Not stated"),)
        chip = pen.styles.char(size=CAPTION, colour=tokens.text if self._article.applies_to else tokens.muted)
        for index, product in enumerate(products):
            if index:
                writer.text(" ", pen.styles.char(size=CAPTION))
            start, end = writer.text(pen.chip(product), chip)
            pen.page.marks.append(InlineMark(start, end, MarkLook.CHIP))
        if self._article.is_language_guessed:
            name = pen.texts.language_name(self._article.language)
            guess = gettext("Language, guessed from the text: {language}").format(language=name)
            writer.text(f"  ·  {guess}", caption)
        writer.gap(pen.px(12))

    def _eyebrow(self, part: Part) -> None:
        """Write which part of which guide this is."""
        pen, writer = self._pen, self._pen.writer
        char = pen.styles.caption(weight=SEMIBOLD)
        writer.block(char)
        writer.mark_span("@part")
        text = pen.texts.gettext("Part {number} of {total}: {guide}").format(
            number=part.number, total=len(part.titles), guide=part.title
        )
        writer.text(text, char)
        writer.gap(pen.px(2))

    def _parts(self, part: Part) -> None:
        """Write the guide's parts as a list that says which one this is and which are beside it."""
        pen, writer = self._pen, self._pen.writer
        tokens, gettext = pen.styles.tokens, pen.texts.gettext
        writer.gap(pen.px(8))
        with writer.card(CardLook(fill="window", border="border"), pad=pen.px(12), side=pen.px(16)):
            writer.block(pen.styles.caption(weight=SEMIBOLD))
            writer.mark_span("@parts")
            writer.text(gettext("Parts of this guide"), pen.styles.caption(weight=SEMIBOLD))
            with writer.inset(left=pen.px(24)):
                for number, title in enumerate(part.titles, start=1):
                    here = number == part.number
                    writer.gap(pen.px(5))
                    writer.block(hang=pen.px(24))
                    writer.mark_span(f"@part{number}")
                    pen.page.numbers[writer.number] = str(number)
                    char = pen.styles.char(colour=tokens.muted, weight=SEMIBOLD if here else NORMAL)
                    writer.text(f"{number}.\t", char)
                    if here:
                        writer.text(title, pen.styles.char(weight=SEMIBOLD))
                        self._here()
                    else:
                        self._link(part, number, title)
        writer.gap(pen.px(12))

    def _here(self) -> None:
        pen = self._pen
        pen.writer.text(" ", pen.styles.char())
        char = pen.styles.char(size=CAPTION, colour=pen.styles.tokens.accent, weight=SEMIBOLD)
        start, end = pen.writer.generated(pen.chip(pen.texts.gettext("You are here")), char)
        pen.page.marks.append(InlineMark(start, end, MarkLook.CHIP, pen.styles.tokens.accent))

    def _link(self, part: Part, number: int, label: str) -> None:
        pen, gettext = self._pen, self._pen.texts.gettext
        run = Run(label, link=Link(LinkKind.ARTICLE, part.reference(number)))
        pen.runs.write((run,), f"@part{number}", pen.language)
        if abs(number - part.number) == 1:
            caption = pen.styles.caption()
            side = gettext("previous part") if number < part.number else gettext("next part")
            pen.writer.text(f" – {side}", caption)

    def _banner(self, banner: Banner) -> None:
        pen, writer = self._pen, self._pen.writer
        base = _TONES[banner.tone]
        look = BoxLook(base.fill, base.bar, base.label, banner.icon)
        writer.gap(pen.px(8))
        with writer.card(
            card_look(look, pen.styles.tokens, pen.px(18)), pad=pen.px(10), side=pen.px(14), icon=pen.px(28)
        ):
            title = pen.styles.char(size=0.94, weight=SEMIBOLD, colour=getattr(pen.styles.tokens, look.label))
            writer.block(title, line_height=135.0)
            writer.mark_span(f"@banner:{banner.key}")
            writer.text(banner.title, title)
            body = pen.styles.char(size=0.94)
            writer.gap(2)
            writer.block(body, line_height=135.0)
            writer.text(banner.text, body)
        writer.gap(pen.px(8))
