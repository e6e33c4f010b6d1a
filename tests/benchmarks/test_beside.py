"""Side by side, to pixels: from one column to two, another article in two, ticks and answers in both.

The ratio is against opening the same article alone, measured in turn in the same run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import data_folders
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.blocks import walk_steps
from kbviewer.state.user_state import UserState
from kbviewer.ui.article.beside import Beside, BesideNeeds
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.article.tick_box import TickBox
from kbviewer.ui.theme.theme import Theme
from tests.benchmarks.sample import make_article
from tests.support.memory_steps import MemoryChoices, MemorySteps

ROUNDS = 9


def _ms(action: Callable[[], object], widget: QWidget) -> float:
    """Return how long `action` takes until its pixels are there."""
    start = time.perf_counter()
    action()
    widget.grab()
    return 1000 * (time.perf_counter() - start)


def _variants(name: str) -> dict[str, Article]:
    if name == "longest own":
        libraries = open_libraries((), data_folders().content)
        return {language: libraries.article("online-meetings", language) for language in ("sv", "en")}
    return {language: make_article(2000, language) for language in ("sv", "en")}


@pytest.mark.parametrize("name", ["longest own", "2,000 blocks"])
def test_beside(name: str, qtbot: QtBot) -> None:
    """Goal: the longest article side by side in 200 ms."""
    variants = _variants(name)
    others = [{tag: replace(text, id=f"other-{n}") for tag, text in variants.items()} for n in range(2)]
    known = {(text.id, tag): text for pair in (variants, *others) for tag, text in pair.items()}
    theme = Theme("light")
    theme.apply()
    with UserState.in_memory() as state:
        translator = Translator(data_folders().i18n, "sv")

        def make_page(texts: Texts, *, is_led: bool = True) -> ArticlePage:
            return ArticlePage(
                theme,
                texts,
                MemorySteps(),
                MemoryChoices(),
                state.answers,
                lambda _entry, _path: None,
                lambda _reference: None,
                lambda _reference: "",
                is_led=is_led,
            )

        page = make_page(translator, is_led=False)
        qtbot.addWidget(page)
        page.resize(1366, 712)
        page.show()
        needs = BesideNeeds(
            make_page, translator.speaking, lambda entry, tag: known.get((entry, tag)), lambda: ("sv", "en")
        )
        beside = Beside(theme, translator, page, needs)
        alone: list[float] = []
        opened: list[float] = []
        switched: list[float] = []
        for index in range(-1, ROUNDS):
            pair = others[index % 2]
            single = _ms(lambda pair=pair: page.show_article(pair["sv"], ("sv", "en")), page)  # type: ignore[misc]
            on = _ms(beside.start, page)
            pair = others[(index + 1) % 2]
            both = _ms(lambda pair=pair: page.show_article(pair["sv"], ("sv", "en")), page)  # type: ignore[misc]
            assert beside.is_aligned
            beside.stop()
            page.grab()
            if index >= 0:
                alone.append(single)
                switched.append(on)
                opened.append(both)
        ratio = statistics.median(both / single for both, single in zip(opened, alone, strict=True))

        page.show_article(variants["sv"], ("sv", "en"))
        page.go_to(next(walk_steps(variants["sv"].blocks)).id)
        page.grab()
        ticks = []
        for _ in (0, 1):
            box = page.findChildren(TickBox)[0]
            box.click()
            ticks.append(statistics.median(_ms(box.click, page) for _ in range(ROUNDS)))
            beside.start()
            page.grab()

    print(
        f"\n{name}: one column {statistics.median(alone):.0f} ms, two {statistics.median(opened):.0f} "
        f"({ratio:.1f} ×), from one to two {statistics.median(switched):.0f}, "
        f"tick {ticks[0]:.1f} in one, {ticks[1]:.1f} in two"
    )
    assert ratio > 0
