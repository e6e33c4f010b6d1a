"""A line is cut so that the first match stays in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.ui.search.marked_text import MarkedLine, Span, clean_marks, fit_lines

TEXT = "Check the cable, then the switch, then the wall, and at last join the meeting again from home"
JOIN = (TEXT.index("join"), TEXT.index("join") + 4)


def fit_line(text: str, marks: Sequence[Span], width: float, measure: Callable[[str], float]) -> MarkedLine:
    """The only line where there is room for one."""
    (line,) = fit_lines(text, marks, width, measure, 1)
    return line


def shown_matches(text: str, marks: tuple[tuple[int, int], ...], width: int) -> list[str]:
    line = fit_line(text, marks, width, len)
    return [line.text[start:end] for start, end in line.marks]


def test_a_line_that_fits_stays_as_it_is() -> None:
    """Nothing is cut, the marks stay where they were."""
    line = fit_line(TEXT, (JOIN,), 200, len)

    assert (line.text, line.marks) == (TEXT, (JOIN,))


def test_the_end_is_cut_when_the_match_is_near_the_start() -> None:
    """The sentence is read from its beginning wherever that is possible."""
    line = fit_line(TEXT, ((0, 5),), 20, len)

    assert line.text == "Check the cable, th…"
    assert line.marks == ((0, 5),)


def test_the_start_is_cut_at_a_word_when_the_match_is_far() -> None:
    """The match stands within the line, with some text before it."""
    line = fit_line(TEXT, (JOIN,), 30, len)

    assert line.text.startswith("…at last join")
    assert [line.text[start:end] for start, end in line.marks] == ["join"]


def test_without_a_match_the_end_is_cut() -> None:
    """A title that was found by another field has no marks."""
    assert fit_line(TEXT, (), 10, len).text == "Check the…"


def test_marks_that_touch_become_one() -> None:
    """Two marks over one word would be painted twice."""
    assert clean_marks("abcdef", [(3, 5), (0, 2), (2, 3)]) == ((0, 5),)


def test_marks_outside_the_text_are_dropped() -> None:
    """An index from yesterday may speak of a longer text."""
    assert clean_marks("abc", [(1, 9), (5, 7), (2, 1)]) == ((1, 3),)


def test_line_breaks_count_as_spaces() -> None:
    """A row has one line, whatever the article had."""
    assert fit_line("one\ntwo", (), 20, len).text == "one two"


@given(
    st.text(alphabet="ab å", min_size=1, max_size=80),
    st.integers(0, 79),
    st.integers(1, 8),
    st.integers(1, 60),
)
def test_a_cut_line_fits_and_marks_only_the_match(text: str, start: int, length: int, width: int) -> None:
    """Whatever the text, what is marked is a piece of the match and the line is no wider than its place."""
    marks = clean_marks(text, [(start, start + length)])

    line = fit_line(text, marks, width, len)

    assert len(line.text) <= max(width, 2)
    for first, last in line.marks:
        assert 0 <= first < last <= len(line.text)
        assert line.text[first:last] in text


def test_the_first_match_stays_in_sight_at_every_width_that_holds_it() -> None:
    """Narrow windows lose context, not the match."""
    for width in range(8, 120):
        assert shown_matches(TEXT, (JOIN,), width)[:1] == ["join"], width


def lines_of(text: str, marks: tuple[tuple[int, int], ...], width: int) -> list[str]:
    return [line.text for line in fit_lines(text, marks, width, len)]


def test_a_cut_start_leaves_no_room_unused() -> None:
    """A title whose last word matches shows as much before it as fits."""
    title = "Known issue in the web shop: payments fail"

    line = fit_line(title, ((29, 37),), 32, len)
    first, second = fit_lines(TEXT, ((88, 92),), 30, len)

    assert line.text == "…in the web shop: payments fail"
    assert (first.text, second.text) == ("…wall, and at last join the", "meeting again from home")


def test_two_lines_break_between_words() -> None:
    """As in a paragraph; only the last line is cut."""
    assert lines_of(TEXT, (), 30) == ["Check the cable, then the", "switch, then the wall, and at…"]


def test_what_fits_into_one_line_has_one() -> None:
    """A row with a short snippet is lower."""
    assert lines_of("one two", (), 20) == ["one two"]
    assert lines_of("", (), 20) == [""]


def test_two_lines_begin_later_when_the_match_is_far() -> None:
    """With a word or two before it."""
    first, second = fit_lines(TEXT, (JOIN,), 24, len)

    assert first.text.startswith("…")
    assert [first.text[start:end] for start, end in first.marks] == ["join"]
    assert not second.text.startswith("…")


def test_a_match_over_the_end_of_a_line_is_marked_on_both() -> None:
    """Phrases may be longer than a line."""
    lines = fit_lines("alpha beta gamma", ((6, 16),), 11, len)

    assert [[line.text[a:b] for a, b in line.marks] for line in lines] == [["beta"], ["gamma"]]


def test_a_word_wider_than_a_line_is_broken() -> None:
    """Paths and addresses have no blanks."""
    assert lines_of("c:/windows/system32/drivers", (), 10) == ["c:/windows", "/system32…"]


@given(
    st.text(alphabet="ab å\n", min_size=0, max_size=120),
    st.integers(0, 119),
    st.integers(1, 8),
    st.integers(2, 60),
)
def test_lines_fit_and_mark_only_the_match(text: str, start: int, length: int, width: int) -> None:
    """Whatever the text: no line is wider than its place, and the first match begins in sight."""
    marks = clean_marks(text, [(start, start + length)])

    lines = fit_lines(text, marks, width, len)

    assert 1 <= len(lines) <= 2
    for line in lines:
        assert len(line.text) <= width
        for first, last in line.marks:
            assert 0 <= first < last <= len(line.text)
            assert line.text[first:last] in text.replace("\n", " ")
    if marks and width > length + 2:
        assert any(line.marks for line in lines)
