"""What of an article is indexed: one document per language, in sections that a hit can lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kbviewer.model.article import Article, ArticleState
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

# What no text holds, because normalise() takes it out.
_FIELD = "\x1f"
_SECTION = "\x1e"

_PICTURE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|bmp)", re.IGNORECASE)
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
        names: keywords, products, guide and ids as text.
        is_guessed: the language was judged by the text.
    """

    article: str
    language: str
    source: str
    title: str
    state: ArticleState
    applies_to: tuple[str, ...]
    references: tuple[str, ...]
    description: str
    names: str
    sections: tuple[Section, ...] = field(default=())
    is_guessed: bool = False

    def whole_text(self) -> str:
        """Return all that the variant says."""
        pieces = [piece for section in self.sections for piece in (section.heading, section.text)]
        return "\n".join((self.title, self.description, *pieces))


def make_variant(article: Article) -> Variant:
    """Return what the index needs of `article`; it has at least one section."""
    source = article.source
    references = (article.id, article.uid, *article.aliases, source, source.removesuffix(".md"))
    folded = tuple(dict.fromkeys(fold_reference(reference) for reference in references if reference))
    description = _one_line(article.description)
    names = [
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
        state=article.state,
        applies_to=tuple(article.applies_to or ()),
        references=folded,
        description=description,
        names="\n".join(_one_line(name) for name in names if name),
        sections=tuple(_sections(article)),
        is_guessed=article.is_language_guessed,
    )


def encode_sections(sections: Iterable[Section]) -> str:
    """Return the sections as the text that the index keeps."""
    return _SECTION.join(_FIELD.join((section.anchor, section.heading, section.text)) for section in sections)


def decode_sections(text: str) -> tuple[Section, ...]:
    """Return the sections that `encode_sections` was given.

    Raises:
        ValueError: `text` is anything else.
    """
    rows = (section.split(_FIELD) for section in text.split(_SECTION))
    return tuple(Section(anchor, heading, said) for anchor, heading, said in rows)


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
            anchor, heading = _plain_key(block.key), _one_line(plain_text(block.runs))
        elif isinstance(block, Faq):
            answer = [line for child in block.blocks for line in _lines(child)]
            yield Section(_plain_key(block.key), _one_line(plain_text(block.question)), "\n".join(answer))
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
            # Many a picture is described by the name of its file.
            yield plain_text(caption) or ("" if _PICTURE_NAME.fullmatch(alt.strip()) else alt)
        case _:
            yield plain_text(block_runs(block))


def _matrix_texts(matrix: ScopeMatrix) -> Iterator[str]:
    yield matrix.question
    yield from matrix.columns
    for name, cells in zip(matrix.rows, matrix.cells, strict=True):
        yield name
        for cell in cells:
            yield " ".join((cell.category, *(target.label for target in cell.targets)))


def _plain_key(key: str) -> str:
    """Return a block's key as it is kept; one that holds a separator leads to the top."""
    return "" if _FIELD in key or _SECTION in key else key


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", normalise(text)).strip()
