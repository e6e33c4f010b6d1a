"""The QApplication as this program wants it."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from kbviewer import __version__
from kbviewer.app.gui.screen_readers import serve_screen_readers

_SMALLEST_POINT: Final = 10.0
_ICON_SIDES_PX: Final = (16, 32, 48, 128)


def make_application(platform: str = "") -> QApplication:
    """Return the application, with name, style and font set. Ctrl+C in the terminal ends it.

    Args:
        platform: Qt's name of the window system; "" for the one that is there.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Not `setStyle`: it returns the style, and making that an object of Python takes 10 ms of the start.
    app = QApplication(["kbviewer", "-style", "fusion", *(["-platform", platform] if platform else [])])
    app.setApplicationName("kbviewer")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("kbviewer")
    font = app.font()
    if 0 < font.pointSizeF() < _SMALLEST_POINT:
        # Before the style sheet is set: afterwards it would have no effect.
        font.setPointSizeF(_SMALLEST_POINT)
        app.setFont(font)
    serve_screen_readers()
    return app


def app_icon(resources: Path) -> QIcon:
    """Return the program's icon, a book on a rounded square, in every size that desktops ask for."""
    drawing = QSvgRenderer(str(resources / "kbviewer.svg"))
    icon = QIcon()
    for side in _ICON_SIDES_PX:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        drawing.render(painter)
        painter.end()
        icon.addPixmap(pixmap)
    return icon
