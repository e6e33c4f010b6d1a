"""One run of a kiosk's window, from the first visitor to the exit code."""

from __future__ import annotations

import faulthandler
import gc
import logging
import os
import sys
from contextlib import ExitStack
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from kbviewer.app.crash import catching_the_rest
from kbviewer.app.gui.kiosk import Kiosk
from kbviewer.app.gui.message_handler import qt_messages_to
from kbviewer.app.gui.screen_readers import serve_screen_readers
from kbviewer.app.gui.session import Session
from kbviewer.app.kiosk_supervisor import BEAT_S, is_supervised
from kbviewer.app.logging_setup import LOGGER_NAME
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.pin_lock import PinLock
from kbviewer.app.single_instance import Listener
from kbviewer.app.window_request import WindowRequest
from kbviewer.model.policy import Policy
from kbviewer.state.user_state import UserState

PIN_FILE = "kiosk-pin.json"
_BROKEN = 70


def run_kiosk(app: QApplication, request: WindowRequest, policy: Policy) -> int:
    """Serve visitors until staff close the program; return the exit code.

    Raises:
        UsageError: a library that was asked for is not there.
    """
    faulthandler.enable()
    policy = _with_named_libraries(policy, request)
    profile, logger = Profile(request.profile), logging.getLogger(LOGGER_NAME)
    gc.enable()
    with ExitStack() as stack:
        stack.enter_context(qt_messages_to(logger))
        ending = _Ending(app)
        stack.enter_context(catching_the_rest(logger, ending.broken.emit))
        kiosk = Kiosk(
            app,
            lambda request, state: Session(app, request, profile, data_folders(), state, policy),
            request,
            policy,
            PinLock(policy.exit_pin_hash, profile.root / PIN_FILE),
            partial(_open_state, profile, policy),
        )
        stack.callback(kiosk.close)
        kiosk.ended.connect(lambda: app.exit(0))
        listener = Listener.claim(profile.root, kiosk.requested.emit)
        if listener is not None:
            stack.callback(listener.close)
        serve_screen_readers()
        if is_supervised():
            stack.callback(_Heart(app).stop)
        return app.exec()


def _with_named_libraries(policy: Policy, request: WindowRequest) -> Policy:
    """Let visitors have the libraries of the command line, where no file says which they may have."""
    if policy.source or not request.libraries:
        return policy
    return policy._replace(values={**policy.values, "library_dirs": tuple(map(str, request.libraries))})


def _open_state(profile: Profile, policy: Policy) -> UserState:
    """Return the data of a visitor: in memory where it is to be forgotten, else what has been kept."""
    is_forgotten = policy.keeps_in_memory or policy.wipes_on_reset
    return UserState.in_memory() if is_forgotten else UserState.open(profile.state)


class _Ending(QObject):
    """Ends the window after an error that nobody expected: a fresh one is safer than what is left.

    Signals:
        broken: something went wrong, in any thread.
    """

    broken = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self.broken.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def _end(self) -> None:
        if is_supervised():
            self._app.exit(_BROKEN)


class _Heart(QTimer):
    """Tells the supervisor that the window lives; ends it when nobody is there to hear."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.setInterval(round(BEAT_S * 1000))
        self.timeout.connect(self._beat)
        self.start()
        self._beat()

    def _beat(self) -> None:
        try:
            os.write(sys.stdout.fileno(), b".")
        except OSError:
            self.stop()
            self._app.exit(_BROKEN)
