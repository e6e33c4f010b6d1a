"""Opening, going back, finding, and what happens when an article cannot be shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kbviewer.model.hits import Hit
from kbviewer.model.inline import Link, LinkKind
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.status_page import Status, StatusPage
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import FakeSearch, MakeWindow, focused


def shown_texts(page: StatusPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if not label.isHidden())


def test_home_has_the_search_field_in_focus(window: MainWindow) -> None:
    """Who starts the program has a problem and types its words."""
    assert window.parts.area.current is window.parts.area.home_page
    assert QApplication.focusWidget() is window.parts.field
    assert window.windowTitle() == "Kunskapsbas"


def test_an_article_brings_title_outline_and_progress(article_window: MainWindow) -> None:
    """Everything beside the page belongs to the article that is on it."""
    assert article_window.windowTitle() == "Logga in – Kunskapsbas"
    outline = article_window.parts.pane.outline.outline
    texts = [outline.index(row).data() for row in range(outline.rowCount())]
    assert texts == ["Det första", "Annat", "Vad är en kod?"]
    assert not article_window.parts.pane.progress.isHidden()


def test_an_article_without_steps_has_no_progress_card(make_window: MakeWindow) -> None:
    """A bar that can never fill would only puzzle."""
    assert make_window("plain").parts.pane.progress.isHidden()


def test_every_id_form_opens_the_article(window: MainWindow) -> None:
    """As on the command line."""
    for reference in ("steps", "KB1001", "Q1001", "1001"):
        window.reader.go_home()
        window.open_article(reference)
        assert window.windowTitle().startswith("Logga in")


def test_the_outline_goes_to_a_section(article_window: MainWindow, qtbot: QtBot) -> None:
    """Enter on a line of the outline is a jump."""
    outline = article_window.parts.pane.outline
    outline.setFocus()
    outline.setCurrentIndex(outline.outline.index(1))
    QTest.keyClick(outline, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: article_window.reading.section == "second")
    assert outline.outline.active == 1


def test_back_returns_to_the_place_that_was_left(article_window: MainWindow, qtbot: QtBot) -> None:
    """Not to the top: the reader was in the middle of a procedure."""
    page = article_window.parts.area.article_page
    assert page is not None
    page.go_to("second")
    qtbot.waitUntil(lambda: article_window.reading.section == "second")
    left = page.place()
    article_window.reading.follow_link(Link(LinkKind.ARTICLE, "plain", "end"))
    assert article_window.windowTitle().startswith("Ren text")
    article_window.table[ActionId.BACK].trigger()
    assert article_window.windowTitle().startswith("Logga in")
    assert page.place().anchor == left.anchor
    assert abs(page.place().fraction - left.fraction) < 0.05
    assert article_window.table[ActionId.FORWARD].isEnabled()


def test_mouse_buttons_go_back_and_forward(article_window: MainWindow) -> None:
    """Wherever the pointer is, also over the article."""
    handle = article_window.windowHandle()
    middle = QPoint(700, 400)
    QTest.mouseClick(handle, Qt.MouseButton.BackButton, Qt.KeyboardModifier.NoModifier, middle)
    assert article_window.parts.area.current is article_window.parts.area.home_page
    QTest.mouseClick(handle, Qt.MouseButton.ForwardButton, Qt.KeyboardModifier.NoModifier, middle)
    assert article_window.reading.page is not None


def test_a_broken_article_shows_reason_file_and_next_step(window: MainWindow) -> None:
    """An editor needs file and line; a reader needs a way on."""
    window.open_article("broken")
    page = window.parts.area.status_page
    assert page is not None
    assert window.parts.area.current is page
    assert "Artikeln kan inte visas" in shown_texts(page)
    assert "broken/sv.md:" in shown_texts(page)
    assert QApplication.focusWidget() in page.findChildren(QPushButton)


def test_the_broken_file_is_listed_on_home(window: MainWindow, library: OpenLibrary) -> None:
    """The others open all the same."""
    home = window.parts.area.home_page
    assert home is not None
    problem = next(p for entry in library.entries() for p in entry.problems)
    home.problem_chosen.emit(problem)
    page = window.parts.area.status_page
    assert page is not None
    assert "broken/sv.md:" in shown_texts(page)


def test_a_mended_article_opens_with_try_again(window: MainWindow, library_folder: Path) -> None:
    """The next step on the page is one that can help."""
    window.open_article("broken")
    fixed = "---\ntitle: Hel\nuid: broken\nlang: sv\n---\n# Hel\n\nNu går det.\n"
    (library_folder / "broken" / "sv.md").write_text(fixed, encoding="utf-8")
    button = window.parts.area.to_status().findChildren(QPushButton)[0]
    assert button.text() == "Försök igen"
    button.click()
    assert window.windowTitle().startswith("Hel")


def test_an_article_that_is_not_here_is_offered_to_the_search(window: MainWindow, search: FakeSearch) -> None:
    """By its title when the pack knows it."""
    window.open_article("4711")
    page = window.parts.area.status_page
    assert page is not None
    assert "Saknad del" in shown_texts(page)
    page.findChildren(QPushButton)[0].click()
    assert search.asked[-1].text == "Saknad del"
    assert window.parts.field.text() == "Saknad del"


def test_a_hit_opens_its_article_at_its_section(window: MainWindow, qtbot: QtBot) -> None:
    """Not at the top, when the match is far below."""
    hit = Hit("steps", "", "steps/sv.md", "sv", "Logga in", "…", "second", 1.0)
    window.searching.hit_chosen.emit(hit)
    qtbot.waitUntil(lambda: window.reading.section == "second")


def test_escape_in_the_search_returns_to_the_page(article_window: MainWindow) -> None:
    """Results never take the place of what is read."""
    page = article_window.parts.area.article_page
    assert page is not None
    page.setFocus()
    before = QApplication.focusWidget()
    article_window.table[ActionId.SEARCH].trigger()
    assert QApplication.focusWidget() is article_window.parts.field
    QTest.keyClick(article_window.parts.field, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before


def test_find_counts_steps_and_leaves(article_window: MainWindow) -> None:
    """Ctrl+F, Enter, Esc."""
    article_window.table[ActionId.FIND].trigger()
    bar = article_window.parts.area.find_bar
    assert bar is not None
    QTest.keyClicks(focused(), "utfyllnaden")
    assert "av 60" in " ".join(label.text() for label in bar.findChildren(QLabel))
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert bar.isHidden()
    page = article_window.parts.area.article_page
    assert page is not None
    assert page.isAncestorOf(focused())


def test_the_reading_place_is_kept_when_the_window_closes(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    """Reading goes on there after a restart."""
    page = article_window.parts.area.article_page
    assert page is not None
    page.go_to("second")
    left = page.place()
    article_window.close()
    kept = state.places.load("steps")
    assert kept is not None
    assert kept.anchor == left.anchor


def test_the_reading_place_is_kept_while_reading(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    """A power cut must not send the reader back to the top."""
    page = article_window.parts.area.article_page
    assert page is not None
    page.go_to("second")
    qtbot.waitUntil(lambda: getattr(state.places.load("steps"), "anchor", "") == page.place().anchor)


def test_an_opened_article_is_among_the_recent_ones(article_window: MainWindow, state: UserState) -> None:
    """Home offers it the next time."""
    assert [recent.article for recent in state.recents.latest(5)] == ["steps"]


def test_refresh_shows_what_an_editor_has_saved(article_window: MainWindow, library_folder: Path) -> None:
    """F5 while writing."""
    path = library_folder / "steps" / "sv.md"
    path.write_text(path.read_text("utf-8").replace("Det första", "Det allra första"), encoding="utf-8")
    article_window.table[ActionId.RELOAD].trigger()
    outline = article_window.parts.pane.outline.outline
    assert outline.index(0).data() == "Det allra första"


def test_another_folder_begins_a_new_history(article_window: MainWindow, tmp_path: Path) -> None:
    """Back must not lead into articles that are closed."""
    folder = tmp_path / "other"
    (folder / "solo").mkdir(parents=True)
    (folder / "solo" / "sv.md").write_text("---\ntitle: Ensam\nlang: sv\n---\n# Ensam\n", encoding="utf-8")
    article_window.opener.open(folder)
    assert article_window.parts.area.current is article_window.parts.area.home_page
    assert not article_window.table[ActionId.BACK].isEnabled()
    article_window.open_article("solo")
    assert article_window.windowTitle().startswith("Ensam")


def test_a_folder_that_is_gone_is_told_and_changes_nothing(
    article_window: MainWindow, tmp_path: Path
) -> None:
    """Typing errors and unplugged sticks."""
    article_window.opener.open(tmp_path / "nowhere")
    assert not article_window.parts.notice.isHidden()
    assert article_window.windowTitle().startswith("Logga in")


def test_a_large_library_says_that_it_is_being_read(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A blank window looks like a program that hangs."""
    seen: list[str] = []
    show = StatusPage.show_status

    def note(page: StatusPage, status: Status) -> None:
        show(page, status)
        seen.append(shown_texts(page))

    monkeypatch.setattr(StatusPage, "show_status", note)
    window = make_window("steps", is_large=True)
    assert "Läser in" in seen[0]
    assert window.windowTitle().startswith("Logga in")


