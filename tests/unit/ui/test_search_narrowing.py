"""What is asked when filters are on."""

from __future__ import annotations

import pytest

from kbviewer.model.article import ArticleState
from kbviewer.model.hits import FacetKind, Query
from kbviewer.ui.search.narrowing import Narrowing


def test_without_a_choice_all_articles_are_asked_for() -> None:
    assert not Narrowing().is_on
    assert Narrowing().query("join", "sv", 20) == Query("join", reader_language="sv", limit=20)


def test_every_choice_is_in_the_question() -> None:
    narrowing = (
        Narrowing()
        .choose(FacetKind.PRODUCT, "Lync 2013")
        .choose(FacetKind.LANGUAGE, "en")
        .choose(FacetKind.STATE, "archived")
    )

    query = narrowing.query("join", "sv", 20)

    assert narrowing.is_on
    assert query.products == ("Lync 2013",)
    assert query.language == "en"
    assert query.states == (ArticleState.ARCHIVED,)


def test_articles_without_a_product_are_a_choice_too() -> None:
    """The empty name stands for them; it is not the same as no choice."""
    narrowing = Narrowing().choose(FacetKind.PRODUCT, "")

    assert narrowing.is_on
    assert narrowing.query("join", "sv", 20).products == ("",)


@pytest.mark.parametrize(
    ("kind", "value"),
    [(FacetKind.PRODUCT, "Lync 2013"), (FacetKind.LANGUAGE, "en"), (FacetKind.STATE, "current")],
)
def test_a_choice_can_be_taken_back(kind: FacetKind, value: str) -> None:
    chosen = Narrowing().choose(kind, value)

    assert chosen.value(kind) == value
    assert chosen.choose(kind, None) == Narrowing()
