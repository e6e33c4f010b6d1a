"""Groups of cards that exist only near the visible part: ten thousand articles cost what thirty do."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from kbviewer.ui.home.bands import GroupShape, Measures, Slot, SlotKind, column_count, lay_out
from kbviewer.ui.home.cards import Card

_GAP_PX = 12
_BAND_GAP_PX = 24
_BELOW_HEADING_PX = 10
_SMALLEST_CARD_PX = 272
_MOST_COLUMNS = 3
_FOURTH_FROM_PX = 1500
_FIRST_ITEMS = 6
# More slots than a row and the headings around it can have.
_ROW_REACH = 16
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


_Key = tuple[SlotKind, int, int]


@dataclass(frozen=True, slots=True)
class CardGroup:
    """What a grid shows under one heading.

    Attributes:
        title: the heading.
        count: number of items.
        card_height: of every card of the group.
        make: builds the card of one item as a child of the given widget.
        more: text of the button that shows the rest, "" to show all at once.
    """

    title: str
    count: int
    card_height: int
    make: Callable[[int, QWidget], Card]
    more: str = ""


class CardGrid(QWidget):
    """Headings and cards in columns, with one focus that arrow keys and Tab move.

    Signals:
        reveal_wanted(rect): scroll this part of the grid into view.
        resized: the height has changed.
    """

    reveal_wanted = Signal(QRect)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: Sequence[CardGroup] = ()
        self._open: set[int] = set()
        self._slots: list[Slot] = []
        self._numbers: dict[_Key, int] = {}
        self._by_y: list[int] = []
        self._stops: list[int] = []
        self._widgets: dict[_Key, QWidget] = {}
        self._seen = (0, 0)
        self._heading = QFont()
        self._scale = 1.0
        self._passing = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_groups(self, groups: Sequence[CardGroup], *, heading: QFont, scale: float) -> None:
        """Show other groups; the focus stays on the same place when they have it.

        Args:
            groups: in reading order.
            heading: the font of their titles.
            scale: text size, times the usual one.
        """
        focused = self._focused_key()
        if focused:
            self._take_focus()
        widgets, self._widgets = self._widgets, {}
        for widget in widgets.values():
            widget.hide()
            widget.deleteLater()
        if [group.count for group in groups] != [group.count for group in self._groups]:
            self._open.clear()
        self._groups = tuple(groups)
        self._heading = heading
        self._scale = scale
        self._lay_out()
        if focused:
            number = self._numbers.get(focused, self._stops[0] if self._stops else None)
            if number is not None:
                self._focus(number, Qt.FocusReason.OtherFocusReason)

    def reveal(self, top: int, bottom: int) -> None:
        """Have the cards between two heights, and let go of those that are far away."""
        self._seen = (top, bottom)
        around = self._between(top - (bottom - top), bottom + (bottom - top))
        near = {self._key(number) for number in around}
        for key in [
            key for key, widget in self._widgets.items() if key not in near and not widget.hasFocus()
        ]:
            self._widgets.pop(key).deleteLater()
        for number in self._between(top, bottom):
            self._ensure(number)

    def cards(self) -> list[Card]:
        """Return the cards that exist now, in reading order."""
        keys = map(self._key, self._stops)
        return [card for key in keys if isinstance(card := self._widgets.get(key), Card)]

    def focus_group(self, number: int) -> int | None:
        """Put the focus on the first card of a group; return where its heading stands, None without one."""
        first = self._numbers.get((SlotKind.CARD, number, 0))
        heading = self._numbers.get((SlotKind.HEADING, number, 0))
        if first is None:
            return None
        self._focus(first, Qt.FocusReason.OtherFocusReason)
        return self._slots[first if heading is None else heading].y

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another number of columns when the width asks for it."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to the first or last card, depending on where it comes from."""
        super().focusInEvent(event)
        if self._stops and not self._passing:
            back = event.reason() == Qt.FocusReason.BacktabFocusReason
            self._focus(self._stops[-1 if back else 0], event.reason())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go through the cards in reading order, whatever the order they were made in."""
        position = self._position()
        target = position + (1 if forward else -1)
        if position >= 0 and 0 <= target < len(self._stops):
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            self._focus(self._stops[target], reason)
            return True
        # Cards stand at the end of the window's focus chain; leave from where the grid stands.
        self._take_focus()
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the focus with the arrow keys, Home and End."""
        position = self._position()
        key = Qt.Key(event.key())
        if position < 0:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._focus(self._stops[0 if key == Qt.Key.Key_Home else -1], Qt.FocusReason.OtherFocusReason)
        elif key in _ARROWS:
            target = self._neighbour(self._stops[position], *_ARROWS[key])
            if target is not None:
                self._focus(target, Qt.FocusReason.OtherFocusReason)
            else:
                self.focusNextPrevChild(key in (Qt.Key.Key_Right, Qt.Key.Key_Down))
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        width = self.width()
        most = _MOST_COLUMNS if width < _FOURTH_FROM_PX * self._scale else _MOST_COLUMNS + 1
        columns = column_count(width, round(_SMALLEST_CARD_PX * self._scale), _GAP_PX, most)
        more = self.fontMetrics().height() + 16
        shapes = [self._shape(number, group) for number, group in enumerate(self._groups)]
        measures = Measures(width, columns, _GAP_PX, 0, more, _BAND_GAP_PX)
        measures = replace(measures, heading=self._heading_height(shapes, measures))
        self._slots, height = lay_out(shapes, measures)
        self._numbers = {slot[:3]: number for number, slot in enumerate(self._slots)}
        self._by_y = sorted(range(len(self._slots)), key=self._y)
        self._stops = [n for n, slot in enumerate(self._slots) if slot.kind is not SlotKind.HEADING]
        self.setFixedHeight(height)
        for key in list(self._widgets):
            if key in self._numbers:
                self._place(self._widgets[key], self._slots[self._numbers[key]])
            else:
                self._widgets.pop(key).deleteLater()
        self.reveal(*self._seen)
        self.resized.emit()

    def _heading_height(self, shapes: Sequence[GroupShape], measures: Measures) -> int:
        """Return the room for the highest heading; in narrow columns one may take several lines."""
        metrics = QFontMetrics(self._heading)
        highest = metrics.height()
        for group, shape in zip(self._groups, shapes, strict=True):
            width = measures.span_width(min(measures.columns, max(1, shape.shown)))
            room = QRect(0, 0, width, 0)
            highest = max(highest, metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, group.title).height())
        return highest + _BELOW_HEADING_PX

    def _shape(self, number: int, group: CardGroup) -> GroupShape:
        folded = bool(group.more) and group.count > _FIRST_ITEMS and number not in self._open
        return GroupShape(_FIRST_ITEMS if folded else group.count, folded, group.card_height)

    def _between(self, top: int, bottom: int) -> set[int]:
        tallest = max((group.card_height for group in self._groups), default=0)
        first = bisect_left(self._by_y, top - tallest, key=self._y)
        last = bisect_left(self._by_y, bottom, key=self._y)
        return set(self._by_y[first:last])

    def _ensure(self, number: int) -> QWidget:
        key = self._key(number)
        widget = self._widgets.get(key)
        if widget is None:
            widget = self._widgets[key] = self._make(self._slots[number])
            self._place(widget, self._slots[number])
            widget.show()
        return widget

    def _key(self, number: int) -> _Key:
        return self._slots[number][:3]

    @staticmethod
    def _place(widget: QWidget, slot: Slot) -> None:
        widget.setGeometry(slot.x, slot.y, slot.width, slot.height)

    def _make(self, slot: Slot) -> QWidget:
        group = self._groups[slot.group]
        if slot.kind is SlotKind.CARD:
            return group.make(slot.item, self)
        if slot.kind is SlotKind.MORE:
            button = QPushButton(group.more, self)
            button.setMaximumWidth(button.sizeHint().width())
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(lambda: self._unfold(slot.group))
            return button
        heading = QLabel(group.title, self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setFont(self._heading)
        heading.setWordWrap(True)
        # Close to its cards, also where another heading takes more lines.
        heading.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        heading.setContentsMargins(0, 0, 0, _BELOW_HEADING_PX)
        return heading

    def _unfold(self, group: int) -> None:
        self._open.add(group)
        self._take_focus()
        self._widgets.pop((SlotKind.MORE, group, 0)).deleteLater()
        self._lay_out()
        first_new = (SlotKind.CARD, group, _FIRST_ITEMS)
        self._focus(
            next(n for n in self._stops if self._key(n) == first_new), Qt.FocusReason.OtherFocusReason
        )

    def _position(self) -> int:
        """Return the place of the focused card among the stops, -1 when none has the focus."""
        key = self._focused_key()
        return (
            next((p for p, number in enumerate(self._stops) if self._key(number) == key), -1) if key else -1
        )

    def _focused_key(self) -> _Key | None:
        return next((key for key, widget in self._widgets.items() if widget.hasFocus()), None)

    def _take_focus(self) -> None:
        """Have the focus without handing it to a card."""
        self._passing = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._passing = False

    def _focus(self, number: int, reason: Qt.FocusReason) -> None:
        slot = self._slots[number]
        widget = self._ensure(number)
        widget.setFocus(reason)
        self.reveal_wanted.emit(QRect(slot.x, slot.y, slot.width, slot.height))

    def _neighbour(self, number: int, right: int, down: int) -> int | None:
        """Return the next stop in reading order, or the nearest one in the row above or below."""
        if right:
            target = bisect_left(self._stops, number) + right
            return self._stops[target] if 0 <= target < len(self._stops) else None
        here = self._slots[number]
        if down > 0:
            start = bisect_right(self._by_y, here.y, key=self._y)
            beyond = iter(self._by_y[start : start + _ROW_REACH])
        else:
            end = bisect_left(self._by_y, here.y, key=self._y)
            beyond = reversed(self._by_y[max(0, end - _ROW_REACH) : end])
        others = [n for n in beyond if self._slots[n].kind is not SlotKind.HEADING]
        if not others:
            return None
        row = [n for n in others if self._slots[n].y == self._slots[others[0]].y]
        return min(row, key=lambda n: abs(self._slots[n].x - here.x))

    def _y(self, number: int) -> int:
        return self._slots[number].y
