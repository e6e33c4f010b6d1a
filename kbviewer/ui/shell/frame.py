"""The layout of the window: bar on top, notice, side pane and search results beside or over the page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kbviewer.ui.shell.notice_bar import NoticeBar
from kbviewer.ui.shell.page_area import PageArea
from kbviewer.ui.shell.page_room import PageRoom
from kbviewer.ui.shell.pane_tabs import Tab
from kbviewer.ui.shell.side_pane import SidePane
from kbviewer.ui.shell.top_bar import TopBar
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import (
    FOLD_BELOW_PX,
    RESULTS_BESIDE_FROM_PX,
    RESULTS_PX,
    SIDE_PANE_PX,
    TEXT_COLUMN_PX,
)

if TYPE_CHECKING:
    from kbviewer.ui.shell.tab_strip import TabStrip

# On both sides of the text, with the scroll bar.
_AROUND_TEXT_PX = 104


class _Shade(QWidget):
    """Dims the page under the side pane; a press on it closes the pane."""

    pressed = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dimming."""
        QPainter(self).fillRect(event.rect(), QColor(0, 0, 0, 90))

    def mousePressEvent(self, event: QEvent) -> None:  # noqa: ARG002 - any press
        """Close the pane."""
        self.pressed.emit()


class Frame(QWidget):
    """Puts the parts in their places and folds the side pane on narrow windows.

    Signals:
        pane_shown(shown): the side pane came or went.
        column_lent(lent): there is room for search results beside the page, or not any more.
    """

    pane_shown = Signal(bool)
    column_lent = Signal(bool)

    def __init__(self, bar: TopBar, notice: NoticeBar, pane: SidePane, area: PageArea, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bar = bar
        self._notice = notice
        self._pane = pane
        self._area = area
        self._room = PageRoom(area, theme)
        self._wanted = True
        self._over_page = False
        self._has_outline = False
        self._called = False
        self._column_wanted = False
        self.case_bar: QWidget | None = None
        self._foot: QWidget | None = None
        # Only keeps the room: the results lie over it, because their other place is over the page.
        self.column = QWidget(self)
        self.column.hide()
        self._shade = _Shade(self)
        self._shade.pressed.connect(self.close_overlay)
        self._shade.hide()
        column = self._rows = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(notice)
        self._strips = QVBoxLayout()
        self._strips.setSpacing(0)
        column.addLayout(self._strips)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addWidget(pane)
        self._row.addWidget(self.column)
        self._row.addWidget(self._room, 1)
        column.addLayout(self._row, 1)
        self.strip: TabStrip | None = None
        pane.installEventFilter(self)
        theme.zoom_changed.connect(self._arrange)
        self._arrange()

    def add_case_bar(self, bar: QWidget) -> None:
        """Put the strip of the case at work right under the top bar: it is about all tabs."""
        self.case_bar = bar
        self._rows.insertWidget(1, bar)
        # Screen readers go through the parts in the order in which they are stacked.
        bar.stackUnder(self.strip or self._notice)

    def add_tabs(self, strip: TabStrip) -> TabStrip:
        """Put the strip of tabs above side pane, results and page."""
        self.strip = strip
        self._rows.insertWidget(1 if self.case_bar is None else 2, strip)
        strip.stackUnder(self._notice)
        return strip

    def add_strip(self, strip: QWidget, stops: Sequence[QWidget]) -> None:
        """Put a strip under the notice, across the window; Tab comes to its `stops` after the bar."""
        self._strips.addWidget(strip)
        strip.stackUnder(self._pane)
        for before, after in pairwise((self._bar.last_stop, *stops)):
            QWidget.setTabOrder(before, after)

    def add_foot(self, foot: QWidget) -> None:
        """Put a strip at the bottom of the window, below all else, so that it hides nothing."""
        self._foot = foot
        self._rows.addWidget(foot)
        foot.installEventFilter(self)

    @property
    def is_narrow(self) -> bool:
        """Whether there is no room for the side pane beside the page.

        It gives way to results sooner than to a narrow window: better the outline goes than that the article
        is laid out anew in shorter lines.
        """
        if not self._lends_column:
            return self.width() < FOLD_BELOW_PX
        text = round(TEXT_COLUMN_PX * self._theme.zoom) + _AROUND_TEXT_PX
        return self.width() - self._column_px < max(FOLD_BELOW_PX, SIDE_PANE_PX + text)

    @property
    def pane_wanted(self) -> bool:
        """Whether the reader wants the side pane beside the page."""
        return self._wanted

    def restore_pane(self, wanted: bool) -> None:
        """Take over what the reader wanted last time, before the window has its size."""
        self._wanted = wanted
        self._arrange()

    def set_pane_wanted(self, wanted: bool) -> None:
        """Show or fold the side pane; on a narrow window, over the page or not at all.

        Beside a page without an outline it stays until another page comes.
        """
        if self.is_narrow:
            self._over_page = wanted
        elif self._has_outline:
            self._wanted = wanted
        else:
            self._called = wanted
        if wanted and not self._has_outline and self._pane.tab is Tab.CONTENTS:
            self._pane.show_tab(Tab.BOOKMARKS)
        self._arrange()

    def toggle_pane(self) -> None:
        """Show the side pane when it is hidden, hide it when it is shown."""
        self.set_pane_wanted(self._pane.isHidden())
        if self.is_narrow and not self._pane.isHidden():
            self._pane.focus_target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_has_outline(self, has_outline: bool) -> None:
        """Say whether the page has anything to show in the side pane."""
        self._called = self._called and not (has_outline or self._has_outline)
        self._has_outline = has_outline
        self._over_page = False
        self._pane.set_has_article(has_outline)
        self._arrange()

    def want_column(self, wanted: bool) -> None:
        """Say whether there are search results to stand beside the page; it follows when there is time."""
        if wanted != self._column_wanted:
            self._column_wanted = wanted
            self._room.hold()
            self._place_parts()
        if wanted:
            self._room.settle_after_typing()
        else:
            self._room.settle_after_paint()

    def settle_page(self) -> None:
        """Give the page all its room now, as before another article comes."""
        self._room.settle()

    def close_overlay(self) -> bool:
        """Take the side pane off the page; return whether it lay there, or was called beside it."""
        if not (self._over_page or self._called):
            return False
        self._over_page = self._called = False
        self._arrange()
        page = self._area.current
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the overlay with Esc; keep it off what comes up below it."""
        if watched is self._foot and event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize):
            self._lay_pane_over_page()
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._pane:
            return event.key() == Qt.Key.Key_Escape and self.close_overlay()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        self._arrange()

    @property
    def _column_px(self) -> int:
        return round(RESULTS_PX * max(1.0, self._theme.zoom))

    @property
    def _lends_column(self) -> bool:
        """Large text needs more room, in the results and in the article."""
        room = RESULTS_BESIDE_FROM_PX * max(1.0, self._theme.zoom)
        return self._column_wanted and self.width() >= room

    def _arrange(self) -> None:
        self._room.settle()
        self._place_parts()

    def _place_parts(self) -> None:
        over = self.is_narrow
        if not over:
            self._over_page = False
        shown = self._over_page if over else self._called or (self._has_outline and self._wanted)
        if over and self._row.indexOf(self._pane) >= 0:
            self._row.removeWidget(self._pane)
        elif not over and self._row.indexOf(self._pane) < 0:
            self._row.insertWidget(0, self._pane)
        self._shade.setVisible(over and shown)
        self._pane.setVisible(shown)
        self._lend_column()
        self._lay_pane_over_page()
        # Not for results that take the pane's place: the search field would jump under the reader's typing.
        folded = self.width() < FOLD_BELOW_PX or not self._wanted
        self._bar.offer_pane(self._has_outline and folded)
        self.pane_shown.emit(shown)

    def _lend_column(self) -> None:
        lent = self._lends_column
        self.column.setFixedWidth(self._column_px)
        if lent == self.column.isHidden():
            self.column.setVisible(lent)
            self._rows.activate()
            self.column_lent.emit(lent)

    def _lay_pane_over_page(self) -> None:
        if not self.is_narrow or self._pane.isHidden():
            return
        top = self._room.y()
        foot = self._foot.height() if self._foot is not None and self._foot.isVisible() else 0
        height = self.height() - top - foot
        self._shade.setGeometry(0, top, self.width(), height)
        self._pane.setGeometry(0, top, min(SIDE_PANE_PX, self.width() - 40), height)
        self._shade.raise_()
        self._pane.raise_()
