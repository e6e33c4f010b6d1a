"""The seam between command line and window."""

from __future__ import annotations

from contextlib import ExitStack

from kbviewer.app.crash import catching_the_rest
from kbviewer.app.gui.application import make_application
from kbviewer.app.gui.crash_dialog import CrashReporter
from kbviewer.app.gui.message_handler import qt_messages_to
from kbviewer.app.gui.session import Session
from kbviewer.app.logging_setup import logging_to
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.single_instance import Listener
from kbviewer.app.window_request import WindowRequest
from kbviewer.state.user_state import UserState


def run(request: WindowRequest) -> int:
    """Show the window until it is closed; return the exit code.

    Raises:
        UsageError: a library that was asked for is not there.
    """
    profile = Profile(request.profile)
    with ExitStack() as stack:
        logger = stack.enter_context(logging_to(profile.log))
        app = make_application()
        stack.enter_context(qt_messages_to(logger))
        state = stack.enter_context(UserState.open(profile.state))
        session = Session(app, request, profile, data_folders(), state)
        stack.callback(session.close)
        reporter = CrashReporter(session.translator, profile.log, logger)
        stack.callback(reporter.close)
        stack.enter_context(catching_the_rest(logger, reporter.tell))
        listener = Listener.claim(profile.root, session.requested.emit)
        if listener is not None:
            stack.callback(listener.close)
        session.window.show()
        return app.exec()
