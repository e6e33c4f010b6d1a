"""The real window, ticking and commenting without end: `python -m tests.soak.window_worker PROFILE SEED`.

Says on its output, a line of JSON each, what it is about to do and what the window shows as saved.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from kbviewer.app.gui import main, running
from kbviewer.app.gui.session import Session
from kbviewer.app.window_request import WindowRequest
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.article.tick_model import TickState
from kbviewer.ui.shell.actions import ActionId
from tests.soak.worker import ARTICLE, say


class RestlessSession(Session):
    """A session whose window does one thing after the other."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._chance = random.Random(int(sys.argv[2]))
        self._working = QTimer(self)
        self._working.timeout.connect(self._do_something)
        self.window.first_painted.connect(lambda: self._working.start(0))
        self.window.first_painted.connect(lambda: say(ready=True))

    def _do_something(self) -> None:
        page = self.window.reading.page
        if page is None or self._chance.random() < 0.02:
            self.window.open_article(ARTICLE)
        elif self._chance.random() < 0.05:
            self.window.table[ActionId.SWITCH_LANGUAGE].trigger()
        elif self._chance.random() < 0.1:
            self._comment()
        else:
            self._tick(page)

    def _tick(self, page: ArticlePage) -> None:
        model = page.opened.model
        step = self._chance.choice(sorted(step for step in model._leaves if model._leaves[step] == (step,)))
        say(ticking=step)
        page._step_deeds.press(step)
        say(box=step, done=model.state(step) is TickState.DONE)

    def _comment(self) -> None:
        article = self.window.reader.article
        assert article is not None
        text = f"{sys.argv[2]} {self._chance.random()}"
        self.window.conversations._keep_comment(article, "", text)
        say(comment=text)


if __name__ == "__main__":
    vars(running)["Session"] = RestlessSession
    sys.exit(main.run(WindowRequest((), "sv", Path(sys.argv[1]), ARTICLE)))
