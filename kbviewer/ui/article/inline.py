"""Writes runs: marks, quotes, links with their signs, glossary tips, code with its copy button."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from PySide6.QtGui import QFont, QTextCharFormat

from kbviewer.model.inline import Link, LinkKind, Mark, Run, Runs, plain_text
from kbviewer.ui.article.contracts import AbsentTitle, Resolve, Texts
from kbviewer.ui.article.page_map import InlineMark, Kind, LinkSpot, MarkLook, ReservedObject
from kbviewer.ui.article.styles import CODE, SEMIBOLD, Styles
from kbviewer.ui.article.writer import Writer

LINK_SCHEME = "kb"
_PATH_SEPARATOR = " > "

Quotes = Callable[[str], tuple[str, str]]
_Underline = QTextCharFormat.UnderlineStyle


class Look(NamedTuple):
    """What the text around a run looks like."""

    size: float = 1.0
    weight: QFont.Weight = QFont.Weight.Normal
    colour: str = ""
    italic: bool = False


class RunWriter:
    """Writes runs into the writer's current text block."""

    def __init__(
        self, writer: Writer, texts: Texts, resolve: Resolve, absent_title: AbsentTitle, quotes: Quotes
    ) -> None:
        self._writer = writer
        self._styles: Styles = writer.styles
        self._texts = texts
        self._resolve = resolve
        self._absent_title = absent_title
        self._quotes = quotes
        self._counts: dict[str, int] = {}

    def write(self, runs: Runs, owner: str, language: str, look: Look | None = None) -> None:
        """Write `runs` of the block `owner`, whose text is in `language`."""
        look = look or Look()
        for link, group in groupby(runs, key=lambda run: run.link):
            together = tuple(group)
            if link is None:
                self._write_plain(together, owner, language, look)
            else:
                self._write_link(together, link, owner, language, look)

    def _next(self, owner: str) -> int:
        number = self._counts.get(owner, 0)
        self._counts[owner] = number + 1
        return number

    def _write_plain(self, runs: Runs, owner: str, language: str, look: Look) -> None:
        for index, run in enumerate(runs):
            if Mark.KEY in run.marks:
                self._write_keys(run.text, look)
                continue
            following = runs[index + 1] if index + 1 < len(runs) else None
            start, end = self._write_run(run, language, look, before=_has_cap(following))
            if Mark.CODE in run.marks:
                self._code(start, end, run.text, owner)
            elif run.tip:
                self._tip(start, end, run, owner)

    def _write_run(
        self,
        run: Run,
        language: str,
        look: Look,
        *,
        anchor: QTextCharFormat | None = None,
        before: bool = False,
    ) -> tuple[int, int]:
        writer = self._writer
        char = anchor or self._char(run, look)
        if run.image:
            writer.generated("", char)
        text = run.text.replace("\n", "\u2028")
        if Mark.QUOTE in run.marks:
            opening, closing = self._quotes(run.language or language)
            text = f"{opening}{text}{closing}"
        if Mark.STRONG in run.marks and anchor is None and _PATH_SEPARATOR in text:
            return self._write_path(text, char, look)
        if before and text[-1:].isspace():
            start, _ = writer.text(text[:-1], char)
            return start, writer.text(text[-1], _spaced(char, self._styles.measures.px(4)))[1]
        return writer.text(text, char)

    def _write_path(self, text: str, char: QTextCharFormat, look: Look) -> tuple[int, int]:
        start = self._writer.position
        arrow = self._styles.char(size=look.size, colour=self._styles.tokens.muted)
        for index, part in enumerate(text.split(_PATH_SEPARATOR)):
            if index:
                self._writer.text(_PATH_SEPARATOR, arrow)
            self._writer.text(part, char)
        return start, self._writer.position

    def _char(self, run: Run, look: Look) -> QTextCharFormat:
        alignment = QTextCharFormat.VerticalAlignment
        shift = None
        if Mark.SUBSCRIPT in run.marks:
            shift = alignment.AlignSubScript
        elif Mark.SUPERSCRIPT in run.marks:
            shift = alignment.AlignSuperScript
        return self._styles.char(
            size=look.size * (CODE if Mark.CODE in run.marks else 1.0),
            weight=max(look.weight, SEMIBOLD) if Mark.STRONG in run.marks else look.weight,
            colour=look.colour,
            italic=look.italic or bool(run.marks & {Mark.EMPHASIS, Mark.QUOTE}),
            mono=Mark.CODE in run.marks,
            strike=Mark.STRIKE in run.marks,
            shift=shift,
        )

    def _write_keys(self, text: str, look: Look) -> None:
        """Write "Ctrl+Shift+P" as three caps with a plus between."""
        styles = self._styles
        cap = styles.char(size=look.size * 0.86, weight=QFont.Weight.Medium)
        plus = styles.char(size=look.size * 0.86, colour=styles.tokens.muted)
        room = styles.measures.px(7)
        for index, key in enumerate(_split_keys(text)):
            if index:
                self._writer.text("+", _spaced(plus, room))
            start, _ = self._writer.text(key[:-1], cap)
            _, end = self._writer.text(key[-1:], _spaced(cap, room))
            self._writer.page.marks.append(InlineMark(start, end, MarkLook.KEY))

    def _code(self, start: int, end: int, text: str, owner: str) -> None:
        """Put a copy button after a literal."""
        self._writer.page.marks.append(InlineMark(start, end, MarkLook.CODE))
        if not self._writer.offers_copies:
            return
        key = f"copy:{owner}:{self._next('copy:' + owner)}"
        # The code's background reaches 3 px beyond it; the button's ring must not stand on it.
        self._writer.embed_inline(key, Kind.COPY, text, self._styles.measures.small_button + 8)

    def _tip(self, start: int, end: int, run: Run, owner: str) -> None:
        spot = LinkSpot(start, end, owner, self._next(owner), run.text, tip=run.tip)
        self._restyle(start, end, spot, _Underline.DotLine, self._styles.tokens.control_border)

    def _write_link(self, runs: Runs, link: Link, owner: str, language: str, look: Look) -> None:
        writer, styles = self._writer, self._styles
        muted = link.kind is LinkKind.MISSING or self._is_absent(link)
        dashed = muted or link.kind is LinkKind.SEARCH
        colour = styles.tokens.muted if muted else styles.tokens.accent
        number = len(writer.page.links)
        start = writer.position
        for run in runs:
            base = self._char(run, Look(look.size, look.weight, colour, look.italic))
            form = QTextCharFormat(base)
            self.lead(form, link, number)
            form.setUnderlineStyle(_Underline.DashUnderline if dashed else _Underline.SingleUnderline)
            form.setUnderlineColor(form.foreground().color())
            form.setToolTip(self._tool_tip(link))
            run_start, run_end = self._write_run(run, language, look, anchor=form)
            if Mark.CODE in run.marks:
                writer.page.marks.append(InlineMark(run_start, run_end, MarkLook.CODE))
        end = writer.position
        writer.page.links.append(LinkSpot(start, end, owner, self._next(owner), plain_text(runs), link))
        self.sign(link, number, look, language)

    def _restyle(self, start: int, end: int, spot: LinkSpot, underline: _Underline, colour: str) -> None:
        """Make characters that stand a tip."""
        writer = self._writer
        form = QTextCharFormat()
        self.lead(form, None, len(writer.page.links))
        form.setUnderlineStyle(underline)
        form.setUnderlineColor(colour)
        form.setToolTip(spot.tip)
        writer.merge(start, end, form)
        writer.page.links.append(spot)

    def lead(self, form: QTextCharFormat, link: Link | None, number: int) -> None:  # noqa: ARG002
        """Have a click on what `form` looks like follow the link, or show the tip, of that number."""
        form.setAnchor(True)
        form.setAnchorHref(f"{LINK_SCHEME}:{number}")

    def sign(self, link: Link, number: int, look: Look, language: str) -> None:
        """Write what tells the kind of link, after it."""
        gettext = self._texts.gettext
        styles, writer = self._styles, self._writer
        small = styles.char(size=look.size * 0.84, colour=styles.tokens.muted)
        match link.kind:
            case LinkKind.EXTERNAL:
                self._icon("external", styles.tokens.accent, look)
            case LinkKind.MISSING:
                words = " (" + gettext("link missing in the source") + ")"
                writer.generated(words, self._part_of(link, number, small))
            case LinkKind.SEARCH:
                accent = styles.char(size=look.size * 0.84, colour=styles.tokens.accent)
                self._icon("search", styles.tokens.accent, look)
                writer.generated(" " + gettext("search for this"), self._part_of(link, number, accent))
            case LinkKind.ARTICLE if self._is_absent(link):
                words = " (" + gettext("not in this library") + ")"
                writer.generated(words, self._part_of(link, number, small))
            case LinkKind.ARTICLE:
                self._language_badge(link, language, small)
            case _:
                pass

    def _part_of(self, link: Link, number: int, char: QTextCharFormat) -> QTextCharFormat:
        """Return `char` for words that a click follows the link on."""
        form = QTextCharFormat(char)
        self.lead(form, link, number)
        form.setToolTip(self._tool_tip(link))
        return form

    def _language_badge(self, link: Link, language: str, small: QTextCharFormat) -> None:
        entry = self._resolve(link.target)
        if entry is None or not entry.variants or language in entry.variants:
            return
        tag = next(iter(entry.variants)).upper()
        self._writer.generated(" ", small)
        start, end = self._writer.generated(tag, small)
        self._writer.page.marks.append(InlineMark(start, end, MarkLook.TAG))

    def _icon(self, name: str, colour: str, look: Look) -> None:
        side = self._styles.line_px(look.size) * 0.56
        self._writer.reserve(
            ReservedObject(width=side + 5, height=side, descent=1.5, name=f"icon:{name}:{colour}")
        )

    def _is_absent(self, link: Link) -> bool:
        return link.kind is LinkKind.ARTICLE and self._resolve(link.target) is None

    def _tool_tip(self, link: Link) -> str:
        gettext = self._texts.gettext
        match link.kind:
            case LinkKind.EXTERNAL:
                return gettext("External address: {address}").format(address=link.target)
            case LinkKind.MISSING:
                return gettext("The source lost the address of this link.")
            case LinkKind.SEARCH:
                return gettext("The source names this work by its title only. Search for it.")
            case LinkKind.ARTICLE:
                entry = self._resolve(link.target)
                if entry is None:
                    title = self._absent_title(link.target)
                    absent = gettext("This article is not in this library.")
                    return f"{title}\n{absent}" if title else absent
                return next((variant.title for variant in entry.variants.values()), "")
            case _:
                return ""


def _has_cap(run: Run | None) -> bool:
    """Return whether a run is painted with a background that needs room before it."""
    return run is not None and bool(run.marks & {Mark.KEY, Mark.CODE})


def _split_keys(text: str) -> Iterator[str]:
    """Yield the keys of "Ctrl+Shift+P"; a plus that is a key itself stays."""
    for part in text.replace("++", "+\0").split("+"):
        key = part.replace("\0", "+").strip()
        if key:
            yield key


def _spaced(char: QTextCharFormat, room: float) -> QTextCharFormat:
    """Return `char` with `room` after each character."""
    form = QTextCharFormat(char)
    form.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    form.setFontLetterSpacing(room)
    return form
