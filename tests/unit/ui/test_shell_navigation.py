"""Back and forward."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.progress import ReadingPlace
from kbviewer.ui.shell.navigation import HOME, History, Stop


def place(article: str, anchor: str = "a", fraction: float = 0.25) -> ReadingPlace:
    return ReadingPlace(article, "sv", anchor, fraction)


def test_history_begins_at_home_with_nowhere_to_go() -> None:
    """The buttons are grey when the program starts."""
    history = History()
    assert history.current == HOME
    assert not history.can_go_back
    assert not history.can_go_forward
    assert history.back() is None
    assert history.forward() is None
    assert history.current == HOME


def test_back_returns_to_the_exact_place_that_was_left() -> None:
    """A reader who follows a link wants the same line back, not the top."""
    history = History()
    history.visit(Stop("one"))
    history.leave(place("one", "step-3", 0.5))
    history.visit(Stop("two"))
    assert history.back() == Stop("one", place=place("one", "step-3", 0.5))


def test_forward_returns_to_where_back_was_pressed() -> None:
    """Back and forward are each other's undo."""
    history = History()
    history.visit(Stop("one"))
    history.leave(place("one"))
    history.visit(Stop("two"))
    history.leave(place("two", "end"))
    history.back()
    assert history.forward() == Stop("two", place=place("two", "end"))


def test_a_new_page_forgets_what_lay_ahead() -> None:
    """As in every browser."""
    history = History()
    for name in ("one", "two"):
        history.visit(Stop(name))
    history.back()
    history.visit(Stop("three"))
    assert not history.can_go_forward
    assert history.back() == Stop("one")


def test_the_same_page_again_is_no_new_stop() -> None:
    """Pressing home twice must not need back twice."""
    history = History()
    history.visit(Stop("one"))
    history.visit(Stop("one"))
    history.back()
    assert history.current == HOME


def test_a_jump_to_a_section_is_a_stop_of_its_own() -> None:
    """Back returns from the section that the matrix led to."""
    history = History()
    history.visit(Stop("one"))
    history.leave(place("one", "matrix"))
    history.visit(Stop("one", "client"))
    assert history.back() == Stop("one", place=place("one", "matrix"))


def test_a_place_in_another_article_is_not_kept_on_this_page() -> None:
    """A late signal from the page before must not send the reader to the wrong article."""
    history = History()
    history.visit(Stop("one"))
    history.leave(place("two"))
    assert history.current.place is None


def test_a_long_history_forgets_its_beginning() -> None:
    """A window that is open for weeks does not grow."""
    history = History()
    for number in range(1000):
        history.visit(Stop(str(number)))
    steps = 0
    while history.back() is not None:
        steps += 1
    assert steps < 250


def test_the_pages_behind_and_ahead_are_named_from_near_to_far() -> None:
    """As the lists of the buttons show them; each is as many steps away as it says."""
    history = History()
    for name in ("one", "two", "three"):
        history.visit(Stop(name))
    history.back()
    assert [(page.steps, page.stop.article) for page in history.behind(10)] == [(-1, "one"), (-2, "")]
    assert [(page.steps, page.stop.article) for page in history.ahead(10)] == [(1, "three")]
    assert len(history.behind(1)) == 1
    assert history.go(-2) == HOME
    assert history.go(9) is None
    assert history.current == HOME


def test_a_jump_inside_a_page_is_always_a_stop() -> None:
    """Back from the top of the article returns to its middle."""
    history = History()
    history.visit(Stop("one"))
    history.leave(place("one", "step-9"))
    history.jump(Stop("one"))
    assert history.back() == Stop("one", place=place("one", "step-9"))


@given(st.integers(0, 300), st.integers(0, 300))
def test_what_is_kept_is_around_the_page_that_is_shown(visits: int, steps: int) -> None:
    """Not the whole of a long history, but always the present and its neighbours."""
    history = History()
    for number in range(visits):
        history.visit(Stop(str(number)))
    for _ in range(steps):
        history.back()
    kept = history.kept()
    again = History(kept.stops, kept.at)
    assert len(kept.stops) <= 50
    assert again.current == history.current
    assert again.behind(5) == history.behind(5)
    assert again.ahead(5) == history.ahead(5)


def test_only_a_tab_that_showed_nothing_but_home_is_fresh() -> None:
    """Such a tab may be taken for another page."""
    history = History()
    assert history.is_fresh
    history.leave(ReadingPlace("", "", "120", 0.0))
    assert history.is_fresh
    history.visit(Stop("one"))
    history.back()
    assert not history.is_fresh
