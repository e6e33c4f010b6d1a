"""The next start goes on where the last one ended, however it ended."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from kbviewer.model.article import Article
from kbviewer.model.errors import StateError
from kbviewer.model.messages import message
from kbviewer.model.tabs import KeptTab, KeptTabs, Stop
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.open_library import OpenLibrary
from tests.gui.shell.conftest import MakeWindow
from tests.support.tab_driver import scroll, scroll_to, shown


def test_a_start_with_one_tab_needs_no_strip_and_no_history_page() -> None:
    """What is not seen is not imported."""
    late = ("tab_strip", "history_menu", "history_presenter")
    names = [f"kbviewer.ui.shell.{name}" for name in late] + ["kbviewer.ui.history"]
    program = f"import sys, kbviewer.app.gui.main; print([name for name in {names} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_tabs_and_places_come_back_to_the_pixel(make_window: MakeWindow) -> None:
    """Closed in the middle of a procedure, opened in the middle of it."""
    window = make_window("steps")
    scroll_to(window, 733)
    window.open_article("plain")
    window.table[ActionId.NEW_TAB].trigger()
    window.tabs.select_at(0)
    window.close()

    window = make_window()
    assert shown(window) == ["[Logga in]", "Ren text", "Hem"]
    assert scroll(window) == 733


def test_the_history_of_a_tab_comes_back(make_window: MakeWindow) -> None:
    """Back leads where it led before."""
    window = make_window("steps")
    scroll_to(window, 733)
    window.reader.open("plain")
    window.close()

    window = make_window()
    assert shown(window) == ["[Ren text]"]
    window.table[ActionId.BACK].trigger()
    assert scroll(window) == 733


def test_a_power_cut_costs_nothing_that_is_a_second_old(
    make_window: MakeWindow, state: UserState, qtbot: QtBot
) -> None:
    """The tabs are on disk while they are read, not only when the window closes."""
    window = make_window("steps")
    window.table[ActionId.NEW_TAB].trigger()
    window.tabs.select_at(0)
    scroll_to(window, 911)
    page = window.reading.page
    assert page is not None

    def is_kept() -> bool:
        kept = state.tabs.load()
        if (len(kept.tabs), kept.current) != (2, 0):
            return False
        first = kept.tabs[0]
        return first.stops[first.at].place == page.place()

    qtbot.waitUntil(is_kept, timeout=2000)


def test_only_the_current_tab_is_read_at_start(
    make_window: MakeWindow, library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty tabs may not cost twenty articles."""
    window = make_window("steps")
    window.open_article("plain")
    window.close()
    read: list[str] = []
    article = library.article

    def note(name: str, language: str) -> Article:
        read.append(name)
        return article(name, language)

    monkeypatch.setattr(library, "article", note)
    make_window()
    assert read == ["plain"]


def test_an_article_from_the_command_line_comes_as_a_tab_of_its_own(make_window: MakeWindow) -> None:
    """In front; what was read before stays."""
    make_window("steps").close()
    assert shown(make_window("plain")) == ["Logga in", "[Ren text]"]


def test_the_last_session_at_home_starts_at_home(make_window: MakeWindow) -> None:
    """And without a strip."""
    window = make_window("steps")
    window.reader.go_home()
    window.close()
    window = make_window()
    assert shown(window) == ["[Hem]"]
    assert window.parts.area.current is window.parts.area.home_page


def test_who_wants_to_start_at_home_does(make_window: MakeWindow, state: UserState) -> None:
    """The choice is kept; to go on is the default."""
    window = make_window("steps")
    action = window.table[ActionId.START_WHERE_LEFT]
    assert action.isChecked()
    action.trigger()
    window.close()
    assert not state.settings.get("start_where_left")
    window = make_window()
    assert shown(window) == ["[Hem]"]
    assert not window.table[ActionId.START_WHERE_LEFT].isChecked()


def test_a_tab_whose_article_is_gone_says_so(make_window: MakeWindow, state: UserState) -> None:
    """As any link to it would; the other tabs are not affected."""
    state.tabs.save(KeptTabs((KeptTab((Stop("steps"),)), KeptTab((Stop("4711"),))), 1))
    window = make_window()
    assert shown(window) == ["Logga in", "[Saknad del]"]
    assert window.parts.area.current is window.parts.area.status_page
    window.tabs.select_at(0)
    assert window.reading.page is not None


def test_a_page_that_this_version_does_not_have_is_home(make_window: MakeWindow, state: UserState) -> None:
    """The profile may have been used by another one."""
    state.tabs.save(KeptTabs((KeptTab((Stop(anchor="of-tomorrow"),)),)))
    window = make_window()
    assert shown(window) == ["[Hem]"]
    assert window.parts.area.current is window.parts.area.home_page


def test_a_page_of_the_program_is_restored(make_window: MakeWindow, state: UserState) -> None:
    """As the history, so any page that is made known."""
    window = make_window("steps")
    window.tab_desk.add_page("other", "Home", window.parts.area.to_home)
    window.reader.visit(Stop(anchor="other"))
    window.tab_desk.flush()
    assert state.tabs.load().tabs[0].stops[-1] == Stop(anchor="other")
    window.table[ActionId.BACK].trigger()
    assert window.reading.page is not None


def test_tabs_that_cannot_be_read_are_told_and_home_comes_up(
    make_window: MakeWindow, state: UserState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged file must not keep the reader from the articles."""

    def fail() -> KeptTabs:
        raise StateError(message("Broken."))

    monkeypatch.setattr(state.tabs, "load", fail)
    window = make_window()
    assert shown(window) == ["[Hem]"]
    assert not window.parts.notice.isHidden()


def test_tabs_that_cannot_be_kept_are_told_once(
    make_window: MakeWindow, state: UserState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is no reason to stop reading, nor to nag."""
    window = make_window("steps")

    def fail(_tabs: KeptTabs) -> None:
        raise StateError(message("Full."))

    monkeypatch.setattr(state.tabs, "save", fail)
    window.tab_desk.flush()
    assert not window.parts.notice.isHidden()
    window.parts.notice.hide()
    window.tab_desk.flush()
    assert window.parts.notice.isHidden()


def test_a_restored_tab_is_no_new_reading(make_window: MakeWindow, state: UserState) -> None:
    """The history says when an article was opened, not when the program was started."""
    window = make_window("steps")
    window.reader.open("plain")
    window.close()
    before = state.recents.latest(5)
    make_window()
    assert state.recents.latest(5) == before
