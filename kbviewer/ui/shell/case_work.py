"""Cases in the window: the strip of the one at work, the page with all, and what the actions do with them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.cases import CaseOutcome
from kbviewer.model.errors import KbError
from kbviewer.model.messages import N_
from kbviewer.model.tabs import CASES
from kbviewer.state.user_state import UserState
from kbviewer.ui.case.desk import CaseDesk
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.cases_page import CasesPage
from kbviewer.ui.shell.drafting import Drafting
from kbviewer.ui.shell.home_presenter import HomePresenter
from kbviewer.ui.shell.library_opener import LibraryOpener
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.parts import Parts
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.reading import Reading
from kbviewer.ui.shell.tab_desk import TabDesk
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.case.bar import CaseBar
    from kbviewer.ui.case.list_page import CaseListPage
    from kbviewer.ui.shell.case_talks import CaseTalks

_NEED_OPEN = (
    ActionId.CASE_NOTE,
    ActionId.CASE_REFERENCE,
    ActionId.CASE_SOLVED,
    ActionId.CASE_ESCALATED,
)


class CaseWork(QObject):
    """Shows what the desk has, and carries out what the reader wants with cases.

    On the page with all cases the actions are about the one that is chosen there, elsewhere about the one
    at work.

    Signals:
        said(text): a short note for the reader.
        undoable_said(text): the same, with a way to take it back.
        failed(error): something could not be read or written.
    """

    said = Signal(str)
    undoable_said = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        desk: CaseDesk,
        state: UserState,
        library: OpenLibrary,
        reader: Reader,
        parts: Parts,
        actions: ActionSet,
        drafting: Drafting,
        theme: Theme,
        translator: Translator,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._library = library
        self._reader = reader
        self._parts = parts
        self._actions = actions
        self._drafting = drafting
        self._theme = theme
        self._translator = translator
        self._bar: CaseBar | None = None
        self._made_talks: CaseTalks | None = None
        self._page = CasesPage(parts.area, desk, state, library, translator, self)
        self._page.changed.connect(self.refresh_actions)
        self._page.failed.connect(self.failed)
        parts.area.case_page_made.connect(self._connect_page)
        desk.started.connect(self._say_started)
        desk.failed.connect(self.failed)
        # When the page is done with what it is in the middle of: the strip changes its height.
        queued = Qt.ConnectionType.QueuedConnection
        desk.at_work_changed.connect(self._announce_at_work, queued)
        desk.cases_changed.connect(self.refresh, queued)
        self._bind()
        self.refresh()

    @property
    def talks(self) -> CaseTalks:
        """The dialogs, made when the first one is needed."""
        if self._made_talks is None:
            from kbviewer.ui.shell.case_talks import CaseTalks

            talks = CaseTalks(
                self._window, self._desk, self._library, self._drafting, self._theme, self._translator
            )
            talks.started.connect(self._say_started)
            talks.said.connect(self.said)
            talks.undoable_said.connect(self.undoable_said)
            talks.failed.connect(self.failed)
            self._made_talks = talks
        return self._made_talks

    def connect_parts(
        self, reading: Reading, home: HomePresenter, opener: LibraryOpener, tabs: TabDesk
    ) -> None:
        """Let page, home and histories follow what happens at the desk."""
        if self._actions.offers(ActionId.CASES):
            tabs.add_page(CASES.anchor, N_("Cases"), self._page.open)
        self._desk.leaving.connect(reading.keep_notes)
        self._desk.work_changed.connect(reading.refresh_steps)
        self._desk.cases_changed.connect(self._parts.toast.withdraw_offer)
        self._desk.cases_changed.connect(home.refresh)
        reading.page_changed.connect(self.refresh_actions)
        opener.opened.connect(self._desk.forget_articles)
        home.case_chosen.connect(self.resume)

    def refresh(self) -> None:
        """Show strip, page and actions as the desk is now."""
        self._refresh_bar()
        self._page.refresh()
        self.refresh_actions()

    def refresh_actions(self) -> None:
        """Grey out what makes no sense now."""
        is_listed = self._page.shown is not None
        case = self._page.chosen
        chosen = case is not None if is_listed else self._desk.in_case
        is_open = case.is_open if case is not None else self._desk.in_case and not is_listed
        for action in _NEED_OPEN:
            self._actions[action].setEnabled(is_open)
        self._actions[ActionId.CASE_REPORT].setEnabled(chosen)
        self._actions[ActionId.CASE_DELETE].setEnabled(chosen)
        self._actions[ActionId.CASE_REOPEN].setEnabled(chosen and not is_open)
        self._actions[ActionId.CASE_PAUSE].setEnabled(self._desk.in_case)

    def retranslate(self) -> None:
        """Have the strip take its texts from the language that is on; the page is one of the area's."""
        if self._bar is not None:
            self._bar.retranslate()

    def show_case(self, case_id: int) -> None:
        """Show a case among the others."""
        self._reader.visit(CASES)
        self._page.choose(case_id)

    def resume(self, case_id: int, article_id: str = "") -> None:
        """Go on with a case, in `article_id` or where it was left; a closed one is only looked at."""
        from kbviewer.ui.case.case_text import latest_article

        case = self._page.get(case_id)
        if case is None:
            return
        if case.is_open and not self._try(lambda: self._desk.resume(case_id)):
            return
        article = article_id or latest_article(case)
        if article and (case.is_open or article_id):
            self._reader.open(article)
        elif case.is_open and self._page.shown is not None:
            self._go_back()
        if case.is_open:
            self.said.emit(self._translator.gettext("Case {id} goes on.").format(id=case_id))

    def start(self) -> None:
        """Begin a case, with the work in the article that is read if the reader wants."""
        self.talks.start(self._reader.article)

    def close(self, case_id: int, outcome: CaseOutcome) -> None:
        """End a case."""
        _ = self._translator.gettext
        if self._try(lambda: self._desk.close(case_id, outcome)):
            if outcome is CaseOutcome.SOLVED:
                text = _("Case {id} is closed as solved.")
            else:
                text = _("Case {id} is closed as escalated.")
            self.undoable_said.emit(text.format(id=case_id))

    def reopen(self, case_id: int) -> None:
        """Let a closed case go on."""
        if self._try(lambda: self._desk.reopen(case_id)):
            text = self._translator.gettext("Case {id} is open again.")
            self.undoable_said.emit(text.format(id=case_id))

    def pause(self) -> None:
        """Leave the case at work open."""
        case_id = self._desk.case_id
        if case_id and self._try(self._desk.pause):
            text = self._translator.gettext("Case {id} is paused. It waits among the open cases.")
            self.undoable_said.emit(text.format(id=case_id))

    def delete(self, case_id: int) -> None:
        """Delete a case; undo brings it back."""
        if self._try(lambda: self._desk.delete(case_id)):
            text = self._translator.gettext("Case {id} is deleted.")
            self.undoable_said.emit(text.format(id=case_id))

    def delete_note(self, case_id: int, note_id: int) -> None:
        """Delete a note; undo brings it back."""
        if self._try(lambda: self._desk.delete_note(case_id, note_id)):
            self.undoable_said.emit(self._translator.gettext("The note is deleted."))

    @property
    def _target(self) -> int:
        """The case that the actions are about, 0 for none."""
        page = self._page.shown
        return page.current_case if page is not None else self._desk.case_id

    def _bind(self) -> None:
        bind = self._actions.bind
        bind(ActionId.NEW_CASE, self.start)
        bind(ActionId.CASES, lambda: self._reader.visit(CASES))
        bind(ActionId.CASE_NOTE, lambda: self._write_note(self._target))
        bind(ActionId.CASE_REFERENCE, lambda: self._change_reference(self._target))
        bind(ActionId.CASE_REPORT, lambda: self._report(self._target))
        bind(ActionId.CASE_SOLVED, lambda: self.close(self._target, CaseOutcome.SOLVED))
        bind(ActionId.CASE_ESCALATED, lambda: self.close(self._target, CaseOutcome.ESCALATED))
        bind(ActionId.CASE_REOPEN, lambda: self.reopen(self._target))
        bind(ActionId.CASE_PAUSE, self.pause)
        bind(ActionId.CASE_DELETE, lambda: self.delete(self._target))

    def _connect_page(self, page: CaseListPage) -> None:
        details = page.details
        page.resume_wanted.connect(self.resume)
        page.delete_wanted.connect(self.delete)
        page.start_wanted.connect(self.start)
        page.left.connect(self._go_back)
        details.article_wanted.connect(self.resume)
        details.reopen_wanted.connect(self.reopen)
        details.close_wanted.connect(self.close)
        details.note_deletion_wanted.connect(self.delete_note)
        details.report_wanted.connect(self._report)
        details.reference_wanted.connect(self._change_reference)
        details.note_wanted.connect(self._write_note)

    def _go_back(self) -> None:
        """Return to where the reader was; home in a tab that began here."""
        if self._reader.history.can_go_back:
            self._reader.go_back()
        else:
            self._reader.go_home()

    def _refresh_bar(self) -> None:
        tally = None
        try:
            tally = self._desk.tally()
        except KbError as error:
            self.failed.emit(error)
        if tally is None:
            if self._bar is not None:
                self._bar.hide()
            return
        if self._bar is None:
            self._bar = self._make_bar()
        self._bar.show_tally(tally)
        self._bar.show()

    def _make_bar(self) -> CaseBar:
        from kbviewer.ui.case.bar import CaseBar

        bar = CaseBar(self._theme, self._translator)
        bar.list_wanted.connect(self.show_case)
        bar.note_wanted.connect(lambda: self._write_note(self._desk.case_id))
        bar.report_wanted.connect(lambda: self._report(self._desk.case_id))
        bar.close_wanted.connect(lambda outcome: self.close(self._desk.case_id, outcome))
        bar.pause_wanted.connect(self.pause)
        self._parts.frame.add_case_bar(bar)
        for before, after in pairwise((self._parts.bar.last_stop, *bar.stops)):
            QWidget.setTabOrder(before, after)
        return bar

    def _announce_at_work(self) -> None:
        if self._bar is not None and self._desk.in_case:
            self._bar.announce_case()

    def _say_started(self, case_id: int) -> None:
        self.undoable_said.emit(self._translator.gettext("Case {id} started").format(id=case_id))

    def _write_note(self, case_id: int, note_id: int = 0) -> None:
        case = self._page.get(case_id)
        if case is not None:
            self.talks.write_note(case, note_id)

    def _change_reference(self, case_id: int) -> None:
        case = self._page.get(case_id)
        if case is not None:
            self.talks.change_reference(case)

    def _report(self, case_id: int) -> None:
        case = self._page.get(case_id)
        if case is not None:
            self.talks.report(case)

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except KbError:
            return False  # told already
        return True
