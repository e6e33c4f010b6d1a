"""What lies on the clipboard of a display: `python -m tests.support.clipboard` prints it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_S = 20.0


def read_clipboard(display: str) -> str:
    """Return the text that a program on the display has copied, as another program gets it."""
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-m", "tests.support.clipboard"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, timeout=PATIENCE_S
    )
    return done.stdout.decode("utf-8")


if __name__ == "__main__":
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    sys.stdout.buffer.write(QGuiApplication.clipboard().text().encode("utf-8"))
