"""Back and forward."""

from __future__ import annotations

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
