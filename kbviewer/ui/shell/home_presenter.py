"""Home, filled: what the library holds, what was read lately, what is under way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kbviewer.i18n.translator import Translator
from kbviewer.model.cases import CaseSummary
from kbviewer.model.errors import ArticleNotFoundError, ContentError
from kbviewer.model.progress import Progress, ReadingPlace, article_progress
from kbviewer.state.recents import RecentStore
from kbviewer.ui.case.desk import CaseDesk
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.page_area import PageArea

if TYPE_CHECKING:
    from kbviewer.model.updates import OldContent
    from kbviewer.ui.home.page import HomePage
    from kbviewer.ui.home.sorted_articles import SortedByLanguage
    from kbviewer.ui.home.view_model import CaseItem

OpenCases = Callable[[int], Sequence[CaseSummary]]

_CASES = 3
_RECENTS = 6
_IN_PROGRESS = 6


class HomePresenter(QObject):
    """Shows home and opens what is chosen there.

    Signals:
        problem_chosen(problem): the reader wants to know what is wrong with a file.
        library_wanted(): the reader wants to open a folder.
        article_wanted(article_id): a card was opened.
        closed_libraries_wanted(): he has libraries, but none with articles is on.
        case_chosen(case_id): the reader wants to go on with a case.
        updates_wanted(): what he has may be old, and he wants to look for newer.
    """

    problem_chosen = Signal(object)
    library_wanted = Signal()
    closed_libraries_wanted = Signal()
    article_wanted = Signal(str)
    case_chosen = Signal(int)
    updates_wanted = Signal()

    def __init__(
        self,
        area: PageArea,
        library: OpenLibrary,
        desk: CaseDesk,
        recents: RecentStore,
        open_cases: OpenCases,
        language: Callable[[], str],
        translator: Translator,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._area = area
        self._library = library
        self._desk = desk
        self._recents = recents
        self._open_cases = open_cases
        self._language = language
        self._translator = translator
        self._sorted: SortedByLanguage | None = None
        # In which articles the reader has written or marked something.
        self.marked: Callable[[], Iterable[str]] = tuple
        self.has_closed_libraries: Callable[[], bool] = lambda: False
        # Which folders are open and hold no article to read.
        self.empty_folders: Callable[[], Sequence[str]] = tuple
        # What may be old, which nobody looks up before the window is on screen, and whether newer can be
        # looked for.
        self.old_content: Callable[[], OldContent | None] = lambda: None
        self.may_look_for_updates = False
        area.home_page_made.connect(self._connect_page)

    def show(self) -> None:
        """Bring home to the front, up to date."""
        from kbviewer.ui.home.sorted_articles import SortedByLanguage
        from kbviewer.ui.home.view_model import build_home

        if self._sorted is None:
            self._sorted = SortedByLanguage()
        view = build_home(
            self._library,
            self._language(),
            self._recents.latest(_RECENTS),
            self._in_progress(),
            self._translator,
            self._cases(),
            own=self._own_articles,
            has_closed_libraries=self.has_closed_libraries(),
            empty_folders=self.empty_folders,
            kept=self._sorted,
        )
        page = self._area.to_home()
        page.show_home(view)
        page.age.show_old(self.old_content(), may_look=self.may_look_for_updates)

    def take(self, articles: SortedByLanguage) -> None:
        """Use what somebody has sorted beside the window."""
        self._sorted = articles

    def show_age(self) -> None:
        """Say anew whether content may be old, while home is in front."""
        page = self._area.home_page
        if page is not None and self._area.current is page:
            page.age.show_old(self.old_content(), may_look=self.may_look_for_updates)

    def refresh(self) -> None:
        """Show home anew while it is in front."""
        page = self._area.home_page
        if page is not None and self._area.current is page:
            self.show()

    def _own_articles(self) -> frozenset[str]:
        return frozenset((*self._desk.in_progress(), *self.marked()))

    def _cases(self) -> list[CaseItem]:
        cases = self._open_cases(_CASES)
        if not cases:
            return []
        from kbviewer.ui.case.titles import CaseTitles
        from kbviewer.ui.case.wording import case_name, joined, short_time
        from kbviewer.ui.home.view_model import CaseItem

        at_work, _ = self._desk.case_id, self._translator.gettext
        language = self._language()
        titles = CaseTitles(
            language, lambda article: self._library.title(article, language), self._library.variant
        )
        return [
            CaseItem(
                case.id,
                case_name(case.id, case.reference, self._translator),
                joined(case.titles) or _("No article yet"),
                short_time(case.started),
                case.id == at_work,
            )
            for case in map(titles.summary, cases)
        ]

    def place(self) -> ReadingPlace | None:
        """Return where the reader is on the page, None while another one is shown."""
        page = self._area.home_page
        if page is None or self._area.current is not page:
            return None
        return ReadingPlace("", "", page.place(), 0.0)

    def _in_progress(self) -> list[tuple[str, Progress]]:
        found = []
        for article_id in self._desk.in_progress()[:_IN_PROGRESS]:
            try:
                article = self._library.article(article_id, self._language())
            except (ArticleNotFoundError, ContentError):
                continue
            found.append((article_id, article_progress(article, self._desk.done(article))))
        return found

    def _connect_page(self, page: HomePage) -> None:
        page.article_chosen.connect(self.article_wanted)
        page.case_chosen.connect(self.case_chosen)
        page.problem_chosen.connect(self.problem_chosen)
        page.library_wanted.connect(self.library_wanted)
        page.closed_libraries_wanted.connect(self.closed_libraries_wanted)
        page.age.look_wanted.connect(self.updates_wanted)
