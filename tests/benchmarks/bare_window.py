"""The reference: a PySide6 window with a QTextBrowser that shows an article's text. Ends at the first paint.

Arguments: a text file; `--stay` keeps the window up until standard input closes, for memory readings.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTextBrowser


class Browser(QTextBrowser):
    """Tells when its first paint has reached the screen."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if "--stay" in sys.argv:
            print("painted", flush=True)
            QTimer.singleShot(1500, self, lambda: print("settled", flush=True))
        else:
            os._exit(0)


app = QApplication(sys.argv)
window = QMainWindow()
browser = Browser()
browser.setPlainText(Path(sys.argv[1]).read_text("utf-8"))
window.setCentralWidget(browser)
window.resize(1366, 768)
window.show()
sys.exit(app.exec())
