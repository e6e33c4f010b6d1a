"""The home page shows everything, opens what is chosen, and is walked with the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.model.article import ArticleState
from kbviewer.model.library import LibraryEntry
from kbviewer.model.progress import Progress, Recent
from kbviewer.ui.home.card_grid import CardGrid
from kbviewer.ui.home.cards import ArticleCard, Card, ProgressCard
from kbviewer.ui.home.page import HomePage
from kbviewer.ui.home.problem_list import ProblemCard
from kbviewer.ui.home.view_model import HomeView, TopicGroup, build_home
from kbviewer.ui.theme.theme import Theme
from tests.support.listed_library import ListedLibrary, make_entry, make_problem
from tests.support.small_catalogue import MarkingTranslator

MEETINGS = make_entry(
    "meetings", {"en": "Cannot join meetings", "sv": "Kan inte ansluta"}, topic="meetings", products=("Lync",)
)
ARCHIVED = make_entry("old", {"sv": "Gammal artikel"}, topic="account", state=ArticleState.ARCHIVED)
MANY = [make_entry(f"a{number:05}", {"en": f"Article {number}"}) for number in range(10_000)]
Show = Callable[..., None]


@pytest.fixture
def translator() -> MarkingTranslator:
    return MarkingTranslator()


@pytest.fixture
def page(qtbot: QtBot, translator: MarkingTranslator) -> Iterator[HomePage]:
    page = HomePage(Theme("light"), translator)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.activateWindow()
    qtbot.waitActive(page)
    yield page


@pytest.fixture
def show(page: HomePage, translator: MarkingTranslator) -> Show:
    def show_entries(
        entries: Sequence[LibraryEntry],
        recents: Sequence[str] = (),
        in_progress: Sequence[tuple[str, Progress]] = (),
        language: str = "en",
    ) -> None:
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        read = [Recent(article, language, moment) for article in recents]
        page.show_home(build_home(ListedLibrary(entries), language, read, in_progress, translator))
        settle()

    return show_entries


def settle() -> None:
    """Lets layouts that were asked for happen; a page in a scroll area takes two rounds."""
    for _ in range(3):
        QApplication.processEvents()


def grid_of(page: HomePage, kind: type[Card]) -> CardGrid:
    grids = page.findChildren(CardGrid)
    return next(grid for grid in grids if any(isinstance(card, kind) for card in grid.cards()))


def cards(page: HomePage, kind: type[Card] = ArticleCard) -> list[Card]:
    found = [card for grid in page.findChildren(CardGrid) for card in grid.cards() if grid.isVisible()]
    return [card for card in found if isinstance(card, kind)]


def names(page: HomePage) -> list[str]:
    return [card.accessibleName() for card in cards(page)]


def texts(page: HomePage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(focused(), key)


def test_articles_stand_under_their_topics(page: HomePage, show: Show) -> None:
    """Headings are the topics' titles."""
    show([MEETINGS, ARCHIVED])

    assert {"Online meetings", "Access and account", "2 articles · 2 topics"} <= set(texts(page))


def test_the_switch_shows_products(page: HomePage, show: Show) -> None:
    """Somebody who knows the product finds the article without its topic."""
    show([MEETINGS, ARCHIVED])

    next(button for button in page.findChildren(QPushButton) if button.text() == "By product").click()
    settle()

    assert {"Lync", "Product not stated"} <= set(texts(page))
    assert "Online meetings" not in texts(page)


def test_a_click_opens_the_article(page: HomePage, show: Show, qtbot: QtBot) -> None:
    """The signal carries the id, whatever the language."""
    show([MEETINGS])

    with qtbot.waitSignal(page.article_chosen) as chosen:
        cards(page)[0].click()

    assert chosen.args == ["meetings"]