def test_escape_after_a_click_into_the_field_goes_to_the_article(article_window: MainWindow) -> None:
    """The mouse says nothing about where the reader was; the article is the best guess."""
    field = article_window.parts.field
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is field
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert article_window.parts.area.isAncestorOf(focused())


@pytest.mark.parametrize("leave", ["home", "another article", "close"])
def test_notes_on_steps_are_saved_before_the_page_is_left(
    article_window: MainWindow, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    """A call comes in, or the window is closed: what was typed is kept."""
    page = article_window.reading.page
    assert page is not None
    kept: list[str] = []

    def keep() -> None:
        article = page.opened.article
        kept.append(article.id if article is not None else "")

    monkeypatch.setattr(page, "keep_notes", keep)
    match leave:
        case "home":
            article_window.reader.go_home()
        case "another article":
            article_window.open_article("plain")
        case _:
            article_window.close()
    assert kept[:1] == ["steps"]


def test_tab_begins_at_what_is_in_view(article_window: MainWindow, qtbot: QtBot) -> None:
    """Not at the top, where a reader who came by a hit or the wheel has not been."""
    page = article_window.reading.page
    assert page is not None
    qtbot.waitUntil(lambda: page.view.verticalScrollBar().maximum() > 0)
    page.view.setFocus(Qt.FocusReason.OtherFocusReason)
    page.view.verticalScrollBar().setValue(page.view.verticalScrollBar().maximum())
    before = page.view.offset.y()
    QTest.keyClick(page.view, Qt.Key.Key_Tab)
    assert abs(page.view.offset.y() - before) < page.view.viewport().height()
    assert page.section_here() == "second"


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
def test_an_offer_about_a_page_goes_with_it(article_window: MainWindow) -> None:
    """Back to the top, of which page?"""
    window = article_window
    window.parts.toast.show_text("Här slutade du läsa.", "Upp", window.reading.go_to_top, of_page=True)
    window.table[ActionId.CASES].trigger()
    assert not window.parts.toast.isVisible()
    window.parts.toast.show_text("Sparat")
    window.reader.go_home()
    assert window.parts.toast.isVisible()
