"""Moves the keyboard focus through a page in reading order, and remembers it across rebuilds."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from kbviewer.ui.article.layer import EmbeddedLayer
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.tab_order import Stop, neighbour, tab_stops
from kbviewer.ui.article.view import ArticleView


@dataclass(frozen=True, slots=True)
class FocusMemory:
    """The link or tip that has the focus: the how-manieth of which block. Widgets keep it themselves."""

    owner: str
    index: int


class FocusWalker:
    """Knows the stops of the page that the stage shows."""

    def __init__(
        self, view: ArticleView, layer: EmbeddedLayer, stage: Stage, *, from_start: bool = False
    ) -> None:
        """Walk through `view`; `from_start`: Tab enters at the first stop, in view or not."""
        self._view = view
        self._layer = layer
        self._stage = stage
        self._from_start = from_start
        self._stops: list[Stop] = []

    def load(self) -> None:
        """Take the stops of a page that was built."""
        document = self._stage.geometry.document
        self._stops = tab_stops(self._stage.page, lambda position: document.findBlock(position).blockNumber())

    def walk(self, forward: bool) -> bool:
        """Go to the next or previous stop; return False at the ends."""
        focus = QApplication.focusWidget()
        key = self._layer.key_of(focus)
        if key and focus is not None and self._walk_inside(key, focus, forward):
            return True
        current = self._current(key)
        position = self._start() if self._view.hasFocus() else 0
        for stop in neighbour(self._stops, current, position, forward=forward):
            if self._stage.geometry.is_visible(stop.block) and self._go(stop, forward):
                return True
        return False

    def _start(self) -> int:
        """Return where to look for a stop when none has the focus: the text cursor, else what is in view."""
        cursor = self._view.textCursor()
        first, last = self._view.blocks_in_view()
        if first <= cursor.blockNumber() <= last:
            return cursor.position()
        return self._stage.geometry.document.findBlockByNumber(first).position()

    def enter(self, forward: bool) -> None:
        """Go to the first stop in view after Tab brought the focus, to the last stop after Shift+Tab."""
        self._view.focused_link = -1
        stops = self._stops if forward else self._stops[::-1]
        top = self._view.blocks_in_view()[0] if forward and not self._from_start else 0
        for stop in stops:
            if stop.block >= top and self._stage.geometry.is_visible(stop.block) and self._go(stop, forward):
                return

    def focus_widget(self, key: str) -> bool:
        """Put the focus on a widget, made now when it was not before."""
        offset = self._view.offset
        self._layer.place_one(key, offset.x(), offset.y())
        widget = self._layer.widget(key)
        if widget is None or widget.isHidden():
            return False
        stops = _stops_in(widget)
        if not stops:
            return False
        stops[0].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def remember(self) -> FocusMemory | None:
        """Return which link has the focus, also while a dialog lies over the window."""
        number = self._view.focused_link
        if number < 0 or self._view.window().focusWidget() is not self._view:
            return None
        spot = self._stage.page.links[number]
        return FocusMemory(spot.owner, spot.index)

    def restore(self, memory: FocusMemory | None) -> None:
        """Put the focus on the same link of the page that is shown now, without scrolling."""
        if memory is None:
            return
        for number, spot in enumerate(self._stage.page.links):
            if (spot.owner, spot.index) == (memory.owner, memory.index):
                self._view.focused_link = number
                self._view.viewport().update()
                return

    def _current(self, key: str) -> Stop | None:
        for stop in self._stops:
            if (key and stop.widget == key) or (not key and 0 <= self._view.focused_link == stop.link):
                return stop
        return None

    def _walk_inside(self, key: str, focus: QWidget, forward: bool) -> bool:
        """Go on inside a widget that has several stops."""
        widget = self._layer.widget(key)
        stops = _stops_in(widget) if widget is not None else []
        if focus not in stops:
            return False
        index = stops.index(focus) + (1 if forward else -1)
        if not 0 <= index < len(stops):
            return False
        self._focus(stops[index], forward)
        return True

    def _go(self, stop: Stop, forward: bool) -> bool:
        if stop.link >= 0:
            self._view.focus_link(stop.link)
            self._show_tip(stop.link)
            return True
        offset = self._view.offset
        self._layer.place_one(stop.widget, offset.x(), offset.y())
        widget = self._layer.widget(stop.widget)
        stops = _stops_in(widget) if widget is not None and not widget.isHidden() else []
        if not stops:
            return False
        self._focus(stops[0] if forward else stops[-1], forward)
        return True

    def _focus(self, widget: QWidget, forward: bool) -> None:
        self._view.focused_link = -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        widget.setFocus(reason)
        top = widget.mapTo(self._view.viewport(), widget.rect().topLeft()).y() + self._view.offset.y()
        self._view.reveal(top, top + widget.height())

    def _show_tip(self, number: int) -> None:
        """Show the explanation of a term when the keyboard reaches it."""
        spot = self._stage.page.links[number]
        rects = self._stage.geometry.text_rects(spot.start, spot.end)
        if spot.tip and rects:
            corner = rects[0].bottomLeft().toPoint() - self._view.offset
            QToolTip.showText(self._view.viewport().mapToGlobal(corner), spot.tip, self._view)


def _stops_in(widget: QWidget) -> list[QWidget]:
    """Return what the keyboard reaches in a widget: what it says, else itself."""
    inner = getattr(widget, "tab_stops", None)
    if inner is not None:
        found: list[QWidget] = inner()
        return found
    return [widget] if widget.isEnabled() else []
