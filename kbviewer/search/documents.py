"""What of an article is indexed: one document per section, and once what stands above all sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    BulletList,
    Callout,
    Code,
    Faq,
    Figure,
    Heading,
    ScopeMatrix,
    StepList,
    SymptomTable,
    Table,
    block_runs,
    children,
)
from kbviewer.model.inline import plain_text
from kbviewer.model.library import fold_reference
from kbviewer.search.analysis import normalise

_BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0\u2007\u202f]+")


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of an article that a hit can lead to.

    Attributes:
        anchor: key of the heading or FAQ that opens it, "" for the top.
        text: one line per block.
    """

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One language of an article, ready for the index.

    Attributes:
        references: every id form that finds it, folded.
        terms: description, keywords and products as text.
    """

    article: str
    language: str
    source: str
    title: str
    state: str
    applies_to: tuple[str, ...]
    references: tuple[str, ...]
    description: str
    terms: str
    sections: tuple[Section, ...] = field(default=())


def make_variant(article: Article) -> Variant:
    """Return what the index needs of `article`; it has at least one section."""
    source = article.source
    references = (article.id, article.uid, *article.aliases, source, source.removesuffix(".md"))
    folded = tuple(dict.fromkeys(fold_reference(reference) for reference in references if reference))
    description = _one_line(article.description)
    names = [
        description,
        *article.keywords,
        *(article.applies_to or ()),
        article.id,
        article.uid,
        *article.aliases,
    ]
    if article.part:
        names.append(article.part.guide)
    return Variant(
        article=article.id,
        language=article.language,
        source=source,
        title=_one_line(article.title),
        state=article.state.value,
        applies_to=tuple(article.applies_to or ()),
        references=folded,
        description=description,
        terms="\n".join(_one_line(name) for name in names if name),
        sections=tuple(_sections(article)),
    )


def _sections(article: Article) -> Iterator[Section]:
    anchor, heading, lines = "", "", list[str]()
    first = True
    for block in article.blocks:
        if isinstance(block, Heading | Faq):
            # The top always has a document, because title and keywords hang on the first one.
            if lines or heading or first:
                yield Section(anchor, heading, "\n".join(lines))
            first = False
            lines = []
        if isinstance(block, Heading):
            anchor, heading = block.key, _one_line(plain_text(block.runs))
        elif isinstance(block, Faq):
            answer = [line for child in block.blocks for line in _lines(child)]
            yield Section(block.key, _one_line(plain_text(block.question)), "\n".join(answer))
            # What follows an answer without a heading belongs to the heading before, which is indexed.
            heading = ""
        else:
            lines += _lines(block)
    if lines or heading or first:
        yield Section(anchor, heading, "\n".join(lines))


def _lines(block: Block) -> Iterator[str]:
    for text in _own_texts(block):
        line = _one_line(text)
        if line:
            yield line
    if isinstance(block, BulletList | Callout | Faq):
        for child in children(block):
            yield from _lines(child)


def _own_texts(block: Block) -> Iterator[str]:
    match block:
        case StepList(title=title, steps=steps):
            yield plain_text(title)
            for step in steps:
                for guard in step.guards:
                    yield from _lines(guard)
                yield plain_text(step.runs)
                for child in step.blocks:
                    yield from _lines(child)
        case ScopeMatrix():
            yield from _matrix_texts(block)
        case SymptomTable(headers=headers, rows=rows):
            yield from headers
            for row in rows:
                yield plain_text(row.symptom)
                yield " ".join((row.category, *(target.label for target in row.targets)))
        case Table(header=header, rows=table_rows):
            for cells in (header, *table_rows):
                yield " ".join(plain_text(cell) for cell in cells)
        case Code(text=text):
            yield from text.splitlines()
        case Figure(caption=caption, alt=alt):
            yield plain_text(caption) or alt
        case _:
            yield plain_text(block_runs(block))


def _matrix_texts(matrix: ScopeMatrix) -> Iterator[str]:
    yield matrix.question
    yield from matrix.columns
    for name, cells in zip(matrix.rows, matrix.cells, strict=True):
        yield name
        for cell in cells:
            yield " ".join((cell.category, *(target.label for target in cell.targets)))


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", normalise(text)).strip()
