"""Tables, scope matrices and symptom tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbviewer.content.tree import Node
from kbviewer.model.blocks import (
    Block,
    MatrixCell,
    Paragraph,
    ScopeMatrix,
    SymptomRow,
    SymptomTable,
    Table,
    Target,
)
from kbviewer.model.inline import Link, LinkKind, Run, Runs, plain_text
from kbviewer.model.messages import N_, Message, message

if TYPE_CHECKING:
    from kbviewer.content.block_reader import BlockReader

# Spans beyond these are not written by people.
_MAX_SPAN = 100
_MAX_CELLS = 100_000
_SYMPTOM_COLUMNS = 3
# What may stand between two links of a cell without being lost.
_SEPARATORS = " /,;·•|\n"
FALLBACK = "fallback"


@dataclass(slots=True)
class _Cell:
    """One cell of the grid."""

    runs: Runs = ()
    is_header: bool = False


@dataclass(slots=True)
class _Grid:
    """A table as rows of cells, rectangular.

    Attributes:
        ragged_line: line of the first row that had too few or too many cells, 0 when none had.
        fallbacks: rows that are marked `{.fallback}`.
    """

    line: int
    key: str
    rows: list[list[_Cell]] = field(default_factory=list)
    ragged_line: int = 0
    fallbacks: set[int] = field(default_factory=set)

    @property
    def has_header(self) -> bool:
        """Whether the first row is headings, and not the only row."""
        return bool(self.rows) and all(cell.is_header for cell in self.rows[0])


def read_table(node: Node, reader: BlockReader) -> list[Block]:
    """Return a plain table, after its caption."""
    captions = [child for child in node.children if child.tag == "caption"]
    blocks = reader.read(captions)
    return [*blocks, *_plain_table(_read_grid(node, reader))]


def read_scope(node: Node, reader: BlockReader) -> list[Block]:
    """Return a scope matrix, or a plain table when its rows are not of one length."""
    grid = _read_grid(node, reader)
    reason = _matrix_fault(grid)
    if reason is not None:
        reader.context.log.add(
            "ragged-matrix",
            grid.ragged_line or grid.line,
            reason,
            message(N_("Give every row as many cells as there are columns.")),
        )
        return _plain_table(grid)
    header, *rows = grid.rows
    return [
        ScopeMatrix(
            key=grid.key,
            line=grid.line,
            question=plain_text(header[0].runs),
            columns=tuple(plain_text(cell.runs) for cell in header[1:]),
            rows=tuple(plain_text(row[0].runs) for row in rows),
            cells=tuple(tuple(_matrix_cell(cell.runs) for cell in row[1:]) for row in rows),
        )
    ]


def read_symptoms(node: Node, reader: BlockReader) -> list[Block]:
    """Return a symptom table, or a plain table when a cell says what a symptom row has no place for."""
    grid = _read_grid(node, reader)
    fault: Message | None = None
    if not grid.has_header or len(grid.rows) < 2 or len(grid.rows[0]) != _SYMPTOM_COLUMNS:
        fault = message(N_("a symptom table needs a header row and the columns symptom, category, remedy"))
    elif grid.ragged_line:
        fault = message(N_("a row of the symptom table does not have three cells"))
    elif any(row[2].runs and not _targets(row[2].runs) for row in grid.rows[1:]):
        fault = message(N_("a remedy of the symptom table does not lead to a section"))
    if fault is not None:
        remedy = message(N_("Write symptom, category and a link such as [text](#id) in every row."))
        reader.context.log.add("symptom-table", grid.ragged_line or grid.line, fault, remedy)
        return _plain_table(grid)
    header, *rows = grid.rows
    return [
        SymptomTable(
            key=grid.key,
            line=grid.line,
            headers=(plain_text(header[0].runs), plain_text(header[1].runs), plain_text(header[2].runs)),
            rows=tuple(
                SymptomRow(
                    symptom=row[0].runs,
                    category=plain_text(row[1].runs),
                    targets=_row_targets(row[1].runs, row[2].runs),
                    fallback=index in grid.fallbacks,
                )
                for index, row in enumerate(rows, start=1)
            ),
        )
    ]


def _matrix_fault(grid: _Grid) -> Message | None:
    """Return why a grid is no scope matrix."""
    if grid.ragged_line:
        return message(N_("a row of the scope matrix has another number of cells than the header"))
    if not grid.has_header or len(grid.rows) < 2 or len(grid.rows[0]) < 2:
        return message(N_("a scope matrix needs a header row, a heading column and at least one cell"))
    return None


def _plain_table(grid: _Grid) -> list[Block]:
    """Return the grid as a table; one without any text is left out."""
    rows = [tuple(cell.runs for cell in row) for row in grid.rows]
    if not any(any(row) for row in rows):
        return []
    header = rows.pop(0) if grid.has_header else ()
    if rows and not any(header):
        header = ()
    if not rows and len(header) == 1:
        return [Paragraph(key=grid.key, line=grid.line, runs=header[0])]
    return [Table(key=grid.key, line=grid.line, header=header, rows=tuple(rows))]


def _matrix_cell(runs: Runs) -> MatrixCell:
    """Return a cell: its text as one category, its links as targets."""
    return MatrixCell(" ".join(plain_text(runs).split()), _targets(runs))


def _row_targets(category: Runs, remedy: Runs) -> tuple[Target, ...]:
    """Return where a symptom leads, by its remedy first, each section once."""
    targets: dict[str, Target] = {}
    for target in (*_targets(remedy), *_targets(category)):
        targets.setdefault(target.anchor, target)
    return tuple(targets.values())


def _targets(runs: Runs) -> tuple[Target, ...]:
    """Return the sections that a cell's links lead to.

    Text around the links belongs to the label of the link that follows it, the rest to the last one.
    """
    labels: list[tuple[Link, str]] = []
    before = ""
    for run in runs:
        if run.link is None or run.link.kind is not LinkKind.SECTION:
            before += run.text
        elif labels and labels[-1][0] == run.link and not before:
            labels[-1] = (run.link, labels[-1][1] + run.text)
        else:
            labels.append((run.link, before.lstrip(_SEPARATORS) + run.text))
            before = ""
    if labels and before.strip(_SEPARATORS + "."):
        labels[-1] = (labels[-1][0], labels[-1][1] + before)
    return tuple(Target(" ".join(label.split()), link.target) for link, label in labels)


def _read_grid(node: Node, reader: BlockReader) -> _Grid:
    """Return the rows of a table, spans filled with empty cells, all rows equally long."""
    grid = _Grid(node.line, reader.key(node))
    below: dict[int, int] = {}  # column -> rows that a cell above still reaches into
    lines: list[int] = []
    total = 0
    for row in _rows(node):
        cells: list[_Cell] = []
        for child in _cells(row):
            _skip_spanned(cells, below)
            _add_cell(child, cells, below, reader, spans=total < _MAX_CELLS)
            if FALLBACK in child.attrs.get("class", "").split():
                grid.fallbacks.add(len(grid.rows))
        _skip_spanned(cells, below)
        if not cells:
            continue
        total += len(cells)
        lines.append(row.line)
        if row.attrs.get("short") and not grid.ragged_line:
            grid.ragged_line = row.line
        grid.rows.append(cells)
    _square(grid, lines)
    return grid


def _add_cell(
    node: Node, cells: list[_Cell], below: dict[int, int], reader: BlockReader, *, spans: bool
) -> None:
    """Append a cell and the empty ones that it spans; `below` learns how far down it reaches."""
    text = reader.text(node.children, in_cell=not node.html)
    header = node.tag == "th"
    height, width = (_span(node, "rowspan"), _span(node, "colspan")) if spans else (1, 1)
    if height > 1:
        below.update(dict.fromkeys(range(len(cells), len(cells) + width), height - 1))
    cells.append(_Cell(text.runs, header))
    cells += [_Cell(is_header=header) for _ in range(width - 1)]


def _skip_spanned(cells: list[_Cell], below: dict[int, int]) -> None:
    """Add an empty cell for every cell above that reaches down to the next place."""
    while below.get(len(cells), 0) > 0:
        below[len(cells)] -= 1
        cells.append(_Cell())


def _square(grid: _Grid, lines: list[int]) -> None:
    """Fill rows up to the longest one; remember the first that differs from the header.

    One long row among thousands of short ones would make a small file a huge table: such a table
    becomes a single column.
    """
    longest = max(map(len, grid.rows), default=0)
    if longest * len(grid.rows) > _MAX_CELLS:
        grid.rows = [[_Cell(_joined(row))] for row in grid.rows]
        return
    for line, row in zip(lines, grid.rows, strict=True):
        if len(row) != len(grid.rows[0]) and not grid.ragged_line:
            grid.ragged_line = line
    for row in grid.rows:
        header = all(cell.is_header for cell in row)
        row += [_Cell(is_header=header) for _ in range(longest - len(row))]


def _joined(row: list[_Cell]) -> Runs:
    """Return the text of a row in one piece."""
    return tuple(run for cell in row for run in (*cell.runs, Run(" ")) if cell.runs)


def _rows(node: Node) -> Iterator[Node]:
    """Yield the rows of a table, also those in its sections."""
    for child in node.children:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)
        elif child.tag in ("td", "th") or (child.tag != "caption" and (child.children or child.text.strip())):
            yield Node("tr", child.line, children=[child])


def _cells(row: Node) -> Iterator[Node]:
    """Yield the cells of a row; anything else in it makes a cell of its own."""
    for child in row.children:
        if child.tag in ("td", "th"):
            yield child
        elif child.tag not in ("#text", "#literal") or child.text.strip():
            yield Node("td", child.line, children=[child], html=True)


def _span(node: Node, name: str) -> int:
    """Return how many columns or rows a cell takes."""
    value = node.attrs.get(name, "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else 1
