"""A public terminal: one visitor after the other, each with a window and data of his own.

Starting over makes everything anew instead of putting back what a visitor may have changed. What a later
version remembers of a reader goes with the rest, without being named here.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication, QMouseEvent, QPixmapCache, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from kbviewer.app.gui.kiosk_greetings import greetings, staff_name
from kbviewer.app.gui.session import Session
from kbviewer.app.window_request import WindowRequest
from kbviewer.model.policy import ExitWay, Policy, Right
from kbviewer.state.user_state import UserState
from kbviewer.ui.kiosk.attract import AttractScreen
from kbviewer.ui.kiosk.countdown import Countdown
from kbviewer.ui.kiosk.idle import IdleClock
from kbviewer.ui.kiosk.pin_pad import Lock, PinPad
from kbviewer.ui.kiosk.start_over import StartOverButton

MakeSession = Callable[[WindowRequest, UserState], Session]

_TICK_MS: Final = 500
# Less is a table that somebody has bumped into.
_MOVED_PX: Final = 8
_DEAF_S: Final = 0.7
_Type = QEvent.Type
_PRESSES: Final = frozenset(
    {_Type.KeyPress, _Type.MouseButtonPress, _Type.MouseButtonDblClick, _Type.TouchBegin, _Type.TabletPress}
)
_RELEASES: Final = frozenset(
    {_Type.KeyRelease, _Type.MouseButtonRelease, _Type.TouchEnd, _Type.TouchCancel, _Type.TabletRelease}
)
_MOVES: Final = frozenset({_Type.MouseMove, _Type.TouchUpdate, _Type.Wheel, _Type.TabletMove})
_DROPS: Final = frozenset({_Type.DragEnter, _Type.DragMove, _Type.Drop})

_log = logging.getLogger(__name__)


class Kiosk(QObject):
    """Shows one window after the other on the whole screen, and lets nobody out who may not.

    Signals:
        requested(request): a later start hands over; emitted in any thread.
        ended: somebody who knows the PIN has closed the program.
    """

    requested = Signal(object)
    ended = Signal()

    def __init__(
        self,
        app: QApplication,
        make_session: MakeSession,
        request: WindowRequest,
        policy: Policy,
        lock: Lock,
        open_state: Callable[[], UserState],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._app = app
        self._make_session = make_session
        self._request = request
        self._policy = policy
        self._lock = lock
        self._open_state = open_state
        self._now = now
        self._state = open_state()
        self._clock = IdleClock(policy.idle_reset_seconds, now)
        self._is_leaving = False
        self._swallows = False
        self._deaf_until = 0.0
        self._pointer = QPoint()
        self._countdown: Countdown | None = None
        self.session = self._begin()
        self._ticking = QTimer(self)
        self._ticking.setInterval(_TICK_MS)
        self._ticking.timeout.connect(self.tick)
        self._ticking.start()
        app.primaryScreen().geometryChanged.connect(self._stay_large)
        self.requested.connect(self.take, Qt.ConnectionType.QueuedConnection)
        app.installEventFilter(self)

    @property
    def is_resting(self) -> bool:
        """Whether the terminal waits for a visitor."""
        return self._attract.isVisible()

    def take(self, request: WindowRequest) -> None:
        """Show the article that a later start asks for, and do nothing else of what it asks."""
        if not request.article:
            return
        self._clock.touch()
        if self.is_resting:
            self._welcome("", "")
        self.session.take(request._replace(libraries=(), language=""))

    def tick(self) -> None:
        """Look how long nobody has been there."""
        if self.is_resting:
            return
        if self._clock.is_over:
            self.start_over()
        elif self._clock.warns:
            self._warn()
        else:
            self._calm()

    def start_over(self) -> None:
        """Show home to the next visitor, who shall find nothing of the one before."""
        self._calm()
        _close_popups()
        old, old_state = self.session, self._state
        if self._policy.wipes_on_reset:
            self._state = self._open_state()
        self.session = self._begin()
        self._end(old)
        if self._policy.wipes_on_reset:
            old_state.close()
            _empty_clipboard()
        QTimer.singleShot(0, self, _forget)

    def close(self) -> None:
        """End everything."""
        self._app.removeEventFilter(self)
        self._ticking.stop()
        self._calm()
        self._end(self.session)
        self._state.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See every touch and key before any part of the program does."""
        kind = event.type()
        if kind in _PRESSES or kind in _RELEASES or kind in _MOVES:
            return isinstance(watched, QWindow) and self._hear(kind, event)
        if kind == _Type.ShortcutOverride and self._is_between:
            # Else the shortcuts of the window below would act.
            event.accept()
            return True
        if kind in _DROPS:
            event.ignore()
            return True
        if kind == _Type.RequestSoftwareInputPanel:
            return not self._policy.shows_keyboard
        if kind == _Type.FocusIn and isinstance(watched, QLineEdit | QPlainTextEdit):
            if self._policy.shows_keyboard:
                QGuiApplication.inputMethod().show()
        elif watched is self.session.window:
            return self._answer_window_system(kind, event)
        return False

    @property
    def _is_between(self) -> bool:
        """Whether keys mean something else than in the window."""
        is_covered = self.is_resting or self._pad.isVisible()
        # The first key of several that are held lets a visitor in, or answers the countdown.
        return is_covered or self._countdown is not None or self._swallows

    def _begin(self) -> Session:
        """Make a window for the next visitor and rest before it."""
        session = self._make_session(self._request, self._state)
        window = session.window
        theme = session.theme
        self._pad = PinPad(theme, session.translator, window, self._lock)
        self._pad.opened.connect(self._leave)
        self._pad.left.connect(self._come_back)
        self._add_buttons(session)
        self._attract = self._make_attract(session)
        for there in (window.first_page.came, window.opener.opened):
            there.connect(self._greet_anew)
        _fill_screen(window)
        self._attract.bring_up()
        return session

    def _add_buttons(self, session: Session) -> None:
        window = session.window
        button = StartOverButton(session.theme, session.translator)
        button.clicked.connect(lambda: QTimer.singleShot(0, self, self.start_over))
        window.language.changed.connect(button.retranslate)
        window.parts.bar.add_button(button)
        window.parts.bar.languages.spell_out(session.translator.own_language_name)

    def _make_attract(self, session: Session) -> AttractScreen:
        window, translator = session.window, session.translator
        current = window.language.current
        may_choose = self._policy.allows(Right.SWITCH_LANGUAGE)
        languages = window.language.languages if may_choose else (current,)
        said = greetings(window.library, languages, translator)
        has_pin = self._policy.exit_way is ExitWay.PIN
        staff = staff_name(languages, translator) if has_pin else ""
        attract = AttractScreen(session.theme, window, said, staff, current)
        attract.begun.connect(self._welcome)
        attract.staff_wanted.connect(self._ask_pin)
        return attract

    def _greet_anew(self) -> None:
        """Name the topics, now that the articles are known."""
        old = self._attract
        self._attract = self._make_attract(self.session)
        if old.isVisible():
            self._attract.bring_up()
        old.hide()
        old.deleteLater()

    def _welcome(self, language: str, topic: str) -> None:
        """Let a visitor in."""
        window = self.session.window
        self._clock.touch()
        if language:
            window.language.switch_to(language)
        self._attract.hide()
        self._come_back()
        home = window.parts.area.home_page
        if topic and home is not None and window.parts.area.shows_home:
            home.go_to_topic(topic)

    def _come_back(self) -> None:
        """Give the focus back to what is to be seen now."""
        page = self._attract if self.is_resting else self.session.window.parts.area.current
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hear(self, kind: QEvent.Type, event: QEvent) -> bool:
        """Take note of a hand; return whether that is all that becomes of what it did."""
        if self._swallows or (kind in _PRESSES and self._now() < self._deaf_until):
            # The rest of the touch that was an answer to the countdown; often it begins as a movement.
            event.accept()
            self._swallows = kind not in _RELEASES
            return True
        if kind in _RELEASES or (kind == _Type.MouseMove and not self._has_moved(event)):
            return False
        self._clock.touch()
        if self._countdown is not None:
            self._calm()
            self._swallows = kind in _PRESSES
            self._deaf_until = self._now() + _DEAF_S
            event.accept()
            return True
        if kind == _Type.KeyPress and self.is_resting and not self._pad.isVisible():
            self._swallows = True
            self._welcome("", "")
            return True
        return False

    def _has_moved(self, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        here = event.globalPosition().toPoint()
        if (here - self._pointer).manhattanLength() < _MOVED_PX:
            return False
        self._pointer = here
        return True

    def _answer_window_system(self, kind: QEvent.Type, event: QEvent) -> bool:
        """Stay on the whole screen and open, whatever the window system is asked to do."""
        if kind == _Type.WindowStateChange and not self.session.window.isFullScreen():
            QTimer.singleShot(0, self, self._stay_large)
        elif kind == _Type.Close and not self._is_leaving and self._policy.exit_way is not ExitWay.FREE:
            event.ignore()
            self._ask_pin()
            return True
        return False

    def _stay_large(self) -> None:
        _fill_screen(self.session.window)

    def _ask_pin(self) -> None:
        is_possible = self._policy.exit_way is ExitWay.PIN and QApplication.activeModalWidget() is None
        if is_possible and not self._pad.isVisible():
            self._pad.ask()

    def _leave(self) -> None:
        _log.info("closed with the PIN")
        self._is_leaving = True
        self.session.window.leave()
        self.ended.emit()

    def _warn(self) -> None:
        if self._countdown is None:
            _close_popups()
            above: QWidget = QApplication.activeModalWidget() or self.session.window
            self._countdown = Countdown(self.session.theme, self.session.translator, above)
        self._countdown.show_seconds(self._clock.seconds_left)

    def _calm(self) -> None:
        countdown, self._countdown = self._countdown, None
        if countdown is not None:
            countdown.hide()
            countdown.deleteLater()

    def _end(self, session: Session) -> None:
        """Close a visitor's window and every other that he has opened."""
        session.window.leave()
        session.close()
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and widget.window() is not self.session.window:
                widget.close()


def _fill_screen(window: QWidget) -> None:
    """Take the whole screen, also where no window manager helps with it."""
    window.setGeometry(window.screen().geometry())
    window.showFullScreen()


def _close_popups() -> None:
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if QApplication.activePopupWidget() is popup:
            return


def _forget() -> None:
    """Let go of a window that has gone, now that nobody waits: it is full of circles."""
    gc.collect()
    # Up to 10 MiB of drawn icons, among them those in a visitor's colours and sizes.
    QPixmapCache.clear()


def _empty_clipboard() -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
