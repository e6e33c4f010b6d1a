"""The search field of the top bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.theme.icons import icon, paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import BODY_POINT, MIN_TARGET_PX, TOUCH_TARGET_PX

_ICON_PX = 18
_ICON_LEFT_PX = 10
_HINT_FROM_PX = 300
_HEIGHT_PX = 36
# More than is searched, so that the answer can say that the query was cut.
_MAX_LENGTH = 2000
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 5,
    Qt.Key.Key_PageUp: -5,
}

# With Ctrl the hit opens in another tab, with Shift in front of this one.
_WITH_ENTER = (
    Qt.KeyboardModifier.KeypadModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
)


class SearchField(QLineEdit):
    """Takes the query and hands on the keys that steer the list of results.

    Signals:
        move_requested(rows): arrow and page keys; negative is up.
        open_requested: Enter.
        escape_pressed: Esc.
        entered: the field got the focus.
        left: the focus went somewhere else in this window.
    """

    move_requested = Signal(int)
    open_requested = Signal()
    escape_pressed = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self.setObjectName("search-field")
        self.setMaxLength(_MAX_LENGTH)
        # The built-in clear button has no name for screen readers.
        self._clear = QToolButton(self)
        self._clear.setProperty("flat", True)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.clicked.connect(self._clear_text)
        self._clear.hide()
        self.textChanged.connect(self._show_clear_button)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def retranslate(self) -> None:
        """Show the texts of the current language."""
        _ = self._translator.gettext
        self.setAccessibleName(_("Search articles"))
        self.setAccessibleDescription(_("Results appear while you type. Arrow keys choose, Enter opens."))
        self._clear.setAccessibleName(_("Clear the search field"))
        self._clear.setToolTip(_("Clear the search field"))
        self._show_placeholder()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on what steers the results, keep the rest for editing."""
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _MOVES:
            self.move_requested.emit(_MOVES[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_WITH_ENTER:
            self.open_requested.emit()
        elif plain and key == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim Esc before a shortcut of the window takes it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select an old query, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            if event.reason() != Qt.FocusReason.MouseFocusReason:
                self.selectAll()
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the reader went on, unless only the window lost the focus."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click into the field opens the results again after Esc."""
        super().mousePressEvent(event)
        self.entered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the clear button at the right edge."""
        super().resizeEvent(event)
        self._place_clear_button()
        self._show_placeholder()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and the magnifier in it."""
        super().paintEvent(event)
        tokens = self._theme.tokens
        top = (self.height() - _ICON_PX) / 2
        painter = QPainter(self)
        colour = tokens.accent if self.hasFocus() else tokens.muted
        paint_icon(painter, QRectF(_ICON_LEFT_PX, top, _ICON_PX, _ICON_PX), "search", colour)
        painter.end()

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        self._clear.setIcon(icon("close", tokens.muted, 16))
        side = TOUCH_TARGET_PX - 12 if self._theme.touch else MIN_TARGET_PX + 2
        self._clear.setFixedSize(side, side)
        # The application's style sheet gives tool buttons a minimum that is larger than the field.
        self._clear.setStyleSheet("QToolButton { min-width: 0; min-height: 0; padding: 0; }")
        inner = (TOUCH_TARGET_PX if self._theme.touch else _HEIGHT_PX) - 10
        # A style sheet dims the placeholder below what can be read, unless it is told otherwise.
        self.setStyleSheet(
            f"QLineEdit {{ min-height: {inner}px; font-size: {BODY_POINT}pt;"
            f" placeholder-text-color: {tokens.muted}; }}"
        )
        self.setTextMargins(_ICON_LEFT_PX + _ICON_PX - 4, 0, side, 0)
        self._place_clear_button()
        self.update()

    def _place_clear_button(self) -> None:
        side = self._clear.width()
        self._clear.move(self.width() - side - 6, (self.height() - side) // 2)

    def _show_placeholder(self) -> None:
        text = self._translator.gettext("Search articles …")
        self.setPlaceholderText(f"{text}   Ctrl+K" if self.width() >= _HINT_FROM_PX else text)

    def _show_clear_button(self, text: str) -> None:
        self._clear.setVisible(bool(text))

    def _clear_text(self) -> None:
        self.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
