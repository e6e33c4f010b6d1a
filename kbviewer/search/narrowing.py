"""What the articles must be: chosen in the list of results, or written into the query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kbviewer.model.hits import FacetKind, Query
from kbviewer.model.library import fold_reference
from kbviewer.search.candidates import Mask
from kbviewer.search.languages import primary
from kbviewer.search.query_text import Filter, ParsedQuery
from kbviewer.search.shard import Shard


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Filters by product, language, state and id."""

    filters: tuple[Filter, ...]
    products: tuple[str, ...]
    states: tuple[str, ...]
    language: str

    @classmethod
    def of(cls, parsed: ParsedQuery, query: Query) -> Narrowing:
        """Return what `query` is narrowed down to."""
        states = tuple(state.value for state in query.states)
        return cls(parsed.filters, query.products, states, query.language)

    @property
    def is_any(self) -> bool:
        """Whether there is any."""
        return bool(self.filters or self.products or self.states or self.language)

    @property
    def is_question(self) -> bool:
        """Whether it asks for articles by itself, without a word."""
        return bool(self.filters or self.products or self.states)

    def by_id(self, shard: Shard) -> Mask:
        """Return the variants with the wanted ids."""
        mask = np.ones(shard.catalogue.count, dtype=np.bool_)
        for one in self.filters:
            if one.name == "id":
                named = np.zeros_like(mask)
                named[list(shard.catalogue.named(fold_reference(one.value)))] = True
                mask &= ~named if one.is_unwanted else named
        return mask

    def masks(self, shard: Shard) -> Mapping[FacetKind, Mask]:
        """Return by kind the variants that pass its filter."""
        return {
            FacetKind.PRODUCT: self._product_mask(shard),
            FacetKind.LANGUAGE: self._mask(
                "language", shard.catalogue.languages, shard.catalogue.language_names, shard
            ),
            FacetKind.STATE: self._mask("state", shard.catalogue.states, shard.catalogue.state_names, shard),
        }

    def all_of(self, shard: Shard) -> Mask:
        """Return the variants that pass every filter."""
        if not self.is_any:
            return np.ones(shard.catalogue.count, dtype=np.bool_)
        product, language, state = self.masks(shard).values()
        return product & language & state

    def _mask(self, name: str, values: npt.NDArray[np.uint8], names: Sequence[str], shard: Shard) -> Mask:
        mask = np.ones(shard.catalogue.count, dtype=np.bool_)
        chosen = self.states if name == "state" else tuple(filter(None, (self.language,)))
        if chosen:
            mask &= np.isin(values, _wanted(names, chosen))
        for one in self.filters:
            if one.name == name:
                named = np.isin(values, _wanted(names, (one.value,)))
                mask &= ~named if one.is_unwanted else named
        return mask

    def _product_mask(self, shard: Shard) -> Mask:
        catalogue = shard.catalogue
        mask = np.ones(catalogue.count, dtype=np.bool_)
        if self.products:
            numbers = [at for at, name in enumerate(catalogue.product_names) if name in self.products]
            mask &= _with_product(shard, numbers)
        for one in self.filters:
            if one.name == "product":
                # What is typed by hand need not be the whole name.
                value = one.value.casefold()
                numbers = [at for at, name in enumerate(catalogue.product_names) if value in name.casefold()]
                named = _with_product(shard, numbers)
                mask &= ~named if one.is_unwanted else named
        return mask


# What the values are called where they are shown, in both languages.
_CALLED = {
    "svenska": "sv",
    "swedish": "sv",
    "engelska": "en",
    "english": "en",
    "aktuell": "current",
    "arkiverad": "archived",
}


def _wanted(names: Sequence[str], chosen: Sequence[str]) -> list[int]:
    """Return the numbers of the names that are chosen; a language stands for all its regions."""
    values = [_CALLED.get(value.casefold(), value) for value in chosen]
    wanted = {primary(value) for value in values} | {value.casefold() for value in values}
    return [at for at, name in enumerate(names) if {name.casefold(), primary(name)} & wanted]


def _with_product(shard: Shard, numbers: Sequence[int]) -> Mask:
    """Return the variants of articles with any of these products."""
    articles, products = shard.catalogue.products[:, 0], shard.catalogue.products[:, 1]
    with_product = np.zeros(shard.catalogue.article_count + 1, dtype=np.bool_)
    with_product[articles[np.isin(products, numbers)]] = True
    # A variant that is gone belongs to article -1, the last one here.
    return with_product[shard.catalogue.articles]
