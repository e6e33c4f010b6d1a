"""The page with all libraries: what there is, what is on, in which order, and ways to get more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Right
from kbviewer.model.shelf import ShelfItem
from kbviewer.ui.library.row import LibraryRow
from kbviewer.ui.library.wording import title_of
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.rights import needs
from kbviewer.ui.theme.starting_page import StartingPage
from kbviewer.ui.theme.theme import Theme

_WIDEST_PX = 860
_ROOMY_FROM_PX = 480
_TITLE_SHARE = 1.85
_LINE_PX = 3


class LibraryPage(StartingPage):
    """Shows libraries and emits what the reader wants; keeps nothing.

    Signals:
        switched(key, on): use a library or not.
        placed(key, at): put it at a place in the order.
        deed_wanted(key, deed): do something with it.
        folder_wanted(), pack_wanted(): the reader has another one.
        updates_wanted(): somebody may have a newer one.
        left(): back to where the reader was.
    """

    switched = Signal(str, bool)
    placed = Signal(str, int)
    deed_wanted = Signal(str, object)
    folder_wanted = Signal()
    pack_wanted = Signal()
    updates_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._items: Sequence[ShelfItem] = ()
        self._is_kept, self._is_busy = True, False
        self._title, self._lead, self._once = QLabel(), QLabel(), QLabel()
        self.folder_button = needs(QPushButton(), Right.OPEN_FILE)
        self.pack_button = needs(QPushButton(), Right.OPEN_FILE, Right.CHANGE_PACKS)
        self.updates_button = needs(QPushButton(), Right.CHANGE_PACKS)
        # Here whatever brings libraries has its place.
        self.tools = FlowRow(gap=8)
        self.rows: dict[str, LibraryRow] = {}
        self._sheet = QWidget()
        self._list = QVBoxLayout()
        self._line = QFrame(self._sheet)
        self._area = QScrollArea()
        self._compose()
        self._connect()
        self._restyle()
        self.retranslate()

    def show_items(self, items: Sequence[ShelfItem], *, is_kept: bool, is_busy: bool) -> None:
        """Show the libraries in their order; rows stay who they are, and so does the focus.

        Args:
            is_kept: the choice is the reader's own, and not that of one start.
            is_busy: something is under way that takes time.
        """
        self._items, self._is_kept, self._is_busy = items, is_kept, is_busy
        self._once.setVisible(not is_kept)
        self.pack_button.setEnabled(not is_busy)
        self.updates_button.setEnabled(not is_busy)
        for key in [key for key in self.rows if all(item.key != key for item in items)]:
            row = self.rows.pop(key)
            if self.focusWidget() is not None and row.isAncestorOf(self.focusWidget()):
                self.folder_button.setFocus(Qt.FocusReason.OtherFocusReason)
            row.hide()
            row.deleteLater()
        for at, item in enumerate(items):
            row = self.rows.get(item.key) or self._make_row(item.key)
            if self._list.indexOf(row) != at:
                self._list.removeWidget(row)
                self._list.insertWidget(at, row)
            row.show_item(item, at=at, count=len(items), is_kept=is_kept, is_busy=is_busy)
        switches = (row.switch for row in self._in_order() if row.switch.isEnabled())
        self.begin_at(next(switches, self.folder_button))
        stops = self.tools.tab_stops()
        for row in self._in_order():
            stops += row.stops()
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self._set_margins()

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self.setAccessibleName(_("Libraries"))
        self._title.setText(_("Libraries"))
        self._lead.setText(
            _(
                "Where the articles come from. The home page, the search and links use the libraries that "
                "are on; when two have the same article, the upper one is read."
            )
        )
        self._once.setText(
            _("These libraries were named at the start. What you switch holds until the window is closed.")
        )
        self.folder_button.setText(_("Open library folder…"))
        self.pack_button.setText(_("Install a pack…"))
        self.updates_button.setText(_("Look for updates…"))
        self.tools.arrange()
        if self._items:
            self.show_items(self._items, is_kept=self._is_kept, is_busy=self._is_busy)

    def announce_place(self, key: str) -> None:
        """Have it spoken where a library stands now."""
        keys = [item.key for item in self._items]
        if key in keys:
            at = keys.index(key)
            text = self._translator.gettext("{title}: {at} of {count}")
            title = title_of(self._items[at], self._translator)
            announce(self, text.format(title=title, at=at + 1, count=len(keys)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column centred and of readable width."""
        super().resizeEvent(event)
        self._set_margins()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the page."""
        QPainter(self).fillRect(event.rect(), QColor(self._theme.tokens.window))

    def _compose(self) -> None:
        for label in (self._title, self._lead, self._once):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.tools.set_items([self.folder_button, self.pack_button, self.updates_button])
        self._list.setSpacing(10)
        self._line.hide()
        self._column = QVBoxLayout(self._sheet)
        self._column.setSpacing(12)
        for part in (self._title, self._lead, self._once, self.tools):
            self._column.addWidget(part)
        self._column.addLayout(self._list)
        self._column.addStretch(1)
        self._sheet.setObjectName("library-sheet")
        self._area.setWidget(self._sheet)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    def _connect(self) -> None:
        self.folder_button.clicked.connect(self.folder_wanted)
        self.pack_button.clicked.connect(self.pack_wanted)
        self.updates_button.clicked.connect(self.updates_wanted)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self._theme.changed.connect(self._restyle)
        self._theme.zoom_changed.connect(self._restyle)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Bring into view whatever gets the focus, whoever gives it."""
        if new is not None and self._sheet.isAncestorOf(new):
            self._area.ensureWidgetVisible(new, 0, 24)

    def _make_row(self, key: str) -> LibraryRow:
        row = self.rows[key] = LibraryRow(self._theme, self._translator, self._sheet)
        row.switched.connect(lambda on: self.switched.emit(key, on))
        row.stepped.connect(partial(self._step, key))
        row.wanted.connect(lambda deed: self.deed_wanted.emit(key, deed))
        row.dragged.connect(partial(self._show_line, key))
        row.dropped.connect(partial(self._drop, key))
        return row

    def _in_order(self) -> list[LibraryRow]:
        return [self.rows[item.key] for item in self._items]

    def _step(self, key: str, by: int) -> None:
        keys = [item.key for item in self._items]
        at = keys.index(key) + by
        if 0 <= at < len(keys):
            self.placed.emit(key, at)
            self.announce_place(key)
            self._area.ensureWidgetVisible(self.rows[key], 0, 24)

    def _place_at(self, key: str, y: int) -> int:
        """Return the place among the other rows at which a row would come, dropped at `y` of the screen."""
        others = [row for row in self._in_order() if row is not self.rows[key]]
        middles = (row.mapToGlobal(QPoint(0, row.height() // 2)).y() for row in others)
        return sum(middle < y for middle in middles)

    def _show_line(self, key: str, y: int) -> None:
        others = [row for row in self._in_order() if row is not self.rows[key]]
        at = self._place_at(key, y)
        top = others[at].y() - 7 if at < len(others) else others[-1].geometry().bottom() + 4
        first = self._in_order()[0]
        self._line.setGeometry(first.x(), top, first.width(), _LINE_PX)
        self._line.show()
        self._line.raise_()
        self._area.ensureVisible(first.x(), self._sheet.mapFromGlobal(QPoint(0, y)).y(), 0, 32)

    def _drop(self, key: str, y: int) -> None:
        self._line.hide()
        at = self._place_at(key, y)
        if [item.key for item in self._items].index(key) != at:
            self.placed.emit(key, at)
            self.announce_place(key)

    def _set_margins(self) -> None:
        width = self.width()
        roomy = width >= _ROOMY_FROM_PX
        widest = round(_WIDEST_PX * max(1.0, self._theme.zoom))
        side = max(32 if roomy else 12, (width - widest) // 2)
        for row in self.rows.values():
            row.set_roomy(roomy)
        self._column.setContentsMargins(side, 28 if roomy else 16, side, 40)

    def _restyle(self) -> None:
        tokens, font = self._theme.tokens, self._theme.body_font()
        # Before the fonts, which it would take back.
        self._sheet.setStyleSheet(f"#library-sheet {{ background: {tokens.window}; }}")
        heading = QFont(font)
        heading.setPointSizeF(font.pointSizeF() * _TITLE_SHARE)
        heading.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(heading)
        for label in (self._lead, self._once):
            label.setFont(font)
        self._lead.setStyleSheet(f"color: {tokens.muted};")
        self._once.setStyleSheet(
            f"color: {tokens.text}; background: {tokens.warning_soft};"
            f" border-left: 4px solid {tokens.warning_bar}; padding: 8px 12px;"
        )
        self._line.setStyleSheet(f"background: {tokens.accent}; border: none;")
        self._set_margins()
        self.update()
