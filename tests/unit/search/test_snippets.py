"""The snippet shows the match, fits, and says something new."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.search.analysis import Analyzer, normalise
from kbviewer.search.matching import Matcher
from kbviewer.search.snippets import MAX_CHARACTERS, Marks, make_snippet
from kbviewer.search.stemming import make_stem

LONG = "Ord före. " * 40 + "Här ändras lösenordet på servern. " + "Ord efter. " * 40


STEM = make_stem("sv")


def snippet_of(text: str, title: str, *words: str) -> tuple[str, Marks]:
    """Return the snippet of a text of whose words those with a stem of `words` answer."""
    analyzer = Analyzer()
    text = normalise(text)
    answers = [
        {form: 1.0 for form in analyzer.words(text) if form == word or STEM(form) == STEM(word)}
        for word in words
    ]
    matcher = Matcher(answers, analyzer.forms)
    return make_snippet(text, title, matcher.find(text), matcher)


def test_the_window_shows_the_match_and_marks_the_inflected_word() -> None:
    snippet, marks = snippet_of(LONG, "Titel", "lösenord")
    assert [snippet[start:end] for start, end in marks] == ["lösenordet"]


def test_the_window_with_most_of_the_words_wins() -> None:
    text = "lösenord " + "ord " * 100 + "lösenord på servern " + "ord " * 100
    snippet, marks = snippet_of(text, "", "lösenord", "server")
    assert {snippet[start:end] for start, end in marks} == {"lösenord", "servern"}


def test_the_title_is_not_repeated() -> None:
    snippet, _ = snippet_of("Byt lösenord\nGör så här.", "Byt lösenord", "lösenord")
    assert snippet == "Gör så här."


def test_words_are_not_cut_in_two() -> None:
    snippet, _ = snippet_of(LONG, "", "lösenord")
    assert all(word in LONG.split() for word in snippet.strip("…").split())


@given(
    st.text(alphabet="ab åö.?!\n\"'-…lösenordet\u00a0😀", max_size=900),
    st.text(alphabet="ab åö", max_size=12),
)
def test_every_snippet_fits_and_its_marks_lie_inside(text: str, title: str) -> None:
    snippet, marks = snippet_of(text, title, "lösenord", "a", "ö")
    assert len(snippet) <= MAX_CHARACTERS
    last = 0
    for start, end in marks:
        assert last <= start < end <= len(snippet)
        last = end
