"""Which variants an index holds; kept beside Whoosh's own files, packed, one JSON object per line."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kbviewer.model.article import ArticleState
from kbviewer.search.documents import Section, Variant
from kbviewer.search.index_storage import IndexFolder

_FILE = "variants.jsonl.z"
_COMPRESSION = 6
_REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class IndexedVariant:
    """One language of an article, as a hit needs it.

    Attributes:
        stamp: changes when the file does.
        is_guessed: the language was judged by the text.
    """

    article: str
    language: str
    source: str
    title: str
    description: str
    state: ArticleState
    applies_to: tuple[str, ...]
    references: tuple[str, ...]
    names: str
    stamp: str
    is_guessed: bool = False

    def with_sections(self, sections: tuple[Section, ...]) -> Variant:
        """Return the variant as it was indexed."""
        return Variant(
            article=self.article,
            language=self.language,
            source=self.source,
            title=self.title,
            state=self.state,
            applies_to=self.applies_to,
            references=self.references,
            description=self.description,
            names=self.names,
            sections=sections,
            is_guessed=self.is_guessed,
        )


def describe(variant: Variant, stamp: str) -> str:
    """Return the line for a variant."""
    row = {
        "article": variant.article,
        "language": variant.language,
        "source": variant.source,
        "title": variant.title,
        "description": variant.description,
        "state": variant.state,
        "applies_to": variant.applies_to,
        "references": variant.references,
        "names": variant.names,
        "stamp": stamp,
        **({"guessed": True} if variant.is_guessed else {}),
    }
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def read_lines(folder: IndexFolder) -> list[str]:
    """Return the lines in `folder`, in the order of the variants' numbers; "" for one that is gone."""
    packed: bytes = (folder / _FILE).read_bytes()
    return zlib.decompress(packed).decode("utf-8").split("\n")[:-1]


def write_lines(folder: Path, lines: Iterable[str]) -> None:
    """Write the lines to `folder`."""
    text = "".join(f"{line}\n" for line in lines)
    (folder / _FILE).write_bytes(zlib.compress(text.encode("utf-8", "replace"), _COMPRESSION))


def parse(line: str) -> IndexedVariant:
    """Return the variant in a line.

    Raises:
        ValueError, KeyError, TypeError: it has none.
    """
    row: Any = json.loads(line)
    return IndexedVariant(
        article=row["article"],
        language=row["language"],
        source=row["source"],
        title=row["title"],
        description=row["description"],
        state=ArticleState(row["state"]),
        applies_to=tuple(row["applies_to"]),
        references=tuple(row["references"]),
        names=row["names"],
        stamp=row["stamp"],
        is_guessed=row.get("guessed") is True,
    )


class Catalogue:
    """The variants of an index: what every query asks of all of them as arrays, the rest on demand.

    Attributes:
        count: V, the number of variants, those that are gone included.
        article_count: how many articles they belong to.
        articles: (V) a number per article, the same for its languages; -1 for a variant that is gone.
        languages: (V) index into `language_names`.
        states: (V) index into `state_names`.
        products: pairs of an article's number and the index of one of its products in `product_names`, each
            once; the first name is "", for articles without any.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.count = len(lines)
        self._lines = lines
        self._kept: dict[int, IndexedVariant] = {}
        self._named: dict[str, list[int]] = {}
        self._variants_of: list[list[int]] = []
        self.articles: npt.NDArray[np.int32] = np.full(self.count, -1, dtype=np.int32)
        self.languages: npt.NDArray[np.uint8] = np.zeros(self.count, dtype=np.uint8)
        self.states: npt.NDArray[np.uint8] = np.zeros(self.count, dtype=np.uint8)
        articles: dict[str, int] = {}
        languages: dict[str, int] = {}
        products: dict[str, int] = {"": 0}
        states = {state: number for number, state in enumerate(ArticleState)}
        pairs: dict[tuple[int, int], None] = {}
        for number, line in enumerate(lines):
            if not line:
                continue
            variant = parse(line)
            article = articles.setdefault(variant.article, len(articles))
            if article == len(self._variants_of):
                self._variants_of.append([])
            self._variants_of[article].append(number)
            self.articles[number] = article
            self.languages[number] = languages.setdefault(variant.language, len(languages))
            self.states[number] = states[variant.state]
            for product in variant.applies_to or ("",):
                pairs[article, products.setdefault(product, len(products))] = None
            for reference in variant.references:
                self._named.setdefault(reference, []).append(number)
        self.language_names = tuple(languages)
        self.state_names = tuple(states)
        self.product_names = tuple(products)
        self.products: npt.NDArray[np.int32] = np.array(list(pairs), dtype=np.int32).reshape(-1, 2)
        self.article_count = len(articles)
        self._article_numbers: Mapping[str, int] = articles

    def variant(self, number: int) -> IndexedVariant:
        """Return a variant."""
        found = self._kept.get(number)
        if found is None:
            if len(self._kept) >= _REMEMBERED:
                self._kept.clear()
            found = self._kept[number] = parse(self._lines[number])
        return found

    def article(self, number: int, *, by_name: bool) -> str | int:
        """Return the article of a variant, by its id or by its number in this index."""
        return self.variant(number).article if by_name else int(self.articles[number])

    def named(self, reference: str) -> Sequence[int]:
        """Return the variants of which a folded reference is an id."""
        return self._named.get(reference, ())

    def article_names(self) -> Sequence[str]:
        """Return the ids of all articles."""
        return tuple(self._article_numbers)

    def variants_of(self, article: str) -> Sequence[int]:
        """Return the variants of an article; none when the index does not have it."""
        number = self._article_numbers.get(article)
        return () if number is None else self._variants_of[number]

    def language(self, number: int) -> str:
        """Return the language of a variant."""
        return self.language_names[int(self.languages[number])]
