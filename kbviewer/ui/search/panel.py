"""The results: a card over the content, right under the search field, or a column beside the content."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.hits import Hit, SearchAnswer
from kbviewer.model.messages import Message
from kbviewer.ui.search import statuses
from kbviewer.ui.search.narrowing import Narrowing
from kbviewer.ui.search.panel_focus import PanelFocus
from kbviewer.ui.search.panel_foot import PanelFoot
from kbviewer.ui.search.panel_head import PanelHead
from kbviewer.ui.search.panel_place import area_below, area_of, paint_card, paint_column, with_shadow
from kbviewer.ui.search.results_list import ResultsList
from kbviewer.ui.search.results_model import ResultsModel
from kbviewer.ui.search.speech import Speech
from kbviewer.ui.search.status_view import Remedy, Status, StatusView
from kbviewer.ui.theme.surfaces import SHADOW_PX
from kbviewer.ui.theme.theme import Theme

_INNER_PX = 8
_SMALL_SHARE = 0.88
_KEYS_FROM_PX = 480


class ResultsPanel(QWidget):
    """Shows results, recent searches, or the state of the search; asks nothing itself.

    Never takes the focus from the field: the controller moves the current row.

    Signals:
        hit_activated(hit): a row was clicked or opened.
        query_chosen(text): a recent search or a suggestion was chosen.
        narrowed(kind, value): a filter was chosen; None for all values.
        literal_wanted: "Search instead for …" was chosen.
        remedy_chosen(remedy): a way out was chosen: of a status, or of the filters.
        forget_wanted: "Clear recent searches" was chosen.
        escape_pressed: Esc in one of the panel's own buttons.
        announced(text): a screen reader was told this.
    """

    hit_activated = Signal(object)
    query_chosen = Signal(str)
    narrowed = Signal(object, object)
    literal_wanted = Signal()
    remedy_chosen = Signal(object)
    forget_wanted = Signal()
    escape_pressed = Signal()
    announced = Signal(str)

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._field: QWidget | None = None
        self._slot: QWidget | None = None
        self.setObjectName("results-panel")
        self.model = ResultsModel(translator, self)
        self.head = PanelHead(theme, translator, self)
        self._rows = ResultsList(self.model, theme, self)
        self._status = StatusView(theme, self)
        self._foot = PanelFoot(self)
        self.forget_button = QPushButton(self)
        self.focus = PanelFocus(self, [*self.head.stops, self.forget_button, self._status.button])
        self._build()
        self._speech = Speech(self, self._summary)
        self._speech.spoken.connect(self.announced)
        theme.changed.connect(self._restyle)
        theme.zoom_changed.connect(self._restyle)
        self._restyle()
        self.retranslate()
        self.hide()

    def attach(self, field: QWidget) -> None:
        """Stay under `field`, also when it or the window moves."""
        self._field = field
        for widget in {field, field.parentWidget(), self.parentWidget()}:
            if widget is not None:
                widget.installEventFilter(self)
        self.focus.begin_at(field)

    def dock(self, slot: QWidget | None) -> None:
        """Cover `slot`, a column that the window keeps free; None for the place under the field."""
        if self._slot is not None:
            self._slot.removeEventFilter(self)
        self._slot = slot
        if slot is not None:
            slot.installEventFilter(self)
        margin = _INNER_PX + (0 if slot is not None else SHADOW_PX)
        self._column.setContentsMargins(margin, margin, margin, margin)
        if self.isVisible():
            self.place()

    @property
    def is_beside(self) -> bool:
        """Whether the results stand beside the content instead of over it."""
        return self._slot is not None

    def retranslate(self) -> None:
        """Show the texts of the current language."""
        _ = self._translator.gettext
        self.setAccessibleName(_("Search results"))
        self._rows.setAccessibleName(_("Search results"))
        self._rows.refresh()
        self._foot.set_keys(_("↑ ↓ choose   Enter opens   Esc closes"))
        self.forget_button.setText(_("Clear recent searches"))

    def show_answer(
        self, answer: SearchAnswer, narrowing: Narrowing | None = None, *, keep_article: str = ""
    ) -> None:
        """Show the hits of `answer`, or that there are none.

        Args:
            answer: what the search found.
            narrowing: the filters under which it was asked.
            keep_article: the row that stays the current one when it is still there.
        """
        narrowing = narrowing or Narrowing()
        self.focus.rescue(self._status)
        self.model.set_rows(statuses.hits_as_searched(answer))
        if answer.hits:
            shown = len(answer.hits)
            self._say(count=statuses.result_count(self._translator, shown, max(shown, answer.total)))
            self._rows.set_current_row(max(0, self.model.row_of(keep_article)))
        elif narrowing.is_on:
            self._say(statuses.nothing_left(self._translator))
        else:
            query = statuses.corrected(answer) or answer.query
            self._say(statuses.nothing_found(self._translator, query))
        self.head.show_answer(answer, narrowing, self._area().width() - 2 * _INNER_PX)
        self.focus.order()
        self.place()

    def show_recent(self, queries: Sequence[str]) -> None:
        """Offer earlier searches."""
        self.focus.rescue(self.head, self._status)
        self.model.set_rows(queries)
        self._say()
        self.head.show_caption(self._translator.gettext("Recent searches"))
        self.forget_button.show()
        self._rows.set_current_row(-1)
        self.focus.order()
        self.place()

    def show_searching(self) -> None:
        """Say that an answer is on its way; rows that are shown stay until it comes."""
        status = statuses.searching(self._translator)
        if self._foot.count:
            self._foot.set_count(status.sentence)
        else:
            self._show_status(status)

    def show_indexing(self, done: int, total: int) -> None:
        """Say how far the index has come; a total of 0 is not known yet."""
        self._show_status(statuses.indexing(self._translator, done, total))

    def show_link(self) -> None:
        """Say that what was typed is a link, and offer to open it."""
        self._show_status(statuses.link_waiting(self._translator))

    def show_failed(self, reason: Message) -> None:
        """Say that the search cannot answer, why, and offer another try."""
        self._show_status(statuses.failed(self._translator, reason))

    def move_current(self, rows: int) -> None:
        """Move the current row, stopping at both ends, and have it spoken."""
        count = self.model.rowCount()
        if count:
            current = self.current_row
            wanted = current + rows if current >= 0 else (0 if rows > 0 else count - 1)
            self._rows.set_current_row(max(0, min(count - 1, wanted)))
            self._speech.say(self.model.spoken(self.model.row(self.current_row)))

    @property
    def current_row(self) -> int:
        """The current row, -1 when there is none."""
        return self._rows.current_row

    def current_article(self) -> str:
        """Return the article of the current row, "" when it is none."""
        row = self.model.row(self.current_row) if self.current_row >= 0 else ""
        return row.article if isinstance(row, Hit) else ""

    def open_current(self) -> bool:
        """Act as if the current row was clicked; return whether there is one."""
        index = self._rows.currentIndex()
        if index.isValid():
            self._activate(index)
        return index.isValid()

    def place(self) -> None:
        """Fill the column beside the content, or lie under the field as high as the rows need."""
        if self._field is None:
            return
        area = self._area()
        if self._slot is not None:
            self._foot.show_keys(False)
            self._rows.fill(area.width() - 2 * _INNER_PX)
            self.setGeometry(area)
            return
        self._fit_rows(area.width() - 2 * _INNER_PX, area.height() - 2 * _INNER_PX)
        self._column.activate()
        area.setHeight(_height(self, with_shadow(area).width()) - 2 * SHADOW_PX)
        self.setGeometry(with_shadow(area))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow field, window and column."""
        if self.isVisible() and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc close the panel from its own buttons too."""
        if event.key() == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the column, or the raised card that holds the rows."""
        paint = paint_column if self.is_beside else paint_card
        painter = QPainter(self)
        paint(painter, self.rect(), event.rect(), self._theme.tokens)
        painter.end()

    def _build(self) -> None:
        self._rows.clicked.connect(self._activate)
        self.head.literal_wanted.connect(self.literal_wanted)
        self.head.suggestions.chosen.connect(self.query_chosen)
        self.head.filters.narrowed.connect(self.narrowed)
        self.head.filters.widened.connect(lambda: self.remedy_chosen.emit(Remedy.WIDEN))
        self._status.remedy_chosen.connect(self.remedy_chosen)
        self.forget_button.setProperty("flat", True)
        self.forget_button.clicked.connect(self.forget_wanted)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self._column.addWidget(self._rows, 1)
        self._column.addWidget(self.forget_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._status)
        self._column.addWidget(self._foot)
        self._column.addStretch(0)
        self.dock(None)

    def _restyle(self) -> None:
        points = self._theme.body_font().pointSizeF() * _SMALL_SHARE
        self._foot.setStyleSheet(f"QLabel {{ color: {self._theme.tokens.muted}; font-size: {points}pt; }}")
        self.forget_button.setStyleSheet(
            f"QPushButton {{ color: {self._theme.tokens.accent}; text-align: left; padding: 3px 10px;"
            f" font-size: {points}pt; }}"
        )
        self.head.restyle()
        if self.isVisible():
            self.place()
        self.update()

    def _area(self) -> QRect:
        """Return the room for the panel, without a shadow."""
        parent = self.parentWidget()
        if parent is None or self._field is None:
            return self.geometry()
        return area_below(self._field, parent) if self._slot is None else area_of(self._slot, parent)

    def _show_status(self, status: Status) -> None:
        self.focus.rescue(self.head, self._status)
        self.model.set_rows(())
        self._say(status)
        self.head.clear()
        self.place()

    def _say(self, status: Status | None = None, count: str = "") -> None:
        """Show either rows or `status`, and have `count` or the status spoken once typing rests."""
        self.forget_button.hide()
        self._status.setVisible(status is not None)
        if status:
            self._status.show_status(status)
        self._rows.setVisible(status is None)
        self._foot.set_count(count)
        self._speech.say_later()

    def _summary(self) -> str:
        said = self._foot.count or ("" if self._status.isHidden() else self._status.text)
        return " ".join(filter(None, (self.head.caption, said)))

    def _activate(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if isinstance(row, Hit):
            self.hit_activated.emit(row)
        else:
            self.query_chosen.emit(row)

    def _fit_rows(self, width: int, room: int) -> None:
        parts = (self.head, self.forget_button, self._status, self._foot)
        for part in parts:
            # The layout keeps the height of a part from halfway through its changes until events are handled.
            part.updateGeometry()
        used = sum(_height(part, width) for part in parts if not part.isHidden())
        self._rows.fit(width, room - used)
        self._foot.show_keys(width >= _KEYS_FROM_PX * self._theme.zoom)


def _height(part: QWidget, width: int) -> int:
    return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
