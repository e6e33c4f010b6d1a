"""The files beside Whoosh's own: which variants the index holds, and its words with their frequencies."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbviewer.model.article import ArticleState
from kbviewer.search.documents import Variant

_VARIANTS = "variants.json"
_VOCABULARY = "vocabulary.json"


@dataclass(frozen=True, slots=True)
class IndexedVariant:
    """One language of an article, as a hit needs it.

    Attributes:
        first: number of its first section in the index; `count` sections follow one another.
    """

    article: str
    language: str
    source: str
    title: str
    description: str
    state: ArticleState
    applies_to: tuple[str, ...]
    references: tuple[str, ...]
    first: int
    count: int


def describe(variant: Variant, first: int) -> dict[str, Any]:
    """Return the form in which a variant is written."""
    return {
        "article": variant.article,
        "language": variant.language,
        "source": variant.source,
        "title": variant.title,
        "description": variant.description,
        "state": variant.state,
        "applies_to": variant.applies_to,
        "references": variant.references,
        "first": first,
        "count": len(variant.sections),
    }


def write_catalogue(folder: Path, variants: Sequence[dict[str, Any]], words: Mapping[str, int]) -> None:
    """Write both files."""
    _write(folder / _VARIANTS, variants)
    _write(folder / _VOCABULARY, dict(sorted(words.items())))


def read_variants(folder: Path) -> tuple[IndexedVariant, ...]:
    """Return the variants in the order of their sections."""
    rows: Any = json.loads((folder / _VARIANTS).read_text(encoding="utf-8"))
    return tuple(
        IndexedVariant(
            article=row["article"],
            language=row["language"],
            source=row["source"],
            title=row["title"],
            description=row["description"],
            state=ArticleState(row["state"]),
            applies_to=tuple(row["applies_to"]),
            references=tuple(row["references"]),
            first=row["first"],
            count=row["count"],
        )
        for row in rows
    )


def read_words(folder: Path) -> dict[str, int]:
    """Return the words, in order, and in how many sections each occurs."""
    words: dict[str, int] = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))
    return words


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
