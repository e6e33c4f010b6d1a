"""Small manners of the window: menus, home, notes, first size, places that do not exist."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.model.hits import SearchAnswer
from kbviewer.model.inline import Link, LinkKind
from kbviewer.model.progress import ReadingPlace
from kbviewer.search.protocol import Answer
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.link_notice import describe_link, search_words
from kbviewer.ui.shell.menu_button import MenuButton
from kbviewer.ui.shell.window import MainWindow, first_size
from tests.gui.shell.conftest import FakeSearch, MakeWindow

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise|grabbing the keyboard)", extend=True
)


def visible_texts(part: QWidget) -> set[str]:
    return {label.text() for label in part.findChildren(QLabel) if label.isVisible()}


def panel_is_open(window: MainWindow) -> bool:
    return any(
        child.isVisible() for child in window.findChildren(QWidget) if type(child).__name__ == "ResultsPanel"
    )


def test_a_menu_stays_inside_the_window_and_its_button_comes_to_rest(
    article_window: MainWindow, qtbot: QtBot
) -> None:
    """The last button's menu ends where the button ends."""
    button = article_window.parts.bar.last_stop
    assert isinstance(button, MenuButton)
    menu = button.menu()
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    right_edge = article_window.mapToGlobal(article_window.rect().topRight()).x()
    assert menu.x() + menu.width() - 1 <= right_edge
    button.setDown(True)
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    menu.hide()
    qtbot.waitUntil(lambda: not button.isDown())
    assert not button.underMouse()


def test_going_home_takes_the_old_search_away_and_begins_at_the_top(
    article_window: MainWindow, search: FakeSearch, qtbot: QtBot
) -> None:
    """Results come back only when the reader asks for them."""
    article_window.searching.search_for("kod")
    search.answered.emit(Answer(len(search.asked), SearchAnswer("kod", (), 1.0)))
    assert panel_is_open(article_window)
    asked = len(search.asked)
    article_window.table[ActionId.HOME].trigger()
    assert not panel_is_open(article_window)
    article_window.table[ActionId.BACK].trigger()
    home = article_window.parts.area.to_home()
    home.verticalScrollBar().setValue(50)
    article_window.table[ActionId.HOME].trigger()
    assert home.verticalScrollBar().value() == 0
    assert article_window.parts.field.hasFocus()
    assert len(search.asked) == asked
    article_window.parts.field.clearFocus()
    article_window.table[ActionId.SEARCH].trigger()
    assert len(search.asked) == asked + 1


def test_a_place_that_does_not_exist_is_told_and_the_reading_place_kept(
    make_window: MakeWindow, state: UserState
) -> None:
    """A mistyped anchor must not cost the reader his place."""
    state.places.save(ReadingPlace("steps", "sv", "second", 0.0))
    window = make_window("steps", "nosuch")
    assert any("nosuch" in text for text in visible_texts(window.parts.toast))
    page = window.reading.page
    assert page is not None
    window.reading.flush()
    kept = state.places.load("steps")
    assert kept is not None
    assert kept.anchor == "second"


def test_a_note_goes_when_the_language_changes(article_window: MainWindow) -> None:
    """It would stay in the old language."""
    article_window.parts.toast.show_text("Kopierat")
    article_window.table[ActionId.SWITCH_LANGUAGE].trigger()
    assert not article_window.parts.toast.isVisible()


@pytest.mark.parametrize(
    ("screen", "expected"),
    [(QSize(1366, 728), QSize(1180, 655)), (QSize(1920, 1040), QSize(1180, 720))],
)
def test_a_first_window_fits_the_screen_with_its_frame(screen: QSize, expected: QSize) -> None:
    assert first_size(screen) == expected


def test_progress_counts_steps(article_window: MainWindow, state: UserState) -> None:
    """It is no position."""
    state.ticks.set_done("steps", ["one"], True)
    article_window.reader.reload()
    assert "1 av 2 steg klara" in visible_texts(article_window.parts.pane)


def test_an_article_without_headings_says_so(make_window: MakeWindow, library_folder: Path) -> None:
    """An empty list looks like a fault."""
    (library_folder / "bare").mkdir()
    (library_folder / "bare" / "sv.md").write_text(
        "---\ntitle: Bar\nuid: bare\nlang: sv\n---\n# Bar\n\nText.\n", encoding="utf-8"
    )
    window = make_window("plain")
    window.opener.reload()
    window.open_article("bare")
    assert "Artikeln har inga rubriker." in visible_texts(window.parts.pane)
    window.open_article("steps")
    assert "Artikeln har inga rubriker." not in visible_texts(window.parts.pane)


def test_a_search_for_an_absent_title_leaves_id_and_quotes_out() -> None:
    """Both would find the article with the link and nothing else."""
    assert search_words("307293 Felet ”Servern svarar inte”") == "Felet Servern svarar inte"
    assert not describe_link(Link(LinkKind.ARTICLE, "307293"), "", str).search_for


def test_a_long_title_in_the_contents_takes_two_lines(make_window: MakeWindow, library_folder: Path) -> None:
    """A title that is cut at one line does not say where it leads."""
    (library_folder / "plain" / "sv.md").write_text(
        "---\ntitle: Ren text\nuid: plain\nlang: sv\n---\n# Ren text\n\n## Kort\n\nText.\n\n"
        "## En rubrik som är för lång för en enda rad i innehållet\n\nText.\n",
        encoding="utf-8",
    )
    outline = make_window("plain").parts.pane.outline
    short, long = (outline.visualRect(outline.outline.index(row)).height() for row in (0, 1))
    assert long > short
