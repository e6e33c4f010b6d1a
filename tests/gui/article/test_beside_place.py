"""Two languages side by side: one place for both, find, and what is said over the columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from kbviewer.model.article import Article, Translation, TranslationMethod
from kbviewer.model.blocks import walk_steps
from tests.gui.article.beside_pair import SWEDISH, Pair
from tests.gui.article.conftest import Desk
from tests.support.reading import blocks


@pytest.fixture
def pair(make_desk: Callable[..., Desk]) -> Pair:
    """A page with room for two columns."""
    return Pair(make_desk(width=1340, height=640))


def test_both_columns_scroll_as_one(pair: Pair) -> None:
    """There is one scroll bar, and either column takes the wheel."""
    pair.desk.open("online-meetings")
    pair.beside.start()

    for source in (pair.page, pair.other):
        bar = source.view.verticalScrollBar()
        bar.setValue(bar.value() + 700)
        pair.assert_aligned()
    pair.other.go_to("symptoms")
    pair.assert_aligned()
    assert pair.page.view.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert pair.page.view.offset.y() > 0


def test_size_zoom_theme_and_language_keep_rows_and_place(pair: Pair) -> None:
    """Everything that lays the text out anew."""
    pair.desk.open("online-meetings")
    pair.beside.start()
    pair.page.go_to("symptoms")
    section = pair.page.place().anchor

    def check() -> None:
        pair.assert_aligned()
        assert pair.page.place().anchor == section

    for act in (
        lambda: pair.page.resize(1250, 700),
        lambda: pair.desk.theme.set_zoom(1.25),
        lambda: pair.desk.theme.set_preference("dark"),
        lambda: pair.desk.switch("en"),
        lambda: pair.desk.theme.set_zoom(1.0),
    ):
        act()
        check()
    assert "Gäller för" in pair.text(pair.other)
    assert pair.beside.frame.head._left.text() == "English"
    pair.beside.stop()
    assert pair.page.place().anchor == section
    assert pair.page.view.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded
    assert pair.other.isHidden()
    assert pair.page.view.width() == pair.page.width()


def test_matches_are_found_in_both_columns_row_by_row(pair: Pair) -> None:
    """The counter tells of all; the current one is in one column only."""
    pair.make()
    pair.beside.start()

    found = pair.beside.find("slut")
    assert (found.current, found.total) == (1, 2)
    found = pair.beside.find("T")
    order = []
    for _ in range(4):
        sides = [page.finder._session.index >= 0 for page in (pair.page, pair.other)]
        assert sides.count(True) == 1
        order.append(sides)
        pair.beside.find_next()
    assert found.total > 4
    assert [True, False] in order
    assert [False, True] in order
    assert pair.beside.find("question").total == 1
    assert not pair.page.finder._session.matches
    pair.beside.clear_find()
    assert not pair.other.view.extraSelections()


def test_a_match_in_a_closed_answer_opens_it_on_both_sides(pair: Pair) -> None:
    """Else the rows below would part."""
    pair.make()
    pair.beside.start()

    pair.beside.find("Short")

    assert pair.page.stage.page.folds["q"].is_open
    pair.assert_aligned()


def test_a_lacking_language_is_said_with_those_that_there_are(pair: Pair) -> None:
    """An empty half would look broken."""
    pair.made["made", "sv"] = Article(id="made", language="sv", title="Ensam", blocks=blocks(SWEDISH))
    pair.desk.open("online-meetings")
    pair.beside.start()
    pair.page.show_article(pair.made["made", "sv"], ("sv",))

    texts = [label.text() for label in pair.beside.frame.lack.findChildren(QLabel)]
    assert pair.beside.frame.lack.isVisible()
    assert texts == ["Artikeln finns inte på engelska.", "Artikelns språk: svenska"]
    assert pair.other.isHidden()
    assert not pair.beside.is_aligned
    assert pair.page.view.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded
    assert pair.beside.find("inledande").total == 1

    pair.desk.open("online-meetings")
    pair.assert_aligned()
    assert pair.beside.frame.lack.isHidden()


def test_an_outdated_translation_is_told_over_both_columns(pair: Pair) -> None:
    """Which side is older, and by what."""
    pair.make()
    pair.made["made", "sv"] = replace(pair.made["made", "sv"], revision="5.0")
    pair.made["made", "en"] = replace(
        pair.made["made", "en"], translation=Translation("sv", TranslationMethod.HUMAN, revision="4.0")
    )
    pair.desk.open(pair.made["made", "sv"])
    pair.beside.start()

    assert pair.note() == (
        "Originalet har ändrats: Texten på engelska bygger på revision 4.0. "
        "Texten på svenska har nu revision 5.0."
    )
    pair.assert_aligned()
    assert pair.page.view.y() == pair.beside.frame.head.height()


def test_texts_whose_original_has_changed_are_told_and_stay_in_their_rows(pair: Pair) -> None:
    """The mark stands in one column; the other makes room for it."""
    keys = frozenset({"client/p1", "windows-update", "scope/l1/2/p1", "symptoms/y1"})
    english = replace(pair.desk.library.article("online-meetings", "en"), stale=keys)
    pair.made["online-meetings", "en"] = english
    pair.desk.open("online-meetings")
    pair.beside.start()

    assert pair.note().startswith(
        "Originalet har ändrats: Originalet har ändrats på 4 ställen sedan texten på"
    )
    pair.assert_aligned()
    assert pair.text(pair.other).count("Original changed") == 5
    assert pair.text(pair.page).count("Originalet har ändrats") == 0


def test_too_narrow_a_page_shows_one_column_and_says_why(pair: Pair) -> None:
    """Two columns of three words a line help nobody."""
    pair.desk.open("kb902534")
    pair.beside.start()

    pair.page.resize(700, 640)

    assert pair.note() == "Sida vid sida kräver ett bredare fönster eller mindre text."
    assert pair.other.isHidden()
    assert not pair.beside.is_aligned
    pair.page.resize(1340, 640)
    pair.desk.qtbot.waitUntil(lambda: pair.beside.is_aligned and pair.other.isVisible())
    pair.assert_aligned()
    assert pair.note() == ""
    pair.desk.theme.set_zoom(2.0)
    assert pair.other.isHidden()
    assert pair.note()


def test_the_right_language_can_be_chosen_where_there_are_several(make_desk: Callable[..., Desk]) -> None:
    """With two there is nothing to choose."""
    pair = Pair(make_desk(width=1340, height=640), ("sv", "en", "de"))
    pair.desk.open("online-meetings")
    pair.beside.start()
    chooser = pair.beside.frame.head.stops[0]
    assert chooser.isVisible()
    assert chooser.accessibleName() == "Språk till höger: engelska"

    pair.made["online-meetings", "de"] = replace(
        pair.desk.library.article("online-meetings", "en"), language="de"
    )
    pair.beside.frame.head.language_chosen.emit("de")

    assert pair.other.opened.article is not None
    assert pair.other.opened.article.language == "de"
    assert chooser.accessibleName() == "Språk till höger: tyska"
    pair.assert_aligned()


def test_the_focus_crosses_to_the_same_step(pair: Pair) -> None:
    """From a box to its counterpart and back, without passing all the others."""
    pair.desk.open("kb902534")
    pair.beside.start()
    article = pair.page.opened.article
    assert article is not None
    step = list(walk_steps(article.blocks))[1].id
    pair.page.go_to(step)
    assert pair.page.layer.key_of(QApplication.focusWidget()) == f"tick:{step}"

    pair.beside.cross()
    assert pair.other.layer.key_of(QApplication.focusWidget()) == f"tick:{step}"
    assert pair.beside.focused is pair.other
    pair.beside.cross()
    assert pair.page.layer.key_of(QApplication.focusWidget()) == f"tick:{step}"
    pair.assert_aligned()
