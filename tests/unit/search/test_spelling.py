"""Misspelt words find what was meant, and that is told; words that somebody has are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbviewer.model.hits import Query, SearchAnswer
from kbviewer.search.spelling import Spelling
from tests.unit.search.conftest import MakeEngine
from tests.unit.search.small_library import OpenIndex, article, heading

MANY = 30
ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"


@pytest.fixture
def engine(engine_over: MakeEngine) -> OpenIndex:
    return engine_over(
        article("settings", "Titel", "Inställningar för skrivaren."),
        article("password", "Titel", "Återställ ett lösenord."),
        article("cert", "Titel", "Ett certifikat, kod abcd1234."),
        article("code", "Titel", "Outlook visar fel 0x8004de40 i certmgr.msc."),
    )


def ask(engine: OpenIndex, query: str) -> SearchAnswer:
    return engine.search(Query(query, limit=100))


def articles(answer: SearchAnswer) -> list[str]:
    return [hit.article for hit in answer.hits]


@pytest.mark.parametrize(
    ("typed", "meant", "expected"),
    [
        ("skrivarren ", "skrivaren", "settings"),  # a letter too many
        ("skrvaren ", "skrivaren", "settings"),  # one too few
        ("skribaren ", "skrivaren", "settings"),  # another one
        ("skriavren ", "skrivaren", "settings"),  # two swapped
        ("certfikta ", "certifikat", "cert"),  # two slips in a long word
        ("losenrod ", "lösenord", "password"),  # a slip and no dots
        ("LÖSENROD ", "lösenord", "password"),
        ("outlok ", "outlook", "code"),
    ],
)
def test_a_misspelt_word_finds_what_was_meant(
    engine: OpenIndex, typed: str, meant: str, expected: str
) -> None:
    answer = ask(engine, typed)
    assert articles(answer) == [expected]
    assert answer.corrected == meant
    assert not answer.is_related


@pytest.mark.parametrize(("typed", "expected"), [("certfik", "cert"), ("skrviar", "settings")])
def test_a_misspelt_word_may_be_half_typed(engine: OpenIndex, typed: str, expected: str) -> None:
    assert articles(ask(engine, typed)) == [expected]
    assert articles(ask(engine, f"{typed} ")) != [expected] or ask(engine, f"{typed} ").is_related


@pytest.mark.parametrize("typed", ["xkrvarem ", "qqqqqqqq ", "lösn ", "ett1 "])
def test_what_is_too_far_from_any_word_is_not_corrected(engine: OpenIndex, typed: str) -> None:
    assert ask(engine, typed).corrected is None


@pytest.mark.parametrize(
    "code", ["0x8004de41 ", "abcd1235 ", "certmgr.msd ", "0x8004de4 ", "kb30729 ", "8004 "]
)
def test_a_code_is_never_corrected(engine: OpenIndex, code: str) -> None:
    """A code that is nearly another one is another one."""
    answer = ask(engine, code)
    assert answer.corrected is None
    assert "abcd1234" not in [hit.snippet for hit in answer.hits]


def test_the_whole_query_is_told_with_its_other_words_as_typed(engine: OpenIndex) -> None:
    answer = ask(engine, "Återställ  lösenrod nu ")
    assert answer.corrected == "Återställ  lösenord nu"
    assert articles(answer)[0] == "password"


def test_each_misspelt_word_is_corrected(engine: OpenIndex) -> None:
    assert ask(engine, "outlok skrviaren ").corrected == "outlook skrivaren"


@pytest.mark.parametrize(
    "query", ["skrivaren ", "skrivare ", "losenord ", "skriv", "lösenorden ", "lösenordets "]
)
def test_a_word_that_is_there_in_some_form_is_not_corrected(engine: OpenIndex, query: str) -> None:
    answer = ask(engine, query)
    assert answer.hits
    assert answer.corrected is None


@pytest.mark.parametrize("query", ['"skrvaren"', '"lösenrod nu"', "outlook -skrvaren "])
def test_quoted_and_excluded_words_are_meant_as_they_are(engine: OpenIndex, query: str) -> None:
    assert ask(engine, query.replace("nu", "")).corrected is None


def test_what_answers_a_misspelt_word_is_marked(engine: OpenIndex) -> None:
    (hit,) = ask(engine, "skrvaren ").hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["skrivaren"]
    assert hit.missing == ()


def test_a_misspelt_word_opens_the_section_that_has_the_right_one(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Titel", "Text.", heading("Mera", "more"), "En skrivare."))
    (hit,) = ask(engine, "skrviare ").hits
    assert hit.anchor == "more"


def test_the_more_frequent_of_two_near_words_is_offered(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("rare", "Titel", "kontor"), *(article(f"a{at}", "Titel", "konton") for at in range(3))
    )
    assert ask(engine, "kontox ").corrected == "konton"


def test_a_rare_slip_that_a_library_shares_also_finds_the_usual_word(engine_over: MakeEngine) -> None:
    """Else one misspelt article would hide all the others from who makes the same mistake."""
    usual = [article(f"a{at}", "Titel", "Inställningar här.") for at in range(MANY)]
    engine = engine_over(*usual, article("slip", "Titel", "Instälningar här."))
    answer = ask(engine, "instälningar ")
    assert articles(answer)[0] == "slip"
    assert len(answer.hits) == MANY + 1
    assert answer.corrected is None
    assert "slip" not in articles(ask(engine, "inställningar "))


def test_two_words_that_are_both_in_use_do_not_answer_for_one_another(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Titel", "vagnen"), article("b", "Titel", "vagnar vagnet"))
    assert articles(ask(engine, '"vagnen"')) == ["a"]
    engine = engine_over(article("a", "Titel", "porten"), article("b", "Titel", "posten"))
    assert articles(ask(engine, "porten ")) == ["a"]


_LONG = st.text(alphabet=ALPHABET, min_size=6, max_size=14)


@settings(max_examples=40)
@given(_LONG, st.integers(0, 3), st.integers(1, 12), st.sampled_from(ALPHABET))
def test_any_single_slip_behind_the_first_letter_is_seen(
    engine_over: MakeEngine, word: str, kind: int, at: int, letter: str
) -> None:
    at = min(at, len(word) - 2)
    typed = (
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )[kind]
    shard = engine_over(article("a", "Titel", word)).shard
    words = [
        shard.vocabulary.table.words[number] for number in Spelling(shard.vocabulary.table).similar(typed)
    ]
    assert word in words


@given(st.text(max_size=30))
def test_no_word_breaks_the_speller(shipped: OpenIndex, word: str) -> None:
    speller = Spelling(shipped.shard.vocabulary.table)
    found = [*speller.similar(word), *speller.begun(word)]
    assert all(shipped.shard.vocabulary.table.frequencies[number] for number in found)
