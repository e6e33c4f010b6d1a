"""Counts by product, language and state what narrowing an answer down would leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from kbviewer.model.hits import Facet, FacetKind
from kbviewer.search.candidates import Field, Mask
from kbviewer.search.languages import primary
from kbviewer.search.narrowing import Narrowing
from kbviewer.search.shard import Shard

_MOST_FACETS = 12

# By kind and value, which articles have it; articles are numbered over all indexes.
_Articles = dict[tuple[FacetKind, str], Mask]


class FacetCounter:
    """Counts articles over all indexes; one whose languages lie in two of them is one."""

    def __init__(self, shards: Sequence[Shard]) -> None:
        self._shards = shards
        numbers: dict[str, int] = {}
        self._numbers: list[npt.NDArray[np.int64]] = [
            np.array(
                [numbers.setdefault(name, len(numbers)) for name in shard.catalogue.article_names()],
                dtype=np.int64,
            )
            for shard in shards
        ]
        self._count = len(numbers)

    def count(self, fields: Sequence[Field], narrowing: Narrowing) -> tuple[int, tuple[Facet, ...]]:
        """Return how many articles are found, and by kind how many each value would leave."""
        highest = max(
            (float(np.max(field.candidates.coverage, where=field.chosen, initial=0)) for field in fields),
            default=0.0,
        )
        total = np.zeros(self._count, dtype=np.bool_)
        by_value: _Articles = {}
        for at, (shard, field) in enumerate(zip(self._shards, fields, strict=True)):
            found = field.candidates.found(highest)
            chosen = self._articles(at, found & field.chosen)
            total |= chosen
            product = language = state = found & field.chosen
            if narrowing.is_any:
                # What is left without the filter of a kind is what its other values would bring back.
                masks = narrowing.masks(shard)
                found &= field.allowed
                product = found & masks[FacetKind.LANGUAGE] & masks[FacetKind.STATE]
                language = found & masks[FacetKind.PRODUCT] & masks[FacetKind.STATE]
                state = found & masks[FacetKind.PRODUCT] & masks[FacetKind.LANGUAGE]
            self._add_products(by_value, at, product)
            self._add(by_value, at, FacetKind.LANGUAGE, language)
            self._add(by_value, at, FacetKind.STATE, state)
        return int(np.count_nonzero(total)), tuple(_facets(by_value))

    def _articles(self, at: int, found: Mask) -> Mask:
        """Return which articles have a variant among `found` in index number `at`."""
        articles = np.zeros(self._count, dtype=np.bool_)
        articles[self._numbers[at][self._shards[at].catalogue.articles[found]]] = True
        return articles

    def _add_products(self, by_value: _Articles, at: int, found: Mask) -> None:
        catalogue = self._shards[at].catalogue
        if len(catalogue.product_names) == 1:
            _join(by_value, (FacetKind.PRODUCT, ""), self._articles(at, found))
            return
        here = np.zeros(catalogue.article_count, dtype=np.bool_)
        here[catalogue.articles[found]] = True
        pairs = catalogue.products[here[catalogue.products[:, 0]]]
        for product in np.flatnonzero(np.bincount(pairs[:, 1])).tolist():
            articles = np.zeros(self._count, dtype=np.bool_)
            articles[self._numbers[at][pairs[pairs[:, 1] == product, 0]]] = True
            _join(by_value, (FacetKind.PRODUCT, catalogue.product_names[product]), articles)

    def _add(self, by_value: _Articles, at: int, kind: FacetKind, found: Mask) -> None:
        catalogue = self._shards[at].catalogue
        if kind is FacetKind.LANGUAGE:
            # A language stands for all its regions, as in the filter.
            values, names = catalogue.languages, [primary(tag) for tag in catalogue.language_names]
        else:
            values, names = catalogue.states, [str(state) for state in catalogue.state_names]
        used = np.flatnonzero(np.bincount(values[found])).tolist()
        for value in used:
            there = found if len(used) == 1 else found & (values == value)
            _join(by_value, (kind, names[value]), self._articles(at, there))


def _join(by_value: _Articles, key: tuple[FacetKind, str], articles: Mask) -> None:
    found = by_value.get(key)
    by_value[key] = articles if found is None else found | articles


def _facets(by_value: _Articles) -> Iterator[Facet]:
    for kind in FacetKind:
        values = [
            (value, int(np.count_nonzero(articles)))
            for (of, value), articles in by_value.items()
            if of is kind
        ]
        values.sort(key=lambda pair: (-pair[1], pair[0]))
        yield from (Facet(kind, value, count) for value, count in values[:_MOST_FACETS] if count)
