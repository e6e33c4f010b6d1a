"""What a selection copies: clean text and HTML, with the numbers of steps and without our own labels."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QMimeData
from PySide6.QtGui import (
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextImageFormat,
    QTextTable,
)

from kbviewer.model.blocks import ScopeMatrix
from kbviewer.model.inline import LinkKind
from kbviewer.ui.article.copied_blocks import Cell, CopiedBlock, as_html, as_text
from kbviewer.ui.article.matrix_model import MatrixModel
from kbviewer.ui.article.page_map import PageMap, Place
from kbviewer.ui.article.pen import CHIP_ROOM, NO_BREAK
from kbviewer.ui.article.styles import NORMAL, OBJECT_INDEX
from kbviewer.ui.article.writer import OBJECT_CHARACTER

_SPACES = re.compile(" {2,}")
# Stands for the room at the ends of a chip until chips are told apart.
_CHIP_EDGE = "\ue000"
Chosen = Callable[[str], tuple[int | None, int | None]]


class _Range(NamedTuple):
    """A part of the document."""

    start: int
    end: int


class Copier:
    """Turns a part of a page's document into text and HTML."""

    def __init__(
        self,
        document: QTextDocument,
        page: PageMap,
        language: str,
        chosen: Chosen = lambda _key: (None, None),
        gettext: Callable[[str], str] = str,
    ) -> None:
        self._document = document
        self._page = page
        self._language = language
        self._chosen = chosen
        self._gettext = gettext
        self._generated = sorted(page.generated)
        self._labels = dict(page.labels)
        self._code = {item.first for item in page.embedded if item.place is Place.CORNER}
        self._steps = sorted(
            (area.first, area.last, key.removesuffix("@step"))
            for key, area in page.areas.items()
            if key.endswith("@step")
        )

    def mime(self, cursor: QTextCursor) -> QMimeData:
        """Return the selection as plain text and HTML."""
        blocks = list(self._blocks(cursor))
        data = QMimeData()
        data.setText(as_text(blocks).strip("\n"))
        data.setHtml(as_html(blocks, self._language))
        return data

    def _blocks(self, cursor: QTextCursor) -> Iterator[CopiedBlock]:
        part = _Range(cursor.selectionStart(), cursor.selectionEnd())
        block = self._document.findBlock(part.start)
        while block.isValid() and block.position() < part.end:
            table = _table_of(block)
            if table is not None and _is_beyond_a_cell(table, part):
                yield self._table(table, cursor, part)
                block = self._document.findBlock(table.lastPosition() + 1)
                continue
            if block.isVisible():
                yield from self._block(block, part)
            block = block.next()

    def _block(self, block: QTextBlock, part: _Range) -> Iterator[CopiedBlock]:
        number = self._page.numbers.get(block.blockNumber(), "")
        body = block.position() + block.text().find("\t") + 1 if number else block.position()
        has_number = bool(number) and (part.start < body or _goes_on(block, body, part))
        language = self._page.languages.get(block.blockNumber(), self._language)
        is_code = block.blockNumber() in self._code
        found = self._text(block, _Range(max(part.start, body), part.end), is_code=is_code)
        made = CopiedBlock(
            margin=block.blockFormat().leftMargin(),
            level=block.blockFormat().headingLevel(),
            number=number if has_number else "",
            path=self._path(block.blockNumber()) if has_number else "",
            language=language if language != self._language else "",
            is_code=is_code,
        )
        for matrix in self._matrices(block, part):
            yield made._replace(rows=_rows(matrix.plain), has_header=True)
            words = self._choice(matrix.payload)
            if words:
                yield made._replace(plain=words, rich=escape(words))
            return
        if found.plain:
            yield made._replace(plain=found.plain, rich=found.rich)

    def _text(self, block: QTextBlock, part: _Range, *, is_code: bool = False) -> Cell:
        """Return what is selected of a text block."""
        plain: list[str] = []
        rich: list[str] = []
        is_heading = block.blockFormat().headingLevel() > 0
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            iterator += 1
            first = fragment.position()
            text = fragment.text()[max(0, part.start - first) : max(0, part.end - first)]
            if text and not self._is_generated(first):
                words = self._plain(text, fragment, is_code=is_code)
                plain.append(words)
                rich.append(self._rich(words, fragment, is_heading=is_heading))
        if is_code:
            return Cell("".join(plain).rstrip(), "".join(rich))
        return Cell(_clean("".join(plain)), _clean("".join(rich)).replace("\t", " "))

    def _table(self, table: QTextTable, cursor: QTextCursor, part: _Range) -> CopiedBlock:
        """Return the selected cells; a selection that reaches out of the table takes whole rows."""
        rows, columns = range(table.rows()), range(table.columns())
        is_inside = table.firstPosition() <= part.start and part.end <= table.lastPosition()
        if is_inside and cursor.hasComplexSelection():
            spots = [
                (cell.row(), cell.column())
                for at in (cursor.anchor(), cursor.position())
                if (cell := table.cellAt(at)).isValid()
            ]
            rows = range(min(spot[0] for spot in spots), max(spot[0] for spot in spots) + 1)
            columns = range(min(spot[1] for spot in spots), max(spot[1] for spot in spots) + 1)
        else:
            rows = range(
                next((row for row in rows if table.cellAt(row, columns[-1]).lastPosition() >= part.start), 0),
                1 + max((row for row in rows if table.cellAt(row, 0).firstPosition() < part.end), default=0),
            )
        lines = [[self._cell(table, row, column) for column in columns] for row in rows]
        has_header = bool(table.format().toTableFormat().headerRowCount()) and rows[0] == 0
        margin = table.format().toTableFormat().leftMargin()
        return CopiedBlock(rows=lines, has_header=has_header, margin=margin)

    def _cell(self, table: QTextTable, row: int, column: int) -> Cell:
        cell = table.cellAt(row, column)
        texts = []
        block = self._document.findBlock(cell.firstPosition())
        while block.isValid() and block.position() <= cell.lastPosition():
            texts.append(self._text(block, _Range(block.position(), block.position() + block.length())))
            block = block.next()
        return Cell(
            " ".join(text.plain for text in texts if text.plain), "<br>".join(text.rich for text in texts)
        )

    def _path(self, number: int) -> str:
        """Return the numbers of the steps that hold a text block: "1.a"."""
        texts = self._page.steps
        around = [texts[step].first for first, last, step in self._steps if first <= number <= last]
        return ".".join(self._page.numbers[block] for block in around)

    def _is_generated(self, position: int) -> bool:
        index = bisect_right(self._generated, (position, 1 << 60)) - 1
        return index >= 0 and self._generated[index][0] <= position < self._generated[index][1]

    def _plain(self, text: str, fragment: QTextFragment, *, is_code: bool) -> str:
        if OBJECT_CHARACTER not in text:
            words = text.replace("\u2028", "\n").replace(CHIP_ROOM, _CHIP_EDGE).replace(NO_BREAK, " ")
            if self._labels.get(fragment.position()) and not is_code:
                words = words.rstrip()
                words += " " if words.endswith(("!", ":")) else ": "
            return words
        form = fragment.charFormat()
        if isinstance(form, QTextImageFormat) or form.isImageFormat():
            return self._page.pictures.get(fragment.position(), "")
        index = form.intProperty(OBJECT_INDEX)
        return self._page.objects[index].plain if index < len(self._page.objects) else ""

    def _rich(self, plain: str, fragment: QTextFragment, *, is_heading: bool) -> str:
        form = fragment.charFormat()
        content = escape(plain).replace("\n", "<br>")
        if not content.strip():
            return content
        if form.fontFixedPitch():
            content = f"<code>{content}</code>"
        elif form.fontWeight() > NORMAL and not is_heading:
            bare = content.rstrip()
            content = f"<strong>{bare}</strong>{content[len(bare) :]}"
        if form.fontItalic():
            content = f"<em>{content}</em>"
        address = self._address(form.anchorHref())
        return f'<a href="{escape(address)}">{content}</a>' if address else content

    def _address(self, href: str) -> str:
        number = href.partition(":")[2]
        if not number.isdecimal():
            return ""
        link = self._page.links[int(number)].link
        return link.target if link is not None and link.kind is LinkKind.EXTERNAL else ""

    def _matrices(self, block: QTextBlock, part: _Range) -> Iterator[_Matrix]:
        """Yield the matrix that stands in a text block, when it is selected."""
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            iterator += 1
            if OBJECT_CHARACTER not in fragment.text() or not part.start <= fragment.position() < part.end:
                continue
            index = fragment.charFormat().intProperty(OBJECT_INDEX)
            found = self._page.objects[index] if index < len(self._page.objects) else None
            if found is not None and "\n" in found.plain and isinstance(found.payload, str):
                yield _Matrix(found.plain, found.payload)

    def _choice(self, key: str) -> str:
        """Return in words what is chosen in a matrix, "" when nothing is."""
        item = self._page.embedded_by_key(key)
        if (
            item is None
            or not isinstance(item.payload, tuple)
            or not isinstance(item.payload[1], ScopeMatrix)
        ):
            return ""
        model = MatrixModel(item.payload[1], *self._chosen(key.partition(":")[2]))
        if model.cell is None or model.row is None or model.column is None:
            return ""
        where = f"{model.matrix.rows[model.row]} · {model.matrix.columns[model.column]}"
        return f"{self._gettext('Chosen')}: {where} – {model.cell.category}"


class _Matrix(NamedTuple):
    """A scope matrix as lines of cells between tabs, and the key of its widget."""

    plain: str
    payload: str


def _table_of(block: QTextBlock) -> QTextTable | None:
    """Return the table that a text block stands in."""
    return QTextCursor(block).currentTable()


def _clean(text: str) -> str:
    """Return text with commas between chips and without the spaces that only make room."""
    text = text.replace(f"{_CHIP_EDGE} {_CHIP_EDGE}", ", ").replace(_CHIP_EDGE, "")
    return _SPACES.sub(" ", text).strip()


def _rows(plain: str) -> list[list[Cell]]:
    return [[Cell(text, escape(text)) for text in line.split("\t")] for line in plain.split("\n")]


def _is_beyond_a_cell(table: QTextTable, part: _Range) -> bool:
    """Return whether a selection takes more of a table than text of one cell."""
    cell = table.cellAt(part.start)
    inside = table.firstPosition() <= part.start <= table.lastPosition()
    return not (inside and cell.isValid() and part.end <= cell.lastPosition())


def _goes_on(block: QTextBlock, body: int, part: _Range) -> bool:
    """Return whether the selection takes a step from its first letter and goes on to others."""
    return part.start <= body and part.end > block.position() + block.length()
