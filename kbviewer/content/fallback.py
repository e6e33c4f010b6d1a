"""What one language lacks, taken from another: never a blank where there is something to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kbviewer.content.pairing import Section, is_explicit, sections, share_ids
from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Faq,
    Heading,
    ScopeMatrix,
    Step,
    StepList,
    SymptomTable,
    walk,
    walk_steps,
)

_STRUCTURE = (Heading, Faq, StepList, ScopeMatrix, SymptomTable)


def fill_missing(article: Article, other: Article) -> Article:
    """Return `article` with the sections, questions, procedures, steps and tables that only `other` has.

    Each stands where it stands in `other` and has `language` set; what is inside it is in the same language
    and is not marked again. Variants that do not agree in their ids are left alone.
    """
    keys = frozenset(_structure(article))
    if keys.issuperset(_structure(other)) or not share_ids(article, other):
        return article
    blocks = _Filler(keys, other.language).blocks(article.blocks, other.blocks)
    return replace(article, blocks=blocks)


def _structure(article: Article) -> Iterator[str]:
    for block in walk(article.blocks):
        if isinstance(block, _STRUCTURE):
            yield block.key
    yield from (step.id for step in walk_steps(article.blocks))


class _Filler:
    """Merges two trees of blocks.

    Args:
        keys: ids that the article has anywhere; nothing is shown twice because it stands elsewhere.
        language: of the variant that blocks are taken from.
    """

    def __init__(self, keys: frozenset[str], language: str) -> None:
        self._keys = keys
        self._language = language

    def blocks(self, own: Blocks, theirs: Blocks) -> Blocks:
        """Return `own` with what only `theirs` has."""
        merged = list(sections(own))
        position = 0
        for section in sections(theirs):
            index = next((at for at, mine in enumerate(merged) if mine.id == section.id), None)
            if index is not None:
                mine = merged[index]
                merged[index] = Section(mine.heading, self._section(mine.blocks, section.blocks))
                position = index + 1
            elif is_explicit(section.id) and section.id not in self._keys:
                marked = tuple(self._mark(block) for block in section.all_blocks())
                merged.insert(position, Section(None, marked))
                position += 1
        return tuple(block for section in merged for block in section.all_blocks())

    def _section(self, own: Blocks, theirs: Blocks) -> Blocks:
        merged = list(own)
        kinds = {type(block) for block in own}
        position = 0
        for block in theirs:
            index = next((at for at, mine in enumerate(merged) if _same(mine, block)), None)
            if index is not None:
                merged[index] = self._block(merged[index], block)
                position = index + 1
            elif self._lacks(block, kinds):
                merged.insert(position, self._mark(block))
                position += 1
        return tuple(merged)

    def _lacks(self, block: Block, kinds: set[type[Block]]) -> bool:
        """Return whether `block` is missing; a derived id proves it only where nothing of its kind is."""
        if not isinstance(block, _STRUCTURE) or block.key in self._keys:
            return False
        return is_explicit(block.key) or type(block) not in kinds

    def _block(self, own: Block, theirs: Block) -> Block:
        match own, theirs:
            case StepList(), StepList():
                return replace(own, steps=self._steps(own.steps, theirs.steps))
            case Faq(), Faq():
                return replace(own, blocks=self.blocks(own.blocks, theirs.blocks))
            case Callout(), Callout():
                return replace(own, blocks=self.blocks(own.blocks, theirs.blocks))
            case BulletList(), BulletList() if len(own.items) == len(theirs.items):
                pairs = zip(own.items, theirs.items, strict=True)
                return replace(own, items=tuple(self.blocks(mine, other) for mine, other in pairs))
            case _:
                return own

    def _steps(self, own: tuple[Step, ...], theirs: tuple[Step, ...]) -> tuple[Step, ...]:
        merged = list(own)
        position = 0
        for step in theirs:
            index = next((at for at, mine in enumerate(merged) if mine.id == step.id), None)
            if index is not None:
                mine = merged[index]
                merged[index] = replace(mine, blocks=self.blocks(mine.blocks, step.blocks))
                position = index + 1
            elif is_explicit(step.id) and step.id not in self._keys:
                merged.insert(position, replace(step, language=step.language or self._language))
                position += 1
        return _renumbered(merged, theirs) if len(merged) > len(own) else tuple(merged)

    def _mark(self, block: Block) -> Block:
        return replace(block, language=block.language or self._language)


def _same(one: Block, other: Block) -> bool:
    return type(one) is type(other) and one.key == other.key


def _renumbered(steps: Iterable[Step], complete: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return `steps` numbered as in the variant that has all of them."""
    numbers = {step.id: step.number for step in complete}
    return tuple(replace(step, number=numbers.get(step.id, step.number)) for step in steps)
