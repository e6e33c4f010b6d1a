"""Opening, switching, zooming, resizing, ticking and finding on the article page, to pixels.

The ratio is against a QTextBrowser that is handed the same text, measured in turn in the same run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import data_folders
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.blocks import walk_steps
from kbviewer.state.user_state import UserState
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.article.tick_box import TickBox
from kbviewer.ui.case.desk import CaseDesk
from kbviewer.ui.theme.theme import Theme
from tests.benchmarks.sample import make_article

ROUNDS = 9


def _ms(action: Callable[[], object], widget: QWidget) -> float:
    """Return how long `action` takes until its pixels are there."""
    start = time.perf_counter()
    action()
    widget.grab()
    return 1000 * (time.perf_counter() - start)


def _median(action: Callable[[int], object], widget: QWidget) -> float:
    action(0)
    widget.grab()
    return statistics.median(
        _ms(lambda index=index: action(index), widget)  # type: ignore[misc]
        for index in range(1, ROUNDS + 1)
    )


def _variants(name: str) -> tuple[Article, Article]:
    if name == "longest own":
        libraries = open_libraries((), data_folders().content)
        return libraries.article("online-meetings", "sv"), libraries.article("online-meetings", "en")
    return make_article(2000, "sv"), make_article(2000, "en")


@pytest.mark.parametrize("name", ["longest own", "2,000 blocks"])
def test_page(name: str, qtbot: QtBot) -> None:
    """Goals: open, switch and zoom 60 ms (2,000 blocks 350), resize 50, tick 10, find all 10 (50)."""
    swedish, english = _variants(name)
    theme = Theme("light")
    theme.apply()
    with UserState.in_memory() as state:
        translator = Translator(data_folders().i18n, "sv")
        desk = CaseDesk(state, lambda _article, _language: None, lambda: "sv")
        page = ArticlePage(
            theme,
            translator,
            desk,
            desk,
            state.answers,
            lambda _entry, _path: None,
            lambda _reference: None,
            lambda _reference: "",
        )
        qtbot.addWidget(page)
        bare = QTextBrowser()
        qtbot.addWidget(bare)
        for widget in (page, bare):
            widget.resize(1094, 712)
            widget.show()

        others = [replace(swedish, id=f"other-{number}") for number in range(2)]
        variants = (english, swedish)
        opened = _median(lambda index: page.show_article(others[index % 2], ("sv", "en")), page)
        text = page.view.toPlainText()
        reference = _median(lambda index: bare.setPlainText(f"{index}{text}"), bare)
        page.show_article(swedish, ("sv", "en"))
        switched = _median(lambda index: page.switch_article(variants[index % 2]), page)
        zoomed = _median(lambda index: theme.set_zoom((1.25, 1.0)[index % 2]), page)
        resized = _median(lambda index: page.resize(900 + 97 * (index % 2), 712), page)
        found = _median(lambda index: page.find(("a", "e")[index % 2]), page)
        page.clear_find()
        page.go_to(next(walk_steps(swedish.blocks)).id)
        page.grab()
        box = page.findChildren(TickBox)[0]
        ticked = _median(lambda _index: box.click(), page)

    print(
        f"\n{name}: open {opened:.0f} ms ({opened / reference:.1f} × plain text), switch {switched:.0f}, "
        f"zoom {zoomed:.0f}, resize {resized:.0f}, find {found:.0f}, tick {ticked:.1f}"
    )
    assert opened > 0
