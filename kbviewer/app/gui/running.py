"""One run of the window, from the open profile to the exit code."""

from __future__ import annotations

import gc
import logging
from contextlib import ExitStack

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from kbviewer.app.crash import catching_the_rest
from kbviewer.app.gui.crash_reporter import CrashReporter
from kbviewer.app.gui.message_handler import qt_messages_to
from kbviewer.app.gui.screen_readers import serve_screen_readers
from kbviewer.app.gui.session import Session
from kbviewer.app.logging_setup import LOGGER_NAME
from kbviewer.app.own_process import bundled_program
from kbviewer.app.paths import Profile, data_folders, portable_profile
from kbviewer.app.single_instance import Listener
from kbviewer.app.window_request import WindowRequest
from kbviewer.model.policy import Policy
from kbviewer.state.user_state import UserState


def run_application(app: QApplication, request: WindowRequest, policy: Policy) -> int:
    """Show the window until it is closed; return the exit code.

    Raises:
        UsageError: a library that was asked for is not there.
    """
    profile = Profile(request.profile)
    logger = logging.getLogger(LOGGER_NAME)
    with ExitStack() as stack:
        stack.enter_context(qt_messages_to(logger))
        if profile.root == portable_profile(bundled_program()):
            keep_qt_settings_in(profile)
        in_memory = policy.keeps_in_memory
        state = stack.enter_context(UserState.in_memory() if in_memory else UserState.open(profile.state))
        session = Session(app, request, profile, data_folders(), state, policy)
        stack.callback(session.close)
        reporter = CrashReporter(session.translator, profile.log, logger)
        stack.callback(reporter.close)
        stack.enter_context(catching_the_rest(logger, reporter.tell))
        listener = Listener.claim(profile.root, session.requested.emit)
        if listener is not None:
            stack.callback(listener.close)
        serve_screen_readers()
        session.window.first_painted.connect(_collect_again)
        for there in (session.window.first_page.came, session.window.opener.opened):
            # Tens of thousands of records stay; looking through them again and again would be felt.
            there.connect(gc.freeze)
        session.window.show()
        return app.exec()


def keep_qt_settings_in(profile: Profile) -> None:
    """Let Qt write down which folders its dialogs showed last in the profile, not in the reader's home."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(profile.root))


def _collect_again() -> None:
    """End what `main.run` began; what the start has made stays for good and is not looked at again."""
    gc.freeze()
    gc.enable()
