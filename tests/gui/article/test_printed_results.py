"""What became of steps, on paper."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kbviewer.content.folder import FolderLibrary
from kbviewer.model.blocks import (
    Step,
    StepList,
    walk_steps,
)
from kbviewer.model.cases import StepChange, StepMark, StepOutcome
from kbviewer.model.inline import Run
from tests.support.printed import Print, made, pages, picture


def test_recorded_ticks_are_printed_and_others_are_empty(on_paper: Print, library: FolderLibrary) -> None:
    """Who prints half way goes on with a pen."""
    step = next(walk_steps(library.article("kb902534", "sv").blocks))
    empty, ticked = on_paper("kb902534"), on_paper("kb902534", done=[step.id])
    page = next(n for n, text in enumerate(pages(empty), 1) if f"1.\t{step.runs[0].text}" in text)

    assert picture(empty, page) != picture(ticked, page)
    assert picture(empty, page) == picture(on_paper("kb902534"), page)


@pytest.mark.parametrize("outcome", StepOutcome)
def test_every_result_has_a_box_of_its_own(
    on_paper: Print, library: FolderLibrary, outcome: StepOutcome
) -> None:
    """On paper there is no colour to tell them apart."""
    step = next(walk_steps(library.article("kb902534", "sv").blocks))
    others = [on_paper("kb902534")]
    others += [
        on_paper("kb902534", marks={step.id: StepMark(other)})
        for other in StepOutcome
        if other is not outcome
    ]
    shown = on_paper("kb902534", marks={step.id: StepMark(outcome)})
    page = next(n for n, text in enumerate(pages(shown), 1) if f"1.\t{step.runs[0].text}" in text)
    assert all(picture(shown, page) != picture(other, page) for other in others)


def test_results_are_printed_under_their_steps(on_paper: Print) -> None:
    """Whoever takes over reads what was tried, when and why not; a plain tick says it all by itself."""
    at = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    when = f"{at.astimezone():%Y-%m-%d %H:%M}"
    steps = tuple(Step(f"s{n}", str(n), (Run(f"Steg {n}."),)) for n in range(1, 6))
    marks = {
        "s1": StepMark(StepOutcome.DONE, set_at=at),
        "s2": StepMark(StepOutcome.FAILED, "hängde sig\ntvå gånger", at),
        "s3": StepMark(StepOutcome.SKIPPED, set_at=at),
        "s4": StepMark(StepOutcome.DONE, "", at, StepChange.CHANGED, "Steg fyra."),
    }
    printed = on_paper(made(StepList(key="n", steps=steps)), marks=marks)
    lines = [line.strip("\u2028") for line in pages(printed)[0].splitlines() if line.strip()]
    start = lines.index("1.\tSteg 1.")
    assert lines[start : start + 10] == [
        "1.\tSteg 1.",
        "2.\tSteg 2.",
        f"Misslyckades {when} – hängde sig",
        "två gånger",
        "3.\tSteg 3.",
        f"Överhoppat {when}",
        "4.\tSteg 4.",
        f"Klart {when}",
        "Steget har ändrats sedan dess; det löd: ”Steg fyra.”",
        "5.\tSteg 5.",
    ]


def test_a_result_stays_with_its_step(on_paper: Print) -> None:
    """At the top of a page it would speak of nothing."""
    steps = tuple(Step(f"s{n}", str(n), (Run(f"Steg {n}."),)) for n in range(1, 41))
    marks = {step.id: StepMark(StepOutcome.FAILED, "hängde sig") for step in steps}
    printed = on_paper(made(StepList(key="n", steps=steps)), marks=marks)
    assert printed.page_count > 1
    assert not any(page.startswith("Misslyckades") for page in pages(printed))
