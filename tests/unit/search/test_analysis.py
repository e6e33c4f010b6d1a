"""Words, literals and stems."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.search.analysis import Analyzer, fold_diacritics, joined_form, normalise, tokens
from kbviewer.search.languages import LANGUAGES
from kbviewer.search.stemming import make_stem

STEMS = {language: make_stem(language) for language in LANGUAGES}


def found(text: str) -> list[str]:
    return [token.text for token in tokens(normalise(text))]


@pytest.mark.parametrize(
    "literal",
    ["0x8004de40", "0x80070005", "30016-4", "5.7.64", "certmgr.msc", "user@domain", "e-postadress"],
)
def test_a_literal_is_found_whole(literal: str) -> None:
    assert literal in found(f"Felet ({literal}).")


def test_a_literal_is_found_by_its_parts_as_well() -> None:
    assert {"certmgr", "msc"} <= set(found("certmgr.msc"))
    assert {"sqlstate", "hy000"} <= set(found("SQLSTATE[HY000]"))


def test_punctuation_around_a_literal_does_not_matter() -> None:
    assert found("(SQLSTATE[HY000]:")[0] == found("SQLSTATE[HY000]")[0]
    assert found("/?sl=1")[0] == found("sl=1")[0] == "sl=1"


def test_every_form_of_a_knowledge_base_number_has_the_number() -> None:
    assert all("307294" in found(form) for form in ("KB307294", "Q307294", "307294", "kb307294"))


def test_composed_and_decomposed_letters_are_one() -> None:
    assert found("lo\u0308senord") == found("lösenord")


@pytest.mark.parametrize(
    "forms",
    [
        "lösenord lösenordet lösenorden lösenordets",
        "möte mötet möten mötena mötets",
        "telefonnummer telefonnumret telefonnumren",
        "inloggning inloggningen inloggningar inloggningarna",
        "konto kontot konton kontona",
        "sida sidan sidor sidorna",
        "fönster fönstret fönstren",
        "server servern servrar servrarna",
        "program programmet programmen",
        "dator datorn datorer datorerna",
        "felmeddelande felmeddelandet felmeddelanden felmeddelandena",
        "användare användaren användarna",
        "nyckel nyckeln nycklar",
        "paket paketet",
        "krascha kraschar kraschade",
    ],
)
def test_inflected_forms_of_a_swedish_word_share_a_stem(forms: str) -> None:
    assert len({STEMS["sv"](form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "forms", ["crash crashes crashed crashing", "password passwords", "meeting meetings"]
)
def test_inflected_forms_of_an_english_word_share_a_stem(forms: str) -> None:
    assert len({STEMS["en"](form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("för", "for"), ("får", "far"), ("internet", "intern")])
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert STEMS["sv"](one) != STEMS["sv"](other)


def test_a_hyphen_may_be_left_out() -> None:
    assert STEMS["sv"](joined_form("e-postadressen")) == STEMS["sv"](joined_form("epostadress"))


def test_a_word_with_hyphens_is_a_word_without_as_well() -> None:
    """Whoever types "epost" means e-post, also before the word is complete."""
    assert {"e-postadress", "epostadress", "postadress"} <= set(Analyzer().words("e-postadress"))
    assert "300164" not in Analyzer().words("30016-4")


def test_folding_takes_away_dots_and_rings_only() -> None:
    assert fold_diacritics("lösenord på é") == "losenord pa e"


@given(st.text())
def test_every_token_stands_where_it_says(text: str) -> None:
    normal = normalise(text)
    for token in tokens(normal):
        assert 0 <= token.start < token.end <= len(normal)
        assert token.text


@given(st.text())
def test_no_text_breaks_the_stems(text: str) -> None:
    for word in Analyzer().words(normalise(text)):
        assert word
        for stem in STEMS.values():
            assert stem(word)


@given(st.text(alphabet="aåö-./ 12\n", max_size=60))
def test_words_are_counted_as_they_come(text: str) -> None:
    normal = normalise(text)
    assert Analyzer().count_words(normal) == Counter(Analyzer().words(normal))
