"""What became of a step, from the key to its pixels, in a procedure of 300 steps with a case at work.

Every step counts as one that is said something of anew; the ratio is against a procedure of 20 steps in the
same run, so that it says how much of the cost grows with the article.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kbviewer.app.paths import data_folders
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.blocks import Paragraph, Step, StepList
from kbviewer.model.cases import StepOutcome
from kbviewer.model.inline import Run
from kbviewer.state.user_state import UserState
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.theme.theme import Theme
from tests.support.memory_steps import MemoryChoices, MemorySteps

ROUNDS = 15


def _article(count: int) -> Article:
    def step(number: int) -> Step:
        more = (Paragraph(key=f"s{number}/p1", runs=(Run("Wait until the window has closed. " * 3),)),)
        runs = (Run(f"Open the page number {number} and choose what the user needs there. " * 2),)
        return Step(f"s{number}", str(number), runs, blocks=more if number % 3 == 0 else ())

    steps = StepList(key="n", steps=tuple(step(number) for number in range(1, count + 1)))
    return Article(id=f"of-{count}", language="en", title="Many steps", blocks=(steps,))


def _ms(action: Callable[[], object], widget: QWidget) -> float:
    start = time.perf_counter()
    action()
    widget.grab()
    return 1000 * (time.perf_counter() - start)


def _figures(page: ArticlePage, count: int, in_case: bool) -> dict[str, float]:
    page.show_article(_article(count), ("en",))
    middle = count // 2
    page.go_to(f"s{middle}")
    page.grab()
    deeds = page._step_deeds
    steps = [f"s{middle + offset}" for offset in range(5)]
    outcomes: dict[str, StepOutcome | None] = {"done": StepOutcome.DONE}
    if in_case:
        outcomes |= {"failed": StepOutcome.FAILED, "skipped": StepOutcome.SKIPPED}
    outcomes["not tried"] = None
    times: dict[str, list[float]] = {name: [] for name in outcomes}
    for index in range(ROUNDS):
        step = steps[index % len(steps)]
        for name, outcome in outcomes.items():
            times[name].append(_ms(lambda s=step, o=outcome: deeds.set_outcome(s, o), page))  # type: ignore[misc]
    return {name: statistics.median(found) for name, found in times.items()}


@pytest.mark.parametrize("in_case", [False, True])
def test_steps(in_case: bool, qtbot: QtBot) -> None:
    """Goal: on the screen within a frame, 16 ms."""
    theme = Theme("light")
    theme.apply()
    with UserState.in_memory() as state:
        page = ArticlePage(
            theme,
            Translator(data_folders().i18n, "en"),
            MemorySteps(offers_results=True, in_case=True) if in_case else MemorySteps(),
            MemoryChoices(),
            state.answers,
            lambda _entry, _path: None,
            lambda _reference: None,
            lambda _reference: "",
        )
        qtbot.addWidget(page)
        page.resize(1094, 712)
        page.show()
        few, many = _figures(page, 20, in_case), _figures(page, 300, in_case)
    print(
        f"\n{'in a case' if in_case else 'ticks'}, 300 steps: "
        + ", ".join(f"{name} {many[name]:.1f} ms ({many[name] / few[name]:.1f} × 20 steps)" for name in many)
    )
    assert many["done"] > 0
