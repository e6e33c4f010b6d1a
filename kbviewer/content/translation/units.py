"""What a translator works on: the texts of a Markdown file, each with its key and its place in the file.

A unit is a paragraph, a heading, a step's action, one cell of a table, the title of a picture: whatever the
reader shows as one text. Its key is that of the block it belongs to, with "@" and more for a part of one
("scope/m1@1.2" is row 1, column 2; "@title" stands in the front matter). What only structures the file
(ids, quote marks, list numbers) is not part of a unit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kbviewer.content.translation.file_lines import Piece

TITLE: Final = "@title"
DESCRIPTION: Final = "@description"
HEADING: Final = "@heading"


class UnitKind(StrEnum):
    """What a unit is; the words that translators see are in `exchange`."""

    FRONT = "front"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    STEP = "step"
    PROCEDURE = "procedure"
    QUESTION = "question"
    CELL = "cell"
    FIGURE = "figure"
    HTML = "html"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Unit:
    """One text of a file.

    Attributes:
        key: unique in its article, the same in all languages that agree in structure.
        kind: what it is.
        text: Markdown, with "\\n" between lines; "" for an empty cell.
        line: of the file, counted from 1.
        pieces: where each line of the text stands.
        section: text of the heading that it stands under.
    """

    key: str
    kind: UnitKind
    text: str
    line: int
    pieces: tuple[Piece, ...]
    section: str = ""

    @property
    def block(self) -> str:
        """Key of the block or step that shows the text, "" for what stands above the blocks."""
        return block_of(self.key)

    @property
    def digest(self) -> str:
        """The hash by which the text is known again."""
        return digest_of(self.text)


def block_of(key: str) -> str:
    """Return the key of the block that a unit is a part of."""
    return key.partition("@")[0]


def digest_of(text: str) -> str:
    """Return the first half of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def with_text(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the units that say anything."""
    return tuple(unit for unit in units if unit.text)
