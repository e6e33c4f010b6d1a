"""What all block writers share: the writer, the runs, the words and the language at hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kbviewer.model.inline import Runs
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.inline import Look, RunWriter
from kbviewer.ui.article.page_map import InlineMark, MarkLook, PageMap
from kbviewer.ui.article.styles import Styles
from kbviewer.ui.article.writer import Writer

PARAGRAPH_GAP = 11
ITEM_GAP = 6
NO_BREAK = "\u00a0"
CHIP_ROOM = 2 * NO_BREAK


@dataclass(slots=True)
class Pen:
    """Writes paragraphs of runs.

    Attributes:
        language: of the text that is being written.
        stale: keys of the blocks whose original has changed since they were translated.
    """

    writer: Writer
    runs: RunWriter
    texts: Texts
    language: str
    stale: frozenset[str] = frozenset()
    _unnamed: int = field(default=0)

    @property
    def styles(self) -> Styles:
        """The formats."""
        return self.writer.styles

    @property
    def page(self) -> PageMap:
        """The map that is being filled."""
        return self.writer.page

    def px(self, length: float) -> int:
        """Return `length` at the page's scale."""
        return self.styles.measures.px(length)

    def chip(self, text: str) -> str:
        """Return `text` as it stands in a chip: with room at its ends, unbroken when it fits a line."""
        width = (len(text) + 4) * self.styles.line_px(0.42)
        words = text.replace(" ", NO_BREAK) if width < self.writer.room else text
        return f"{CHIP_ROOM}{words}{CHIP_ROOM}"

    def key(self, key: str) -> str:
        """Return `key`, or a name for a block without one."""
        if key:
            return key
        self._unnamed += 1
        return f"~{self._unnamed}"

    def paragraph(
        self, runs: Runs, key: str, look: Look | None = None, *, gap: float = PARAGRAPH_GAP, hang: float = 0.0
    ) -> None:
        """Write `runs` as a text block that places refer to as `key`."""
        self.writer.gap(self.px(gap))
        self.writer.block(hang=hang)
        self.writer.mark_span(key)
        self.runs.write(runs, key, self.language, look)

    @contextmanager
    def in_language(self, language: str, *, announce: bool = True) -> Iterator[None]:
        """Write in another language than the article's, under a label that says so."""
        if not language or language == self.language:
            yield
            return
        before, before_writer = self.language, self.writer.language
        if announce:
            self.shown_in(language)
        self.language = self.writer.language = language
        yield
        self.language, self.writer.language = before, before_writer

    def mark_stale(self, key: str) -> None:
        """Write "Original changed" over what follows, when that is so."""
        if not key or key not in self.stale:
            return
        before = self.writer.language
        self.writer.gap(self.px(PARAGRAPH_GAP + 3))
        warning = self.styles.tokens.warning
        caption = self.styles.caption(colour=warning)
        self.writer.language = self.texts.language
        self.writer.block(caption)
        self.writer.mark_span(f"{key}@stale")
        start, end = self.writer.generated(self.chip(self.texts.gettext("Original changed")), caption)
        self.page.marks.append(InlineMark(start, end, MarkLook.CHIP, warning))
        self.writer.language = before

    def shown_in(self, language: str) -> None:
        """Write "Shown in English" over what follows."""
        name = self.texts.language_name(language)
        self.writer.gap(self.px(PARAGRAPH_GAP))
        caption = self.styles.caption()
        self.writer.block(caption)
        self.writer.generated(self.texts.gettext("Shown in {language}").format(language=name), caption)
