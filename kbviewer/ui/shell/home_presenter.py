"""Home, filled: what the library holds, what was read lately, what is under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import ArticleNotFoundError, ContentError
from kbviewer.model.progress import Progress, ReadingPlace, article_progress
from kbviewer.state.recents import RecentStore
from kbviewer.state.ticks import TickStore
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.page_area import PageArea

if TYPE_CHECKING:
    from kbviewer.ui.home.page import HomePage

_RECENTS = 6
_IN_PROGRESS = 6


class HomePresenter(QObject):
    """Shows home and opens what is chosen there.

    Signals:
        problem_chosen(problem): the reader wants to know what is wrong with a file.
        library_wanted(): the reader wants to open a folder.
        article_wanted(article_id): a card was opened.
    """

    problem_chosen = Signal(object)
    library_wanted = Signal()
    article_wanted = Signal(str)

    def __init__(
        self,
        area: PageArea,
        library: OpenLibrary,
        ticks: TickStore,
        recents: RecentStore,
        language: Callable[[], str],
        translator: Translator,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._area = area
        self._library = library
        self._ticks = ticks
        self._recents = recents
        self._language = language
        self._translator = translator
        area.home_page_made.connect(self._connect_page)

    def show(self) -> None:
        """Bring home to the front, up to date."""
        from kbviewer.ui.home.view_model import build_home

        view = build_home(
            self._library,
            self._language(),
            self._recents.latest(_RECENTS),
            self._in_progress(),
            self._translator,
        )
        self._area.to_home().show_home(view)

    def place(self) -> ReadingPlace | None:
        """Return where the reader is on the page, None while another one is shown."""
        page = self._area.home_page
        if page is None or self._area.current is not page:
            return None
        return ReadingPlace("", "", page.place(), 0.0)

    def _in_progress(self) -> list[tuple[str, Progress]]:
        found = []
        for item in self._ticks.in_progress()[:_IN_PROGRESS]:
            try:
                article = self._library.article(item.article, self._language())
            except (ArticleNotFoundError, ContentError):
                continue
            found.append((item.article, article_progress(article, self._ticks.done(item.article))))
        return found

    def _connect_page(self, page: HomePage) -> None:
        page.article_chosen.connect(self.article_wanted)
        page.problem_chosen.connect(self.problem_chosen)
        page.library_wanted.connect(self.library_wanted)
