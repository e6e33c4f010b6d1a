"""From the command line to the window, or to the window that is open already."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping
from types import ModuleType

from kbviewer.app.paths import markdown_file
from kbviewer.app.single_instance import hand_over
from kbviewer.app.window_request import WindowRequest
from kbviewer.model.errors import KbError, UsageError
from kbviewer.model.kb_links import SCHEME, looks_like_link, parse_link
from kbviewer.model.messages import N_, message
from kbviewer.model.policy import Policy

WINDOW_MODULE = "kbviewer.app.gui.main"
_DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def open_window(request: WindowRequest, policy: Policy) -> int:
    """Show the request in the running window, else in a new one; return the exit code when it closes.

    Raises:
        UsageError: there is no display.
        KbError: the libraries that the window needs are missing.
    """
    if hand_over(request.profile, request):
        return 0
    if not has_display():
        raise UsageError(
            message(N_("There is no display to open a window on.")),
            message(
                N_(
                    "Use “kbviewer show” or “kbviewer search” here, "
                    "or set QT_QPA_PLATFORM=offscreen to run without a display."
                )
            ),
        )
    if policy.is_kiosk:
        from kbviewer.app.kiosk_supervisor import is_supervised, supervise, window_command

        if not is_supervised():
            return supervise(window_command(request))
    return int(load_gui(WINDOW_MODULE).run(request, policy))


def load_gui(module: str) -> ModuleType:
    """Return a module of the half of this room that needs Qt.

    Raises:
        KbError: the libraries that Qt needs are missing.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise KbError(
            message(N_("The window cannot be opened ({reason})."), reason=error),
            message(N_("Install what the README lists under System libraries.")),
        ) from error


def has_display(platform: str = sys.platform, environ: Mapping[str, str] | None = None) -> bool:
    """Return whether a window can appear somewhere. Windows and macOS always have a place."""
    environ = os.environ if environ is None else environ
    return not platform.startswith("linux") or any(environ.get(name) for name in _DISPLAY_VARIABLES)


def split_place(reference: str) -> tuple[str, str]:
    """Return article and anchor of ARTICLE#ANCHOR; the path of a file that exists becomes absolute.

    A link (kb://…) may come from anywhere: it keeps its beginning, so that it never names a file.

    Raises:
        UsageError: it looks like a link and cannot be one.
    """
    if looks_like_link(reference):
        link = parse_link(reference)
        return SCHEME + link.article, link.anchor
    if whole := markdown_file(reference):
        return str(whole), ""
    article, _, anchor = reference.rpartition("#") if "#" in reference else (reference, "", "")
    return str(markdown_file(article) or article), anchor
