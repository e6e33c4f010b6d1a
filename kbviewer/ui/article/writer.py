"""Writes text blocks into a document and notes where they stand."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager

from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextTable,
    QTextTableFormat,
)

from kbviewer.ui.article.page_map import (
    Card,
    CardLook,
    Embedded,
    Kind,
    PageMap,
    Place,
    ReservedObject,
    Span,
)
from kbviewer.ui.article.styles import OBJECT_INDEX, OBJECT_TYPE, Styles, block_format
from kbviewer.ui.theme.tokens import LINE_HEIGHT_PERCENT

_HAIR = 0.05
_LETTER = 0.5
_NOTE_GAP_PX = 4
OBJECT_CHARACTER = "\ufffc"


class Writer:
    """A pen over a document: margins, gaps and cards nest; positions go to the map.

    Vertical space is only ever above a block: gaps take the larger of two neighbours, paddings of
    cards add up.

    Attributes:
        has_widgets: whether widgets stand over the document; paper has none.
        noted: keys of the blocks that the reader has written a note on.
        offers_copies: whether there are buttons that copy; they take room in the text.
    """

    has_widgets = True

    def __init__(self, document: QTextDocument, styles: Styles, page: PageMap) -> None:
        self.styles = styles
        self.page = page
        self.measures = styles.measures
        self.left = float(self.measures.gutter)
        self.right = float(self.measures.gutter)
        self.language = ""
        self.noted: Container[str] = ()
        self.offers_copies = True
        self._cursor = QTextCursor(document)
        self._gap = 0.0
        self._pad = 0.0
        self._number = -1
        self._is_fresh = True
        self._closed = -1, 0.0
        self._table: QTextTable | None = None
        self._in_table = False

    @property
    def position(self) -> int:
        """Where the next character goes."""
        return self._cursor.position()

    @property
    def number(self) -> int:
        """Number of the current text block."""
        return self._number

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.measures.document_width - self.left - self.right

    def gap(self, length: float) -> None:
        """Keep at least `length` before the next block."""
        self._gap = max(self._gap, length)

    def pad(self, length: float) -> None:
        """Add `length` before the next block."""
        self._pad += length

    def block(
        self,
        char: QTextCharFormat | None = None,
        *,
        hang: float = 0.0,
        line_height: float = LINE_HEIGHT_PERCENT,
        heading: int = 0,
        no_break: bool = False,
    ) -> None:
        """Start a text block."""
        form = block_format(
            left=self.left,
            right=self.right,
            top=round(self._gap + self._pad),
            hang=hang,
            line_height=line_height,
            heading=heading,
            no_break=no_break,
        )
        char = char if char is not None else self.styles.char()
        if self._is_fresh:
            self._is_fresh = False
            self._cursor.setBlockFormat(form)
            self._cursor.setBlockCharFormat(char)
            self._number = self._cursor.blockNumber()
        else:
            self._cursor.insertBlock(form, char)
            self._number += 1
        self._gap = self._pad = 0.0
        if self.language:
            self.page.languages[self._number] = self.language
        if heading:
            self.page.levels[self._number] = heading

    def text(self, text: str, char: QTextCharFormat) -> tuple[int, int]:
        """Write `text` and return its start and end."""
        start = self._cursor.position()
        self._cursor.insertText(text, char)
        return start, self._cursor.position()

    def absorb(self) -> None:
        """Write an invisible block when paddings are pending, so that they go when it is hidden."""
        if self._pad > 0:
            self._gap = 0.0
            self.block(self.styles.char(size=_HAIR))
            below = self.styles.line_px() * (1 - 100 / LINE_HEIGHT_PERCENT)
            form = self._cursor.blockFormat()
            form.setLineHeight(below, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
            self._cursor.setBlockFormat(form)
        self._gap = 0.0

    def generated(self, text: str, char: QTextCharFormat) -> tuple[int, int]:
        """Write words that the article does not hold, such as a label; they are not copied."""
        start, end = self.text(text, char)
        self.page.generated.append((start, end))
        return start, end

    def merge(self, start: int, end: int, form: QTextCharFormat) -> None:
        """Change how characters that stand look."""
        self._cursor.setPosition(start)
        self._cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._cursor.mergeCharFormat(form)
        self._cursor.setPosition(end)

    def reserve(self, reserved: ReservedObject, char: QTextCharFormat | None = None) -> int:
        """Reserve space at the cursor and return its position."""
        reserved.left, reserved.right = self.left, self.right
        form = QTextCharFormat(char if char is not None else self.styles.char())
        form.setObjectType(OBJECT_TYPE)
        form.setProperty(OBJECT_INDEX, len(self.page.objects))
        if reserved.descent:
            form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
        self.page.objects.append(reserved)
        start = self._cursor.position()
        self._cursor.insertText(OBJECT_CHARACTER, form)
        return start

    def embed_inline(self, key: str, kind: Kind, payload: object, width: float) -> Embedded:
        """Reserve `width` inside the line for a small widget; alone in a line it is as high as letters."""
        height = round(self.styles.line_px() * _LETTER)
        position = self.reserve(ReservedObject(width=width, height=height, name="space"))
        item = self.embed(key, kind, Place.OBJECT, payload, position=position)
        item.width = width
        return item

    def embed(self, key: str, kind: Kind, place: Place, payload: object, *, position: int = -1) -> Embedded:
        """Note a widget over the current text block."""
        item = Embedded(
            key=key,
            kind=kind,
            place=place,
            position=self._cursor.position() if position < 0 else position,
            first=self._number,
            last=self._number,
            left=self.left,
            right=self.right,
            payload=payload,
            language=self.language,
        )
        if place is Place.CORNER and self._note_here is not None:
            self._give_way(self._note_here, self.measures.small_button + _NOTE_GAP_PX)
        self.page.embedded.append(item)
        return item

    def _note(self, key: str) -> None:
        """Keep room for a note's button at the right end of the current block's first line."""
        side = self.measures.small_button
        if self._in_table:
            self.embed_inline(f"note:{key}", Kind.NOTE, key, side + _NOTE_GAP_PX)
            return
        before = self.page.embedded[-1] if self.page.embedded else None
        item = self.embed(f"note:{key}", Kind.NOTE, Place.ASIDE, key)
        self._keep_right(side + _NOTE_GAP_PX)
        if before is not None and before.first == item.first and before.width is None:
            # A widget with a line of its own makes room, too.
            before.right += side + _NOTE_GAP_PX
            self.page.objects[-1].right += side + _NOTE_GAP_PX

    @property
    def _note_here(self) -> Embedded | None:
        last = self.page.embedded[-1] if self.page.embedded else None
        return last if last is not None and last.kind is Kind.NOTE and last.first == self._number else None

    def _give_way(self, note: Embedded, length: float) -> None:
        note.right += length
        self._keep_right(length)

    def _keep_right(self, length: float) -> None:
        form = self._cursor.blockFormat()
        form.setRightMargin(form.rightMargin() + length)
        self._cursor.setBlockFormat(form)

    def reserve_block(self, key: str, kind: Kind, reserved: ReservedObject, payload: object) -> Embedded:
        """Give a widget a text block of its own."""
        self.block(line_height=100.0)
        position = self.reserve(reserved)
        return self.embed(key, kind, Place.OBJECT, payload, position=position)

    def image(self, form: QTextImageFormat, plain: str) -> None:
        """Write a picture; `plain` copies instead of it."""
        self.page.pictures[self._cursor.position()] = plain
        self._cursor.insertImage(form)

    @contextmanager
    def table(
        self, rows: int, columns: int, form: QTextTableFormat
    ) -> Iterator[Callable[[int, int, QColor | None], None]]:
        """Write a table; the yielded function goes to a cell."""
        table = self._table = self._cursor.insertTable(rows, columns, form)

        def go_to(row: int, column: int, background: QColor | None) -> None:
            cell = table.cellAt(row, column)
            if background is not None:
                look = cell.format()
                look.setBackground(background)
                cell.setFormat(look)
            self._cursor.setPosition(cell.firstPosition())
            self._number = self._cursor.blockNumber()

        self._in_table = True
        yield go_to
        self._in_table = False
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._gap = self._pad = 0.0
        # Qt has made a text block below the table, and ignores the margin above it: it stays without text.
        self._is_fresh = True
        self.block(self.styles.char(size=_HAIR), line_height=100.0)

    @contextmanager
    def span(self, key: str) -> Iterator[None]:
        """Note that what is written inside belongs to `key`."""
        first = self._number + 1
        yield
        if self._number >= first:
            span = Span(key, first, self._number)
            self.page.areas.setdefault(key, span)

    def mark_span(self, key: str) -> None:
        """Note that the current text block is the first of `key`, and what a place refers to."""
        self.page.spans.append(Span(key, self._number, self._number))
        self.page.areas.setdefault(key, self.page.spans[-1])
        if key in self.noted:
            self._note(key)

    @contextmanager
    def inset(self, left: float = 0.0, right: float = 0.0) -> Iterator[None]:
        """Write further in."""
        self.left += left
        self.right += right
        yield
        self.left -= left
        self.right -= right

    @contextmanager
    def card(
        self, look: CardLook, *, pad: float = 12.0, side: float = 14.0, icon: float = 0.0
    ) -> Iterator[Card]:
        """Paint a card behind what is written inside."""
        card = Card(self._number + 1, self._number, self.left, self.right, pad, pad, look)
        self.page.cards.append(card)
        self.pad(pad)
        with self.inset(side + icon, side):
            yield card
        card.last = max(card.first, self._number)
        if self._closed[0] == card.last:
            card.pad_bottom += self._closed[1]
        self._closed = card.last, card.pad_bottom
        self.pad(pad)
