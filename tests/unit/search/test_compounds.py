"""Words written as one and words written apart find each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.hits import Hit, Query
from kbviewer.search.compounds import Splitter
from tests.unit.search.conftest import MakeEngine
from tests.unit.search.small_library import OpenIndex, article

# The parts have to be words of the library.
PARTS = article("parts", "Ord", "Nätverk. Problem. Kund. Vagn. Dator. Arbete. Tjänst. Konto. Administratör.")


def ask(engine: OpenIndex, query: str) -> list[str]:
    answer = engine.search(Query(query, limit=100))
    assert not answer.is_related
    return [hit.article for hit in answer.hits]


def marked(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.marks]


@pytest.fixture
def engine(engine_over: MakeEngine) -> OpenIndex:
    return engine_over(
        PARTS,
        article("joined", "A", "En kundvagn."),
        article("apart", "B", "En kund med sin vagn."),
        article("hyphen", "C", "En kund-vagn."),
        article("half", "D", "En kund."),
    )


def test_words_typed_apart_find_the_compound(engine: OpenIndex) -> None:
    found = ask(engine, "kund vagn ")
    assert {"joined", "apart", "hyphen"} <= set(found)
    assert found.index("joined") < found.index("half")


def test_a_compound_finds_its_words_apart(engine: OpenIndex) -> None:
    found = ask(engine, "kundvagn ")
    assert found[0] in ("joined", "hyphen")
    assert {"joined", "apart", "hyphen"} <= set(found)
    assert "half" not in found


def test_a_hyphen_makes_no_difference(engine: OpenIndex) -> None:
    assert {"joined", "hyphen"} <= set(ask(engine, "kund-vagn "))
    assert {"joined", "hyphen"} <= set(ask(engine, "kundvagnen "))


def test_the_word_as_typed_comes_before_its_parts(engine: OpenIndex) -> None:
    found = ask(engine, "kundvagn ")
    assert found.index("joined") < found.index("apart")


@pytest.mark.parametrize("query", ["nätverksproblem ", "Nätverksproblem ", "nätverksproblem"])
def test_a_compound_is_the_same_as_its_parts_in_a_sentence(engine_over: MakeEngine, query: str) -> None:
    engine = engine_over(
        PARTS,
        article("sentence", "A", "Vanliga problem med ditt nätverk."),
        article("inflected", "B", "Problemen i nätverket."),
        article("one", "C", "Ett nätverk."),
    )
    found = ask(engine, query)
    assert {"sentence", "inflected"} <= set(found)
    assert "one" not in found


def test_parts_joined_with_an_s_are_found_by_the_words_apart(engine_over: MakeEngine) -> None:
    engine = engine_over(PARTS, article("a", "Titel", "Felet är ett nätverksproblem."))
    for query in ("nätverk problem ", "nätverks problem ", "nätverksproblem "):
        assert "a" in ask(engine, query), query
    assert ask(engine, "nätverk problem ")[0] in ("a", "parts")


def test_a_part_finds_the_compounds_that_begin_or_end_with_it(engine_over: MakeEngine) -> None:
    engine = engine_over(
        PARTS,
        article("first", "A", "nätverksproblem"),
        article("last", "B", "datornätverk"),
        article("other", "C", "vagn"),
    )
    assert set(ask(engine, "nätverk ")) == {"parts", "first", "last"}
    assert ask(engine, "nätverk ")[0] == "parts"
    assert set(ask(engine, "nätverket ")) == {"parts", "first", "last"}


@pytest.mark.parametrize("query", ["datornätverksproblem ", "datornätverksproblem"])
def test_a_compound_of_three_finds_its_three_words(engine_over: MakeEngine, query: str) -> None:
    engine = engine_over(
        PARTS,
        article("three", "A", "En dator med problem i sitt nätverk."),
        article("two", "B", "Ett problem i nätverket."),
    )
    found = ask(engine, query)
    assert {"parts", "three"} <= set(found)
    assert "two" not in found


def test_what_is_no_compound_is_not_taken_apart(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Titel", "En ton. Ett kor. Dal och sal."), article("b", "B", "kontor"))
    assert ask(engine, "kontor ") == ["b"]


@pytest.mark.parametrize("query", ["note pad ", "note pads ", "note pa"])
def test_words_typed_apart_need_not_be_words_themselves(engine_over: MakeEngine, query: str) -> None:
    engine = engine_over(
        article("a", "Title", "Open it in Notepad.", language="en"), article("b", "Title", "Text.")
    )
    (hit,) = engine.search(Query(query)).hits
    assert (hit.article, hit.missing, marked(hit)) == ("a", (), ["Notepad"])


def test_the_parts_are_marked(engine_over: MakeEngine) -> None:
    engine = engine_over(PARTS, article("a", "Titel", "Vanliga problem med ditt nätverk."))
    hit = next(hit for hit in engine.search(Query("nätverksproblem ")).hits if hit.article == "a")
    assert marked(hit) == ["problem", "nätverk"]
    assert hit.missing == ()


def test_the_compound_is_marked_as_a_whole(engine: OpenIndex) -> None:
    hit = next(hit for hit in engine.search(Query("kund vagn ")).hits if hit.article == "joined")
    assert marked(hit) == ["kundvagn"]
    assert hit.missing == ()


def test_an_excluded_word_does_not_exclude_its_compounds(engine: OpenIndex) -> None:
    found = ask(engine, "vagn -kund ")
    assert "joined" in found
    assert "apart" not in found


WORDS = dict.fromkeys("nätverk problem kund vagn dator skola arbete bil".split(), 3) | {"ton": 1}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("kundvagn", ("kund", "vagn")),
        ("nätverksproblem", ("nätverk", "problem")),
        ("datornätverksproblem", ("dator", "nätverk", "problem")),
        ("skolproblem", ("skola", "problem")),
        ("bilproblem", ("bil", "problem")),
        ("tonproblem", ()),
        ("problem", ()),
        ("kund1vagn", ()),
        ("kundvagnx", ()),
        ("kundkundkundkundkundkundkundkundkundkundkundkund", ()),
    ],
)
def test_a_word_is_taken_apart_where_its_parts_are_known(word: str, parts: tuple[str, ...]) -> None:
    assert Splitter(lambda part: WORDS.get(part, 0)).parts(word) == parts


@given(st.lists(st.sampled_from([*WORDS, "s", "x", "-", "å"]), max_size=12).map("".join))
def test_parts_are_always_known_words(word: str) -> None:
    parts = Splitter(lambda part: WORDS.get(part, 0)).parts(word)
    assert set(parts) <= set(WORDS)
    assert len(parts) != 1
    assert len("".join(parts)) <= len(word) + len(parts)
