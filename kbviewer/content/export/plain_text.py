"""Articles as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from textwrap import wrap

from kbviewer.content.export.labels import Labels, quoted
from kbviewer.content.export.text_table import text_table
from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Code,
    Faq,
    Figure,
    Heading,
    Paragraph,
    Rule,
    ScopeMatrix,
    StepList,
    SymptomTable,
    Table,
)
from kbviewer.model.inline import LinkKind, Run, Runs
from kbviewer.model.messages import Gettext

DEFAULT_WIDTH = 88
_NARROWEST = 20
_UNDERLINES = {1: "═", 2: "─"}
_DEEPER_UNDERLINE = "╌"


def as_text(
    article: Article,
    gettext: Gettext,
    *,
    width: int = DEFAULT_WIDTH,
    format_date: Callable[[date], str] = date.isoformat,
    language_name: Callable[[str], str] = str,
) -> str:
    """Return `article` as readable text of lines up to `width` characters; it ends with a line break."""
    labels = Labels(gettext, format_date, language_name)
    writer = _TextWriter(labels, article.language)
    parts = [[*heading_lines(article.title, 1, width)]]
    parts += [wrap(banner, width) for banner in labels.banners(article)]
    parts += writer.blocks(article.blocks, width)
    parts.append([*heading_lines(gettext("Properties"), 2, width)])
    parts.append(
        [line for name, value in labels.properties(article) for line in _property(name, value, width)]
    )
    # Control characters in an article must not reach a terminal.
    return "\n".join(printable(line) for line in _joined(parts)) + "\n"


def _joined(parts: Iterable[list[str]]) -> Iterator[str]:
    for index, part in enumerate(parts):
        if index:
            yield ""
        yield from part


def printable(line: str) -> str:
    """Return `line` without what controls a terminal and without spaces at its end."""
    return "".join(char for char in line if char.isprintable() or char == "\u00ad").rstrip()


def heading_lines(text: str, level: int, width: int) -> list[str]:
    """Return a heading, underlined as its level is."""
    lines = wrap(text, width) or [""]
    return [*lines, _UNDERLINES.get(level, _DEEPER_UNDERLINE) * max(map(len, lines))]


def _property(name: str, value: str, width: int) -> list[str]:
    return wrap(f"{name}: {value}", width, subsequent_indent="  ")


def _indented(parts: Iterable[list[str]], first: str, rest: str) -> list[str]:
    """Return `parts` as one part, the first line after `first` and all others after `rest`."""
    lines = list(_joined(parts))
    return [f"{rest if index else first}{line}".rstrip() for index, line in enumerate(lines)] or [
        first.rstrip()
    ]


class _TextWriter:
    """Turns blocks into parts: lists of lines that stand apart from each other."""

    def __init__(self, labels: Labels, language: str) -> None:
        self._labels = labels
        self._language = language

    def blocks(self, blocks: Blocks, width: int) -> list[list[str]]:
        """Return one part per block."""
        width = max(width, _NARROWEST)
        parts = []
        for block in blocks:
            lines = self._block(block, width)
            if block.language:
                lines = [f"[{self._labels.shown_in(block.language)}]", *lines]
            if lines:
                parts.append(lines)
        return parts

    def _block(self, block: Block, width: int) -> list[str]:
        match block:
            case Heading():
                return heading_lines(self._text(block.runs), block.level, width)
            case Paragraph():
                label = self._labels.paragraph(block.role)
                text = self._text(block.runs)
                return self._wrapped(f"{label}: {text}" if label else text, width)
            case BulletList():
                label = self._labels.list(block.role)
                items = [_indented(self.blocks(item, width - 2), "• ", "  ") for item in block.items]
                return [*([label] if label else []), *_tight_or_loose(items)]
            case StepList():
                return self._steps(block, width)
            case Callout():
                label = f"{self._labels.callout(block.kind)}:"
                return [
                    f"│ {line}".rstrip() for line in [label, *_joined(self.blocks(block.blocks, width - 2))]
                ]
            case ScopeMatrix() | SymptomTable() | Table():
                return self._table(block, width)
            case Faq():
                question = self._wrapped(f"? {self._text(block.question)}", width)
                return _indented([question, *self.blocks(block.blocks, width - 2)], "", "  ")
            case Code():
                return [f"    {line}" for line in block.text.split("\n")]
            case Figure():
                label = self._labels.figure(block.kind)
                return self._wrapped(
                    f"[{label}: {self._text(block.caption) or block.alt or block.source}]", width
                )
            case Rule():
                return ["─" * width]

    def _steps(self, block: StepList, width: int) -> list[str]:
        items = []
        for step in block.steps:
            number = f"{step.number}. "
            inner = width - len(number)
            parts = self.blocks(step.guards, inner)
            if step.language:
                parts.append([f"[{self._labels.shown_in(step.language)}]"])
            parts.append(self._wrapped(self._text(step.runs), inner))
            parts += self.blocks(step.blocks, inner)
            items.append(_indented(parts, number, " " * len(number)))
        title = self._wrapped(self._text(block.title), width) if block.title else []
        return [*title, *([""] if title else []), *_tight_or_loose(items)]

    def _table(self, block: ScopeMatrix | SymptomTable | Table, width: int) -> list[str]:
        match block:
            case ScopeMatrix():
                rows = [
                    [name, *(cell.category for cell in cells)]
                    for name, cells in zip(block.rows, block.cells, strict=True)
                ]
                return text_table([block.question, *block.columns], rows, width)
            case SymptomTable():
                rows = [
                    [
                        self._text(row.symptom),
                        row.category,
                        " / ".join(target.label for target in row.targets),
                    ]
                    for row in block.rows
                ]
                return text_table(block.headers, rows, width)
            case Table():
                rows = [[self._text(cell) for cell in row] for row in block.rows]
                return text_table([self._text(cell) for cell in block.header], rows, width)

    def _wrapped(self, text: str, width: int) -> list[str]:
        return [piece for line in text.split("\n") for piece in wrap(line, max(width, _NARROWEST)) or [""]]

    def _text(self, runs: Runs) -> str:
        """Return runs as text; a link that goes on in the next run shows its address once."""
        text = ""
        for index, run in enumerate(runs):
            text += quoted(run, self._language)
            following = runs[index + 1].link if index + 1 < len(runs) else None
            if run.link is not None and run.link != following:
                text += self._address(run)
        return text

    def _address(self, run: Run) -> str:
        link = run.link
        if link is None:
            return ""
        if link.kind is LinkKind.MISSING:
            return f" ({self._labels.missing_link()})"
        if link.kind is LinkKind.EXTERNAL and run.text.strip() not in link.target:
            return f" ({link.target})"
        if link.kind is LinkKind.ARTICLE:
            return f" [{link.target}]"
        return ""


def _tight_or_loose(items: list[list[str]]) -> list[str]:
    """Return items one below the other, apart when any has several parts."""
    if any("" in item for item in items):
        return list(_joined(items))
    return [line for item in items for line in item]
