"""The command palette: a field and a list over the window, below its bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.search.speech import Speech
from kbviewer.ui.shell.bar_button import BarButton
from kbviewer.ui.shell.palette_delegate import PaletteDelegate
from kbviewer.ui.shell.palette_matching import Entry
from kbviewer.ui.shell.palette_model import PaletteModel
from kbviewer.ui.theme.surfaces import paint_shadow, paint_surface
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import FOCUS_RING_PX, TOUCH_TARGET_PX

_WIDTH_PX: Final = 620
_MARGIN_PX: Final = 12
_INNER_PX: Final = 8
_MOST_ROWS: Final = 10
_FIELD_PX: Final = 36
_SHADE_ALPHA: Final = 90
_MAX_LENGTH: Final = 200
_PAGE_ROWS: Final = 5
_MOVES: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE_ROWS,
    Qt.Key.Key_PageUp: -_PAGE_ROWS,
}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CommandPalette(QDialog):
    """Shows what can be done and filters it by what is typed. Runs nothing itself.

    The focus stays in the field; what the arrow keys choose is spoken.

    Signals:
        chosen(key): the reader wants that entry.
        dismissed(): the reader wants none.
    """

    chosen = Signal(str)
    dismissed = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        # A dialog for screen readers; on screen a part of its window.
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setObjectName("command-palette")
        self._theme = theme
        self._translator = translator
        self.model = PaletteModel(translator, self)
        self.field = QLineEdit()
        self.field.setMaxLength(_MAX_LENGTH)
        self.field.installEventFilter(self)
        self.close_button = BarButton(theme, "close")
        self.close_button.clicked.connect(self.dismissed)
        self.rows = QListView()
        self._delegate = PaletteDelegate(theme, self.rows)
        self._nothing = QLabel()
        self._nothing.setWordWrap(True)
        self._nothing.setIndent(0)
        self._card = QWidget(self)
        self.speech = Speech(self, self._summary)
        self._build()
        self.field.textChanged.connect(self._filter)
        theme.changed.connect(self._restyle)
        theme.zoom_changed.connect(self._restyle)
        self.retranslate()
        self._restyle()
        self.hide()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Offer other entries, or the same in another language; query and choice stay."""
        index = self.rows.currentIndex()
        key = self.model.rows[index.row()].key if index.isValid() else ""
        self.model.set_entries(entries)
        self._show_rows(key)

    def begin(self, area: QRect) -> None:
        """Come up over `area` of the window, with an empty field."""
        self.field.clear()
        self._show_rows()
        self.setGeometry(area)
        self.show()
        self.raise_()
        self.place()
        # As for a menu: what had the focus is left as it is, and can be come back to.
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self.setAccessibleName(_("Command palette"))
        self.field.setAccessibleName(_("Command palette"))
        self.field.setAccessibleDescription(_("Type to narrow down. Arrow keys choose, Enter runs."))
        self.field.setPlaceholderText(_("Command …"))
        self.rows.setAccessibleName(_("Commands"))
        self.close_button.set_name(_("Close"))

    def place(self) -> None:
        """Lay the card into the middle, at the top, as high as its rows need."""
        wanted = round(_WIDTH_PX * max(1.0, self._theme.zoom))
        width = min(self.width() - 2 * _MARGIN_PX, wanted)
        inner = width - 2 * _INNER_PX
        # Text stays out of the scroll bar's way, so that nothing moves when it comes.
        self._delegate.set_width(inner - self._theme.scroll_bar_px)
        head = self.field.sizeHint().height()
        head = max(head, self.close_button.sizeHint().height())
        if self.model.rows:
            shown = range(min(_MOST_ROWS, len(self.model.rows)))
            body = sum(self._delegate.height_of(self.model.index(row)) for row in shown)
        else:
            body = self._nothing.heightForWidth(inner)
        room = self.height() - 2 * _MARGIN_PX
        height = min(room, head + body + 3 * _INNER_PX)
        self._card.setGeometry((self.width() - width) // 2, _MARGIN_PX, width, height)
        self.rows.doItemsLayout()
        self.update()

    def lines_of(self, row: int) -> list[str]:
        """Return the texts of a row, as they are drawn."""
        return self._delegate.lines_of(self.model.index(row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let keys in the field steer the list; all others edit."""
        if watched is self.field and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and (key in _MOVES or key in _ENTER or key == Qt.Key.Key_Escape):
                if event.type() == QEvent.Type.ShortcutOverride:
                    event.accept()
                    return True
                if event.type() == QEvent.Type.KeyPress:
                    self._steer(key)
                    return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc close the palette from its button too, and nothing else reach the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the card closes it."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.dismissed.emit()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Let Tab go round inside: what lies below is covered."""
        target = self.close_button if self.field.hasFocus() else self.field
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the card in."""
        super().resizeEvent(event)
        self.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what lies below, and draw the card."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(0, 0, 0, _SHADE_ALPHA))
        card = QRectF(self._card.geometry())
        paint_shadow(painter, card, tokens)
        edge = FOCUS_RING_PX if tokens.high_contrast else 1
        paint_surface(painter, card, tokens.raised, tokens.border, edge_px=edge)
        painter.end()

    def _build(self) -> None:
        self.rows.setModel(self.model)
        self.rows.setItemDelegate(self._delegate)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.rows.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setResizeMode(QListView.ResizeMode.Adjust)
        self.rows.setMouseTracking(True)
        self.rows.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.rows.clicked.connect(self._choose)
        head = QHBoxLayout()
        head.setSpacing(_INNER_PX)
        head.addWidget(self.field, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(_INNER_PX, _INNER_PX, _INNER_PX, _INNER_PX)
        column.setSpacing(_INNER_PX)
        column.addLayout(head)
        column.addWidget(self.rows, 1)
        column.addWidget(self._nothing, 1)

    def _steer(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif key in _ENTER:
            self._choose(self.rows.currentIndex())
        elif self.model.rows:
            row = self.rows.currentIndex().row() + _MOVES[key]
            self._set_row(max(0, min(len(self.model.rows) - 1, row)))
            self.speech.stop()
            self.speech.say(self.model.spoken(self.rows.currentIndex().row()))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.model.rows[index.row()].key)

    def _filter(self, query: str) -> None:
        self.model.set_query(query)
        self._show_rows()

    def _show_rows(self, key: str = "") -> None:
        """Begin at the entry `key`, at the first one when it is not there."""
        self.rows.setVisible(bool(self.model.rows))
        self._nothing.setVisible(not self.model.rows)
        self._nothing.setText("" if self.model.rows else self.model.summary)
        self.place()
        self._set_row(self.model.row_of(key))
        self.speech.say_later()

    def _set_row(self, row: int) -> None:
        index = self.model.index(row) if row >= 0 else QModelIndex()
        self.rows.setCurrentIndex(index)
        if row >= 0:
            self.rows.scrollTo(index)

    def _summary(self) -> str:
        row = self.rows.currentIndex().row()
        return ". ".join([self.model.summary, *([self.model.spoken(row)] if row >= 0 else [])])

    def _restyle(self) -> None:
        body = self._theme.body_font()
        least = TOUCH_TARGET_PX if self._theme.touch else _FIELD_PX
        inner = max(least - 10, QFontMetrics(body).height() + 2)
        # A style sheet dims the placeholder below what can be read, unless it is told otherwise.
        self.field.setStyleSheet(
            f"QLineEdit {{ min-height: {inner}px; font-size: {body.pointSizeF()}pt;"
            f" placeholder-text-color: {self._theme.tokens.muted}; }}"
        )
        self._nothing.setStyleSheet(
            f"QLabel {{ font-size: {body.pointSizeF()}pt; padding: 10px 12px;"
            f" color: {self._theme.tokens.muted}; }}"
        )
        self.place()
