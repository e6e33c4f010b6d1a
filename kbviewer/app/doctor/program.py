"""The program itself: versions, and what it needs of the system to show a window."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from kbviewer import __version__
from kbviewer.app.doctor.report import Report
from kbviewer.app.window import has_display
from kbviewer.model.messages import N_, message
from kbviewer.state.database import sqlite_version

_COMPONENTS: Final = {
    "pyside6": "PySide6-Essentials",
    "whoosh": "whoosh3",
    "babel": "babel",
    "markdown_it": "markdown-it-py",
    "yaml": "pyyaml",
    "numpy": "numpy",
    "rapidfuzz": "rapidfuzz",
    "platformdirs": "platformdirs",
    "tuf": "tuf",
}
_VARIABLES: Final = (
    "QT_QPA_PLATFORM",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XDG_SESSION_TYPE",
    "XDG_CURRENT_DESKTOP",
    "QT_SCALE_FACTOR",
    "LANG",
)
_BASE: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
_X11: Final = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
_WAYLAND: Final = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}


def look_at_program(report: Report) -> None:
    """Tell what runs here."""
    report.add(
        "program",
        kbviewer=__version__,
        python=platform.python_version(),
        sqlite=sqlite_version(),
        system=platform.platform(),
        **{name: _version(package) for name, package in _COMPONENTS.items()},
    )
    missing = [package for package in _COMPONENTS.values() if not _version(package)]
    if missing and not getattr(sys, "frozen", False):
        report.complain(
            message(N_("The program is not complete: {names} are missing."), names=", ".join(missing)),
            message(N_("Install it again.")),
        )


def look_at_display(report: Report) -> None:
    """Tell where a window would appear, and which libraries of the system Qt lacks for it."""
    named = {name: os.environ.get(name, "") for name in _VARIABLES}
    chosen = qt_platform(named)
    missing = sorted(_missing(chosen)) if sys.platform == "linux" else []
    report.add("display", platform=chosen, missing_libraries=missing, **named)
    if not has_display():
        report.complain(
            message(N_("There is no display to open a window on.")),
            message(N_("Log in to a desktop, or set DISPLAY or WAYLAND_DISPLAY.")),
        )
    if missing:
        report.complain(
            message(N_("Libraries of the system that the window needs are missing.")),
            message(N_("On Debian: sudo apt-get install {names}"), names=" ".join(missing)),
        )


def qt_platform(variables: dict[str, str], system: str = sys.platform) -> str:
    """Return the window system that Qt will use, "" when none is there."""
    if variables["QT_QPA_PLATFORM"]:
        return variables["QT_QPA_PLATFORM"]
    if system != "linux":
        return {"win32": "windows", "darwin": "cocoa"}.get(system, "")
    if variables["WAYLAND_DISPLAY"] and variables["XDG_SESSION_TYPE"] == "wayland":
        return "wayland"
    if variables["DISPLAY"]:
        return "xcb"
    return "wayland" if variables["WAYLAND_DISPLAY"] else ""


def _missing(chosen: str) -> set[str]:
    """Return the Debian packages of the libraries that cannot be loaded."""
    wanted = dict(_BASE)
    if chosen.startswith("xcb"):
        wanted |= _X11
    elif chosen.startswith("wayland"):
        wanted |= _WAYLAND
    return {package for library, package in wanted.items() if not _can_load(library)}


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
