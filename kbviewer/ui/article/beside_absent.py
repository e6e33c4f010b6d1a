"""What one language lacks and another has: a mark stands in its place. Qt-free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Faq,
    ParagraphRole,
    Step,
    StepList,
    walk,
    walk_steps,
)
from kbviewer.ui.article.absent import Absent
from kbviewer.ui.article.beside_rows import align


def with_absent(article: Article, other: Article) -> Article:
    """Return `article` as a column beside `other`: only its own text, and marks for what it lacks.

    What the library took from another language to fill gaps becomes a mark, too: the original stands beside.
    """
    own = _own(article.blocks)
    known = frozenset(_keys(own))
    return replace(article, blocks=_Marker(known, article.language).blocks(own, _own(other.blocks)))


def _keys(blocks: Blocks) -> Iterator[str]:
    yield from (block.key for block in walk(blocks))
    yield from (step.id for step in walk_steps(blocks))


def _named(blocks: Blocks) -> dict[str, Block]:
    """Return the blocks by their keys; one without a key by its kind and which of that kind it is."""
    counts: Counter[str] = Counter()
    named: dict[str, Block] = {}
    for block in blocks:
        kind = type(block).__name__
        counts[kind] += 1
        named[block.key or f"~{kind}{counts[kind]}"] = block
    return named


def _own(blocks: Blocks) -> Blocks:
    """Return the blocks without what was taken from another language."""
    return tuple(_own_inside(block) for block in blocks if not block.language)


def _own_inside(block: Block) -> Block:
    match block:
        case StepList(steps=steps):
            kept = (
                replace(step, blocks=_own(step.blocks), guards=_own(step.guards))  # type: ignore[arg-type]
                for step in steps
                if not step.language
            )
            return replace(block, steps=tuple(kept))
        case Callout(blocks=blocks) | Faq(blocks=blocks):
            return replace(block, blocks=_own(blocks))
        case BulletList(items=items):
            return replace(block, items=tuple(_own(item) for item in items))
        case _:
            return block


class _Marker:
    """Puts marks into a tree of blocks.

    Args:
        known: keys that the article has anywhere; what stands elsewhere is not lacking.
    """

    def __init__(self, known: frozenset[str], language: str) -> None:
        self._known = known
        self._language = language

    def blocks(self, own: Blocks, theirs: Blocks) -> Blocks:
        """Return `own` with marks for the blocks that only `theirs` has."""
        mine, others = _named(own), _named(theirs)
        merged: list[Block] = []
        for row in align(list(mine), list(others)):
            if row.left and row.right:
                merged += self._pair(mine[row.left], others[row.right])
            elif row.left:
                merged.append(mine[row.left])
            else:
                self._lack(merged, row.right)
        return tuple(merged)

    def _pair(self, own: Block, theirs: Block) -> Sequence[Block]:
        match own, theirs:
            case StepList(), StepList():
                return self._steps(own, theirs)
            case Callout(), Callout():
                return (replace(own, blocks=self.blocks(own.blocks, theirs.blocks)),)
            case Faq(), Faq():
                return (replace(own, blocks=self.blocks(own.blocks, theirs.blocks)),)
            case BulletList(), BulletList():
                return (replace(own, items=self._items(own.items, theirs.items)),)
            case _:
                return (own,)

    def _steps(self, own: StepList, theirs: StepList) -> Sequence[Block]:
        """Return the procedure; a mark hangs below the step before it, or stands above the first."""
        mine = {step.id: step for step in own.steps}
        others = {step.id: step for step in theirs.steps}
        above: list[Block] = []
        merged: list[Step] = []
        for row in align(list(mine), list(others)):
            if row.left:
                step = mine[row.left]
                counterpart = others.get(row.right)
                if counterpart is not None:
                    step = replace(step, blocks=self.blocks(step.blocks, counterpart.blocks))
                merged.append(step)
            elif merged:
                below = list(merged[-1].blocks)
                self._lack(below, row.right)
                merged[-1] = replace(merged[-1], blocks=tuple(below))
            else:
                self._lack(above, row.right)
        return (*above, replace(own, steps=tuple(merged)))

    def _items(self, own: tuple[Blocks, ...], theirs: tuple[Blocks, ...]) -> tuple[Blocks, ...]:
        """Return the items; items have no names, so the last of the longer list are what is lacking."""
        merged = [self.blocks(mine, others) for mine, others in zip(own, theirs, strict=False)] + list(
            own[len(theirs) :]
        )
        for item in theirs[len(own) :]:
            if merged and item:
                below = list(merged[-1])
                self._lack(below, item[0].key)
                merged[-1] = tuple(below)
        return tuple(merged)

    def _lack(self, merged: list[Block], key: str) -> None:
        """Put one mark for all that is lacking in a row."""
        if key in self._known or (merged and isinstance(merged[-1], Absent)):
            return
        merged.append(Absent(key=key, runs=(), role=ParagraphRole.MISSING, lacking=self._language))
