"""The history page: search field, list by day, and ways to forget and to bring back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.history.listing import ReadItem, by_day, matching
from kbviewer.ui.history.model import ReadModel
from kbviewer.ui.history.rows import ReadList
from kbviewer.ui.theme.head_row import HeadRow
from kbviewer.ui.theme.theme import Theme

_WIDEST_PX = 860
_ROOMY_FROM_PX = 480
_TITLE_SHARE = 1.85


class HistoryPage(QWidget):
    """Shows what was read; knows no store.

    Signals:
        article_chosen(article): open it.
        tab_wanted(article): open it in another tab.
        removal_wanted(articles): forget that they were read.
        undo_wanted(): bring back what was removed last.
        told(text): a screen reader is told this.
    """

    article_chosen = Signal(str)
    tab_wanted = Signal(str)
    removal_wanted = Signal(object)
    undo_wanted = Signal()
    told = Signal(str)

    def __init__(
        self, theme: Theme, translator: Translator, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._today = today
        self._items: Sequence[ReadItem] = ()
        self._shown: list[ReadItem] = []
        self.model = ReadModel(self)
        self._title, self._nothing = QLabel(), QLabel()
        self.field = QLineEdit()
        self.undo_button, self.clear_button = QPushButton(), QPushButton()
        self.rows = ReadList(theme, self.model)
        self._build()
        theme.changed.connect(self._restyle)
        theme.zoom_changed.connect(self._restyle)
        self._restyle()
        self.retranslate()
        self._fill()

    def show_items(self, items: Sequence[ReadItem], *, can_undo: bool) -> None:
        """Show what was read, the newest first; the current row stays, or the one that takes its place."""
        row, place = self.rows.currentIndex().row(), self.rows.verticalScrollBar().value()
        current = self.model.item(row)
        self._items = items
        had_focus = self._focused()
        self._fill()
        self.rows.doItemsLayout()
        self.rows.verticalScrollBar().setValue(place)
        found = self.model.row_of(current.article) if current is not None else -1
        self.rows.make_current(found if found >= 0 else self.model.nearest(row))
        self.undo_button.setVisible(can_undo)
        self._set_margins()
        if had_focus is not None and not had_focus.hasFocus():
            # It is gone or greyed out.
            self.focus_list()

    def begin_anew(self) -> None:
        """Show the whole list from its beginning."""
        self.field.clear()
        self.rows.make_current(self.model.nearest(0))
        self.rows.scrollToTop()

    def focus_list(self) -> None:
        """Put the focus on the list, or on what there is when it is empty."""
        stops = (self.rows, self.undo_button, self.field)
        stop = next((stop for stop in stops if not stop.isHidden() and stop.isEnabled()), self.field)
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on."""
        super().focusInEvent(event)
        self.focus_list()

    def retranslate(self) -> None:
        """Take all texts from the language that is on; titles come with the next items."""
        _ = self._translator.gettext
        self._title.setText(_("History"))
        self.setAccessibleName(_("History"))
        self.rows.setAccessibleName(_("Articles that were read"))
        self.rows.setAccessibleDescription(_("Enter opens, Delete removes from the history."))
        self.field.setPlaceholderText(_("Search the history"))
        self.field.setAccessibleName(_("Search the history"))
        self.undo_button.setText(_("Undo"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the field to the list and open from it with the keyboard."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.field:
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) and self._shown:
                self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._shown:
                self.article_chosen.emit(self._shown[0].article)
                return True
            if key == Qt.Key.Key_Escape and self.field.text():
                self.field.clear()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column centred and of readable width."""
        super().resizeEvent(event)
        self._set_margins()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the page."""
        QPainter(self).fillRect(event.rect(), QColor(self._theme.tokens.page))

    def make_menu(self, row: int) -> QMenu:
        """Return what can be done with a row."""
        _ = self._translator.gettext
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        item = self.model.item(row)
        if item is not None:
            article = item.article
            menu.addAction(_("Open")).triggered.connect(lambda: self.article_chosen.emit(article))
            menu.addAction(_("Open in another tab")).triggered.connect(lambda: self.tab_wanted.emit(article))
            menu.addSeparator()
            remove = menu.addAction(_("Remove from the history"))
            remove.triggered.connect(lambda: self.removal_wanted.emit([article]))
        return menu

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._head = HeadRow(self._title, self.undo_button, self.clear_button)
        self._column.addLayout(self._head)
        self._column.addSpacing(12)
        self._column.addWidget(self.field)
        self._column.addSpacing(12)
        self._column.addWidget(self._nothing)
        self._column.addWidget(self.rows, 1)
        self._column.addStretch(0)
        self._nothing.setWordWrap(True)
        self.undo_button.hide()
        self.field.installEventFilter(self)
        self.field.setMaxLength(200)
        self.field.textChanged.connect(self._search)
        self.rows.opened.connect(self.article_chosen)
        self.rows.removed.connect(self._remove)
        self.rows.menu_wanted.connect(lambda row, point: self._open_menu(row, point))
        self.undo_button.clicked.connect(self.undo_wanted)
        self.clear_button.clicked.connect(self._clear)
        for first, second in pairwise((self.undo_button, self.clear_button, self.field, self.rows)):
            QWidget.setTabOrder(first, second)

    def _open_menu(self, row: int, point: QPoint) -> None:
        self.make_menu(row).popup(point)

    def _fill(self) -> None:
        _, ngettext = self._translator.gettext, self._translator.ngettext
        typed = self.field.text()
        self._shown = matching(self._items, typed)
        self.model.set_days(by_day(self._shown, self._today(), self._translator))
        self.rows.setVisible(bool(self._shown))
        self._nothing.setVisible(not self._shown)
        if self._items:
            self._nothing.setText(_("Nothing that was read matches “{query}”.").format(query=typed.strip()))
        else:
            self._nothing.setText(_("Nothing has been read yet. Articles that you open are listed here."))
        is_part = len(self._shown) < len(self._items)
        count = len(self._shown)
        some = ngettext("Remove {count} article", "Remove {count} articles", count).format(count=count)
        self.clear_button.setText(some if is_part else _("Clear the history"))
        self.clear_button.setEnabled(bool(self._shown))

    def _search(self) -> None:
        self._fill()
        self.rows.make_current(self.model.nearest(0))
        ngettext = self._translator.ngettext
        count = len(self._shown)
        self.told.emit(ngettext("{count} article", "{count} articles", count).format(count=count))

    def _remove(self, row: int) -> None:
        item = self.model.item(row)
        if item is not None:
            self.rows.make_current(row)
            self.removal_wanted.emit([item.article])

    def _clear(self) -> None:
        self.removal_wanted.emit([item.article for item in self._shown])

    def _focused(self) -> QWidget | None:
        stops: tuple[QWidget, ...] = (self.undo_button, self.clear_button, self.field, self.rows)
        return next((stop for stop in stops if stop.hasFocus()), None)

    def _set_margins(self) -> None:
        width = self.width()
        roomy = width >= _ROOMY_FROM_PX
        widest = round(_WIDEST_PX * max(1.0, self._theme.zoom))
        side = max(32 if roomy else 12, (width - widest) // 2)
        self._column.setContentsMargins(side, 28 if roomy else 16, side, 8)
        self._head.fit(width - 2 * side)

    def _restyle(self) -> None:
        font: QFont = self._theme.body_font()
        self._nothing.setFont(font)
        heading = QFont(font)
        heading.setPointSizeF(font.pointSizeF() * _TITLE_SHARE)
        heading.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(heading)
        self._nothing.setStyleSheet(f"color: {self._theme.tokens.muted}; padding: 12px;")
        self.field.setStyleSheet(f"QLineEdit {{ placeholder-text-color: {self._theme.tokens.muted}; }}")
        self._set_margins()
        self.update()
