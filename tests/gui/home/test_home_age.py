"""Home says in one quiet line that content may be old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kbviewer.i18n.translator import Translator
from kbviewer.model.updates import OldContent
from kbviewer.ui.home.page import HomePage
from kbviewer.ui.theme.theme import Theme

I18N = Path(__file__).parents[3] / "i18n"
OLD = OldContent("Office", date(2026, 1, 2))


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[HomePage]:
    page = HomePage(Theme("light"), Translator(I18N, "en"))
    qtbot.addWidget(page)
    page.show()
    yield page


def test_nothing_is_said_while_nothing_is_old(page: HomePage) -> None:
    page.age.show_old(None, may_look=True)
    assert page.age.isHidden()


def test_the_oldest_is_named_with_a_way_to_look_for_newer(qtbot: QtBot, page: HomePage) -> None:
    page.age.show_old(OLD, may_look=True)
    assert page.age.text.text() == "The content of “Office” is from 2 January 2026 and may be out of date."
    with qtbot.waitSignal(page.age.look_wanted):
        page.age.look_button.click()
    page.age.show_old(OldContent("Office", OLD.day, 3), may_look=True)
    assert "The content of 3 libraries" in page.age.text.text()


def test_where_readers_may_not_look_it_is_said_all_the_same(page: HomePage) -> None:
    """Whoever reads has to know; whom to tell he knows best."""
    page.age.show_old(OLD, may_look=False)
    assert page.age.isVisible() and page.age.look_button.isHidden()
