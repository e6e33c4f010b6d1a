"""What is typed is always a query."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.search.query_text import MAX_TERMS, parse_query


def wanted(text: str) -> list[tuple[str, ...]]:
    return [term.tokens for term in parse_query(text).wanted]


def test_quotes_make_a_phrase() -> None:
    term, word = parse_query('"Servern svarar inte" nu').wanted
    assert term.is_phrase
    assert term.tokens == ("servern", "svarar", "inte")
    assert not word.is_phrase


def test_typographic_quotes_make_a_phrase_too() -> None:
    assert wanted("”servern svarar”") == [("servern", "svarar")]


def test_a_quote_that_is_not_closed_yet_is_no_phrase() -> None:
    assert wanted('"servern svar') == [("servern",), ("svar",)]


def test_a_leading_minus_excludes() -> None:
    query = parse_query("brandvägg -port")
    assert [term.tokens for term in query.unwanted] == [("port",)]


def test_a_minus_inside_a_word_excludes_nothing() -> None:
    assert not parse_query("e-post 30016-4").unwanted


def test_a_query_of_nothing_but_exclusions_is_looked_for() -> None:
    assert wanted("-verbose") == [("verbose",)]


def test_only_the_last_word_is_still_being_typed() -> None:
    assert [term.is_open for term in parse_query("logga in").wanted] == [False, True]
    assert not parse_query("logga ").wanted[-1].is_open


def test_operators_and_wildcards_are_text() -> None:
    assert wanted("[a TO zz] NOT OR *e*") == [("a",), ("to",), ("zz",), ("not",), ("or",), ("e",)]


@given(st.text() | st.text(alphabet='" -*ab[]()“”~^:\\\x00\ud800', max_size=700))
def test_no_text_is_an_error_or_over_the_limits(text: str) -> None:
    query = parse_query(text)
    assert len(query.wanted) <= MAX_TERMS
    assert len(query.unwanted) <= MAX_TERMS
    assert all(term.tokens and all(term.tokens) for term in (*query.wanted, *query.unwanted))
