"""The word being typed is completed, with what the library has and only where that finds something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.hits import Query
from kbviewer.search.library_search import LibrarySearch
from tests.unit.search.conftest import MakeEngine
from tests.unit.search.small_library import MemoryLibrary, OpenIndex, article

Suggest = Callable[[str], tuple[str, ...]]


@pytest.fixture
def engine(engine_over: MakeEngine) -> OpenIndex:
    return engine_over(
        article("a", "Outlook startar inte", "Byt lösenordet. En skrivare och 0x8004de40."),
        article("b", "Printer settings", "Your password and passport.", language="en"),
        article("c", "Konto", "En skrivare och ett skrivbord. Skrivaren."),
        article("d", "Nytt", "En skrivare."),
    )


@pytest.fixture
def suggest(engine: OpenIndex) -> Suggest:
    return lambda text: engine.search(Query(text)).suggestions


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("skriv", "skrivare"),
        ("skriv", "skrivbord"),
        ("Skriv", "skrivare"),
        ("pass", "password"),
        ("outlook skriv", "outlook skrivare"),
        ("  outlook  skriv", "outlook  skrivare"),
        ('"startar inte" skriv', '"startar inte" skrivare'),
        ("konto -lösenord skriv", "konto -lösenord skrivare"),
    ],
)
def test_the_word_being_typed_is_completed(suggest: Suggest, typed: str, expected: str) -> None:
    assert expected in suggest(typed)


def test_words_of_both_languages_are_suggested(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("a", "Titel", "printare", language="sv"), article("b", "Title", "printing", language="en")
    )
    for reader in ("sv", "en"):
        assert {"printare", "printing"} <= set(
            engine.search(Query("print", reader_language=reader)).suggestions
        )


def test_the_more_frequent_word_comes_first(suggest: Suggest) -> None:
    found = suggest("skriv")
    assert found.index("skrivare") < found.index("skrivbord")


@pytest.mark.parametrize("typed", ["outlook pass", '"startar inte" pass', "outlook skrivb"])
def test_nothing_is_suggested_that_the_other_words_rule_out(suggest: Suggest, typed: str) -> None:
    assert not suggest(typed)


def test_what_is_excluded_is_not_suggested_from(suggest: Suggest) -> None:
    assert "-konto skrivbord" not in suggest("-konto skriv")
    assert "-konto skrivare" in suggest("-konto skriv")


@pytest.mark.parametrize(
    "typed", ["", " ", "skriv ", "outlook ", "skriv, ", "s", "skrivbord", "qqqq", '"skriv"', "8004"]
)
def test_where_no_word_is_being_typed_nothing_is_suggested(suggest: Suggest, typed: str) -> None:
    assert not suggest(typed)


def test_codes_are_not_suggested(suggest: Suggest) -> None:
    assert not suggest("0x80")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("outl", "outlook startar inte"),
        ("star", "startar inte"),
        ("Outl", "outlook startar inte"),
        ("prin", "printer settings"),
    ],
)
def test_titles_go_on_with_the_word_being_typed(suggest: Suggest, typed: str, expected: str) -> None:
    assert expected in [text.casefold() for text in suggest(typed)]


def test_a_suggestion_is_never_what_is_typed_and_never_comes_twice(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Skrivare skrivare", "skrivare"), article("b", "Skrivare", "skrivaren"))
    for typed in ("skriv", "skrivare", "Skrivare", "skrivare skriv"):
        found = engine.search(Query(typed)).suggestions
        folded = [text.casefold() for text in found]
        assert typed.casefold() not in folded
        assert len(set(found)) == len(found)


def test_the_words_of_several_libraries_are_suggested_together(tmp_path: Path) -> None:
    others = [article("b", "Konto", "skrivbord"), article("c", "Annat", "skrivtavla")]
    libraries = [
        MemoryLibrary(tmp_path / "one", [article("a", "Konto", "skrivare")]),
        MemoryLibrary(tmp_path / "other", others),
    ]
    search = LibrarySearch(libraries, tmp_path / "cache")
    alone, beside = (search.search(Query(text)).suggestions for text in ("skriv", "konto skriv"))
    search.close()
    assert {"skrivare", "skrivbord", "skrivtavla"} <= set(alone)
    assert {"konto skrivare", "konto skrivbord"} <= set(beside)
    assert "konto skrivtavla" not in beside


_WORDS = "lösenord password messenger möte server kod inte och the".split()
_TYPED = st.lists(st.sampled_from(_WORDS), max_size=2)


@given(_TYPED, st.text(alphabet="abcdefgimlöåäprstunk", min_size=2, max_size=3))
def test_every_suggestion_finds_something(shipped: OpenIndex, head: list[str], begun: str) -> None:
    typed = " ".join([*head, begun])
    for text in shipped.search(Query(typed)).suggestions:
        answer = shipped.search(Query(f"{text} "))
        assert answer.hits
        assert not answer.is_related
        assert answer.corrected is None
