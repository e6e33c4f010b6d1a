"""Pictures of the running window: `python -m kbviewer.app.gui.screenshots FOLDER [--small]`.

An article, the scope matrix, steps, an answer, a search, home and all libraries; then with a case at work the
article, all cases, step by step, side by side, the report for support and the print preview. In each language
and theme, named `<what>-<language>-<theme>.png`. With --small each picture is stored with 256 colours.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from kbviewer.app.gui.application import make_application
from kbviewer.app.gui.pictured_cases import MEETINGS, PLACE, REGISTERING, PictureClock, work_on_cases
from kbviewer.app.gui.session import Session
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.window_request import WindowRequest
from kbviewer.model.blocks import Faq, ScopeMatrix, StepList, walk
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow

LANGUAGES: Final = ("sv", "en")
THEMES: Final = ("light", "dark", "contrast")
SIZE: Final = (1366, 768)
_ARTICLE, _MATRIX, _STEPS, _FAQ = "kb307294", MEETINGS, REGISTERING, "account-security-info"
_QUERY: Final = {"sv": "ansluta", "en": "sign in"}
_SETTLE_MS: Final = 400
_ANSWER_S: Final = 20.0


class Photographer:
    """Takes the pictures of one language and theme."""

    def __init__(self, session: Session, state: UserState, folder: Path, suffix: str, *, small: bool) -> None:
        self._window: MainWindow = session.window
        self._state = state
        self._folder = folder
        self._suffix = suffix
        self._small = small

    def take_all(self, query: str) -> list[Path]:
        """Take every picture and return the files."""
        self._window.resize(*SIZE)
        self._window.show()
        settle(_SETTLE_MS)
        subjects: Sequence[tuple[str, Callable[[], None]]] = (
            ("article", lambda: self._window.reader.open(_ARTICLE)),
            ("matrix", self._show_matrix),
            ("steps", self._show_steps),
            ("faq", self._show_faq),
            ("search", lambda: self._search(query)),
            ("home", self._show_home),
            ("libraries", lambda: self._act(ActionId.LIBRARIES)),
            ("case", self._show_case),
            ("cases", lambda: self._act(ActionId.CASES)),
            ("guided", self._show_guided),
            ("beside", self._show_beside),
            ("report", lambda: self._act(ActionId.GET_HELP)),
            ("preview", lambda: self._act(ActionId.PRINT)),
        )
        return [self._take(name, show) for name, show in subjects]

    def _take(self, name: str, show: Callable[[], None]) -> Path:
        show()
        settle(_SETTLE_MS)
        dialog = next((found for found in self._window.findChildren(QDialog) if found.isVisible()), None)
        image = (self._with(dialog) if dialog is not None else self._window.grab()).toImage()
        if dialog is not None:
            dialog.close()
            settle(_SETTLE_MS)
        path = self._folder / f"{name}-{self._suffix}.png"
        (with_few_colours(image) if self._small else image).save(str(path), quality=0)
        return path

    def _with(self, dialog: QDialog) -> QPixmap:
        """Return the window with a dialog over its middle, in a thin frame as a desktop gives it."""
        picture, over = self._window.grab(), dialog.grab()
        painter = QPainter(picture)
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 70))
        corner = self._window.rect().center() - over.rect().center()
        painter.drawPixmap(corner, over)
        painter.setPen(QColor(128, 128, 128))
        painter.drawRect(over.rect().translated(corner).adjusted(-1, -1, 0, 0))
        painter.end()
        return picture

    def _act(self, action: ActionId) -> None:
        self._window.table[action].trigger()

    def _show_case(self) -> None:
        window = self._window
        articles = [window.library.article(name, window.language.current) for name in (MEETINGS, REGISTERING)]
        work_on_cases(window.desk, self._state, *articles)
        window.reader.open(MEETINGS, PLACE)

    def _show_guided(self) -> None:
        self._window.reader.open(MEETINGS, PLACE)
        self._window.guiding.start("clear-credentials")

    def _show_beside(self) -> None:
        self._window.guiding.leave()
        self._act(ActionId.SIDE_BY_SIDE)
        self._window.reader.open(MEETINGS, PLACE)

    def _show_matrix(self) -> None:
        article = self._window.library.article(_MATRIX, self._window.language.current)
        matrix = next(block for block in walk(article.blocks) if isinstance(block, ScopeMatrix))
        self._state.choices.set(_MATRIX, matrix.key, 0, 1)
        self._window.reader.open(_MATRIX, matrix.key)

    def _show_steps(self) -> None:
        article = self._window.library.article(_STEPS, self._window.language.current)
        steps = next(block for block in walk(article.blocks) if isinstance(block, StepList))
        self._state.ticks.set_done(_STEPS, [step.id for step in steps.steps[:3]], True)
        self._window.reader.open(_STEPS, steps.steps[0].id)

    def _show_faq(self) -> None:
        article = self._window.library.article(_FAQ, self._window.language.current)
        answers = [block for block in walk(article.blocks) if isinstance(block, Faq)]
        self._state.answers.set_open(_FAQ, answers[1].key, True)
        self._window.reader.open(_FAQ, answers[0].key)

    def _search(self, query: str) -> None:
        self._window.reader.open(_ARTICLE)
        answered: list[object] = []
        self._window.search.answered.connect(answered.append)
        self._window.searching.search_for(query)
        until = time.monotonic() + _ANSWER_S
        while not any(type(event).__name__ == "Answer" for event in answered) and time.monotonic() < until:
            settle(50)

    def _show_home(self) -> None:
        self._window.parts.field.clear()
        self._window.reader.go_home()


def settle(milliseconds: int) -> None:
    """Let the window paint and its timers run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def with_few_colours(image: QImage) -> QImage:
    """Return the image with 256 colours; what is left goes to the nearest of them.

    Colours that look alike share a bin of 16 x 16 x 16, so that the many greys of text do not displace
    the few pixels of a coloured mark.
    """
    pixels = image.convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(pixels.constBits()).cast("I"))
    most_common = [colour for colour, _count in counts.most_common()]
    bins = {colour & 0xF0F0F0: colour for colour in reversed(most_common)}
    one_per_bin = list(bins.values())[::-1]
    table = list(dict.fromkeys([*one_per_bin[:200], *most_common]))[:256]
    return pixels.convertToFormat(QImage.Format.Format_Indexed8, table)


def take(app: QApplication, folder: Path, profile: Profile, *, small: bool) -> list[Path]:
    """Take all pictures and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    for theme in THEMES:
        for language in LANGUAGES:
            with UserState.in_memory(clock=PictureClock()) as state:
                state.settings.set("theme", theme)
                request = WindowRequest((), language, profile.root)
                session = Session(app, request, profile, data_folders(), state)
                photographer = Photographer(session, state, folder, f"{language}-{theme}", small=small)
                taken += photographer.take_all(_QUERY.get(language, ""))
                session.window.close()
                session.close()
                settle(50)
    return taken


def main(arguments: Sequence[str]) -> int:
    """Take the pictures as the arguments say."""
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--small", action="store_true", help="256 colours")
    chosen = parser.parse_args(arguments)
    app = make_application()
    with tempfile.TemporaryDirectory() as profile:
        taken = take(app, chosen.folder, Profile(Path(profile)), small=chosen.small)
    sys.stdout.write(f"{len(taken)} pictures in {chosen.folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
