"""Articles are picked out on the home page, by choices and by words, and shown by library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kbviewer.model.article import ArticleState
from kbviewer.model.library import LibraryEntry
from kbviewer.ui.home.cards import ArticleCard
from kbviewer.ui.home.filtering import Respect
from kbviewer.ui.home.page import HomePage
from kbviewer.ui.home.view_model import build_home
from kbviewer.ui.theme.theme import Theme
from tests.support.listed_library import ListedLibrary, make_entry
from tests.support.small_catalogue import MarkingTranslator

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
MEETINGS = make_entry(
    "meetings", {"en": "Cannot join meetings", "sv": "Kan inte ansluta"}, topic="meetings", products=("Lync",)
)
ARCHIVED = make_entry("old", {"sv": "Gammal artikel"}, topic="account", state=ArticleState.ARCHIVED)


@pytest.fixture
def translator() -> MarkingTranslator:
    return MarkingTranslator()


@pytest.fixture
def page(qtbot: QtBot, translator: MarkingTranslator) -> HomePage:
    page = HomePage(Theme("light"), translator)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.activateWindow()
    qtbot.waitActive(page)
    return page


def show(page: HomePage, translator: MarkingTranslator, entries: Sequence[LibraryEntry]) -> None:
    page.show_home(build_home(ListedLibrary(entries), "en", [], [], translator))


def test_articles_are_picked_out_and_esc_shows_all_again(
    page: HomePage, translator: MarkingTranslator, qtbot: QtBot
) -> None:
    """What is picked stays when home is shown anew, as after an article."""
    show(page, translator, [MEETINGS, ARCHIVED])
    language = page.filters.pills[Respect.LANGUAGE]
    menu = language.make_menu()
    (swedish,) = [action for action in menu.actions() if "(2)" in action.text()]
    assert [action.text() for action in menu.actions() if "(1)" in action.text()]
    menu.deleteLater()
    assert swedish.isCheckable()

    language.chosen.emit("en")
    show(page, translator, [MEETINGS, ARCHIVED])

    assert titles_of(page) == ["Cannot join meetings"]
    assert page.filters.count.text().startswith("«1") or "1" in page.filters.count.text()
    assert not page.filters.clear_button.isHidden()

    page.filters.clear_button.setFocus()
    qtbot.keyClick(page.filters.clear_button, Qt.Key.Key_Escape)

    assert len(titles_of(page)) == 2
    assert page.filters.field.hasFocus()
    assert page.filters.clear_button.isHidden()


def test_part_of_a_title_finds_an_article_among_ten_thousand(
    page: HomePage, translator: MarkingTranslator
) -> None:
    show(page, translator, [make_entry(f"a{n:05}", {"en": f"Article {n}"}) for n in range(10_000)])
    page.filters.field.setText("4711")
    assert titles_of(page) == ["Article 4711"]
    page.filters.field.setText("nowhere")
    assert not page._nothing.isHidden()
    page.filters.clear()
    assert page.filters.field.text() == ""
    assert page._nothing.isHidden()


def test_libraries_are_a_section_in_the_readers_order(page: HomePage, translator: MarkingTranslator) -> None:
    """With one library there is nothing to tell apart."""
    view = build_home(SeveralLibraries([MEETINGS, ARCHIVED]), "sv", [], [], translator)
    page.show_home(view)
    page._switch.buttons[2].click()
    assert [group.title for group in view.libraries] == ["Z", "A"]
    assert not page._switch.buttons[2].isHidden()
    page.show_home(build_home(ListedLibrary([MEETINGS]), "sv", [], [], translator))
    assert page._switch.buttons[2].isHidden()
    assert page._switch.section == 0


@pytest.mark.parametrize("width", [320, 400, 700])
def test_sections_and_filters_wrap_where_there_is_little_room(
    page: HomePage, translator: MarkingTranslator, width: int
) -> None:
    """And come back to one row when there is room again."""
    view = build_home(SeveralLibraries([MEETINGS, ARCHIVED]), "sv", [], [], translator)
    page.show_home(replace(view, contents=view.topics))
    page.resize(width, 768)
    QApplication.processEvents()
    assert page._sheet.width() <= page.viewport().width()
    assert all(page._switch.rect().contains(button.geometry()) for button in page._switch.buttons)
    page.resize(1366, 768)
    QApplication.processEvents()
    assert len({button.y() for button in page._switch.buttons}) == 1


class SeveralLibraries(ListedLibrary):
    """Two libraries of an article each."""

    def by_library(self, language: str) -> Sequence[tuple[str, Sequence[str]]]:
        return (("Z", ["old"]), ("A", ["meetings"]))

    def outdated(self, language: str) -> frozenset[str]:
        return frozenset()


def titles_of(page: HomePage) -> list[str]:
    """What the cards of the library say."""
    shown = [card for card in page._library.cards() if isinstance(card, ArticleCard)]
    return [card._item.title for card in shown]
