"""The page as a whole: place, focus, find, copy, keyboard, sizes, themes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit

from kbviewer.model.article import Article
from kbviewer.model.blocks import Block, Paragraph, StepList, walk_steps
from kbviewer.model.inline import Run
from kbviewer.model.progress import ReadingPlace
from kbviewer.ui.article.find import Found
from tests.gui.article.conftest import Desk

MakeDesk = Callable[..., Desk]
ARTICLES = ("kb307294", "kb902534", "account-security-info", "online-meetings")


def top_block(desk: Desk) -> tuple[str, float]:
    """Return the block at the top of the view and how far above the edge its own lines start."""
    page = desk.page
    key = page.place().anchor
    return key, desk.y_of(key)


@pytest.mark.parametrize("article", ARTICLES)
def test_the_same_block_stays_at_the_same_place_when_the_language_is_switched(
    desk: Desk, article: str
) -> None:
    page = desk.open(article)
    page.expand_all()
    bar = page.view.verticalScrollBar()
    for y in range(0, bar.maximum(), bar.maximum() // 9):
        bar.setValue(y)
        before = page.place()
        desk.switch("en")
        after = page.place()
        assert after.anchor == before.anchor
        area = page.stage.places.extent(after.anchor)
        at_end = bar.value() == bar.maximum()
        assert at_end or abs(area[0] + before.fraction * (area[1] - area[0]) - bar.value()) <= 2
        desk.switch("sv")
        assert abs(bar.value() - y) <= 2


@pytest.mark.parametrize("change", ["zoom", "theme", "narrow", "touch"])
def test_the_place_stays_when_the_look_changes(desk: Desk, change: str) -> None:
    page = desk.open("online-meetings")
    page.view.verticalScrollBar().setValue(1500)
    before = page.place()
    match change:
        case "zoom":
            desk.theme.set_zoom(1.75)
        case "theme":
            desk.theme.set_preference("dark")
        case "narrow":
            page.resize(420, 700)
        case _:
            desk.theme.set_touch(True)
    assert page.place() == before
    top, bottom = page.stage.places.extent(before.anchor)
    assert abs(top + before.fraction * (bottom - top) - page.view.verticalScrollBar().value()) <= 2


def test_a_place_is_returned_to(desk: Desk) -> None:
    page = desk.open("kb307294")
    page.view.verticalScrollBar().setValue(1234)
    place = page.place()
    desk.open("kb902534")
    desk.open("kb307294", place=place)
    assert abs(page.view.verticalScrollBar().value() - 1234) <= 1
    desk.open("kb307294", place=ReadingPlace("kb307294", "sv", "no-such-block", 0.5), anchor="lan")
    assert 0 <= desk.y_of("lan") < 60


def test_the_place_is_told_after_the_reader_has_come_to_rest(desk: Desk) -> None:
    page = desk.open("kb307294")
    with desk.qtbot.waitSignal(page.place_changed, timeout=2000):
        page.view.verticalScrollBar().setValue(300)


def test_what_was_shown_before_is_let_go(desk: Desk) -> None:
    """Somebody who reads all day and switches languages must not be asked to close the program."""

    def read_on() -> int:
        for language in ("en", "sv", "en", "sv"):
            desk.switch(language)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(desk.page.findChildren(QObject))

    desk.open("kb307294")
    assert read_on() == read_on()


def test_focus_on_a_box_and_on_a_link_stays_when_the_language_is_switched(desk: Desk) -> None:
    page = desk.open("kb307294")
    page.go_to("lan-options")
    desk.switch("en")
    assert QApplication.focusWidget() is desk.widget("tick:lan-options")
    number = desk.link("www.passport.net")
    owner = page.stage.page.links[number].owner
    page.view.focus_link(number)
    desk.switch("sv")
    assert page.view.hasFocus()
    assert page.stage.page.links[page.view.focused_link].owner == owner


def test_a_selection_stays_when_the_theme_changes(desk: Desk) -> None:
    page = desk.open("kb307294")
    page.find("Hotmail")
    cursor = page.view.textCursor()
    cursor.setPosition(400)
    cursor.setPosition(460, cursor.MoveMode.KeepAnchor)
    page.view.setTextCursor(cursor)
    before = cursor.selectedText()
    desk.theme.set_preference("dark")
    assert page.view.textCursor().selectedText() == before
    desk.switch("en")
    assert page.view.textCursor().hasSelection()


def test_find_counts_marks_and_goes_round(desk: Desk) -> None:
    page = desk.open("kb307294")
    found = page.find("hotmail")
    assert found.total > 5
    assert found.current == 1
    assert page.find_previous() == Found(found.total, found.total)
    assert page.find_next() == Found(1, found.total)
    marks = page.view.extraSelections()
    colours = {mark.format.background().color().name().upper() for mark in marks}
    assert desk.theme.tokens.find_current in colours
    page.clear_find()
    assert not page.view.extraSelections()
    assert page.find("") == Found(0, 0)


def test_what_is_sought_stays_marked_when_the_language_is_switched(desk: Desk) -> None:
    page = desk.open("kb307294")
    page.find("Hotmail")
    desk.switch("en")
    assert page.find_next().total > 5


def test_copying_gives_clean_text_and_html_with_numbers(desk: Desk) -> None:
    page = desk.open("online-meetings")
    page.select_all()
    with desk.qtbot.waitSignal(page.copied):
        page.copy()
    data = QApplication.clipboard().mimeData()
    text, html = data.text(), data.html()
    assert "\ufffc" not in text
    assert "\u00a0" not in text
    assert "\n1. Kör Windows Update" in text
    assert "\n1.a. Öppna Certifikathanteraren i Windows: klicka på Start > Kör, skriv certmgr.msc och" in text
    assert "• Hur många användare" in text
    assert "sök efter det här" not in text
    assert '<html lang="sv">' in html
    assert "<h2>Omfattning</h2>" in html
    assert '<ol type="a"><li>Öppna <strong>Certifikathanteraren</strong>' in html
    assert "</strong>Kör" not in html
    assert "<code>certmgr.msc</code>" in html
    assert "<strong>Start</strong>" in html


def test_what_is_folded_away_is_not_copied(desk: Desk) -> None:
    page = desk.open("account-security-info")
    page.select_all()
    page.copy()
    assert "obligatoriskt" not in QApplication.clipboard().text()


def test_tab_reaches_links_and_widgets_in_reading_order(desk: Desk) -> None:
    page = desk.open("online-meetings")
    page.view.setFocus()
    desk.press(Qt.Key.Key_Tab)
    reached: list[int] = []
    for _ in range(25):
        focus = QApplication.focusWidget()
        assert focus is not None
        if page.view.focused_link >= 0 and page.view.hasFocus():
            reached.append(page.stage.page.links[page.view.focused_link].start)
        else:
            key = page.layer.key_of(focus)
            item = page.stage.page.embedded_by_key(key)
            assert item is not None, focus
            reached.append(item.position)
        desk.press(Qt.Key.Key_Tab)
    assert reached == sorted(reached)
    assert len(set(reached)) > 20
    here = QApplication.focusWidget()
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is here


def test_tab_leaves_the_page_at_its_ends(desk: Desk) -> None:
    page = desk.open(Article(id="short", language="sv", title="Kort", blocks=()))
    after = QLineEdit(page)
    after.show()
    desk.page.setTabOrder(page.view, after)
    desk.widget("footer").tab_stops()[-1].setFocus(Qt.FocusReason.TabFocusReason)  # type: ignore[attr-defined]
    desk.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
    desk.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert page.layer.key_of(QApplication.focusWidget()) == "footer"


def test_plain_arrows_scroll_and_leave_the_text_selectable(desk: Desk) -> None:
    page = desk.open("kb307294")
    page.view.setFocus()
    desk.press(Qt.Key.Key_Down)
    assert page.view.verticalScrollBar().value() > 0
    desk.press(Qt.Key.Key_End)
    assert page.view.verticalScrollBar().value() == page.view.verticalScrollBar().maximum()
    desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.view.textCursor().hasSelection()


@pytest.mark.parametrize("width", [320, 400, 700, 1366, 3840])
@pytest.mark.parametrize("article", ARTICLES)
def test_the_page_fits_every_width(make_desk: MakeDesk, article: str, width: int) -> None:
    desk = make_desk(width=width)
    page = desk.open(article)
    page.expand_all()
    assert page.view.horizontalScrollBar().maximum() == 0
    viewport = page.view.viewport().width()
    assert viewport <= width
    column = page.stage.measures.column
    assert column <= 780
    left = page.view.viewport().mapTo(page, page.view.viewport().rect().topLeft()).x()
    right = width - left - viewport
    assert abs(right - left) <= 24
    for key in desk.keys("tick") + desk.keys("faq"):
        rect = desk.widget(key).geometry()
        assert rect.left() >= 0
        assert rect.right() <= viewport


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_page_is_painted_in_the_theme(make_desk: MakeDesk, theme: str) -> None:
    desk = make_desk(theme)
    page = desk.open("online-meetings")
    picture = page.grab().toImage()
    assert picture.pixelColor(3, 400).name().upper() == QColor(desk.theme.tokens.page).name().upper()
    assert picture.pixelColor(500, 2).name().upper() == QColor(desk.theme.tokens.page).name().upper()
    colours = {picture.pixelColor(x, y).name() for x in range(150, 900, 3) for y in range(20, 600, 3)}
    assert len(colours) > 20


def many_blocks(desk: Desk, count: int) -> Article:
    """Return an article with that many steps and paragraphs."""
    source = desk.library.article("kb902534", "sv")
    steps = next(block for block in source.blocks if isinstance(block, StepList))
    blocks: list[Block] = []
    for index in range(count):
        copies = tuple(replace(step, id=f"{step.id}-{index}", blocks=()) for step in steps.steps)
        blocks.append(replace(steps, key=f"list-{index}", steps=copies))
        blocks.append(Paragraph(key=f"p-{index}", runs=(Run(f"Stycke {index}. " + "Ord " * 60),)))
    return replace(source, id="many", blocks=tuple(blocks))


def test_long_articles_make_their_boxes_when_they_come_near(desk: Desk) -> None:
    article = many_blocks(desk, 40)
    page = desk.open(article)
    steps = [step.id for step in walk_steps(article.blocks)]
    assert page.layer.made(f"tick:{steps[0]}") is not None
    assert page.layer.made(f"tick:{steps[-1]}") is None
    page.go_to(steps[-1])
    assert QApplication.focusWidget() is page.layer.made(f"tick:{steps[-1]}")
    page.go_to("p-20")
    page.view.setFocus(Qt.FocusReason.OtherFocusReason)
    desk.press(Qt.Key.Key_Tab)
    assert page.layer.key_of(QApplication.focusWidget()) == f"tick:{steps[21 * 13]}"


def test_a_page_without_an_article_is_harmless(desk: Desk) -> None:
    page = desk.page
    assert page.place() == ReadingPlace("", "", "", 0.0)
    assert page.progress().total == 0
    assert not page.reset_progress()
    page.find("x")
    page.go_to("x")
    page.copy()
    page.retranslate()
    page.resize(500, 500)
