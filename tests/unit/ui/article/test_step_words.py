"""What became of a step, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kbviewer.model.blocks import walk_steps
from kbviewer.model.cases import StepChange, StepMark, StepOutcome
from kbviewer.ui.article.step_words import StepWords
from kbviewer.ui.article.tick_model import TickModel
from tests.unit.ui.article.test_page_models import NESTED, English

AT = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
LOCAL = AT.astimezone()
CLOCK, DAY = f"{LOCAL:%H:%M}", f"{LOCAL:%Y-%m-%d}"
DONE = StepMark(StepOutcome.DONE, set_at=AT)
FAILED = StepMark(StepOutcome.FAILED, "It hangs\nat 40 %", AT)

STEPS = {step.id: step for step in walk_steps(NESTED.blocks)}


@pytest.fixture
def words() -> StepWords:
    """Spoken an hour later."""
    return StepWords(English(), lambda: LOCAL.replace(tzinfo=None))


def test_a_step_that_is_just_done_has_no_line(words: StepWords) -> None:
    """The page must not jump while a reader ticks."""
    assert words.line(DONE) is None
    assert words.line(None) is None


@pytest.mark.parametrize(
    ("mark", "line"),
    [
        (FAILED, f"Failed {CLOCK} – It hangs\nat 40 %"),
        (StepMark(StepOutcome.SKIPPED, set_at=AT), f"Skipped {CLOCK}"),
        (replace(DONE, note="took long"), f"Done {CLOCK} – took long"),
        (StepMark(StepOutcome.FAILED), "Failed"),
        (
            replace(DONE, change=StepChange.CHANGED, was="Restart it."),
            f"Done {CLOCK}\nThe step has been changed since then; it read: “Restart it.”",
        ),
        (
            replace(DONE, change=StepChange.CHANGED),
            f"Done {CLOCK}\nThe step has been changed since then.",
        ),
    ],
)
def test_everything_else_has_one(words: StepWords, mark: StepMark, line: str) -> None:
    assert str(words.line(mark)) == line


def test_the_day_is_said_unless_it_is_today() -> None:
    """A case can be resumed the next morning; paper is read whenever."""
    tomorrow = StepWords(English(), lambda: LOCAL.replace(tzinfo=None) + timedelta(days=1))
    assert str(tomorrow.line(StepMark(StepOutcome.SKIPPED, set_at=AT))) == f"Skipped {DAY} {CLOCK}"
    today = StepWords(English(), lambda: LOCAL.replace(tzinfo=None))
    assert today.head(DONE, dated=True) == f"Done {DAY} {CLOCK}"


def test_a_box_is_named_with_what_became_of_the_step(words: StepWords) -> None:
    """A check box alone says only whether it is checked."""
    model = TickModel(NESTED, {"x1": DONE, "x2a": FAILED, "x2b": StepMark(StepOutcome.SKIPPED)})
    names = {
        name: words.name(step, model) for name in ("x", "x1", "x2a", "x2b", "y") if (step := model.step(name))
    }
    assert names["x"] == "Step 1: x – 1 of 3 sub-steps done – 1 failed – 1 skipped"
    assert names["x1"] == "Step 1: x1"
    assert names["x2a"] == "Step 1: x2a – Failed"
    assert names["x2b"] == "Step 1: x2b – Skipped"
    assert names["y"] == "Step 1: y"


def test_a_box_tells_when_and_what_was_noted(words: StepWords) -> None:
    model = TickModel(NESTED, {"x1": DONE, "x2a": FAILED, "y": StepMark(StepOutcome.DONE)})
    told = {
        name: words.description(step, model) for name in ("x", "x1", "x2a", "y") if (step := model.step(name))
    }
    assert told == {"x": "", "x1": f"Done {CLOCK}", "x2a": f"Failed {CLOCK} – It hangs\nat 40 %", "y": ""}
