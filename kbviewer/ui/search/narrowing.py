"""What the reader has narrowed the results down to. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kbviewer.model.article import ArticleState
from kbviewer.model.hits import FacetKind, Query


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One value per kind of facet at most.

    Attributes:
        product: the product's name, "" for articles without one; None for all.
        language: "" for all.
        state: None for all.
    """

    product: str | None = None
    language: str = ""
    state: ArticleState | None = None

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return self != Narrowing()

    def value(self, kind: FacetKind) -> str | None:
        """Return what was chosen among the facets of `kind`, None for all."""
        match kind:
            case FacetKind.PRODUCT:
                return self.product
            case FacetKind.LANGUAGE:
                return self.language or None
            case FacetKind.STATE:
                return self.state.value if self.state else None

    def choose(self, kind: FacetKind, value: str | None) -> Narrowing:
        """Return the same with another choice among the facets of `kind`."""
        match kind:
            case FacetKind.PRODUCT:
                return replace(self, product=value)
            case FacetKind.LANGUAGE:
                return replace(self, language=value or "")
            case FacetKind.STATE:
                return replace(self, state=ArticleState(value) if value else None)

    def query(self, text: str, reader_language: str, limit: int) -> Query:
        """Return the question for `text`."""
        return Query(
            text,
            language=self.language,
            reader_language=reader_language,
            limit=limit,
            products=() if self.product is None else (self.product,),
            states=() if self.state is None else (self.state,),
        )
