"""One run of the window, from the open profile to the exit code."""

from __future__ import annotations

import gc
import logging
import time
from contextlib import ExitStack
from functools import partial
from typing import Final

from PySide6.QtCore import QSettings, QTimer, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kbviewer import __version__
from kbviewer.app.crash import catching_the_rest
from kbviewer.app.gui.crash_reporter import CrashReporter, system_line
from kbviewer.app.gui.message_handler import qt_messages_to
from kbviewer.app.gui.screen_readers import serve_screen_readers
from kbviewer.app.gui.session import Session
from kbviewer.app.gui.termination import closing_on_request
from kbviewer.app.last_run import MOST_BAD_STARTS, LastRun, RunMark
from kbviewer.app.logging_setup import LOGGER_NAME
from kbviewer.app.own_process import bundled_program
from kbviewer.app.paths import Profile, data_folders, portable_profile
from kbviewer.app.single_instance import Listener
from kbviewer.app.window_request import WindowRequest
from kbviewer.model.policy import Policy, Right
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.recovery import Recovery

# A page that ends the program does so when it is laid out, painted or first scrolled.
_STARTED_AFTER_MS: Final = 3000


def run_application(app: QApplication, request: WindowRequest, policy: Policy) -> int:
    """Show the window until it is closed; return the exit code.

    Raises:
        UsageError: a library that was asked for is not there.
    """
    began = time.monotonic()
    profile = Profile(request.profile)
    logger = logging.getLogger(LOGGER_NAME)
    with ExitStack() as stack:
        stack.enter_context(qt_messages_to(logger))
        if profile.root == portable_profile(bundled_program()):
            keep_qt_settings_in(profile)
        in_memory = policy.keeps_in_memory
        state = stack.enter_context(UserState.in_memory() if in_memory else UserState.open(profile.state))
        mark = RunMark(profile)
        recovery = recovery_after(mark.begin(), policy)
        stack.push(mark.end)
        mark.watch()
        session = Session(app, request, profile, data_folders(), state, policy, recovery=recovery)
        stack.callback(session.close)
        reporter = CrashReporter(session.translator, profile.log, logger)
        stack.callback(reporter.close)
        stack.enter_context(catching_the_rest(logger, reporter.tell))
        listener = Listener.claim(profile.root, session.requested.emit)
        if listener is not None:
            stack.callback(listener.close)
        stack.enter_context(closing_on_request(session.window))
        serve_screen_readers()
        session.window.first_painted.connect(_collect_again)
        session.window.first_painted.connect(partial(_log_start, session, began))
        session.window.first_painted.connect(
            lambda: QTimer.singleShot(_STARTED_AFTER_MS, session, mark.note_open)
        )
        for there in (session.window.first_page.came, session.window.opener.opened):
            # Tens of thousands of records stay; looking through them again and again would be felt.
            there.connect(gc.freeze)
        session.window.show()
        return app.exec()


def keep_qt_settings_in(profile: Profile) -> None:
    """Let Qt write down which folders its dialogs showed last in the profile, not in the reader's home."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(profile.root))


def recovery_after(last: LastRun, policy: Policy) -> Recovery | None:
    """Return what the window has to tell after a run that ended like that; at a kiosk nothing."""
    if not last.ended_badly or policy.is_kiosk:
        return None
    may_copy = last.report and policy.allows(Right.COPY)
    report = f"{system_line()}\n{last.report}" if may_copy else ""
    return Recovery(skips_tabs=last.bad_starts >= MOST_BAD_STARTS, report=report)


def _log_start(session: Session, began: float) -> None:
    """Say what runs here and what is open. After the first paint, for it takes imports."""
    import platform

    log = logging.getLogger(LOGGER_NAME)
    log.info(
        "window: kbviewer %s, Python %s, Qt %s on %s, %s",
        __version__,
        platform.python_version(),
        qVersion(),
        QGuiApplication.platformName(),
        platform.platform(),
    )
    log.info("first paint after %d ms", (time.monotonic() - began) * 1000)
    session.reading.log_libraries()


def _collect_again() -> None:
    """End what `main.run` began; what the start has made stays for good and is not looked at again."""
    gc.freeze()
    gc.enable()
