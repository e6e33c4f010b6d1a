"""The measured half of `window.py`: the real window, typed into. Prints its figures as one line of JSON.

Argument: a JSON object with `command` (of the search process), `queries`, `entries` (how many articles home
lists) and `key_ms` (from key to key).
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kbviewer.app.gui.application import make_application
from kbviewer.app.gui.bridge import SearchBridge
from kbviewer.app.gui.plain_imports import import_plainly
from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import data_folders
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.library import LibraryEntry
from kbviewer.search.client import SearchClient
from kbviewer.search.protocol import Answer, Event, Failed, Indexing, Ready
from kbviewer.state.user_state import UserState
from kbviewer.ui.search.results_list import ResultsList
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.window import MainWindow
from kbviewer.ui.theme.theme import Theme
from tests.benchmarks.sample import make_article
from tests.support.listed_library import ListedLibrary, make_entry

SIZES = ((1366, 768), (1180, 720))
TICK_MS = 5
IDLE_S = 3.0
REST_S = 0.4
PATIENCE_S = 600.0
HOOK = "paintEvent"
ROUNDS = 5
HOME, REAL, LONG = "", "online-meetings", "long"
SUBJECTS = {HOME: "home", REAL: "a real article", LONG: "2,000 blocks"}


class FewArticles(ListedLibrary):
    """A library that lists many articles, of which two can be opened."""

    def __init__(self, entries: int) -> None:
        names = (REAL, LONG, *(f"a{number}" for number in range(entries - 2)))
        super().__init__([make_entry(name, {"sv": f"Ansluta till {name}", "en": name}) for name in names])
        bundled = open_libraries((), data_folders().content)
        self._articles = {REAL: bundled.article(REAL, "sv"), LONG: make_article(2000, "sv")}

    def resolve(self, reference: str) -> LibraryEntry:
        return next(entry for entry in self.entries() if entry.id == reference)

    def article(self, entry_id: str, language: str) -> Article:
        return self._articles[entry_id]


class Lateness(QObject):
    """How late the turns of the event loop come, told by a timer that wants one every few milliseconds.

    Attributes:
        late_ms: of every turn since `begin`.
        own_ms: the same without the time in which other programs had the processors.
    """

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self.own_ms: list[float] = []
        self._due = 0.0
        self._waited = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        self.late_ms, self.own_ms = [], []
        self._due = time.perf_counter() + TICK_MS / 1000
        self._waited = waited_ms()
        self._timer.start()

    def end(self) -> dict[str, float]:
        """Return the worst; what blocks the loop at this moment is over when this can be called."""
        self._timer.stop()
        self._tick()
        return {"late": max(self.late_ms), "own": max(self.own_ms)}

    def _tick(self) -> None:
        now, waited = time.perf_counter(), waited_ms()
        late = max(0.0, 1000 * (now - self._due))
        self.late_ms.append(late)
        self.own_ms.append(max(0.0, late - (waited - self._waited)))
        self._due, self._waited = now + TICK_MS / 1000, waited


class Watch(QObject):
    """Knows when which answer was asked for, came, and stood on the screen.

    Attributes:
        asked: by request, when its key was pressed.
        painted_ms: from key to painted list, of every answer that was shown.
        took_ms: what the search process says of its own part, of every answer that was not overtaken.
    """

    def __init__(self, bridge: SearchBridge) -> None:
        super().__init__()
        self.asked: dict[int, float] = {}
        self.painted_ms: list[float] = []
        self.took_ms: list[float] = []
        self.ready_at = 0.0
        self.progress = 0
        self.failed = ""
        self.key_at = 0.0
        self._shown = 0
        self.newest = 0
        self.painted = 0
        bridge.answered.connect(self._hear)
        self._tap(bridge)
        paint = ResultsList.paintEvent

        def paint_and_tell(view: ResultsList, event: QPaintEvent) -> None:
            paint(view, event)
            self._note_paint()

        setattr(ResultsList, HOOK, paint_and_tell)

    def forget(self) -> None:
        """Begin anew; another search process numbers its questions from 1 again."""
        self.asked.clear()
        self._shown = self.painted = 0
        self.painted_ms, self.took_ms = [], []

    def _tap(self, bridge: SearchBridge) -> None:
        ask = bridge.ask

        def ask_and_note(*arguments: Any) -> int:
            self.newest = ask(*arguments)
            self.asked[self.newest] = self.key_at
            return self.newest

        vars(bridge)["ask"] = ask_and_note

    def _hear(self, event: Event) -> None:
        match event:
            case Answer(request=request, answer=answer) if request == self.newest:
                self._shown = request
                self.took_ms.append(answer.took_ms)
                if not answer.hits:
                    # Then no list is painted.
                    self.painted = request
            case Ready():
                self.ready_at = time.perf_counter()
            case Indexing():
                self.progress += 1
            case Failed(message=message):
                self.failed = str(message)

    def _note_paint(self) -> None:
        if self._shown != self.painted:
            self.painted = self._shown
            self.painted_ms.append(1000 * (time.perf_counter() - self.asked[self._shown]))


class Typist:
    """The window with somebody at the keyboard, and what he feels."""

    def __init__(self, app: QApplication, wanted: dict[str, Any]) -> None:
        self._wanted = wanted
        self._app = app
        data = data_folders()
        self.translator = Translator(data.i18n, "sv")
        self.theme = Theme("light")
        self.theme.apply()
        self.state = UserState.in_memory()
        self.bridge = SearchBridge(lambda on_event: SearchClient(wanted["command"], on_event))
        library = OpenLibrary(FewArticles(wanted["entries"]))
        self.window = MainWindow(
            self.theme,
            self.translator,
            self.state,
            library,
            self.bridge,
            language="sv",
            open_folder=lambda _folder: library,
            about=_nothing,
        )
        self.field = self.window.parts.field
        self.lateness = Lateness()
        # Connected before the controller is made, so that it hears of an answer first.
        self.watch = Watch(self.bridge)

    def measure(self) -> dict[str, Any]:
        """Show the window, do everything once, and return the figures."""
        self.window.open_article(LONG)
        self.window.resize(*SIZES[0])
        self.window.first_painted.connect(_collect_again)
        self.window.show()
        rest(1.0)
        figures: dict[str, Any] = {}
        self.lateness.begin()
        rest(IDLE_S)
        figures["idle"] = self.lateness.end()
        figures |= self._index()
        figures |= self._start_again()
        figures["coming"] = [self._come_and_go(size, name) for size in SIZES for name in SUBJECTS]
        self.window.resize(*SIZES[0])
        self.window.reader.open(LONG)
        for name, key_ms in (("steady", self._wanted["key_ms"]), ("fast", 0)):
            figures |= {f"{name}_{key}": value for key, value in self._type(key_ms).items()}
        figures["failed"] = self.watch.failed
        return figures

    def close(self) -> None:
        self.bridge.close()
        self.window.close()
        self.state.close()

    def _index(self) -> dict[str, Any]:
        """Type a query while the index is not there yet, and look at the progress until it is."""
        begun = time.perf_counter()
        self.window.searching.focus()
        self._press("k")
        self._wait(lambda: self.watch.progress > 0)
        rest(REST_S)
        self.lateness.begin()
        self._wait(lambda: self.watch.ready_at > 0)
        late = self.lateness.end()
        self._wait(lambda: self.watch.painted == self.watch.newest)
        seconds = time.perf_counter() - begun
        self._leave()
        return {"index": late, "index_seconds": seconds, "index_reports": self.watch.progress}

    def _start_again(self) -> dict[str, Any]:
        """Start the process over the finished index and ask it for the first time."""
        self.bridge.restart()
        self.watch.forget()
        self.watch.ready_at = 0.0
        begun = time.perf_counter()
        self.window.searching.focus()
        self._wait(lambda: self.watch.ready_at > 0)
        ready_ms = 1000 * (self.watch.ready_at - begun)
        rest(REST_S)
        opened = memory_mib(children()[0])
        # The whole query at once: typed, its first letter alone would be the first question.
        self.watch.key_at = time.perf_counter()
        self.field.setText(self._wanted["queries"][0])
        self._wait(lambda: self.watch.painted == self.watch.newest)
        first = {"ready_ms": ready_ms, "first_took_ms": self.watch.took_ms[0]}
        self._leave()
        return {**first, "opened_mib": opened}

    def _come_and_go(self, size: tuple[int, int], subject: str) -> dict[str, Any]:
        """Let the results come and go beside something a few times."""
        self.window.resize(*size)
        if subject == HOME:
            self.window.reader.go_home()
        else:
            self.window.reader.open(subject)
        rest(1.0)
        coming, going, keys = [], [], []
        for _round in range(ROUNDS):
            self.window.searching.focus()
            rest(REST_S)
            self.watch.forget()
            self.lateness.begin()
            self._press("k")
            self._wait(lambda: self.watch.painted == self.watch.newest)
            rest(REST_S)
            coming.append(self.lateness.end())
            keys += self.watch.painted_ms
            self.lateness.begin()
            self._press(Qt.Key.Key_Escape)
            rest(REST_S)
            going.append(self.lateness.end())
            self.field.clear()
        what = f"{SUBJECTS[subject]}, {size[0]} px"
        return {"what": what, "come": coming, "go": going, "key_ms": keys}

    def _type(self, key_ms: int) -> dict[str, Any]:
        self.window.searching.focus()
        self._press("k")
        self._wait(lambda: self.watch.painted == self.watch.newest)
        rest(REST_S)
        self.watch.forget()
        self.lateness.begin()
        for query in self._wanted["queries"]:
            self._type_query(query, key_ms)
        late, worst = self.lateness.late_ms, self.lateness.end()
        keys = len(self.watch.asked)
        result = {
            "key_ms": list(self.watch.painted_ms),
            "took_ms": list(self.watch.took_ms),
            "keys": keys,
            "late": worst,
            "late_over_16": sum(1 for each in late if each > 16),
            "turns": len(late),
            "mib": memory_mib(children()[0]),
        }
        self._leave()
        return result

    def _type_query(self, query: str, key_ms: int) -> None:
        self.field.selectAll()
        for character in query:
            due = time.perf_counter() + key_ms / 1000
            self._press(character)
            if not key_ms:
                self._wait(lambda: self.watch.painted == self.watch.newest)
            rest(max(0.0, due - time.perf_counter()))
        self._wait(lambda: self.watch.painted == self.watch.newest)

    def _press(self, key: str | Qt.Key) -> None:
        self.watch.key_at = time.perf_counter()
        if isinstance(key, Qt.Key):
            QTest.keyClick(self.field, key)
        elif key.isascii():
            QTest.keyClicks(self.field, key)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, key)
                self._app.sendEvent(self.field, event)

    def _leave(self) -> None:
        self._press(Qt.Key.Key_Escape)
        self.field.clear()
        rest(REST_S)

    def _wait(self, reached: Callable[[], bool]) -> None:
        deadline = time.perf_counter() + PATIENCE_S
        while not reached():
            if self.watch.failed or time.perf_counter() > deadline:
                raise RuntimeError(f"the search did not answer {self.watch.failed}")
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def rest(seconds: float) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop, loop.quit)
    loop.exec()


def children() -> list[int]:
    """Return the ids of the processes that this one has started (Linux, /proc)."""
    found = [path.read_text("ascii").split() for path in Path("/proc/self/task").glob("*/children")]
    return [int(pid) for pids in found for pid in pids]


def waited_ms() -> float:
    """Return how long this thread has been ready to run while others ran (Linux, /proc)."""
    return int(Path("/proc/thread-self/schedstat").read_text("ascii").split()[1]) / 1e6


def memory_mib(pid: int) -> dict[str, float]:
    """Return the proportional and the resident set size of a process."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    sizes = {line.partition(":")[0]: int(line.split()[1]) / 1024 for line in lines[1:]}
    return {"pss": sizes["Pss"], "rss": sizes["Rss"]}


def _collect_again() -> None:
    """As the program does, which starts without collecting."""
    gc.freeze()
    gc.enable()


def _nothing() -> Any:
    raise NotImplementedError


def main(arguments: Sequence[str]) -> int:
    """Measure as the argument says."""
    gc.disable()
    import_plainly()
    app = make_application()
    typist = Typist(app, json.loads(arguments[0]))
    try:
        print(json.dumps(typist.measure()), flush=True)
    finally:
        typist.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
