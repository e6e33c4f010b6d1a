"""What a window over shares shows, whether it stands still, and a share that takes its time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QPushButton

from kbviewer.app.gui.session import Session
from kbviewer.app.paths import Profile
from kbviewer.app.shares import Shares
from kbviewer.content.shares import local_copy
from kbviewer.content.shares.local_copy import LocalCopy
from kbviewer.model.shelf import ShelfItem
from kbviewer.ui.shell.offer_bar import OfferBar

# The share stalls for as long as the block runs: a window that waited for it would stand still until then.
# What is left is what a window costs to make on a busy machine.
MOST_MS = 2000
MakeSession = Callable[..., Session]


class Heart(QObject):
    """Beats in the window's thread; the longest pause is how long the window has stood still."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0.0
        self._last = time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now


@contextmanager
def beating() -> Iterator[Heart]:
    heart = Heart()
    yield heart
    heart._timer.stop()
    heart.deleteLater()


def page_name(session: Session) -> str:
    return type(session.window.parts.area.current).__name__


def bar_of(session: Session) -> OfferBar | None:
    bars = session.window.findChildren(OfferBar)
    return next((bar for bar in bars if bar.isVisible()), None)


def buttons_of(session: Session) -> dict[str, QPushButton]:
    page = session.window.parts.area.status_page
    assert page is not None
    return {button.text(): button for button in page.findChildren(QPushButton) if button.isVisible()}


def sentence_of(session: Session) -> str:
    page = session.window.parts.area.status_page
    assert page is not None
    return page._sentence.text()


def text_of(session: Session) -> str:
    page = session.window.reading.page
    return page.view.document().toPlainText() if page is not None else ""


def make_copy(library: Path, profile: Path) -> None:
    """Make the copy that an earlier window has left."""
    (copy,) = Shares(Profile(profile), lambda _path: True).copies([library])
    copy.bring_up_to_date(lambda _done, _total: None)


def rows_of(session: Session) -> dict[str, ShelfItem]:
    """Return the rows of the page with all libraries, by where each lies."""
    return {item.paths[0]: item for item in session.desk.items()}


def has(session: Session, article: str) -> bool:
    return session.window.library.find(article) is not None


class SlowShare:
    """Gives what it is asked for only when the test lets it, and goes on giving signs meanwhile."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may_end = threading.Event()
        fill = local_copy.LocalCopy._fill

        def slowly(
            copy: LocalCopy, draft: Path, source: Path, size: int, on_bytes: Callable[[int], None]
        ) -> None:
            while not self.may_end.wait(0.01):
                on_bytes(size // 2)
            fill(copy, draft, source, size, on_bytes)

        monkeypatch.setattr(local_copy.LocalCopy, "_fill", slowly)
