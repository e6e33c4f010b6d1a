"""Clicks and keys that open an article in another tab."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from kbviewer.model.hits import Hit, SearchAnswer
from kbviewer.model.inline import LinkKind
from kbviewer.search.protocol import Answer
from kbviewer.ui.home.cards import ArticleCard
from kbviewer.ui.search.results_list import ResultsList
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import FakeSearch
from tests.support.tab_driver import (
    CTRL,
    NONE,
    SHIFT,
    click,
    link_point,
    press,
    scroll,
    shown,
)


@pytest.mark.parametrize(
    ("button", "held", "tabs"),
    [
        (Qt.MouseButton.MiddleButton, NONE, ["[Logga in]", "Ren text"]),
        (Qt.MouseButton.LeftButton, CTRL, ["[Logga in]", "Ren text"]),
        (Qt.MouseButton.MiddleButton, SHIFT, ["Logga in", "[Ren text]"]),
        (Qt.MouseButton.LeftButton, CTRL | SHIFT, ["Logga in", "[Ren text]"]),
    ],
)
def test_a_link_opens_in_another_tab(
    article_window: MainWindow, button: Qt.MouseButton, held: Qt.KeyboardModifier, tabs: list[str]
) -> None:
    """Behind, so that reading goes on; with Shift, in front."""
    window = article_window
    page = window.reading.page
    assert page is not None
    point = link_point(window, LinkKind.ARTICLE, "plain")
    click(window, page.view.viewport(), point, button, held)
    assert shown(window) == tabs


def test_a_middle_click_beside_a_link_does_nothing(article_window: MainWindow) -> None:
    """Nor does it select or scroll."""
    page = article_window.reading.page
    assert page is not None
    click(article_window, page.view.viewport(), QPoint(300, 20), Qt.MouseButton.MiddleButton)
    assert shown(article_window) == ["[Logga in]"]


def test_the_menu_of_a_link_offers_another_tab(article_window: MainWindow) -> None:
    """Fingers cannot hold Ctrl; an address outside has no tab."""
    page = article_window.reading.page
    assert page is not None
    spots = {spot.link.target: spot for spot in page.stage.page.links if spot.link is not None}
    menu = page._deeds.make_menu(spots["plain"].start)
    assert menu.actions()[0].text() == "Öppna i en annan flik"
    menu.actions()[0].trigger()
    menu.deleteLater()
    assert shown(article_window) == ["[Logga in]", "Ren text"]
    menu = page._deeds.make_menu(spots["https://example.org/page"].start)
    assert menu.actions()[0].text() == "Kopiera"
    menu.deleteLater()


def test_ctrl_enter_opens_a_link_in_another_tab(article_window: MainWindow) -> None:
    """Without a mouse, too."""
    page = article_window.reading.page
    assert page is not None
    number = next(
        number
        for number, spot in enumerate(page.stage.page.links)
        if spot.link is not None and spot.link.target == "plain"
    )
    page.view.focus_link(number)
    press(article_window, Qt.Key.Key_Return)
    assert shown(article_window) == ["[Logga in]", "Ren text"]


def test_the_outline_opens_a_section_in_another_tab(article_window: MainWindow, qtbot: QtBot) -> None:
    """The same article twice, at two sections."""
    window = article_window
    outline = window.parts.pane.outline
    qtbot.waitUntil(outline.isVisible)
    point = outline.visualRect(outline.outline.index(1)).center()
    click(window, outline.viewport(), point, Qt.MouseButton.MiddleButton)
    assert shown(window) == ["[Logga in]", "Logga in"]
    assert scroll(window) == 0
    press(window, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: window.reading.section == "second")


def test_a_card_opens_in_another_tab(window: MainWindow) -> None:
    """From home, several articles one after the other."""
    card = next(card for card in window.findChildren(ArticleCard) if "Logga in" in card.accessibleName())
    click(window, card, QPoint(20, 20), Qt.MouseButton.MiddleButton)
    card = next(card for card in window.findChildren(ArticleCard) if "Ren text" in card.accessibleName())
    click(window, card, QPoint(20, 20), held=CTRL)
    assert shown(window) == ["[Hem]", "Logga in", "Ren text"]


def test_a_hit_opens_in_another_tab(window: MainWindow, search: FakeSearch) -> None:
    """The results stay to choose another."""
    window.searching.search_for("ren")
    hit = Hit("plain", "", "plain/sv.md", "sv", "Ren text", "…", "end", 1.0)
    search.answered.emit(Answer(len(search.asked), SearchAnswer("ren", (hit,), 1)))
    rows = window.findChild(ResultsList)
    assert rows is not None
    click(window, rows.viewport(), QPoint(40, 20), Qt.MouseButton.MiddleButton)
    assert shown(window) == ["[Hem]", "Ren text"]
    window.parts.field.setFocus()
    press(window, Qt.Key.Key_Return)
    assert shown(window) == ["[Hem]", "Ren text", "Ren text"]


def test_results_over_the_page_stay_for_a_hit_that_opens_in_another_tab(
    window: MainWindow, search: FakeSearch, qtbot: QtBot
) -> None:
    """There is nothing new on the page that they would hide."""
    window.resize(500, 700)
    window.searching.search_for("ren")
    hit = Hit("plain", "", "plain/sv.md", "sv", "Ren text", "…", "end", 1.0)
    search.answered.emit(Answer(len(search.asked), SearchAnswer("ren", (hit,), 1)))
    rows = window.findChild(ResultsList)
    assert rows is not None
    qtbot.waitUntil(rows.isVisible)
    assert not window.searching.is_beside
    click(window, rows.viewport(), QPoint(40, 20), held=CTRL)
    assert shown(window) == ["[Hem]", "Ren text"]
    assert rows.isVisible()
    click(window, rows.viewport(), QPoint(40, 20), held=CTRL | SHIFT)
    assert "[Ren text]" in shown(window)
    assert not rows.isVisible()


def test_files_are_looked_at_again_while_results_are_open_at_home(
    window: MainWindow, search: FakeSearch
) -> None:
    """The results stay, and Enter that waits for their answer still counts."""
    window.searching.search_for("ren")
    window.parts.field.setFocus()
    press(window, Qt.Key.Key_Return, NONE)
    window.table[ActionId.RELOAD].trigger()
    hit = Hit("plain", "", "plain/sv.md", "sv", "Ren text", "…", "end", 1.0)
    search.answered.emit(Answer(len(search.asked), SearchAnswer("ren", (hit,), 1)))
    assert window.windowTitle().startswith("Ren text")


def test_files_are_looked_at_again_in_the_guided_view(article_window: MainWindow) -> None:
    """Whoever is at a step stays at it."""
    article_window.table[ActionId.GUIDED].trigger()
    guided = article_window.reading.guided
    assert guided is not None
    guided.go_to(1)
    article_window.table[ActionId.RELOAD].trigger()
    assert article_window.reading.guided is guided
    assert guided.step_id == "two-a"