def test_a_card_is_a_button_whose_name_says_all(page: HomePage, show: Show) -> None:
    """Title, what it is about, state, and the language when it is another."""
    show([ARCHIVED])

    interface = QAccessible.queryAccessibleInterface(cards(page)[0])
    assert interface is not None
    assert interface.role() == QAccessible.Role.Button
    assert names(page) == ["Gammal artikel, About Gammal artikel, Archived, In Swedish"]


def test_procedures_in_progress_can_be_continued(page: HomePage, show: Show, qtbot: QtBot) -> None:
    """The card says how far the reader has come."""
    show([MEETINGS], in_progress=[("meetings", Progress(3, 12))])
    (card,) = cards(page, ProgressCard)

    assert card.accessibleName() == "Continue: Cannot join meetings, 3 of 12 steps done, 25%"
    with qtbot.waitSignal(page.article_chosen) as chosen:
        card.click()
    assert chosen.args == ["meetings"]


def test_recently_read_articles_have_a_section(page: HomePage, show: Show) -> None:
    """And nobody sees an empty section before the first article."""
    show([MEETINGS])
    assert "Recently read" not in texts(page)

    show([MEETINGS], recents=["meetings"])
    assert "Recently read" in texts(page)


def test_broken_files_are_listed_with_place_reason_and_remedy(
    page: HomePage, show: Show, qtbot: QtBot
) -> None:
    """A broken article never disappears in silence."""
    problem = make_problem()
    show([MEETINGS, make_entry("broken", {}, problems=(problem,))])
    (card,) = page.findChildren(ProblemCard)

    assert card.accessibleName() == problem.render(str)
    assert "1 problem in the library’s files" in [b.text() for b in page.findChildren(QPushButton)]
    with qtbot.waitSignal(page.problem_chosen) as chosen:
        card.click()
    assert chosen.args == [problem]


def test_an_empty_library_says_what_to_do(page: HomePage, show: Show, qtbot: QtBot) -> None:
    """A sentence and one next step."""
    show([])

    assert "There are no articles here yet." in texts(page)
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Open library folder…")
    with qtbot.waitSignal(page.library_wanted):
        button.click()


def test_a_folder_without_articles_is_named_whatever_else_is_off(page: HomePage, qtbot: QtBot) -> None:
    """“Switched off, or cannot be opened” would send the reader to look for a fault that is none."""
    view = HomeView("", "", has_closed_libraries=True, empty_folders=lambda: ["drafts"])
    page.show_home(view)

    assert "There is no article to read in the folder “drafts”." in texts(page)
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Open library folder…")
    with qtbot.waitSignal(page.library_wanted):
        button.click()


def test_arrow_keys_walk_the_cards_and_enter_opens(page: HomePage, show: Show, qtbot: QtBot) -> None:
    """Right goes on, down goes to the row below, Enter opens what is framed."""
    show(MANY[:5])
    cards(page)[0].setFocus()

    press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.article_chosen) as chosen:
        press(qtbot, Qt.Key.Key_Return)

    assert chosen.args == ["a00004"]


def test_tab_goes_through_all_cards_and_out_again(page: HomePage, show: Show, qtbot: QtBot) -> None:
    """Cards are made late and in any order; the focus follows the reading order all the same."""
    show([*MANY[:3], make_entry("broken", {}, problems=(make_problem(),))], recents=["a00002"])
    cards(page)[0].setFocus()

    visited = [focused()]
    for _ in range(7):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        visited.append(focused())

    kinds = [type(widget).__name__ for widget in visited]
    before = ["ArticleCard", "QPushButton", "TitleField"]
    assert kinds == [*before, *["ArticleCard"] * 3, "ProblemCard", kinds[-1]]
    qtbot.keyClick(visited[6], Qt.Key.Key_Backtab)
    for _ in range(10):
        qtbot.keyClick(focused(), Qt.Key.Key_Backtab)
        if focused() is visited[0]:
            return
    pytest.fail("Shift+Tab never came back to the first card")


