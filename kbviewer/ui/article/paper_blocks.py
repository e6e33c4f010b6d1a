"""What stands on paper in place of widgets: the matrix as a table, actions and help with their addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, cast

from PySide6.QtGui import QTextCharFormat

from kbviewer.model.article import Article
from kbviewer.model.blocks import MatrixCell, ScopeMatrix, Step, Table
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.inline import Link, Mark, Run, Runs
from kbviewer.ui.article.end_writer import EndWriter
from kbviewer.ui.article.page_map import Kind
from kbviewer.ui.article.paper_writer import PaperWriter, lead_out
from kbviewer.ui.article.pen import ITEM_GAP, PARAGRAPH_GAP, Pen
from kbviewer.ui.article.step_words import ResultWords, StepWords
from kbviewer.ui.article.styles import SEMIBOLD
from kbviewer.ui.article.table_writer import write_table

_MATRIX_TEXT = 0.88
_RESULT_TEXT = 0.94
_MOST_COLUMNS = 3
_STRONG = frozenset({Mark.STRONG})
_NOTE_PX = 34
Chosen: TypeAlias = Callable[[str], tuple[int | None, int | None]]


class PaperBlocks:
    """Writes matrices, actions and what became of steps; every other widget has nothing to say on paper."""

    def __init__(
        self,
        pen: Pen,
        writer: PaperWriter,
        title_of: Callable[[str], str],
        marks: Mapping[str, StepMark],
        chosen: Chosen,
    ) -> None:
        self._pen = pen
        self._writer = writer
        self._marks = marks
        self._words = StepWords(pen.texts)
        self._title_of = title_of
        self._chosen = chosen

    def write(self, kind: Kind, payload: object) -> None:
        """Write what stands for a widget of that kind."""
        if kind is Kind.MATRIX:
            key, matrix, _colours = cast("tuple[str, ScopeMatrix, object]", payload)
            self._matrix(key, matrix)
        elif kind is Kind.ACTION:
            label, link = cast("tuple[str, Link]", payload)
            self._action(label, link)
        elif kind is Kind.RESULT:
            step = cast("Step", payload)
            mark = self._marks.get(step.id)
            words = self._words.line(mark, dated=True)
            if mark is not None and words is not None:
                self._result(mark, words)

    def _matrix(self, key: str, matrix: ScopeMatrix) -> None:
        """Write the matrix; one that is wider than high is laid on its side, as pages are narrow.

        What was chosen is named and has a frame.
        """
        across, down, cells = matrix.columns, matrix.rows, matrix.cells
        row, column = self._chosen(key)
        if len(across) > max(len(down), _MOST_COLUMNS):
            across, down, cells = down, across, tuple(zip(*cells, strict=True))
            row, column = column, row
        lines: list[list[Runs]] = [[(Run(text),) for text in (matrix.question, *across)]]
        for heading, line in zip(down, cells, strict=True):
            lines.append([(Run(heading, _STRONG),), *(self._cell(cell) for cell in line)])
        spot = (row + 1 if row is not None else 0, column + 1 if column is not None else 0)
        is_chosen = spot != (0, 0) and spot[0] < len(lines) and spot[1] < len(lines[0])
        if is_chosen:
            word = Run(self._pen.texts.gettext("Chosen") + ": ", _STRONG)
            lines[spot[0]][spot[1]] = (word, *lines[spot[0]][spot[1]])
        header, *rows = (tuple(line) for line in lines)
        write_table(self._pen, Table(key=f"{key}@table", header=header, rows=tuple(rows)), _MATRIX_TEXT)
        if is_chosen:
            self._writer.outline(*spot, self._pen.styles.tokens.accent)

    def _cell(self, cell: MatrixCell) -> Runs:
        """Return the category and the sections that it leads to, each once."""
        runs = [Run(cell.category, _STRONG)]
        titles = dict.fromkeys(self._title_of(target.anchor) or target.label for target in cell.targets)
        runs += [Run(f"\n→ {title}") for title in titles]
        return tuple(runs)

    def _action(self, label: str, link: Link) -> None:
        pen, writer = self._pen, self._pen.writer
        writer.block()
        writer.text(f"{label} ", pen.styles.char(weight=SEMIBOLD))
        _write_address(pen, link.target)

    def _result(self, mark: StepMark, words: ResultWords) -> None:
        pen, writer = self._pen, self._pen.writer
        tokens = pen.styles.tokens
        ink = {StepOutcome.DONE: tokens.done, StepOutcome.FAILED: tokens.danger}.get(
            mark.outcome, tokens.muted
        )
        writer.block()
        writer.generated(words.head, pen.styles.char(size=_RESULT_TEXT, weight=SEMIBOLD, colour=ink))
        note = f" – {words.note}" if words.note else ""
        change = f"\n{words.change}" if words.change else ""
        said = (note + change).replace("\n", "\u2028")
        writer.generated(said, pen.styles.char(size=_RESULT_TEXT))


class PaperEnd(EndWriter):
    """Ends with where to turn, the long addresses and the reader's notes; comments need the program.

    Attributes:
        notes: the reader's own, each with what its block says; written last.
    """

    notes: Sequence[tuple[str, str]] = ()

    def __init__(
        self, pen: Pen, article: Article, languages: Sequence[str], long_addresses: Mapping[str, int]
    ) -> None:
        super().__init__(pen, article, languages)
        self._long_addresses = long_addresses

    def write(self) -> None:
        """Write the end of the article, then the reader's notes."""
        super().write()
        pen, gettext = self.pen, self.pen.texts.gettext
        if not self.notes:
            return
        pen.writer.gap(pen.px(PARAGRAPH_GAP * 2))
        char = pen.styles.heading(2)
        pen.writer.block(char, heading=2)
        pen.writer.text(gettext("Your notes"), char)
        for said, note in self.notes:
            pen.writer.gap(pen.px(PARAGRAPH_GAP))
            pen.writer.block(pen.styles.caption(), no_break=True)
            pen.writer.text(said, pen.styles.caption())
            for line in note.splitlines():
                pen.writer.gap(pen.px(2))
                pen.writer.block()
                pen.writer.text(line, pen.styles.char())

    def footer(self) -> None:
        """Write where the source sends its readers, then the addresses that were too long for the text."""
        self._help()
        if self._long_addresses:
            self._addresses()

    def _addresses(self) -> None:
        pen, writer = self.pen, self.pen.writer
        writer.gap(pen.px(2 * PARAGRAPH_GAP))
        char = pen.styles.char(weight=SEMIBOLD)
        writer.block(char, heading=2)
        writer.mark_span("@addresses")
        writer.text(pen.texts.gettext("Addresses"), char)
        with writer.inset(left=pen.px(_NOTE_PX)):
            for address, number in self._long_addresses.items():
                writer.gap(pen.px(ITEM_GAP))
                writer.block(hang=pen.px(_NOTE_PX))
                writer.mark_span(f"@address:{number}")
                writer.text(f"[{number}]\t", pen.styles.caption())
                _write_address(pen, address, brackets=False)

    def _help(self) -> None:
        offer, pen = self.article.help_offer, self.pen
        if offer is None:
            return
        pen.writer.gap(pen.px(PARAGRAPH_GAP + 5))
        pen.writer.block()
        pen.writer.mark_span("@footer")
        pen.writer.text(pen.texts.gettext("Still need help?") + " ", pen.styles.char(weight=SEMIBOLD))
        pen.writer.text(f"{offer.label} ", pen.styles.char())
        _write_address(pen, offer.address)


def _write_address(pen: Pen, address: str, *, brackets: bool = True) -> None:
    """Write an address in full; it can be clicked in a PDF."""
    caption = pen.styles.caption()
    form = QTextCharFormat(caption)
    lead_out(form, address)
    if brackets:
        pen.writer.text("(", caption)
    pen.writer.text(address, form)
    if brackets:
        pen.writer.text(")", caption)
