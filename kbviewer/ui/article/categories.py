"""Which of the theme's category colours a category has, the same in every language. Qt-free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kbviewer.model.blocks import Blocks, ScopeMatrix, SymptomTable, Target, walk
from kbviewer.ui.theme.tokens import CATEGORY_NAMES

NONE = ""


class Categories:
    """Colour names by the first section that a category leads to.

    A section that is called as a category has its colour ("#network"); the others get the colours
    that are left, in reading order. A fallback has none.
    """

    def __init__(self, blocks: Blocks) -> None:
        anchors = list(dict.fromkeys(_anchors(blocks)))
        left = [name for name in CATEGORY_NAMES if name not in anchors]
        self._names: dict[str, str] = {}
        for anchor in anchors:
            if anchor in CATEGORY_NAMES:
                self._names[anchor] = anchor
            else:
                self._names[anchor] = left.pop(0) if left else NONE

    def name(self, targets: Iterable[Target], *, fallback: bool = False) -> str:
        """Return one of CATEGORY_NAMES, or "" for none."""
        if fallback:
            return NONE
        return next((self._names.get(target.anchor, NONE) for target in targets), NONE)


def _anchors(blocks: Blocks) -> Iterator[str]:
    """Yield the first target of every category, matrices before symptom tables."""
    tables = [block for block in walk(blocks) if isinstance(block, SymptomTable)]
    for block in walk(blocks):
        if isinstance(block, ScopeMatrix):
            for row in block.cells:
                for cell in row:
                    yield from (target.anchor for target in cell.targets[:1])
    for table in tables:
        for line in table.rows:
            if not line.fallback:
                yield from (target.anchor for target in line.targets[:1])
