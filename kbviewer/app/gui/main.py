"""The seam between command line and window."""

from __future__ import annotations

import gc

from kbviewer.app.gui.application import make_application
from kbviewer.app.gui.plain_imports import import_plainly
from kbviewer.app.window_request import WindowRequest
from kbviewer.model.policy import Policy


def run(request: WindowRequest, policy: Policy | None = None) -> int:
    """Show the window until it is closed; return the exit code.

    Raises:
        UsageError: a library that was asked for is not there.
    """
    # The start makes hundreds of classes and drops none: collecting meanwhile doubles its time.
    gc.disable()
    import_plainly()
    if policy is not None and policy.is_kiosk:
        from kbviewer.app.gui.kiosk_running import run_kiosk

        return run_kiosk(make_application(), request, policy)
    from kbviewer.app.gui.running import run_application

    return run_application(make_application(), request, policy or Policy())
