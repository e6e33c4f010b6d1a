"""Which text blocks of a page form a list, a table, a callout: what encloses other objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QTextCursor, QTextDocument

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    BulletList,
    Callout,
    Faq,
    Figure,
    StepList,
    SymptomTable,
    Table,
    walk,
)
from kbviewer.model.inline import plain_text
from kbviewer.ui.article.block_writer import BULLET
from kbviewer.ui.article.box_writer import callout_label
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.page_map import PageMap
from kbviewer.ui.article.triage_writer import row_key

Role = QAccessible.Role


@dataclass(frozen=True, slots=True)
class Area:
    """An object that encloses the text blocks from `first` to `last`."""

    key: str
    role: Role
    first: int
    last: int
    name: str = ""


def areas_of(article: Article, page: PageMap, document: QTextDocument, texts: Texts) -> list[Area]:
    """Return all areas, those that begin earlier first, outer ones before inner ones."""
    finder = _AreaFinder(page, document, texts)
    found = list(finder.parts())
    for block in walk(article.blocks):
        found.extend(finder.areas(block))
    # The sort is stable: of two areas of one size the one found first is the outer one.
    found.sort(key=lambda area: (area.first, -area.last))
    return found


class _AreaFinder:
    """Finds the areas of one page."""

    def __init__(self, page: PageMap, document: QTextDocument, texts: Texts) -> None:
        self._page = page
        self._document = document
        self._texts = texts

    def parts(self) -> Iterator[Area]:
        """Yield the list of a guide's parts."""
        rows = [
            span for span in self._page.spans if span.key.startswith("@part") and span.key[5:].isdecimal()
        ]
        if rows:
            yield Area("list:@parts", Role.List, rows[0].first, rows[-1].last)
        for span in rows:
            yield Area(f"item:{span.key}", Role.ListItem, span.first, span.last)

    def areas(self, block: Block) -> Iterator[Area]:
        """Yield the areas that `block` itself makes, without those of its children."""
        match block:
            case BulletList():
                yield from self._bullets(block)
            case StepList():
                yield from self._steps(block)
            case Callout():
                area = self._page.areas.get(block.key)
                if area is not None:
                    name = callout_label(block.kind, self._texts)
                    yield Area(f"callout:{block.key}", Role.Note, area.first, area.last, name)
            case Faq():
                item = self._page.embedded_by_key(f"faq:{block.key}")
                if item is not None:
                    fold = self._page.folds.get(block.key)
                    last = fold.last if fold is not None else item.last
                    name = plain_text(block.question)
                    yield Area(f"answer:{block.key}", Role.Grouping, item.first, last, name)
            case SymptomTable():
                yield from self._symptoms(block)
            case Figure():
                area = self._page.areas.get(block.key)
                if area is not None:
                    name = block.alt or plain_text(block.caption)
                    last = area.first + bool(block.caption)
                    yield Area(f"figure:{block.key}", Role.Graphic, area.first, last, name)
            case Table():
                yield from self._table(block)
            case _:
                return

    def _bullets(self, block: BulletList) -> Iterator[Area]:
        area = self._page.areas.get(block.key)
        if area is None:
            return
        yield Area(f"list:{block.key}", Role.List, area.first, area.last)
        margin = self._margin(area.first)
        starts = [
            number
            for number in range(area.first, area.last + 1)
            if self._page.numbers.get(number) == BULLET and self._margin(number) == margin
        ]
        for index, (first, following) in enumerate(zip(starts, [*starts[1:], area.last + 1], strict=True)):
            yield Area(f"item:{block.key}:{index}", Role.ListItem, first, following - 1)

    def _steps(self, block: StepList) -> Iterator[Area]:
        areas = [(step.id, self._page.areas.get(f"{step.id}@step")) for step in block.steps]
        found = [(step, area) for step, area in areas if area is not None]
        if not found:
            return
        first = min(area.first for _, area in found)
        last = max(area.last for _, area in found)
        yield Area(f"steps:{block.key}", Role.List, first, last, plain_text(block.title))
        for step, area in found:
            yield Area(f"step:{step}", Role.ListItem, area.first, area.last)

    def _symptoms(self, block: SymptomTable) -> Iterator[Area]:
        area = self._page.areas.get(f"{block.key}@rows")
        if area is None:
            return
        yield Area(f"symptoms:{block.key}", Role.List, area.first, area.last, block.headers[0])
        for index in range(len(block.rows)):
            fold = self._page.folds.get(row_key(block.key, index))
            if fold is not None:
                yield Area(f"symptom:{fold.key}", Role.ListItem, fold.first, fold.last)

    def _table(self, block: Table) -> Iterator[Area]:
        area = self._page.areas.get(block.key)
        if area is None:
            return
        table = QTextCursor(self._document.findBlockByNumber(area.first)).currentTable()
        if table is None:
            return  # type: ignore[unreachable]  # the stub knows no "None"
        cells: list[list[Area]] = []
        for row in range(table.rows()):
            role = Role.ColumnHeader if block.header and row == 0 else Role.Cell
            cells.append([])
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                first = self._document.findBlock(cell.firstPosition()).blockNumber()
                last = self._document.findBlock(cell.lastPosition()).blockNumber()
                cells[-1].append(Area(f"cell:{block.key}:{row}:{column}", role, first, last))
        yield Area(f"table:{block.key}", Role.Table, cells[0][0].first, cells[-1][-1].last)
        for row, line in enumerate(cells):
            yield Area(f"row:{block.key}:{row}", Role.Row, line[0].first, line[-1].last)
            yield from line

    def _margin(self, number: int) -> float:
        return self._document.findBlockByNumber(number).blockFormat().leftMargin()
