"""What stands on paper in place of widgets: the matrix as a table, actions and help with their addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from kbviewer.model.blocks import MatrixCell, ScopeMatrix, Step, Table
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.inline import Link, Mark, Run, Runs
from kbviewer.ui.article.end_writer import EndWriter
from kbviewer.ui.article.page_map import Kind
from kbviewer.ui.article.pen import PARAGRAPH_GAP, Pen
from kbviewer.ui.article.step_words import ResultWords, StepWords
from kbviewer.ui.article.styles import SEMIBOLD
from kbviewer.ui.article.table_writer import write_table

_MATRIX_TEXT = 0.88
_RESULT_TEXT = 0.94
_MOST_COLUMNS = 3
_STRONG = frozenset({Mark.STRONG})


class PaperBlocks:
    """Writes matrices, actions and what became of steps; every other widget has nothing to say on paper."""

    def __init__(self, pen: Pen, title_of: Callable[[str], str], marks: Mapping[str, StepMark]) -> None:
        self._pen = pen
        self._marks = marks
        self._words = StepWords(pen.texts)
        self._title_of = title_of

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
        """Write the matrix; one that is wider than high is laid on its side, as pages are narrow."""
        across, down, cells = matrix.columns, matrix.rows, matrix.cells
        if len(across) > max(len(down), _MOST_COLUMNS):
            across, down, cells = down, across, tuple(zip(*cells, strict=True))
        header = tuple((Run(text),) for text in (matrix.question, *across))
        rows = tuple(
            ((Run(heading, _STRONG),), *(self._cell(cell) for cell in line))
            for heading, line in zip(down, cells, strict=True)
        )
        write_table(self._pen, Table(key=f"{key}@table", header=header, rows=rows), _MATRIX_TEXT)

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
        writer.text(f"({link.target})", pen.styles.caption())

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
    """Ends with where to turn; comments to the author need the program."""

    def footer(self) -> None:
        """Write where the source sends its readers."""
        offer, pen = self.article.help_offer, self.pen
        if offer is None:
            return
        pen.writer.gap(pen.px(PARAGRAPH_GAP + 5))
        pen.writer.block()
        pen.writer.mark_span("@footer")
        pen.writer.text(pen.texts.gettext("Still need help?") + " ", pen.styles.char(weight=SEMIBOLD))
        pen.writer.text(f"{offer.label} ", pen.styles.char())
        pen.writer.text(f"({offer.address})", pen.styles.caption())
