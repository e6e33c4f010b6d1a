"""The list of results that lies over the content, right under the search field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.hits import Hit, SearchAnswer
from kbviewer.model.messages import Message
from kbviewer.ui.search import statuses
from kbviewer.ui.search.panel_foot import PanelFoot
from kbviewer.ui.search.results_list import ResultsList
from kbviewer.ui.search.results_model import ResultsModel
from kbviewer.ui.search.status_view import Status, StatusView
from kbviewer.ui.theme.surfaces import SHADOW_PX, paint_shadow, paint_surface
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import FOCUS_RING_PX

_BELOW_FIELD_PX = 6
_WINDOW_MARGIN_PX = 8
_MIN_WIDTH_PX = 760
_INNER_PX = 8
_SPEAK_AFTER_MS = 350
_SMALL_SHARE = 0.88
_KEYS_FROM_PX = 480


class ResultsPanel(QWidget):
    """Shows results, recent searches, or the state of the search; asks nothing itself.

    Never takes the focus from the field: the controller moves the current row.

    Signals:
        hit_activated(hit): a row was clicked or opened.
        query_chosen(text): a recent search was clicked or opened.
        literal_wanted: "Search instead for …" was chosen.
        retry_wanted: "Try again" was chosen.
        escape_pressed: Esc in one of the panel's own buttons.
        announced(text): a screen reader was told this.
    """

    hit_activated = Signal(object)
    query_chosen = Signal(str)
    literal_wanted = Signal()
    retry_wanted = Signal()
    escape_pressed = Signal()
    announced = Signal(str)

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._field: QWidget | None = None
        self.setObjectName("results-panel")
        self.model = ResultsModel(translator, self)
        self._caption = QLabel(self)
        self.literal_button = QPushButton(self)
        self._rows = ResultsList(self.model, theme, self)
        self._status = StatusView(theme, self)
        self._foot = PanelFoot(self)
        self._build()
        self._speak_later = QTimer(self)
        self._speak_later.setSingleShot(True)
        self._speak_later.setInterval(_SPEAK_AFTER_MS)
        self._speak_later.timeout.connect(lambda: self._announce(self._foot.count or self._status.text))
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
        QWidget.setTabOrder(field, self.literal_button)
        QWidget.setTabOrder(self.literal_button, self._status.button)

    def retranslate(self) -> None:
        """Show the texts of the current language."""
        _ = self._translator.gettext
        self.setAccessibleName(_("Search results"))
        self._rows.setAccessibleName(_("Search results"))
        self._foot.set_keys(_("↑ ↓ choose   Enter opens   Esc closes"))

    def show_answer(self, answer: SearchAnswer, *, limit: int, keep_article: str = "") -> None:
        """Show the hits of `answer`, or that there are none.

        Args:
            answer: what the search found.
            limit: how many hits were asked for.
            keep_article: the row that stays the current one when it is still there.
        """
        _ = self._translator.gettext
        self.model.set_rows(answer.hits)
        corrected = answer.corrected if answer.corrected and answer.corrected != answer.query else ""
        if answer.hits:
            self._say(count=statuses.result_count(self._translator, len(answer.hits), limit))
            self._rows.set_current_row(max(0, self.model.row_of(keep_article)))
        else:
            self._say(statuses.nothing_found(self._translator, corrected or answer.query))
        if corrected:
            self._caption.setText(_("Showing results for “{query}”.").format(query=corrected))
            self.literal_button.setText(_("Search instead for “{query}”").format(query=answer.query))
        self._caption.setVisible(bool(corrected))
        self.literal_button.setVisible(bool(corrected))
        self.place()

    def show_recent(self, queries: Sequence[str]) -> None:
        """Offer earlier searches."""
        self.model.set_rows(queries)
        self._say()
        self._caption.setText(self._translator.gettext("Recent searches"))
        self._caption.show()
        self._rows.set_current_row(-1)
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
            self._announce(self.model.spoken(self.model.row(self.current_row)))

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
        """Take the place under the field, as high as the content needs and the window allows."""
        window = self.parentWidget()
        if self._field is None or window is None:
            return
        corner = window.mapFromGlobal(self._field.mapToGlobal(QPoint(0, self._field.height())))
        left, width = _columns(corner.x(), self._field.width(), window.width())
        top = corner.y() + _BELOW_FIELD_PX
        self._fit_rows(width, window.height() - top - _WINDOW_MARGIN_PX)
        self.setFixedWidth(width + 2 * SHADOW_PX)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            height = layout.sizeHint().height()
            if layout.hasHeightForWidth():
                height = layout.heightForWidth(self.width())
            self.setGeometry(QRect(left - SHADOW_PX, top - SHADOW_PX, self.width(), height))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the field."""
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
        """Draw the raised card that holds the rows."""
        tokens = self._theme.tokens
        card = self.rect().adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)
        painter = QPainter(self)
        if not card.contains(event.rect()):
            paint_shadow(painter, QRectF(card), tokens)
        edge = FOCUS_RING_PX if tokens.high_contrast else 1
        paint_surface(painter, QRectF(card), tokens.raised, tokens.border, edge_px=edge)
        painter.end()

    def _build(self) -> None:
        self._rows.clicked.connect(self._activate)
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setWordWrap(True)
        self.literal_button.setProperty("flat", True)
        self.literal_button.clicked.connect(self.literal_wanted)
        self._status.action_chosen.connect(self.retry_wanted)
        layout = QVBoxLayout(self)
        margin = SHADOW_PX + _INNER_PX
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(0)
        self._caption.setContentsMargins(12, 4, 12, 4)
        layout.addWidget(self._caption)
        layout.addWidget(self.literal_button, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._rows)
        layout.addWidget(self._status)
        layout.addWidget(self._foot)

    def _restyle(self) -> None:
        points = self._theme.body_font().pointSizeF()
        muted = f"QLabel {{ color: {self._theme.tokens.muted}; font-size: {points * _SMALL_SHARE}pt; }}"
        self._foot.setStyleSheet(muted)
        self._caption.setStyleSheet(muted)
        self.literal_button.setStyleSheet(
            f"QPushButton {{ color: {self._theme.tokens.accent}; text-align: left; padding: 3px 10px;"
            f" font-size: {points * _SMALL_SHARE}pt; }}"
        )
        if self.isVisible():
            self.place()
        self.update()

    def _show_status(self, status: Status) -> None:
        self.model.set_rows(())
        self._say(status)
        self.place()

    def _say(self, status: Status | None = None, count: str = "") -> None:
        """Show either rows or `status`, and have `count` or the status spoken once typing rests."""
        self._caption.hide()
        self.literal_button.hide()
        self._status.setVisible(status is not None)
        if status:
            self._status.show_status(status)
        self._rows.setVisible(status is None)
        self._foot.set_count(count)
        self._speak_later.start()

    def _announce(self, text: str) -> None:
        if text and self.isVisible():
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
            self.announced.emit(text)

    def _activate(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if isinstance(row, Hit):
            self.hit_activated.emit(row)
        else:
            self.query_chosen.emit(row)

    def _fit_rows(self, width: int, room: int) -> None:
        inner = width - 2 * _INNER_PX
        others = (self._caption, self.literal_button, self._foot)
        used = sum(part.sizeHint().height() for part in others if not part.isHidden())
        self._rows.fit(inner, room - used - 2 * _INNER_PX)
        self._foot.show_keys(inner >= _KEYS_FROM_PX * self._theme.zoom)


def _columns(field_left: int, field_width: int, window_width: int) -> tuple[int, int]:
    """Return left edge and width of the card: centred on the field, readable, inside the window."""
    width = min(window_width - 2 * _WINDOW_MARGIN_PX, max(field_width, _MIN_WIDTH_PX))
    left = field_left + (field_width - width) // 2
    return max(_WINDOW_MARGIN_PX, min(left, window_width - _WINDOW_MARGIN_PX - width)), width
