"""From the search of all articles to the find bar of one, and back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import FakeSearch, MakeWindow, focused


def test_find_takes_the_query_over(article_window: MainWindow, search: FakeSearch) -> None:
    """Ctrl+F in the search field means: is it in this article?"""
    article_window.table[ActionId.SEARCH].trigger()
    article_window.parts.field.setText('"utfyllnaden"')
    article_window.table[ActionId.FIND].trigger()
    bar = article_window.parts.area.find_bar
    assert bar is not None
    assert bar.text == "utfyllnaden"
    assert bar.isAncestorOf(focused())
    assert article_window.finding.text == "utfyllnaden"


def test_find_from_the_article_keeps_its_own_text(article_window: MainWindow, search: FakeSearch) -> None:
    """What stands in the search field is another matter then."""
    article_window.finding.start("rubrik")
    article_window.parts.field.setText("knapp")
    page = article_window.parts.area.article_page
    assert page is not None
    page.setFocus()
    article_window.table[ActionId.FIND].trigger()
    bar = article_window.parts.area.find_bar
    assert bar is not None
    assert bar.text == "rubrik"


def test_find_without_a_match_leads_to_all_articles(article_window: MainWindow, search: FakeSearch) -> None:
    """One sentence, one next step."""
    article_window.finding.start("qwzx")
    bar = article_window.parts.area.find_bar
    assert bar is not None
    assert "Inga träffar" in {label.text() for label in bar.findChildren(type(bar._count))}

    bar._everywhere.click()

    assert search.asked[-1].text == "qwzx"
    assert article_window.parts.field.hasFocus()


def test_one_key_searches_all_articles_for_what_is_sought_in_one(
    article_window: MainWindow, search: FakeSearch
) -> None:
    """Without a text it asks for one and keeps the query."""
    article_window.finding.start("knappen")
    article_window.table[ActionId.SEARCH_ALL].trigger()
    assert search.asked[-1].text == "knappen"
    article_window.finding.stop()
    article_window.parts.area.setFocus()

    article_window.table[ActionId.SEARCH_ALL].trigger()

    assert article_window.parts.field.text() == "knappen"
    assert article_window.parts.field.hasFocus()


@pytest.mark.parametrize("text", ["utfyllnaden", "qwzx"])
def test_the_find_bar_fits_into_320_pixels(make_window: MakeWindow, text: str) -> None:
    """With what leads on: the next match, or the other articles."""
    window = make_window("steps", size=(320, 568))
    window.finding.start(text)
    bar = window.parts.area.find_bar
    assert bar is not None
    QApplication.sendPostedEvents()
    assert bar.width() == 320
    assert bar._everywhere.isVisible() == (text == "qwzx")
    assert bar._next.isVisible() == (text != "qwzx")


def test_the_selected_text_becomes_the_sought_text(article_window: MainWindow) -> None:
    """Mark a word, press Ctrl+F."""
    page = article_window.parts.area.article_page
    assert page is not None
    article_window.finding.start("knappen")
    article_window.finding.stop()
    page.setFocus()
    bar = article_window.parts.area.find_bar
    assert bar is not None
    bar._field.setText("annat")

    article_window.table[ActionId.FIND].trigger()

    assert bar.text == "knappen"


def test_options_are_remembered(make_window: MakeWindow, state: UserState) -> None:
    """The next window finds as this one."""
    window = make_window("steps")
    window.finding.start("KNAPPEN")
    bar = window.parts.area.find_bar
    assert bar is not None
    assert bar._count.text() == "1 av 1"

    bar.choice.buttons[0].click()

    assert bar._count.text() == "Inga träffar"
    window.settings.flush()
    assert state.settings.values.find_match_case
    again = make_window("steps")
    again.finding.start("knappen")
    other = again.parts.area.find_bar
    assert other is not None
    assert other.choice.options == (True, False, False)


def test_options_fold_into_a_menu_in_a_narrow_window(make_window: MakeWindow) -> None:
    """The button that opens it shows that one is on."""
    window = make_window("steps", size=(400, 600))
    window.finding.start("knappen")
    bar = window.parts.area.find_bar
    assert bar is not None
    assert not any(button.isVisible() for button in bar.choice.buttons)
    assert bar.choice.more.isVisible()
    menu = bar.choice.make_menu()
    assert [action.text() for action in menu.actions()] == ["Matcha skiftläge", "Hela ord", "Matcha å, ä, ö"]

    menu.actions()[1].trigger()

    assert bar.choice.more.isChecked()
    assert bar._count.text() == "1 av 1"


def test_find_next_goes_on_after_the_bar_was_closed(article_window: MainWindow) -> None:
    """From the match that was left selected."""
    article_window.finding.start("utfyllnaden")
    bar = article_window.parts.area.find_bar
    assert bar is not None
    article_window.finding.stop()

    article_window.table[ActionId.FIND_NEXT].trigger()

    assert bar.isVisible()
    assert bar._count.text().startswith("2 av ")


def test_a_finger_reaches_everything_in_320_pixels(make_window: MakeWindow) -> None:
    """In two rows."""
    window = make_window("steps", size=(320, 568))
    window.commands.choose_touch(True)
    window.finding.start("utfyllnaden")
    bar = window.parts.area.find_bar
    assert bar is not None
    QApplication.sendPostedEvents()
    assert bar.width() == 320
    assert bar._next.y() > bar._field.y()
    window.commands.choose_touch(False)
