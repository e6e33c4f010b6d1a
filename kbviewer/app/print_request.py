"""What is to be printed, for both halves of the composition root."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kbviewer.content.collection import LibraryCollection
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """An article for a file.

    Attributes:
        languages: of all its variants.
        done: ids of the steps that are ticked.
        libraries: answer for its pictures and its links.
    """

    article: Article
    languages: tuple[str, ...]
    done: frozenset[str]
    libraries: LibraryCollection
    translator: Translator
    path: Path
