"""How alike a match must be."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.ui.article.find import FindOptions, SoughtText

ANY = FindOptions()
CASE = FindOptions(match_case=True)
WORDS = FindOptions(whole_words=True)
LETTERS = FindOptions(diacritics=True)


def found(text: str, sought: str, options: FindOptions = ANY) -> list[str]:
    """Return the matches as they are written."""
    return [text[start:end] for start, end in SoughtText(text).matches(sought, options)]


def test_who_types_a_finds_letters_with_marks_too() -> None:
    """On a foreign keyboard, or in a hurry."""
    assert found("Lösenord, losenord, LÖSENORD", "losenord") == ["Lösenord", "losenord", "LÖSENORD"]
    assert found("Café", "cafe") == ["Café"]


def test_who_types_the_mark_means_it() -> None:
    """Får is not far."""
    assert found("får far fär FÅR", "får") == ["får", "FÅR"]


def test_letters_can_be_told_apart() -> None:
    """In Swedish they are letters of their own."""
    assert found("mal mål mäl", "mal", LETTERS) == ["mal"]
    assert found("mal mål MÅL", "mål", LETTERS) == ["mål", "MÅL"]


def test_case_can_matter() -> None:
    """Names of programs and variables."""
    assert found("Outlook outlook OUTLOOK", "Outlook", CASE) == ["Outlook"]
    assert found("Åka åka aka", "aka", CASE) == ["åka", "aka"]


def test_whole_words_leave_out_what_only_contains_the_text() -> None:
    """Edges that are no letters do not matter."""
    text = "kod, koden, avkod; kod-kod (kod) kod_1 kod"
    assert len(found(text, "kod", WORDS)) == 5
    assert found("a.b c", ".b", WORDS) == [".b"]
    assert found("xaxa xa", "xa", WORDS) == ["xa"]


def test_letters_in_two_parts_are_found_and_marked_whole() -> None:
    """Text that was pasted from a Mac."""
    text = unicodedata.normalize("NFD", "Ett lösenord här")
    assert found(text, "lösenord") == [unicodedata.normalize("NFD", "lösenord")]
    assert found(text, "losenord") == [unicodedata.normalize("NFD", "lösenord")]
    assert found(text, "här") == [unicodedata.normalize("NFD", "här")]


def test_positions_are_those_of_a_text_document() -> None:
    """Which counts characters beyond the basic plane twice."""
    assert SoughtText("😀 ö 😀 o").matches("o") == [(3, 4), (8, 9)]


@pytest.mark.parametrize("options", [ANY, CASE, WORDS, LETTERS])
@given(
    text=st.text(alphabet="aåäAÅö ob.\u0308\U0001f600", max_size=40),
    sought=st.text("aåäAb ", min_size=1, max_size=4),
)
def test_matches_are_in_order_and_inside_the_text(text: str, sought: str, options: FindOptions) -> None:
    """Whatever the text."""
    length = len(text.encode("utf-16-le")) // 2
    ends = [0]
    for start, end in SoughtText(text).matches(sought, options):
        assert ends[-1] <= start < end <= length
        ends.append(end)


@given(text=st.text(alphabet="aåäAÅö ob.", max_size=40), sought=st.text("aåäAb", min_size=1, max_size=4))
def test_stricter_options_never_find_more(text: str, sought: str) -> None:
    """They narrow."""
    loose = len(SoughtText(text).matches(sought, ANY))
    assert all(len(SoughtText(text).matches(sought, options)) <= loose for options in (CASE, LETTERS))


@given(
    st.text(
        st.characters(min_codepoint=0xC0, max_codepoint=0x1EFF, exclude_categories=["Cs", "Mn"]), max_size=30
    )
)
def test_letters_of_every_alphabet_are_found_by_themselves_and_without_their_marks(text: str) -> None:
    """Texts are made bare letter by letter, whether few or hundreds of them have marks."""
    many = "".join(letter for letter in map(chr, range(0xC0, 0x1F00)) if unicodedata.decomposition(letter))
    for hay in (text, f"{many}|{text}"):
        bare = "".join(
            parts[0] if all(map(unicodedata.combining, parts[1:])) else letter
            for letter in unicodedata.normalize("NFC", text)
            if (parts := unicodedata.normalize("NFD", letter))
        )
        if bare.strip():
            assert SoughtText(hay).matches(bare)
            assert SoughtText(hay).matches(text)
