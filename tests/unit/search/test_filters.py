"""Filters in the query and in the list of results narrow the articles down, and are counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kbviewer.model.article import ArticleState
from kbviewer.model.hits import FacetKind, Query, SearchAnswer
from kbviewer.search.library_search import LibrarySearch
from kbviewer.search.query_text import parse_query
from tests.unit.search.conftest import MakeEngine
from tests.unit.search.small_library import MemoryLibrary, OpenIndex, article

OUTLOOK, WORD = "Microsoft Outlook 2003", "Word 2016"


@pytest.fixture
def engine(engine_over: MakeEngine) -> OpenIndex:
    return engine_over(
        article("kb100001", "Konto", "Konto.", products=[OUTLOOK], aliases=["KB100001"]),
        article("kb100001", "Account", "Account, konto.", products=[OUTLOOK], language="en"),
        article("kb100002", "Konto", "Konto.", products=[OUTLOOK, WORD], state=ArticleState.ARCHIVED),
        article("kb100003", "Konto", "Konto.", state=ArticleState.UNSUPPORTED),
        article("kb100004", "Account", "Konto.", products=[WORD], language="en-US"),
        article("kb100005", "Skrivare", "Papper.", products=[WORD]),
    )


Ask = Callable[..., list[int]]


@pytest.fixture
def ask(engine: OpenIndex) -> Ask:
    """Returns the last figures of the ids that are found."""

    def search(query: str, **options: object) -> list[int]:
        answer = engine.search(Query(query, **options))  # type: ignore[arg-type]
        assert answer.total == len(answer.hits)
        return sorted(int(hit.article[-1]) for hit in answer.hits)

    return search


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("konto product:outlook", [1, 2]),
        ("product:outlook konto", [1, 2]),
        ("produkt:word konto", [2, 4]),
        ("PRODUCT:Outlook konto", [1, 2]),
        (f'product:"{OUTLOOK}" konto', [1, 2]),
        ("product:”Word 2016” konto", [2, 4]),
        ('product:"Word 2003" konto', []),
        ("-product:outlook konto", [3, 4]),
        ("product:outlook product:word konto", [2]),
        ("product:outlook -product:word konto", [1]),
        ("lang:sv konto", [1, 2, 3]),
        ("språk:sv konto", [1, 2, 3]),
        ("language:en konto", [1, 4]),
        ("lang:en-US konto", [1, 4]),
        ("-lang:en konto", [1, 2, 3]),
        ("state:current konto", [1, 4]),
        ("status:archived konto", [2]),
        ("-state:current konto", [2, 3]),
        ("state:nonsense konto", []),
        ("id:KB100002 konto", [2]),
        ("id:100002 konto", [2]),
        ("-id:kb100002 konto", [1, 3, 4]),
        ("id:kb100005 konto", []),
        ("lang:sv state:current product:outlook konto", [1]),
    ],
)
def test_a_filter_in_the_query_narrows_it_down(ask: Ask, query: str, expected: list[int]) -> None:
    assert ask(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("product:outlook", [1, 2]),
        ("-product:outlook", [3, 4, 5]),
        ("state:current ", [1, 4, 5]),
        ("lang:en", [1, 4]),
        ("id:kb100003", [3]),
        ("-id:kb100003", [1, 2, 4, 5]),
        ("product:nothing", []),
    ],
)
def test_a_filter_alone_lists_all_that_pass_it(ask: Ask, query: str, expected: list[int]) -> None:
    assert ask(query) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"products": (WORD,)}, [2, 4]),
        ({"products": ("word",)}, []),
        ({"products": ("",)}, [3]),
        ({"products": ("", OUTLOOK)}, [1, 2, 3]),
        ({"states": (ArticleState.ARCHIVED,)}, [2]),
        ({"states": (ArticleState.ARCHIVED, ArticleState.UNSUPPORTED)}, [2, 3]),
        ({"language": "en"}, [1, 4]),
        ({"language": "sv"}, [1, 2, 3]),
        ({"language": "fi"}, []),
        ({"products": (OUTLOOK,), "states": (ArticleState.CURRENT,), "language": "sv"}, [1]),
    ],
)
def test_chosen_filters_narrow_the_query_down(
    ask: Ask, options: dict[str, object], expected: list[int]
) -> None:
    """What is chosen is a whole name; what is typed may be a part of one."""
    assert ask("konto ", **options) == expected


def test_chosen_and_typed_filters_hold_together(ask: Ask) -> None:
    assert ask("konto product:outlook", states=(ArticleState.CURRENT,)) == [1]
    assert ask("konto lang:sv", language="en") == []


def test_chosen_filters_without_a_query_list_all_that_pass(ask: Ask) -> None:
    assert ask("", products=(WORD,)) == [2, 4, 5]
    assert ask("") == []


@pytest.mark.parametrize(
    "query", ["title:konto", "products:word", "http://lang:sv", "product: konto", "x lang:"]
)
def test_unknown_names_and_filters_without_a_value_are_text(query: str) -> None:
    parsed = parse_query(query)
    assert not parsed.filters
    assert parsed.wanted


def test_a_quoted_filter_is_a_phrase(engine: OpenIndex) -> None:
    parsed = parse_query('"product:outlook"')
    assert not parsed.filters
    assert parsed.wanted[0].is_phrase


def test_an_unknown_name_does_not_keep_the_other_words_from_being_found(ask: Ask) -> None:
    assert ask("color:red konto ") == [1, 2, 3, 4]


def test_the_language_that_passes_is_the_one_that_opens(engine: OpenIndex) -> None:
    for query in (Query("konto lang:en id:100001"), Query("konto id:100001", language="en")):
        (hit,) = engine.search(query).hits
        assert (hit.language, hit.source, hit.found_in) == ("en", "kb100001/en.md", "")


def counts(answer: SearchAnswer, kind: FacetKind) -> dict[str, int]:
    return {facet.value: facet.count for facet in answer.facets if facet.kind is kind}


def test_every_article_is_counted_once_however_many_languages_it_has(engine: OpenIndex) -> None:
    answer = engine.search(Query("konto "))
    assert answer.total == 4
    assert counts(answer, FacetKind.PRODUCT) == {OUTLOOK: 2, WORD: 2, "": 1}
    assert counts(answer, FacetKind.LANGUAGE) == {"sv": 3, "en": 2}
    assert counts(answer, FacetKind.STATE) == {"current": 2, "archived": 1, "unsupported": 1}


def test_a_choice_is_counted_without_the_filter_of_its_own_kind(engine: OpenIndex) -> None:
    """So that the reader sees what he would get instead."""
    answer = engine.search(Query("konto ", products=(OUTLOOK,)))
    assert counts(answer, FacetKind.PRODUCT) == {OUTLOOK: 2, WORD: 2, "": 1}
    assert counts(answer, FacetKind.STATE) == {"current": 1, "archived": 1}
    assert counts(answer, FacetKind.LANGUAGE) == {"sv": 2, "en": 1}
    answer = engine.search(Query("konto product:outlook", language="en"))
    assert counts(answer, FacetKind.LANGUAGE) == {"sv": 2, "en": 1}
    assert counts(answer, FacetKind.PRODUCT) == {OUTLOOK: 1, WORD: 1}


def test_counts_hold_for_the_shown_and_the_others(engine_over: MakeEngine) -> None:
    engine = engine_over(*(article(f"a{at}", "Konto", products=[f"P{at % 3}"]) for at in range(30)))
    answer = engine.search(Query("konto ", limit=4))
    assert (len(answer.hits), answer.total) == (4, 30)
    assert counts(answer, FacetKind.PRODUCT) == {"P0": 10, "P1": 10, "P2": 10}
    for facet in answer.facets:
        if facet.kind is FacetKind.PRODUCT:
            assert engine.search(Query("konto ", products=(facet.value,))).total == facet.count


def test_the_most_frequent_choice_comes_first(engine: OpenIndex) -> None:
    facets = engine.search(Query("konto ")).facets
    for kind in FacetKind:
        values = [facet.count for facet in facets if facet.kind is kind]
        assert values == sorted(values, reverse=True)
    assert list(dict.fromkeys(facet.kind for facet in facets)) == list(FacetKind)


def test_products_of_several_libraries_are_counted_together(tmp_path: Path) -> None:
    libraries = [
        MemoryLibrary(tmp_path / name, [article(name, "Konto", products=[OUTLOOK, name])])
        for name in ("one", "other")
    ]
    search = LibrarySearch(libraries, tmp_path / "cache")
    answer = search.search(Query("konto "))
    search.close()
    assert answer.total == 2
    assert counts(answer, FacetKind.PRODUCT) == {OUTLOOK: 2, "one": 1, "other": 1}
