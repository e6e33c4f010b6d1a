"""The page with all cases: search and filter above, the list, and the current case beside or below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kbviewer.i18n.translator import Translator
from kbviewer.model.cases import CaseOutcome, ListedCase
from kbviewer.ui.case.case_list import CaseListModel, CaseListView
from kbviewer.ui.case.details import CaseDetails
from kbviewer.ui.case.filtering import CaseFilter
from kbviewer.ui.case.outcome_filter import OutcomeFilter
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.head_row import HeadRow
from kbviewer.ui.theme.starting_page import StartingPage
from kbviewer.ui.theme.theme import Theme

_BESIDE_FROM_PX = 760
_WIDEST_PX = 1200
_HEADING_SHARE = 1.6


class _Nothing(QWidget):
    """One sentence and one next step, where there is no case to show."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.button = QPushButton()
        self.button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 16)
        column.setSpacing(12)
        column.addWidget(self.sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)


class CaseListPage(StartingPage):
    """Shows cases and emits what the reader wants; keeps nothing.

    Signals:
        case_chosen(case_id): show its details, with `details.show_case`; 0 for none.
        resume_wanted(case_id), delete_wanted(case_id): from the keyboard; see also `details`.
        start_wanted(): begin a case.
        left(): back to where the reader was.
    """

    case_chosen = Signal(int)
    resume_wanted = Signal(int)
    delete_wanted = Signal(int)
    start_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._filter = CaseFilter()
        self._model = CaseListModel(translator, self)
        self._heading = QLabel()
        self._start = QPushButton()
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self.outcomes = OutcomeFilter(translator)
        self.list = CaseListView(self._model, theme, translator)
        self.details = CaseDetails(theme, translator)
        self._nothing = _Nothing()
        self._compose()
        self._connect()
        self.begin_at(self.list)
        self._restyle()
        self.retranslate()

    @property
    def current_case(self) -> int:
        """The id of the case that is shown, 0 for none."""
        return self.list.current_case

    def show_cases(self, cases: Sequence[ListedCase], at_work: int, current: int = 0) -> None:
        """Show the cases as they are now; `current`, else the one that was, is the current one."""
        self._model.at_work = at_work
        self._filter.set_cases(cases)
        self._show(current or self.current_case)

    def show_all(self) -> None:
        """Show every case, whatever was looked for."""
        self.field.clear()
        self.outcomes.choose(None)

    def focus_first(self) -> None:
        """Give the focus to the list, or to the next step when it is empty."""
        target = self._nothing.button if self._rooms.currentWidget() is self._nothing else self.list
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self.setAccessibleName(_("Cases"))
        self._heading.setText(_("Cases"))
        self._start.setText(_("New case…"))
        self.field.setPlaceholderText(_("Search references, notes and articles"))
        self.field.setAccessibleName(_("Search cases"))
        self.list.setAccessibleName(_("Cases"))
        self.outcomes.show_counts(self._filter)
        self._say_nothing()
        self.details.refresh()
        self.list.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: show all cases again, then leave."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.field.text():
            self.field.clear()
            self.focus_first()
        else:
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the details beside the list or below it."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the page and draw the line between list and details."""
        tokens, painter = self._theme.tokens, QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.page))
        if self._rooms.currentWidget() is self._both:
            beside = self._row.direction() is QBoxLayout.Direction.LeftToRight
            corner = self.details.mapTo(self, self.details.rect().topLeft())
            if beside:
                painter.fillRect(corner.x() - 1, corner.y(), 1, self.details.height(), QColor(tokens.border))
            else:
                painter.fillRect(corner.x(), corner.y() - 1, self.details.width(), 1, QColor(tokens.border))

    def _compose(self) -> None:
        self._head = HeadRow(self._heading, self._start)
        self._both = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._both)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(1)
        self._row.addWidget(self.list, 2)
        self._row.addWidget(self.details, 3)
        self._rooms = QStackedLayout()
        self._rooms.addWidget(self._both)
        self._rooms.addWidget(self._nothing)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addLayout(self._head)
        self._column.addWidget(self.field)
        self._column.addWidget(self.outcomes)
        self._column.addLayout(self._rooms, 1)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._look_for)
        self.field.returnPressed.connect(self.focus_first)
        self.outcomes.outcome_chosen.connect(self._narrow)
        self.list.chosen.connect(self.case_chosen)
        self.list.resume_wanted.connect(self.resume_wanted)
        self.list.delete_wanted.connect(self.delete_wanted)
        self.list.typed.connect(self._type)
        self.details.resume_wanted.connect(self.resume_wanted)
        self.details.delete_wanted.connect(self.delete_wanted)
        self._start.clicked.connect(self.start_wanted)
        self._nothing.button.clicked.connect(self._take_next_step)
        self._theme.changed.connect(self._restyle)
        self._theme.zoom_changed.connect(self._restyle)

    def _type(self, text: str) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.insert(text)

    def _look_for(self, text: str) -> None:
        self._filter.set_text(text)
        self._show(self.current_case)
        self._announce_count()

    def _narrow(self, outcome: CaseOutcome | None) -> None:
        self._filter.set_outcome(outcome)
        self._show(self.current_case)
        self._announce_count()

    def _show(self, current: int) -> None:
        shown = self._filter.shown
        row_before = max(0, self.list.currentIndex().row())
        self._model.set_cases(shown, self._model.at_work)
        self.outcomes.show_counts(self._filter)
        self._rooms.setCurrentWidget(self._both if shown else self._nothing)
        for part in (self._start, self.field, self.outcomes):
            part.setVisible(not self._filter.is_empty)
        self._say_nothing()
        row = self._model.row_of(current)
        if shown:
            # After a deletion the row that has come into its place.
            self.list.go_to(row if row >= 0 else min(row_before, len(shown) - 1))
        else:
            self.case_chosen.emit(0)

    def _say_nothing(self) -> None:
        _ = self._translator.gettext
        if self._filter.is_empty:
            self._nothing.sentence.setText(
                _("There are no cases yet. A case keeps what you try in a call, step by step.")
            )
            self._nothing.button.setText(_("New case…"))
        else:
            self._nothing.sentence.setText(_("No case is like that."))
            self._nothing.button.setText(_("Show all cases"))

    def _take_next_step(self) -> None:
        if self._filter.is_empty:
            self.start_wanted.emit()
        else:
            self.show_all()
            self.focus_first()

    def _announce_count(self) -> None:
        count = len(self._filter.shown)
        text = self._translator.ngettext("{count} case", "{count} cases", count)
        announce(self, text.format(count=count))

    def _arrange(self) -> None:
        beside = self.width() >= _BESIDE_FROM_PX * max(1.0, self._theme.zoom * 0.8)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        side = max(24 if beside else 12, (self.width() - round(_WIDEST_PX * max(1.0, self._theme.zoom))) // 2)
        self._column.setContentsMargins(side, 16 if beside else 8, side, 8)
        self._head.fit(self.width() - 2 * side)

    def _restyle(self) -> None:
        font = self._theme.body_font()
        font.setPointSizeF(font.pointSizeF() * _HEADING_SHARE)
        font.setWeight(QFont.Weight.DemiBold)
        self._heading.setFont(font)
        self._nothing.sentence.setFont(self._theme.body_font())
        self._arrange()
        self.update()
