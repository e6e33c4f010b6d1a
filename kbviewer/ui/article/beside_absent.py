"""What one language lacks and another has: a mark stands in its place. Qt-free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kbviewer.content.pairing import is_explicit
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

_LETTERS = 26


def with_absent(article: Article, other: Article, *, leads: bool) -> Article:
    """Return `article` as a column beside `other`: only its own text, and marks for what it lacks.

    What the library took from another language to fill gaps becomes a mark, too: the original stands beside.

    Args:
        leads: whether the article is the left column; where each has something of its own, that comes first.
    """
    if not _is_patched(article) and not _is_patched(other) and _agree(article.blocks, other.blocks):
        return article
    own = _own(article.blocks)
    known = frozenset(_keys(own))
    marker = _Marker(known, article.language, leads=leads)
    return replace(article, blocks=marker.blocks(own, _own(other.blocks)))


def _agree(own: Blocks, theirs: Blocks) -> bool:
    """Return whether both have the same blocks in the same order, as most articles do."""
    return list(_keys(own)) == list(_keys(theirs))


def _is_patched(article: Article) -> bool:
    """Return whether anything was taken from another language."""
    return any(block.language for block in walk(article.blocks)) or any(
        step.language for step in walk_steps(article.blocks)
    )


def _keys(blocks: Blocks) -> Iterator[str]:
    yield from (block.key for block in walk(blocks))
    yield from (step.id for step in walk_steps(blocks))


def _counted(first: str, further: int) -> str:
    """Return the number that is `further` after `first`, "" where that would be a Roman one."""
    if first.isdecimal():
        return str(int(first) + further)
    return chr(ord(first) + further) if first == "a" and further < _LETTERS else ""


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


class _Place(NamedTuple):
    own: str
    other: str


class _Marker:
    """Puts marks into a tree of blocks.

    Args:
        known: keys that the article has anywhere; what stands elsewhere is not lacking.
    """

    def __init__(self, known: frozenset[str], language: str, *, leads: bool) -> None:
        self._known = known
        self._leads = leads
        self._language = language

    def blocks(self, own: Blocks, theirs: Blocks) -> Blocks:
        """Return `own` with marks for the blocks that only `theirs` has."""
        mine, others = _named(own), _named(theirs)
        merged: list[Block] = []
        for row in self._rows(mine, others):
            if row.own and row.other:
                merged += self._pair(mine[row.own], others[row.other])
            elif row.own:
                merged.append(mine[row.own])
            else:
                self._lack(merged, row.other)
        return tuple(merged)

    def _rows(self, own: Iterable[str], theirs: Iterable[str]) -> list[_Place]:
        """Return both sides' keys in the order in which the columns show them."""
        mine, others = list(own), list(theirs)
        if self._leads:
            return [_Place(row.left, row.right) for row in align(mine, others)]
        return [_Place(row.right, row.left) for row in align(others, mine)]

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
        rows = self._rows(mine, others)
        for row in rows:
            if row.own:
                step = mine[row.own]
                counterpart = others.get(row.other)
                if counterpart is not None:
                    step = replace(step, blocks=self.blocks(step.blocks, counterpart.blocks))
                merged.append(step)
            elif merged:
                below = list(merged[-1].blocks)
                self._lack(below, row.other)
                merged[-1] = replace(merged[-1], blocks=tuple(below))
            else:
                self._lack(above, row.other)
        if len(merged) < len(rows) or len(others) < len(rows):
            merged = self._renumbered(merged, rows, (*own.steps, *theirs.steps))
        return (*above, replace(own, steps=tuple(merged)))

    @staticmethod
    def _renumbered(steps: list[Step], rows: list[_Place], known: tuple[Step, ...]) -> list[Step]:
        """Number the steps by their rows: a step has the same number in both columns."""
        numbers = {step.id: step.number for step in reversed(known)}
        first = numbers[rows[0].own or rows[0].other]
        by_id = {row.own: _counted(first, index) for index, row in enumerate(rows) if row.own}
        return [replace(step, number=by_id[step.id] or step.number) for step in steps]

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
        merged.append(
            Absent(
                key=key,
                runs=(),
                role=ParagraphRole.MISSING,
                lacking=self._language,
                is_certain=is_explicit(key),
            )
        )
