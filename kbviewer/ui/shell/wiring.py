"""Lets the parts of a window hear of each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from kbviewer.model.messages import N_
from kbviewer.model.tabs import LIBRARIES
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.arrival import arrive
from kbviewer.ui.shell.library_past import LibraryPast

if TYPE_CHECKING:
    from kbviewer.ui.shell.window import MainWindow


def connect_parts(window: MainWindow) -> None:
    """Connect everything that the window has made."""
    parts, reading, reader = window.parts, window.reading, window.reader
    window.window_commands.bind_search(window.finding, window.searching)
    window.window_commands.bind_library(window.opener, window.language)
    add = window.opener.open if window.shelf is None else window.shelf.add_folder
    window.window_commands.bind_dialogs(lambda: window.conversations, add, reading)
    window.window_commands.bind_own_data(window.own_data)
    for show in (reading.show_anew, window.marking.refresh, window.desk.look):
        window.own_data.changed.connect(show)
    window.own_data.works_again.connect(reading.flush)
    window.own_data.works_again.connect(window.drafting.flush)
    window.own_data.works_again.connect(window.settings.flush)
    parts.bar.pane_requested.connect(window.window_commands.toggle_pane)
    parts.pane.anchor_chosen.connect(lambda _anchor: parts.frame.close_overlay())
    parts.pane.guided_requested.connect(window.table[ActionId.GUIDED].trigger)
    parts.pane.reset_requested.connect(window.commands.reset_progress)
    window.searching.hit_chosen.connect(lambda hit: window.first_page.open_hit(hit, window.tabs.open))
    window.searching.opens_elsewhere = lambda: window.tab_desk.gesture.is_elsewhere
    window.searching.left.connect(lambda: _focus_article(window))
    window.searching.browse_wanted.connect(reader.go_home)
    window.home.library_wanted.connect(window.table[ActionId.OPEN_LIBRARY].trigger)
    window.home.article_wanted.connect(window.tabs.open)
    window.home.problem_chosen.connect(reading.show_problem)
    reading.title_changed.connect(window.show_title)
    reading.page_changed.connect(partial(arrive, parts, window.searching, window.finding, window.tabs))
    reading.page_changed.connect(parts.toast.follow_page)
    reading.page_changed.connect(window.passing.look)
    window.opener.opened.connect(window.passing.drop)
    reading.search_wanted.connect(window.searching.search_for)
    reading.reload_wanted.connect(window.opener.reload)
    window.opener.opened.connect(window.first_page.articles_came)
    for there in (window.opener.opened, window.first_page.came):
        there.connect(window.retranslating.show_languages)
        there.connect(window.marking.refresh)
    window.first_page.came.connect(window.desk.forget_articles)
    window.first_page.came.connect(lambda: QTimer.singleShot(0, window, window.show_recovery))
    window.opener.opened.connect(window.searching.ask_again)
    for settings in (
        window.commands.setting_changed,
        window.beside.setting_changed,
        window.tab_desk.setting_changed,
    ):
        settings.connect(window.settings.keep)
    window.table.bind(ActionId.UNDO, window.undoing.undo)
    window.undoing.done.connect(parts.toast.withdraw_offer)
    window.commands.undoable_said.connect(lambda text: _say_undoable(window, text))
    window.cases.undoable_said.connect(lambda text: _say_undoable(window, text))
    window.marking.undoable_said.connect(
        lambda text, undo: parts.toast.show_text(text, window.translator.gettext("Undo"), undo)
    )
    window.marking.search_wanted.connect(window.searching.search_for)
    window.searching.link_entered.connect(lambda text: _open_link(window, text))
    desks = (window.marking, window.tab_desk, window.own_data, window.cases)
    speakers = (reading, window.commands, window.undoing, window.share_notice, window.recovery, *desks)
    for speaker in speakers:
        speaker.said.connect(parts.toast.show_text)
    failures = (reader.failed, window.settings.failed, window.opener.failed)
    for failure in (*failures, *(desk.failed for desk in desks)):
        failure.connect(window.report)
    _connect_shelf(window)
    window.cases.connect_parts(reading, window.home, window.opener, window.tab_desk)
    # After all parts have changed their texts: the page is what is read, and keeps its place.
    changed = window.language.changed
    changed.connect(reading.show_variant)
    changed.connect(window.marking.refresh)
    changed.connect(window.finding.refresh)
    changed.connect(window.command_palette.retranslate)
    changed.connect(lambda language: window.settings.keep("language", language))


def _connect_shelf(window: MainWindow) -> None:
    """Let the page with all libraries be a page like others, and the rest hear of it."""
    shelf, toast = window.shelf, window.parts.toast
    if shelf is None:
        return
    window.tab_desk.add_page(LIBRARIES.anchor, N_("Libraries"), shelf.show)
    shelf.said.connect(toast.show_text)
    past = LibraryPast(shelf.libraries, window.undoing, window.translator)
    shelf.undoable_said.connect(
        lambda text, undo: toast.show_text(text, window.translator.gettext("Undo"), past.add(undo))
    )
    shelf.failed.connect(window.report)
    shelf.choice_changed.connect(lambda text: window.settings.keep("libraries", text))
    window.opener.opened.connect(shelf.refresh)
    window.reading.has_closed_libraries = shelf.has_closed
    window.reading.libraries_wanted.connect(shelf.visit)
    window.home.has_closed_libraries = shelf.has_closed
    window.home.closed_libraries_wanted.connect(shelf.visit)
    if shelf.updates is not None:
        window.home.may_look_for_updates = shelf.updates.is_allowed
        window.home.old_content = shelf.updates.old_content
        window.home.updates_wanted.connect(window.table[ActionId.LOOK_FOR_UPDATES].trigger)
        shelf.updates.age_changed.connect(window.home.show_age)


def _focus_article(window: MainWindow) -> None:
    page = window.reading.page or window.reading.guided
    if page is not None:
        page.setFocus(Qt.FocusReason.OtherFocusReason)


def _open_link(window: MainWindow, text: str) -> None:
    if window.marking.open_link(text):
        window.searching.close()


def _say_undoable(window: MainWindow, text: str) -> None:
    window.parts.toast.show_text(text, window.translator.gettext("Undo"), window.undoing.undo)
