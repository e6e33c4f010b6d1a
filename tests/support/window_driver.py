"""The real program with a hand on it: `python -m tests.support.window_driver PROFILE ARTICLE [DEED]…`.

After the first paint it does the deeds in order and prints one line of JSON about what the window shows.
Deeds: `tick=STEP`, `language=TAG`, `press=BUTTON` (of a strip), `forget-tabs` (do not start where it was
left), `opened` (the start counts as over at once), `watch`, `close`. Without `close` the window stays; with
`watch` it prints another line whenever it shows what another program has changed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from kbviewer.app.gui import main, running
from kbviewer.app.gui.session import Session
from kbviewer.app.window_request import WindowRequest
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.offer_bar import OfferBar
from kbviewer.ui.shell.saving_bar import SavingBar


class DrivenSession(Session):
    """A session whose window does as it is told."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.window.first_painted.connect(lambda: QTimer.singleShot(0, self, self._drive))

    def _drive(self) -> None:
        for deed in sys.argv[3:]:
            name, _, value = deed.partition("=")
            if name == "tick":
                page = self.window.reading.page
                assert page is not None
                page._step_deeds.press(value)
            elif name == "language":
                self.window.language.switch_to(value)
            elif name == "press":
                bars = self.window.findChildren(OfferBar)
                next(button for bar in bars for button in bar.buttons if button.text() == value).click()
            elif name == "forget-tabs":
                self.window.table[ActionId.START_WHERE_LEFT].trigger()
            elif name == "watch":
                self.window.own_data.changed.connect(lambda: QTimer.singleShot(0, self, self._tell_ticks))
        notice = self.window.parts.notice
        strips = [bar.accessibleName() for bar in self.window.findChildren(SavingBar) if bar.isVisible()]
        shown = {
            "title": self.window.windowTitle(),
            "notice": notice.findChildren(QLabel)[0].text() if notice.isVisible() else "",
            "not_saved": "".join(strips),
            "offers": [bar.accessibleName() for bar in self.window.findChildren(OfferBar) if bar.isVisible()],
            "tabs": len(self.window.tabs.open_tabs),
            # The pane itself is folded on a small screen.
            "progress": self.window.parts.pane.progress.isVisibleTo(self.window.parts.pane),
        }
        print(json.dumps(shown), flush=True)
        if "close" in sys.argv[3:]:
            self.window.close()

    def _tell_ticks(self) -> None:
        page = self.window.reading.page
        assert page is not None
        print(json.dumps({"done": page.progress().done}), flush=True)


if __name__ == "__main__":
    vars(running)["Session"] = DrivenSession
    if "opened" in sys.argv:
        vars(running)["_STARTED_AFTER_MS"] = 0
    profile, article = sys.argv[1:3]
    sys.exit(main.run(WindowRequest((), "sv", Path(profile), article)))
