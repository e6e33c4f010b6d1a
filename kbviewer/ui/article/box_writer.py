"""Writes boxes: callouts, prerequisites, results, and what the source has lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kbviewer.model.blocks import Blocks, Callout, CalloutKind, Paragraph, ParagraphRole
from kbviewer.ui.article.absent import Absent
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.page_map import CardLook, Kind, ReservedObject
from kbviewer.ui.article.pen import PARAGRAPH_GAP, Pen
from kbviewer.ui.article.styles import SEMIBOLD
from kbviewer.ui.theme.tokens import Tokens

_PAD = 11
_ICON_ROOM = 20


class BoxLook(NamedTuple):
    """Token names of a box: background, bar and label; and its icon."""

    fill: str
    bar: str
    label: str
    icon: str
    border: str = ""
    dashed: bool = False


CALLOUT_LOOKS = {
    CalloutKind.NOTE: BoxLook("window", "control_border", "muted", "note"),
    CalloutKind.TIP: BoxLook("done_soft", "done", "done", "tip"),
    CalloutKind.IMPORTANT: BoxLook("accent_soft", "accent", "accent", "important"),
    CalloutKind.WARNING: BoxLook("warning_soft", "warning_bar", "warning", "warning"),
    CalloutKind.CAUTION: BoxLook("danger_soft", "danger", "danger", "warning"),
    CalloutKind.BOUNDARY: BoxLook("window", "accent", "accent", "boundary", border="border"),
}
PARAGRAPH_LOOKS = {
    ParagraphRole.RESULT: BoxLook("", "done", "done", "check"),
    ParagraphRole.PREREQUISITE: BoxLook("accent_soft", "accent", "accent", "prerequisite"),
    ParagraphRole.MISSING: BoxLook("", "", "muted", "missing", border="control_border", dashed=True),
}


def callout_label(kind: CalloutKind, texts: Texts) -> str:
    """Return what a callout is called."""
    gettext = texts.gettext
    match kind:
        case CalloutKind.NOTE:
            return gettext("Note")
        case CalloutKind.TIP:
            return gettext("Tip")
        case CalloutKind.IMPORTANT:
            return gettext("Important")
        case CalloutKind.WARNING:
            return gettext("Warning")
        case CalloutKind.CAUTION:
            return gettext("Caution")
        case CalloutKind.BOUNDARY:
            return gettext("Limit of support")


def role_label(role: ParagraphRole, texts: Texts) -> str:
    """Return what stands before a paragraph of that role, "" for none."""
    gettext = texts.gettext
    match role:
        case ParagraphRole.RESULT:
            return gettext("Result")
        case ParagraphRole.PREREQUISITE:
            return gettext("Before you start")
        case ParagraphRole.MISSING:
            return gettext("Missing in the source")
        case _:
            return ""


def card_look(look: BoxLook, tokens: Tokens, icon_px: int) -> CardLook:
    """Return how the box is painted; high contrast has no soft backgrounds, so it gets an edge."""
    border = look.border or (look.bar if tokens.high_contrast and look.fill else "")
    return CardLook(
        fill=look.fill,
        border=border,
        bar=look.bar,
        icon=look.icon,
        icon_colour=look.label,
        icon_px=icon_px,
        dashed=look.dashed,
    )


class BoxWriter:
    """Writes a box: its label runs into the first paragraph."""

    def __init__(self, pen: Pen, write: Callable[[Blocks], None]) -> None:
        self._pen = pen
        self._write = write

    def callout(self, block: Callout) -> None:
        """Write a callout."""
        label = callout_label(block.kind, self._pen.texts)
        has_button = block.kind is CalloutKind.BOUNDARY and self._pen.writer.has_widgets
        with self._pen.writer.span(block.key):
            self._box(
                CALLOUT_LOOKS[block.kind],
                label,
                block.blocks,
                block.key,
                self._escalate if has_button else None,
            )

    def paragraph(self, block: Paragraph, key: str) -> None:
        """Write a paragraph whose role sets it apart."""
        lead = Paragraph(key=key, runs=block.runs, language=block.language)
        self._box(PARAGRAPH_LOOKS[block.role], role_label(block.role, self._pen.texts), (lead,), key)

    def absent(self, block: Absent) -> None:
        """Write that the text lacks what the other language has at this place."""
        pen, writer = self._pen, self._pen.writer
        caption = pen.styles.caption()
        writer.gap(pen.px(PARAGRAPH_GAP))
        look = CardLook(border="control_border", dashed=True)
        with writer.card(look, pad=pen.px(5), side=pen.px(12)):
            writer.block(caption)
            writer.mark_span(block.key)
            if block.is_certain:
                words = pen.texts.gettext("Not in the {language} text")
            else:
                words = pen.texts.gettext("Nothing at this place in the {language} text")
            name = pen.texts.language_name(block.lacking)
            writer.generated(words.format(language=name), caption)
        writer.gap(pen.px(PARAGRAPH_GAP))

    def _escalate(self, key: str) -> None:
        """Reserve space for the button that hands the problem on."""
        pen, name = self._pen, f"escalate:{key}"
        pen.writer.gap(pen.px(8))
        reserved = ReservedObject(None, 1.0, name="widget", payload=name)
        pen.writer.reserve_block(name, Kind.ESCALATE, reserved, None)

    def _box(
        self,
        look: BoxLook,
        label: str,
        blocks: Blocks,
        key: str,
        write_end: Callable[[str], None] | None = None,
    ) -> None:
        pen, writer = self._pen, self._pen.writer
        icon = pen.px(18)
        writer.gap(pen.px(PARAGRAPH_GAP + 1))
        with writer.card(
            card_look(look, pen.styles.tokens, icon),
            pad=pen.px(_PAD),
            side=pen.px(14),
            icon=pen.px(_ICON_ROOM + 8),
        ):
            colour = getattr(pen.styles.tokens, look.label)
            if blocks and isinstance(blocks[0], Paragraph) and blocks[0].key != key:
                pen.mark_stale(blocks[0].key)
            writer.block()
            name = pen.styles.char(weight=SEMIBOLD, colour=colour)
            pen.page.labels.append(writer.text(label, name))
            rest = blocks
            if blocks and isinstance(blocks[0], Paragraph) and blocks[0].role is ParagraphRole.BODY:
                lead, rest = blocks[0], blocks[1:]
                lead_key = pen.key(lead.key)
                writer.mark_span(lead_key)
                writer.text("  ", name)
                pen.runs.write(lead.runs, lead_key, lead.language or pen.language)
            else:
                writer.mark_span(f"{pen.key(key)}@label")
                writer.gap(pen.px(4))
            self._write(rest)
            if write_end is not None:
                write_end(pen.key(key))
        writer.gap(pen.px(PARAGRAPH_GAP + 1))
