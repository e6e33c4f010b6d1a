"""The page with all cases, filled: what it lists and which case it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError
from kbviewer.state.user_state import UserState
from kbviewer.ui.case.desk import CaseDesk
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.page_area import PageArea

if TYPE_CHECKING:
    from kbviewer.model.cases import Case
    from kbviewer.ui.case.list_page import CaseListPage
    from kbviewer.ui.case.titles import CaseTitles


class CasesPage(QObject):
    """Keeps the page as the store has the cases, in the reader's language.

    Signals:
        changed(): another case is the one that is chosen there.
        failed(error): the cases cannot be read.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        area: PageArea,
        desk: CaseDesk,
        state: UserState,
        library: OpenLibrary,
        translator: Translator,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._area = area
        self._desk = desk
        self._state = state
        self._library = library
        self._translator = translator
        area.case_page_made.connect(lambda page: page.case_chosen.connect(self._show_details))

    @property
    def shown(self) -> CaseListPage | None:
        """The page while it is in front."""
        return self._area.case_page if self._area.shows_cases else None

    @property
    def chosen(self) -> Case | None:
        """The case that is chosen while the page is in front."""
        page = self.shown
        return page.details.case if page is not None else None

    def open(self) -> None:
        """Bring the page to the front, up to date."""
        current = 0 if self._area.shows_cases else self._desk.case_id
        self._fill(self._area.to_cases(), current)

    def choose(self, case_id: int) -> None:
        """Choose a case among all, while the page is in front."""
        page = self.shown
        if page is not None:
            page.show_all()
            self._fill(page, case_id)

    def refresh(self) -> None:
        """Show the cases as they are now, while the page is in front."""
        page = self.shown
        if page is not None:
            self._fill(page)

    def get(self, case_id: int) -> Case | None:
        """Return a case, None for none; that it cannot be read is told."""
        try:
            return self._state.cases.get(case_id) if case_id else None
        except KbError as error:
            self.failed.emit(error)
            return None

    def _fill(self, page: CaseListPage, current: int = 0) -> None:
        try:
            cases = self._titles().listed(self._state.cases.listed())
        except KbError as error:
            self.failed.emit(error)
            return
        page.show_cases(cases, self._desk.case_id, current)

    def _show_details(self, case_id: int) -> None:
        page = self._area.case_page
        if page is not None:
            case = self.get(case_id)
            shown = self._titles().case(case) if case is not None else None
            page.details.show_case(shown, at_work=bool(case_id) and case_id == self._desk.case_id)
            self.changed.emit()

    def _titles(self) -> CaseTitles:
        from kbviewer.ui.case.titles import CaseTitles

        library, language = self._library, self._translator.language
        return CaseTitles(language, lambda article: library.title(article, language), library.variant)
