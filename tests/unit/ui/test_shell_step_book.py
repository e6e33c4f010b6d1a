"""Steps outside a case: ticks that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kbviewer.model.article import Article
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.errors import KbError, StateError
from kbviewer.model.messages import message
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.step_book import QuietChoices, QuietSteps

ARTICLE = Article(id="kb1", language="sv", title="Ett", blocks=())
OTHER = Article(id="kb2", language="sv", title="Två", blocks=())
DONE = StepOutcome.DONE


@pytest.fixture
def state() -> Iterator[UserState]:
    with UserState.in_memory() as state:
        yield state


@pytest.fixture
def told() -> list[KbError]:
    return []


@pytest.fixture
def steps(state: UserState, told: list[KbError]) -> QuietSteps:
    return QuietSteps(state.ticks, told.append)


def test_a_tick_is_a_step_that_is_done(steps: QuietSteps) -> None:
    steps.set_outcome(ARTICLE, ["a"], DONE)
    assert steps.marks(ARTICLE) == {"a": StepMark(DONE)}
    assert not steps.marks(OTHER)
    steps.set_outcome(ARTICLE, ["a"], None)
    assert not steps.marks(ARTICLE)


def test_undo_clears_the_last_tick_only(steps: QuietSteps) -> None:
    """Ctrl+Z takes back one thing at a time."""
    steps.set_outcome(ARTICLE, ["a"], DONE)
    steps.set_outcome(ARTICLE, ["b"], DONE)
    steps.undo()
    assert steps.marks(ARTICLE).keys() == {"a"}


def test_undo_brings_back_all_ticks_of_a_reset(steps: QuietSteps) -> None:
    """A reset is the one thing that loses much at once."""
    steps.set_outcome(ARTICLE, ["a", "b"], DONE)
    assert steps.clear(ARTICLE) == 2
    assert not steps.marks(ARTICLE)
    steps.undo()
    assert steps.marks(ARTICLE).keys() == {"a", "b"}


def test_undo_leaves_steps_alone_that_the_change_did_not_change(steps: QuietSteps) -> None:
    """Ticking a parent ticks its open children; undo must not clear those that were done before."""
    steps.set_outcome(ARTICLE, ["a"], DONE)
    steps.set_outcome(ARTICLE, ["a", "b"], DONE)
    steps.undo()
    assert steps.marks(ARTICLE).keys() == {"a"}


def test_undo_with_nothing_to_undo_does_nothing(steps: QuietSteps) -> None:
    """A fresh session has no past: ticks of an earlier one stay."""
    assert not steps.can_undo
    assert steps.undo() is None


def test_what_changes_nothing_is_not_undone(steps: QuietSteps) -> None:
    """Clearing an article without ticks must not make Ctrl+Z seem dead."""
    steps.set_outcome(ARTICLE, ["a"], DONE)
    assert steps.clear(OTHER) == 0
    steps.set_outcome(ARTICLE, ["a"], DONE)
    steps.undo()
    assert not steps.marks(ARTICLE)


def test_a_tick_that_cannot_be_kept_is_told_and_raised(
    state: UserState, steps: QuietSteps, told: list[KbError], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window says so; the page shows what is really kept."""

    def refuse(*args: object) -> None:
        raise StateError(message("The disk is full."))

    monkeypatch.setattr(state.ticks, "set_done", refuse)
    with pytest.raises(StateError):
        steps.set_outcome(ARTICLE, ["a"], DONE)
    assert [str(error) for error in told] == ["The disk is full."]
    assert not steps.can_undo


@pytest.mark.parametrize("outcome", [StepOutcome.FAILED, StepOutcome.SKIPPED])
def test_a_tick_can_neither_fail_nor_carry_a_note(steps: QuietSteps, outcome: StepOutcome) -> None:
    """To lose a failure quietly would be worse than to refuse it."""
    assert not steps.offers_results
    assert not steps.in_case
    with pytest.raises(StateError):
        steps.set_outcome(ARTICLE, ["a"], outcome)
    with pytest.raises(StateError):
        steps.set_note(ARTICLE, "a", "hung")
    assert not steps.marks(ARTICLE)
    assert not steps.can_undo


def test_choices_are_kept_by_article(state: UserState) -> None:
    choices = QuietChoices(state.choices)
    choices.set(ARTICLE, "scope", 1, None)
    assert choices.get(ARTICLE, "scope") == (1, None)
    assert choices.get(OTHER, "scope") == (None, None)
