"""The subject: the real window with an article. Ends at the article's first paint.

Arguments: profile folder, article, language; `--stay` keeps the window up for memory readings.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent

from kbviewer.app.gui.main import run
from kbviewer.app.window_request import WindowRequest
from kbviewer.ui.article.view import ArticleView

HOOK = "paintEvent"
_paint = ArticleView.paintEvent


def paint_and_tell(view: ArticleView, event: QPaintEvent) -> None:
    """Paint as ever, then tell that the article stands on the screen."""
    _paint(view, event)
    if view.document().blockCount() < 2:
        return
    if "--stay" in sys.argv:
        setattr(ArticleView, HOOK, _paint)
        print("painted", flush=True)
        QTimer.singleShot(1500, view, lambda: print("settled", flush=True))
    else:
        os._exit(0)


setattr(ArticleView, HOOK, paint_and_tell)
profile, article, language = sys.argv[1:4]
sys.exit(run(WindowRequest((), language, Path(profile), article)))
