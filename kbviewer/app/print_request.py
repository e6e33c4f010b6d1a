"""What is to be printed, for both halves of the composition root."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kbviewer.content.collection import LibraryCollection
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.cases import StepMark


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """An article for a file.

    Attributes:
        languages: of all its variants.
        marks: what became of the steps, by their ids.
        chosen: row and column per matrix.
        libraries: answer for its pictures and its links.
    """

    article: Article
    languages: tuple[str, ...]
    marks: Mapping[str, StepMark]
    chosen: Mapping[str, tuple[int | None, int | None]]
    libraries: LibraryCollection
    translator: Translator
    path: Path
