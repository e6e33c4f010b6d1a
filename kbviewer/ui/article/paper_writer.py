"""Writes for paper: what is a widget on the screen becomes text, a table, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextTableFormat,
)

from kbviewer.model.inline import Link, LinkKind
from kbviewer.ui.article.contracts import AbsentTitle, Resolve, Texts
from kbviewer.ui.article.inline import Look, Quotes, RunWriter
from kbviewer.ui.article.page_map import Card, CardLook, Embedded, Kind, PageMap, Place, ReservedObject
from kbviewer.ui.article.pen import NO_BREAK
from kbviewer.ui.article.styles import Styles
from kbviewer.ui.article.writer import Writer

LONGEST_ADDRESS = 60
_PICTURE_SHARE = 0.85
_OUTLINE_PX = 2
_CLICKED = frozenset({"http", "https", "mailto"})
Rows = list[tuple[int, int]]


class PaperWriter(Writer):
    """A writer whose document holds text and tables only.

    Attributes:
        tables: per table and row, the numbers of its first and last text block.
        headed: which of the tables begin with a header row.
        write_instead: writes what stands on paper in place of a widget that has a block of its own.
    """

    has_widgets = False

    def __init__(self, document: QTextDocument, styles: Styles, page: PageMap, page_height: float) -> None:
        super().__init__(document, styles, page)
        self._tallest = page_height * _PICTURE_SHARE
        self.tables: list[Rows] = []
        self.headed: set[int] = set()
        self.write_instead: Callable[[Kind, object], None] = lambda _kind, _payload: None

    def reserve(self, reserved: ReservedObject, char: QTextCharFormat | None = None) -> int:  # noqa: ARG002
        """Reserve nothing."""
        return self.position

    def embed(self, key: str, kind: Kind, place: Place, payload: object, *, position: int = -1) -> Embedded:
        """Note a tick box, which is drawn; leave out every other widget."""
        item = super().embed(key, kind, place, payload, position=position)
        if kind is not Kind.TICK:
            self.page.embedded.pop()
        return item

    def reserve_block(self, key: str, kind: Kind, reserved: ReservedObject, payload: object) -> Embedded:  # noqa: ARG002
        """Write what stands in place of the widget."""
        self.write_instead(kind, payload)
        return self.embed(key, kind, Place.OBJECT, payload)

    def image(self, form: QTextImageFormat, plain: str) -> None:
        """Write a picture, smaller when it would not fit a page with its caption."""
        if form.height() > self._tallest:
            form.setWidth(form.width() * self._tallest / form.height())
            form.setHeight(self._tallest)
        super().image(form, plain)

    @contextmanager
    def table(
        self, rows: int, columns: int, form: QTextTableFormat
    ) -> Iterator[Callable[[int, int, QColor | None], None]]:
        """Write a table and note its rows, which a page break keeps whole."""
        found: Rows = [(-1, -1)] * rows
        with super().table(rows, columns, form) as go_to:

            def go_and_note(row: int, column: int, background: QColor | None) -> None:
                go_to(row, column, background)
                first = found[row][0]
                found[row] = (self.number if first < 0 else first, self.number)

            yield go_and_note
        if form.headerRowCount() and rows > 1:
            self.headed.add(len(self.tables))
        self.tables.append(found)

    def outline(self, row: int, column: int, colour: str) -> None:
        """Draw a frame around a cell of the table that was written last."""
        if self._table is None:
            return
        cell = self._table.cellAt(row, column)
        form = cell.format().toTableCellFormat()
        form.setBorder(_OUTLINE_PX)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(QBrush(QColor(colour)))
        cell.setFormat(form)

    def name(self, anchor: str) -> None:
        """Let links of a PDF lead to where `anchor` stands."""
        area = self.page.areas.get(anchor)
        if area is None:
            return
        block = self._cursor.document().findBlockByNumber(area.first)
        form = QTextCharFormat()
        form.setAnchor(True)
        form.setAnchorNames([anchor])
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(form)

    @contextmanager
    def card(
        self, look: CardLook, *, pad: float = 12.0, side: float = 14.0, icon: float = 0.0
    ) -> Iterator[Card]:
        """Paint a card; without an icon no room is kept for one."""
        with super().card(look, pad=pad, side=side, icon=icon if look.icon else 0.0) as card:
            yield card


class PaperRunWriter(RunWriter):
    """Writes runs whose web addresses are spelled out, the long ones at the end of the article.

    What leads somewhere can be clicked in a PDF.

    Attributes:
        notes: long addresses with their numbers.
        targets: what links lead to inside the article.
    """

    def __init__(
        self, writer: Writer, texts: Texts, resolve: Resolve, absent_title: AbsentTitle, quotes: Quotes
    ) -> None:
        super().__init__(writer, texts, resolve, absent_title, quotes)
        self.notes: dict[str, int] = {}
        self.targets: set[str] = set()

    def lead(self, form: QTextCharFormat, link: Link | None, number: int) -> None:  # noqa: ARG002
        """Lead to a web address or to a place in the article; whatever else needs the program."""
        if link is None:
            return
        if link.kind is LinkKind.EXTERNAL:
            lead_out(form, link.target)
        elif link.kind is LinkKind.SECTION:
            self.targets.add(link.target)
            form.setAnchor(True)
            form.setAnchorHref(f"#{link.target}")

    def sign(self, link: Link, number: int, look: Look, language: str) -> None:
        """Write a web address after its text, and what is missing; nothing about searching."""
        if link.kind is LinkKind.EXTERNAL:
            self._address(link, look)
        elif link.kind is not LinkKind.SEARCH:
            super().sign(link, number, look, language)

    def _address(self, link: Link, look: Look) -> None:
        shown = self._writer.page.links[-1].label.strip()
        if shown in (link.target, bare_address(link.target)):
            return
        muted = self._styles.char(size=look.size * 0.88, colour=self._styles.tokens.muted)
        if len(link.target) > LONGEST_ADDRESS:
            number = self.notes.setdefault(link.target, len(self.notes) + 1)
            self._writer.generated(f"{NO_BREAK}[{number}]", muted)
            return
        form = QTextCharFormat(muted)
        lead_out(form, link.target)
        self._writer.generated(" (", muted)
        self._writer.generated(link.target, form)
        self._writer.generated(")", muted)


def lead_out(form: QTextCharFormat, address: str) -> None:
    """Have a click in a PDF open a web address."""
    url = QUrl(address)
    if url.scheme() in _CLICKED:
        # Qt writes the address into the PDF as it is, where brackets end it.
        encoded = bytes(url.toEncoded().data()).decode("ascii")
        form.setAnchor(True)
        form.setAnchorHref(encoded.replace("(", "%28").replace(")", "%29"))


def bare_address(address: str) -> str:
    """Return an address as people write it: without scheme and closing slash."""
    return address.partition("://")[2].rstrip("/") or address