def test_ten_thousand_articles_make_a_screenful_of_cards(page: HomePage, show: Show) -> None:
    """Time and memory follow what is visible, not what exists."""
    show(MANY)
    assert len(cards(page)) == 6

    next(button for button in page.findChildren(QPushButton) if button.text() == "Show all 10000").click()
    settle()

    assert page.verticalScrollBar().maximum() > 100_000
    assert len(cards(page)) < 60


def test_far_cards_come_when_they_are_scrolled_to(page: HomePage, show: Show, qtbot: QtBot) -> None:
    """The last article is there at the end, and only then."""
    show(MANY)
    next(button for button in page.findChildren(QPushButton) if button.text() == "Show all 10000").click()
    settle()
    assert "Article 9999, About Article 9999" not in names(page)

    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    settle()

    assert "Article 9999, About Article 9999" in names(page)
    assert len(cards(page)) < 60


def test_showing_all_moves_the_focus_to_the_first_new_card(page: HomePage, show: Show, qtbot: QtBot) -> None:
    """The button is gone; the keyboard must not be lost with it."""
    show(MANY[:20])
    button = next(button for button in page.findChildren(QPushButton) if button.text() == "Show all 20")
    button.setFocus()

    qtbot.keyClick(button, Qt.Key.Key_Space)
    settle()

    assert focused().accessibleName().startswith("Article 6,")


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (700, 2), (1366, 3), (3840, 4)])
def test_columns_follow_the_width(page: HomePage, show: Show, width: int, columns: int) -> None:
    """From the narrowest window to a wall, without a horizontal scroll bar."""
    show(MANY[:12])

    page.resize(width, 768)
    settle()

    assert len({card.x() for card in cards(page)}) == columns
    assert page.horizontalScrollBar().maximum() == 0


def test_the_column_is_centred_on_wide_screens(page: HomePage, show: Show) -> None:
    """Lines that cross a wall cannot be read."""
    show(MANY[:12])

    page.resize(3840, 768)
    settle()

    grid = grid_of(page, ArticleCard)
    left, right = grid.x(), page.viewport().width() - grid.x() - grid.width()
    assert abs(left - right) <= 1
    assert grid.width() < 1700


def test_the_language_switch_changes_all_texts(
    page: HomePage, show: Show, translator: MarkingTranslator
) -> None:
    """The page's own texts change with retranslate, the library's with the next view."""
    show([MEETINGS], recents=["meetings"], in_progress=[("meetings", Progress(1, 2))])

    translator.set_language("sv")
    page.retranslate()
    show([MEETINGS], ["meetings"], [("meetings", Progress(1, 2))], "sv")

    shown = set(texts(page)) - {"Onlinemöten"}
    assert all("sv:" in text for text in shown), shown
    assert any("Kan inte ansluta" in name for name in names(page))


def test_the_focus_stays_on_its_card_over_a_language_switch(page: HomePage, show: Show) -> None:
    """The switch comes from a shortcut; the reader goes on where he was."""
    show([MEETINGS, ARCHIVED])
    cards(page)[1].setFocus()

    show([MEETINGS, ARCHIVED], language="sv")

    assert focused() is cards(page)[1]


def test_zoom_enlarges_the_cards(qtbot: QtBot, page: HomePage, show: Show) -> None:
    """Text that grows needs room."""
    show([MEETINGS])
    before = cards(page)[0].height()

    page._theme.set_zoom(2.0)
    settle()

    assert cards(page)[0].height() > 1.6 * before


def test_the_switch_offers_the_contents_only_where_there_are_any(page: HomePage, show: Show) -> None:
    """An empty section leads nowhere."""
    show([MEETINGS])
    contents = next(button for button in page.findChildren(QPushButton) if button.text() == "Contents")
    assert contents.isHidden()
    view = build_home(ListedLibrary([MEETINGS]), "en", [], [], MarkingTranslator())

    page.show_home(replace(view, contents=(TopicGroup("Start", view.topics[0].items),)))
    contents.click()
    settle()

    assert not contents.isHidden()
    assert "Start" in texts(page)
    show([MEETINGS])
    assert "Online meetings" in texts(page)
