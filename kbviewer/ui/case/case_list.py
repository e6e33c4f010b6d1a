"""The list of cases: rows of equal height that draw themselves, so that ten thousand cost what ten do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.cases import CaseOutcome, CaseSummary
from kbviewer.ui.case.wording import case_name, joined, outcome_title, short_time
from kbviewer.ui.theme.chips import Chip, ChipTone, chip_font, chip_height, chip_width, paint_chip
from kbviewer.ui.theme.text_lines import line_height
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX, FOCUS_RING_PX, TOUCH_TARGET_PX

CASE_ROLE: Final = Qt.ItemDataRole.UserRole
_SIDE_PX = 14
_ABOVE_PX = 9
_TEXT_SHARE = 0.92
_TONES = {
    CaseOutcome.OPEN: ChipTone.ACCENT,
    CaseOutcome.SOLVED: ChipTone.PLAIN,
    CaseOutcome.ESCALATED: ChipTone.WARNING,
}
_Index = QModelIndex | QPersistentModelIndex


class CaseListModel(QAbstractListModel):
    """Rows are `CaseSummary`s."""

    def __init__(self, translator: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator = translator
        self._cases: Sequence[CaseSummary] = ()
        self.at_work = 0

    def set_cases(self, cases: Sequence[CaseSummary], at_work: int) -> None:
        """Show other cases; the one at work says so."""
        self.beginResetModel()
        self._cases = cases
        self.at_work = at_work
        self.endResetModel()

    def case(self, row: int) -> CaseSummary | None:
        """Return the case in a row, None outside."""
        return self._cases[row] if 0 <= row < len(self._cases) else None

    def row_of(self, case_id: int) -> int:
        """Return the row of a case, -1 when it is not shown."""
        return next((row for row, case in enumerate(self._cases) if case.id == case_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._cases)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the case, its name, or what a screen reader says of it."""
        case = self._cases[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return case
            case Qt.ItemDataRole.DisplayRole:
                return case_name(case.id, case.reference, self._translator)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self._spoken(case)
            case _:
                return None

    def chip(self, case: CaseSummary) -> Chip:
        """Return the badge of a case."""
        if case.id == self.at_work:
            return Chip(self._translator.gettext("At work"), ChipTone.ACCENT)
        pgettext = self._translator.pgettext
        text = {
            CaseOutcome.OPEN: pgettext("one case", "Open"),
            CaseOutcome.SOLVED: pgettext("one case", "Solved"),
            CaseOutcome.ESCALATED: pgettext("one case", "Escalated"),
        }[case.outcome]
        return Chip(text, _TONES[case.outcome])

    def _spoken(self, case: CaseSummary) -> str:
        at_work = self._translator.gettext("At work") if case.id == self.at_work else ""
        parts = [
            case_name(case.id, case.reference, self._translator),
            outcome_title(case.outcome, self._translator),
            at_work,
            short_time(case.started),
            *case.titles,
        ]
        return ", ".join(part for part in parts if part)


class CaseDelegate(QStyledItemDelegate):
    """Draws a case in two lines: name and badge, articles and time."""

    def __init__(
        self, model: CaseListModel, theme: Theme, translator: Translator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._cases = model
        self._theme = theme
        self._translator = translator
        self._restyle()
        theme.changed.connect(self._restyle)
        theme.zoom_changed.connect(self._restyle)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the height that all rows have; the width is the list's."""
        lines = line_height(self._name) + line_height(self._text)
        return QSize(1, max(TOUCH_TARGET_PX, round(2 * _ABOVE_PX + lines + 2)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the row."""
        case: CaseSummary = index.data(CASE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, QRectF(option.rect), option.state)
        place = QRectF(option.rect).adjusted(_SIDE_PX, _ABOVE_PX, -_SIDE_PX, -_ABOVE_PX)
        self._paint_first_line(painter, place, case)
        self._paint_second_line(painter, place, case)
        painter.restore()

    def _paint_first_line(self, painter: QPainter, place: QRectF, case: CaseSummary) -> None:
        tokens, chip = self._theme.tokens, self._cases.chip(case)
        width = min(chip_width(chip.text, self._chip), place.width() / 2)
        height = chip_height(self._chip)
        line = QRectF(place.left(), place.top(), place.width() - width - 8, line_height(self._name))
        name = case_name(case.id, case.reference, self._translator)
        _draw(painter, line, name, self._name, tokens.text, Qt.AlignmentFlag.AlignLeft)
        corner = QPointF(place.right() - width, line.center().y() - height / 2)
        paint_chip(painter, QRectF(corner.x(), corner.y(), width, height), chip, self._chip, tokens)

    def _paint_second_line(self, painter: QPainter, place: QRectF, case: CaseSummary) -> None:
        tokens, when = self._theme.tokens, short_time(case.started)
        height = line_height(self._text)
        width = QFontMetricsF(self._text).horizontalAdvance(when) + 1
        line = QRectF(place.left(), place.bottom() - height, place.width(), height)
        _draw(painter, line, when, self._text, tokens.muted, Qt.AlignmentFlag.AlignRight)
        titles = joined(case.titles) or self._translator.gettext("No article yet")
        line.setWidth(line.width() - width - 12)
        _draw(painter, line, titles, self._text, tokens.muted, Qt.AlignmentFlag.AlignLeft)

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        tokens = self._theme.tokens
        current = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = current and bool(state & QStyle.StateFlag.State_HasFocus)
        if not current and not hovered:
            return
        painter.setBrush(QColor(tokens.accent_soft if current else tokens.raised))
        painter.setPen(Qt.PenStyle.NoPen)
        if focused:
            painter.setPen(QPen(QColor(tokens.accent), FOCUS_RING_PX))
        elif tokens.high_contrast:
            # All surfaces are black in high contrast: the edge has to say it.
            style = Qt.PenStyle.DashLine if current else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(tokens.accent if current else tokens.border), 1, style))
        painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), CORNER_PX, CORNER_PX)

    def _restyle(self) -> None:
        base = self._theme.body_font()
        self._name, self._text = QFont(base), QFont(base)
        self._name.setWeight(QFont.Weight.DemiBold)
        self._text.setPointSizeF(base.pointSizeF() * _TEXT_SHARE)
        self._chip = chip_font(self._text)


def _draw(
    painter: QPainter, rect: QRectF, text: str, font: QFont, colour: str, align: Qt.AlignmentFlag
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, rect.width()))
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)


class CaseListView(QListView):
    """The rows, with the keys of a list.

    Signals:
        chosen(case_id): another row is the current one, 0 for none.
        resume_wanted(case_id): Enter or a double click.
        delete_wanted(case_id): Del.
        typed(text): the reader begins to write what to look for.
    """

    chosen = Signal(int)
    resume_wanted = Signal(int)
    delete_wanted = Signal(int)
    typed = Signal(str)

    def __init__(
        self, model: CaseListModel, theme: Theme, translator: Translator, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cases = model
        self.setModel(model)
        self.setItemDelegate(CaseDelegate(model, theme, translator, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.doubleClicked.connect(lambda index: self._emit(self.resume_wanted, index.row()))
        theme.zoom_changed.connect(lambda _zoom: self.scheduleDelayedItemsLayout())

    @property
    def current_case(self) -> int:
        """The id of the case in the current row, 0 for none."""
        case = self._cases.case(self.currentIndex().row())
        return case.id if case is not None else 0

    def go_to(self, row: int) -> None:
        """Make a row the current one and show it."""
        index = self._cases.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in sight."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell which case it is now."""
        super().currentChanged(current, previous)
        case = self._cases.case(current.row())
        self.chosen.emit(case.id if case is not None else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Resume with Enter, delete with Del, look for what is typed."""
        row = self.currentIndex().row()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._emit(self.resume_wanted, row)
        elif event.key() == Qt.Key.Key_Delete:
            self._emit(self.delete_wanted, row)
        elif plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _emit(self, signal: Any, row: int) -> None:
        case = self._cases.case(row)
        if case is not None:
            signal.emit(case.id)
