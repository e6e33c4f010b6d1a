"""The snippet shows the match, fits, and says something new."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.search.analysis import Analyzer, normalise
from kbviewer.search.snippets import MAX_CHARACTERS, Matcher, make_snippet

LONG = "Ord före. " * 40 + "Här ändras lösenordet på servern. " + "Ord efter. " * 40


def matcher(*words: str) -> Matcher:
    analyzer = Analyzer()
    answers = {term: (i, 1.0) for i, word in enumerate(words) for term in (word, *analyzer.stems(word))}
    return Matcher(answers, analyzer.forms)


def test_the_window_shows_the_match_and_marks_the_inflected_word() -> None:
    snippet, marks = make_snippet(LONG, "Titel", matcher("lösenord"))
    assert [snippet[start:end] for start, end in marks] == ["lösenordet"]


def test_the_window_with_most_of_the_words_wins() -> None:
    text = "lösenord " + "ord " * 100 + "lösenord på servern " + "ord " * 100
    snippet, marks = make_snippet(text, "", matcher("lösenord", "server"))
    assert {snippet[start:end] for start, end in marks} == {"lösenord", "servern"}


def test_the_title_is_not_repeated() -> None:
    snippet, _ = make_snippet("Byt lösenord\nGör så här.", "Byt lösenord", matcher("lösenord"))
    assert snippet == "Gör så här."


def test_words_are_not_cut_in_two() -> None:
    snippet, _ = make_snippet(LONG, "", matcher("lösenord"))
    assert all(word in LONG.split() for word in snippet.strip("…").split())


@given(
    st.text(alphabet="ab åö.?!\n\"'-…lösenordet\u00a0😀", max_size=900),
    st.text(alphabet="ab åö", max_size=12),
)
def test_every_snippet_fits_and_its_marks_lie_inside(text: str, title: str) -> None:
    snippet, marks = make_snippet(normalise(text), title, matcher("lösenord", "a", "ö"))
    assert len(snippet) <= MAX_CHARACTERS
    last = 0
    for start, end in marks:
        assert last <= start < end <= len(snippet)
        last = end
