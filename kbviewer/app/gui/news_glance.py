"""A glance at sources in folders after the start, in a thread that nothing waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from kbviewer.app.local_news import News

_LOOK_MS = 250
_PATIENCE_MS = 20_000


class NewsGlance(QObject):
    """Looks once. A share that does not answer holds nothing: the thread is left alone and not heard.

    Signals:
        found(news): something newer seems to be there; never for nothing.
    """

    found = Signal(object)

    def __init__(self, trust: Path, may_use: Callable[[str], bool], parent: QObject) -> None:
        super().__init__(parent)
        # The thread writes it and knows nothing of Qt; the timer reads it.
        self._answers: list[News | None] = []
        self._left_ms = _PATIENCE_MS
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        threading.Thread(
            target=_glance, args=(trust, may_use, self._answers), name="news", daemon=True
        ).start()
        self._timer.start()

    def _look(self) -> None:
        self._left_ms -= _LOOK_MS
        if self._answers or self._left_ms <= 0:
            self._timer.stop()
        if self._answers and self._answers[0] is not None:
            self.found.emit(self._answers[0])


def _glance(trust: Path, may_use: Callable[[str], bool], answers: list[News | None]) -> None:
    from kbviewer.app.local_news import find_news

    answers.append(find_news(trust, may_use))
