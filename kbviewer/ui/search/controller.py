"""What happens between a keystroke in the search field and an opened hit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from kbviewer.model.hits import FacetKind, Hit, Query, SearchAnswer
from kbviewer.model.kb_links import looks_like_link
from kbviewer.model.messages import Message
from kbviewer.search.protocol import Answer, Event, Failed, Indexing, Ready
from kbviewer.ui.search.field import SearchField
from kbviewer.ui.search.narrowing import Narrowing
from kbviewer.ui.search.panel import ResultsPanel
from kbviewer.ui.search.status_view import Remedy

LIMIT = 20
_PATIENCE_MS = 200
_QUOTES_AND_BLANKS = ' \t"“”„'


class RecentSearches(Protocol):
    """What was searched for lately; tells the reader itself when it cannot be kept."""

    def latest(self) -> list[str]:
        """Return the queries, the latest first."""

    def record(self, query: str) -> None:
        """Note that the query led somewhere."""

    def clear(self) -> None:
        """Forget them all."""


class SearchController(QObject):
    """Asks on every keystroke, shows the newest answer, and tells which hit was chosen.

    Answers that a newer question has overtaken are dropped. Beside the content the panel stays when a hit
    is opened or the focus goes; over it, it gives way.

    Signals:
        hit_chosen(hit): open this.
        answers_shown(shown): what the panel shows now belongs to a query; False when it closes, too.
        browse_wanted: nothing was found, the reader wants to look around.
        opened: the panel is shown.
        closed: the panel is hidden, for whatever reason.
        dismissed: the reader pressed Esc and wants back to where he was.
        link_entered(text): not words but a link to a place; open that.
    """

    hit_chosen = Signal(object)
    answers_shown = Signal(bool)
    browse_wanted = Signal()
    opened = Signal()
    closed = Signal()
    dismissed = Signal()
    link_entered = Signal(str)

    def __init__(
        self,
        field: SearchField,
        panel: ResultsPanel,
        ask: Callable[[Query], int],
        reader_language: Callable[[], str],
        recent: RecentSearches,
    ) -> None:
        super().__init__(panel)
        self._field = field
        self._panel = panel
        self._ask = ask
        self._reader_language = reader_language
        self._recent = recent
        self._narrowing = Narrowing()
        self._waiting_for: int | None = None
        self._keep_article = ""
        self._open_first = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._grow_impatient)
        self._indexing: tuple[int, int] | None = None
        # Whether the click or key that is being answered opens a hit in another tab.
        self.opens_elsewhere: Callable[[], bool] = lambda: False
        panel.attach(field)
        self._connect()

    @property
    def query(self) -> str:
        """The query as typed, without blanks around it; "" for quotation marks that hold nothing yet."""
        text = self._field.text().strip()
        return text if text.strip(_QUOTES_AND_BLANKS) else ""

    @property
    def is_open(self) -> bool:
        """Whether results are shown."""
        return not self._panel.isHidden()

    def set_query(self, text: str) -> None:
        """Search all articles for `text` as if it had been typed."""
        self._narrowing = Narrowing()
        self._put(text)

    def close(self) -> None:
        """Hide the panel and forget the question that is under way; the query stays in the field."""
        self._waiting_for = None
        self._open_first = False
        self._patience.stop()
        if self.is_open:
            self._panel.hide()
            self.answers_shown.emit(False)
            self.closed.emit()

    def retranslate(self) -> None:
        """Ask again for the reader's new language; query, panel and current row stay."""
        self._field.retranslate()
        self._panel.retranslate()
        if self.is_open and self.query:
            self._keep_article = self._panel.current_article()
            self._ask_now()
        elif self.is_open:
            self._offer_recent()

    def open_first(self) -> None:
        """Act as if Enter was pressed in the field: open the first hit as soon as it is known."""
        self._open()

    def ask_again(self) -> None:
        """Repeat the question that is under way, if any; Enter that was pressed meanwhile still counts."""
        self._indexing = None
        if self._waiting_for is not None:
            self._ask_now()

    def deliver(self, event: Event) -> None:
        """Take an event of the search client."""
        match event:
            case Answer(request=request, answer=answer):
                self._take_answer(request, answer)
            case Indexing(done=done, total=total):
                self._take_indexing(done, total)
            case Ready():
                self._take_ready()
            case Failed(message=reason):
                self._take_failure(reason)

    def _connect(self) -> None:
        field, panel = self._field, self._panel
        field.textChanged.connect(self._query_changed)
        field.entered.connect(self._enter_field)
        field.left.connect(self._leave_field)
        field.move_requested.connect(self._move)
        field.open_requested.connect(self._open)
        field.escape_pressed.connect(self._dismiss)
        panel.focus.left.connect(self._leave_field)
        panel.escape_pressed.connect(self._dismiss)
        panel.hit_activated.connect(self._choose)
        panel.query_chosen.connect(self._take_query)
        panel.narrowed.connect(self._narrow)
        panel.literal_wanted.connect(self._search_literally)
        panel.remedy_chosen.connect(self._remedy)
        panel.forget_wanted.connect(self._forget_recent)

    def _query_changed(self) -> None:
        self._keep_article = ""
        self._open_first = False
        if self.query:
            self._ask_now()
        else:
            self._narrowing = Narrowing()
            self._waiting_for = None
            self._patience.stop()
            self._offer_recent()

    def _put(self, text: str) -> None:
        if text == self._field.text():
            self._query_changed()
        else:
            self._field.setText(text)

    def _take_query(self, text: str) -> None:
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._put(text)

    def _ask_now(self) -> None:
        if looks_like_link(self.query):
            self._waiting_for = None
            self._patience.stop()
            self._show_panel(answers=False)
            self._panel.show_link()
            return
        self._waiting_for = self._ask(self._narrowing.query(self.query, self._reader_language(), LIMIT))
        if self._indexing:
            self._show_panel()
            self._panel.show_indexing(*self._indexing)
        else:
            # The old rows stay until the new ones come, so that nothing flickers.
            self._patience.start()

    def _grow_impatient(self) -> None:
        self._show_panel()
        self._panel.show_searching()

    def _take_answer(self, request: int, answer: SearchAnswer) -> None:
        if request != self._waiting_for:
            return
        self._waiting_for = None
        self._patience.stop()
        self._indexing = None
        self._show_panel()
        self._panel.show_answer(answer, self._narrowing, keep_article=self._keep_article)
        if self._open_first:
            self._open()

    def _take_indexing(self, done: int, total: int) -> None:
        self._indexing = (done, total)
        if self._waiting_for is not None:
            self._patience.stop()
            self._show_panel()
            self._panel.show_indexing(done, total)

    def _take_ready(self) -> None:
        self._indexing = None
        if self._waiting_for is not None:
            self._grow_impatient()

    def _take_failure(self, reason: Message) -> None:
        self._indexing = None
        if self._waiting_for is not None:
            self._waiting_for = None
            self._open_first = False
            self._patience.stop()
            self._show_panel()
            self._panel.show_failed(reason)

    def _show_panel(self, *, answers: bool = True) -> None:
        # Before the panel is seen, so that it appears where it will stay.
        self.answers_shown.emit(answers)
        if not self.is_open:
            self._panel.show()
            self.opened.emit()

    def _offer_recent(self) -> None:
        recent = self._recent.latest()
        if recent and (self._field.hasFocus() or self.is_open):
            self._panel.show_recent(recent)
            self._show_panel(answers=False)
        else:
            self.close()

    def _forget_recent(self) -> None:
        self._recent.clear()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.close()

    def _enter_field(self) -> None:
        if self.is_open:
            return
        if self.query:
            self._ask_now()
        else:
            self._offer_recent()

    def _leave_field(self) -> None:
        focus = QApplication.focusWidget()
        here = focus is not None and (focus is self._field or self._panel.isAncestorOf(focus))
        if not here and not self._panel.is_beside:
            self.close()

    def _move(self, rows: int) -> None:
        if self.is_open:
            self._panel.move_current(rows)
        else:
            self._enter_field()

    def _open(self) -> None:
        if looks_like_link(self.query):
            self.link_entered.emit(self.query)
            return
        if self._waiting_for is not None:
            # Enter came before the answer to the last keystroke: open what that answer puts first.
            self._open_first = True
            return
        self._open_first = False
        if self.is_open:
            self._panel.open_current()
        else:
            self._enter_field()

    def _choose(self, hit: Hit) -> None:
        self._recent.record(self.query)
        if not self._panel.is_beside and not self.opens_elsewhere():
            self.close()
        self.hit_chosen.emit(hit)

    def _narrow(self, kind: FacetKind, value: str | None) -> None:
        self._narrowing = self._narrowing.choose(kind, value)
        if value is None:
            # The button may go with the choice.
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_now()

    def _remedy(self, remedy: Remedy) -> None:
        match remedy:
            case Remedy.RETRY:
                self._ask_now()
            case Remedy.WIDEN:
                self._narrowing = Narrowing()
                self._field.setFocus(Qt.FocusReason.OtherFocusReason)
                self._ask_now()
            case Remedy.OPEN_LINK:
                self._open()
            case Remedy.BROWSE:
                self.close()
                self.browse_wanted.emit()

    def _dismiss(self) -> None:
        if self._panel.isAncestorOf(QApplication.focusWidget() or self._field):
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.close()
        self.dismissed.emit()

    def _search_literally(self) -> None:
        words = self.query.replace('"', " ").split()
        self._take_query(" ".join(f'"{word}"' for word in words))
