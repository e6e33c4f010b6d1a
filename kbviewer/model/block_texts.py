"""What stands at the places of an article that can be pointed at: text, line, the section around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    BulletList,
    Callout,
    Code,
    Faq,
    Figure,
    Heading,
    Paragraph,
    ScopeMatrix,
    Step,
    StepList,
    SymptomTable,
    Table,
)
from kbviewer.model.inline import plain_text

LONGEST_EXCERPT: Final = 200


class BlockText(NamedTuple):
    """A block or a step.

    Attributes:
        key: the block's key or the step's id.
        text: what it says itself, in one line; "" for a line or a picture without words.
        line: in its source file, 0 when unknown.
        language: BCP 47 tag; of another variant's file when only that has the block.
        section: key of the heading or question that it stands under, its own for those, "" above the first.
    """

    key: str
    text: str
    line: int
    language: str
    section: str

    @property
    def excerpt(self) -> str:
        """The beginning of the text, for lists."""
        return shorten(self.text)


def block_texts(article: Article) -> Mapping[str, BlockText]:
    """Return all blocks and steps that have a key, in reading order."""
    return {found.key: found for found in _Reader(article.language).read(article.blocks) if found.key}


def known_key(texts: Mapping[str, BlockText], key: str) -> str:
    """Return `key` when the article has it; of a part of a block, the block; else "", the article itself."""
    for candidate in (key, key.partition("@")[0]):
        if candidate in texts:
            return candidate
    return ""


def shorten(text: str, most: int = LONGEST_EXCERPT) -> str:
    """Return `text` in one line of at most `most` characters, cut at a word where that loses little."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[: most - 1]
    words = head.rpartition(" ")[0]
    return (words if len(words) > most // 2 else head) + "…"


class _Reader:
    """Goes through an article in reading order and remembers the section."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._section = ""

    def read(self, blocks: Iterable[Block]) -> Iterator[BlockText]:
        """Yield what stands in `blocks`."""
        for block in blocks:
            before = self._language
            self._language = block.language or before
            yield from self._block(block)
            self._language = before

    def _block(self, block: Block) -> Iterator[BlockText]:
        if isinstance(block, Heading | Faq):
            self._section = block.key
        yield self._place(block.key, text_of(block), block.line)
        match block:
            case BulletList(items=items):
                for item in items:
                    yield from self.read(item)
            case StepList(steps=steps):
                for step in steps:
                    yield from self._step(step)
            case Callout(blocks=inner) | Faq(blocks=inner):
                yield from self.read(inner)

    def _step(self, step: Step) -> Iterator[BlockText]:
        before = self._language
        self._language = step.language or before
        yield from self.read(step.guards)
        yield self._place(step.id, plain_text(step.runs), step.line)
        yield from self.read(step.blocks)
        self._language = before

    def _place(self, key: str, text: str, line: int) -> BlockText:
        return BlockText(key, " ".join(text.split()), line, self._language, self._section)


def text_of(block: Block) -> str:
    """Return what a block says first: its own text, or that of the first thing in it."""
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs) | Faq(question=runs):
            return plain_text(runs)
        case StepList(title=title, steps=steps):
            return plain_text(title or steps[0].runs if steps else title)
        case Figure(caption=caption, alt=alt):
            return plain_text(caption) or alt
        case BulletList(items=items):
            return next((text_of(inner) for item in items for inner in item), "")
        case Callout(blocks=blocks):
            return next(map(text_of, blocks), "")
        case ScopeMatrix(question=question, rows=rows):
            return question or rows[0]
        case SymptomTable(headers=headers):
            return headers[0]
        case Table(header=header, rows=rows):
            return next((plain_text(cell) for line in (header, *rows) for cell in line), "")
        case Code(text=text):
            return text
        case _:
            return ""
