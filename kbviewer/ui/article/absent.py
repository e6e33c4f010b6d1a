"""The mark for what a text lacks beside another language. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass

from kbviewer.model.blocks import Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent(Paragraph):
    """Stands for one or more blocks in a row that only the other language has.

    Attributes:
        key: of the first of them.
        lacking: BCP 47 tag of the text that has none of them.
        is_certain: an author named the block, so the text is known to lack it; without a name it is only
            known that nothing stands at the same place.
    """

    lacking: str
    is_certain: bool
