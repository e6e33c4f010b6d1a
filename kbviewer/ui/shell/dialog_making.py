"""Makes the dialogs of a window, with all that they need of it. Imported when the first one is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.about_facts import AboutFacts
from kbviewer.ui.shell.case_at_work import DeskCase
from kbviewer.ui.shell.conversations import Conversations
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.shell.window import MainWindow


def make_conversations(
    window: MainWindow, theme: Theme, state: UserState, about: Callable[[], AboutFacts]
) -> Conversations:
    """Return what asks and tells in dialogs over the window."""
    talks = Conversations(
        window,
        theme,
        window.settings,
        window.translator,
        window.reader,
        window.library,
        window.desk,
        window.desk,
        state.comments,
        window.drafting,
        about,
        window.marking.notes_for_paper,
        DeskCase(window.desk, state),
        window.policy,
    )
    talks.search_wanted.connect(window.searching.search_for)
    talks.said.connect(window.parts.toast.show_text)
    talks.failed.connect(window.report)
    return talks
