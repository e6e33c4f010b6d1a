"""What shows articles in a window: the reader's way through them, home, the page, and the tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kbviewer.model.policy import Right
from kbviewer.model.progress import ReadingPlace
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.home_presenter import HomePresenter
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.reading import Reading
from kbviewer.ui.shell.tab_desk import TabDesk
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.shell.window import MainWindow


class ReadingParts(NamedTuple):
    """What belongs together when an article is shown."""

    reader: Reader
    home: HomePresenter
    reading: Reading
    tab_desk: TabDesk


def build_reading(window: MainWindow, state: UserState, theme: Theme) -> ReadingParts:
    """Make what shows articles in `window`, which has its parts, its desk and its table of actions."""
    takes_notes = window.policy.allows(Right.NOTES)

    def language() -> str:
        return window.language.current

    def place() -> ReadingPlace | None:
        page = window.reading.page
        return page.place() if page is not None else window.home.place()

    reader = Reader(window.library, state.places, state.recents, language, place, window)
    reader.home = window.policy.home
    home = HomePresenter(
        window.parts.area,
        window.library,
        window.desk,
        state.recents,
        state.latest_open_cases if takes_notes else lambda _most: [],
        language,
        window.translator,
        window,
    )
    home.marked = lambda: (note.article for note in state.annotations.list())
    reading = Reading(
        reader,
        window.library,
        window.parts.area,
        window.parts.pane,
        lambda: window.first_page.show_home(home),
        lambda name: window.tab_desk.show_own_page(name),
        window.translator,
        window,
    )
    tab_desk = TabDesk(
        window,
        window.parts,
        window.table,
        reader,
        reading,
        window.library,
        language,
        state,
        window.undoing,
        theme,
        window.translator,
    )
    return ReadingParts(reader, home, reading, tab_desk)
