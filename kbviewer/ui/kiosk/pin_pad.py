"""Where staff enter the PIN, with fingers or keys."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.kiosk.cover import Cover
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.icons import icon
from kbviewer.ui.theme.surfaces import paint_surface
from kbviewer.ui.theme.theme import Theme

_CARD_PX: Final = QSize(360, 540)
_KEY_PX: Final = 64
_LOW_KEY_PX: Final = 52
_LOW_BELOW_PX: Final = 640
_MOST_DIGITS: Final = 12
_LOOK_MS: Final = 500
_PATIENCE_MS: Final = 60_000
_DOT: Final = "●"


class Lock(Protocol):
    """What knows the PIN."""

    @property
    def wait_s(self) -> float:
        """How many seconds are left until the next try."""

    def opens(self, pin: str) -> bool:
        """Return whether this is the PIN."""


class PinPad(Cover):
    """Twelve keys over the darkened window.

    Signals:
        opened: the PIN was right.
        left: nobody wants to enter one any more.
    """

    opened = Signal()
    left = Signal()

    def __init__(self, theme: Theme, translator: Translator, window: QWidget, lock: Lock) -> None:
        super().__init__(theme, window, is_opaque=False)
        self._translator = translator
        self._lock = lock
        self._pin = ""
        self.setObjectName("pin-pad")
        self._card = _Card(theme, self)
        self._title, self._dots, self._note = (QLabel(self._card) for _number in range(3))
        self._keys = [self._key(str(digit)) for digit in range(10)]
        self._back, self._enter, self._cancel = (QPushButton(self._card) for _number in range(3))
        self._compose()
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self.leave)

    def ask(self) -> None:
        """Come up, empty."""
        _ = self._translator.gettext
        self._pin = ""
        self._back.setIcon(icon("arrow-left", self.theme.tokens.text, 24))
        title = _("Staff only: enter the PIN")
        self._title.setText(title)
        self.setAccessibleName(title)
        self._back.setAccessibleName(_("Delete the last digit"))
        self._enter.setText(_("OK"))
        self._cancel.setText(_("Cancel"))
        self._note.clear()
        self.bring_up()
        self._looking.start()
        self._patience.start()
        self._look()
        announce(self, title)

    def leave(self) -> None:
        """Go, and forget what was entered."""
        self._rest()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, Backspace, Enter and Esc; everything else is nothing here."""
        event.accept()
        text, key = event.text(), event.key()
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key == Qt.Key.Key_Backspace:
            self._take_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._try()
        elif text.isascii() and text.isdecimal():
            self._add(text)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go round on the pad: what is below is not to be reached."""
        stops: list[QWidget] = [*self._keys[1:], self._back, self._keys[0], self._enter, self._cancel]
        stops = [each for each in stops if each.isEnabled()]
        focus = self.focusWidget()
        at = stops.index(focus) if focus in stops else (-1 if forward else 0)
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the card in the middle; on a low screen its keys are lower."""
        super().resizeEvent(event)
        low = self.height() < _LOW_BELOW_PX
        for key in (*self._keys, self._back, self._enter, self._cancel):
            key.setMinimumHeight(_LOW_KEY_PX if low else _KEY_PX)
        wanted = self._card.sizeHint()
        size = QSize(max(_CARD_PX.width(), wanted.width()), wanted.height()).boundedTo(self.size())
        place = QRect(self.rect().center(), size)
        place.moveCenter(self.rect().center())
        self._card.setGeometry(place)

    def _compose(self) -> None:
        column = QVBoxLayout(self._card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        for label, share in ((self._title, 1.14), (self._dots, 1.5), (self._note, 1.0)):
            font = QFont(self.theme.body_font())
            font.setPointSizeF(font.pointSizeF() * share)
            label.setFont(font)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        self._dots.setMinimumHeight(36)
        self._note.setMinimumHeight(2 * self._note.fontMetrics().lineSpacing())
        grid = QGridLayout()
        grid.setSpacing(8)
        for digit in range(1, 10):
            grid.addWidget(self._keys[digit], (digit - 1) // 3, (digit - 1) % 3)
        for at, key in enumerate((self._back, self._keys[0], self._enter)):
            grid.addWidget(key, 3, at)
        column.addLayout(grid)
        column.addWidget(self._cancel)
        policy = QSizePolicy.Policy
        for key, act in (
            (self._back, self._take_back),
            (self._enter, self._try),
            (self._cancel, self.leave),
        ):
            key.setSizePolicy(policy.Expanding, policy.Fixed)
            key.clicked.connect(_without_argument(act))

    def _key(self, digit: str) -> QPushButton:
        key = QPushButton(digit, self._card)
        font = QFont(self.theme.body_font())
        font.setPointSizeF(font.pointSizeF() * 1.5)
        key.setFont(font)
        key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        key.clicked.connect(lambda: self._add(digit))
        return key

    def _add(self, digit: str) -> None:
        if self._lock.wait_s or len(self._pin) == _MOST_DIGITS:
            return
        self._pin += digit
        self._patience.start()
        self._note.clear()
        self._show_dots()

    def _take_back(self) -> None:
        self._pin = self._pin[:-1]
        self._show_dots()

    def _try(self) -> None:
        if not self._pin or self._lock.wait_s:
            return
        pin, self._pin = self._pin, ""
        if self._lock.opens(pin):
            self._rest()
            self.opened.emit()
            return
        self._look()
        announce(self, self._note.text())

    def _rest(self) -> None:
        self._pin = ""
        self._looking.stop()
        self._patience.stop()
        self.hide()

    def _look(self) -> None:
        """Say how long to wait, and lock the keys meanwhile."""
        wait = math.ceil(self._lock.wait_s)
        was_waiting = not self._enter.isEnabled()
        for key in (*self._keys, self._back, self._enter):
            key.setEnabled(not wait)
        if wait:
            self._note.setText(self._said(wait))
        elif was_waiting:
            self._note.clear()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_dots()

    def _said(self, wait: int) -> str:
        template = self._translator.ngettext(
            "Wrong PIN. The next try is possible in {count} second.",
            "Wrong PIN. The next try is possible in {count} seconds.",
            wait,
        )
        return template.format(count=wait)

    def _show_dots(self) -> None:
        count = len(self._pin)
        said = self._translator.ngettext("{count} digit entered", "{count} digits entered", count)
        self._dots.setText(_DOT * count)
        self._dots.setAccessibleName(said.format(count=count))


class _Card(QWidget):
    """The surface that the keys stand on."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the card is small
        """Draw the card."""
        tokens = self._theme.tokens
        paint_surface(QPainter(self), QRectF(self.rect()), tokens.raised, tokens.control_border)


def _without_argument(act: Callable[[], object]) -> Callable[..., None]:
    def call(_checked: bool = False) -> None:
        act()

    return call
