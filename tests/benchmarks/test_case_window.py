"""A case in the real window over a real file: from the key to pixels and to the disk, and opening an article.

The ratios are against a bare check box and a bare insert, and against a profile without cases, in turn in
the same run.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from kbviewer.app.gui.session import Session
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.window_request import WindowRequest
from kbviewer.model.cases import StepOutcome
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.window import MainWindow
from tests.benchmarks.test_state import fill

ARTICLE, STEP = "online-meetings", "windows-update"
ROUNDS = 25
CASES, STEPS = 10_000, 300
SETTLE_MS = 200
DURABLE_MS = 50.0
SLOWER_AT_MOST = 1.5
KEYS = {
    "done": Qt.Key.Key_Space,
    "failed": Qt.Key.Key_F,
    "skipped": Qt.Key.Key_S,
    "not tried": Qt.Key.Key_Delete,
}


class Painted(QObject):
    """Notes when a widget has been painted anew."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


@contextmanager
def window_on(app: QApplication, folder: Path, *libraries: Path) -> Iterator[tuple[MainWindow, UserState]]:
    """Open the program's window on a profile."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = Profile(folder)
    with UserState.open(folder / "state.sqlite") as state:
        session = Session(app, WindowRequest(libraries, "sv", folder), profile, data_folders(), state)
        session.window.resize(1366, 768)
        session.window.show()
        QTest.qWaitForWindowExposed(session.window)
        yield session.window, state
        session.window.close()
        session.close()


def press(target: QWidget, key: Qt.Key, painted: Painted) -> tuple[float, float]:
    """Press a key; return when it was done with, and when all that it changes had been painted, ms."""
    before, start = painted.count, time.perf_counter()
    QTest.keyClick(target, key)
    handled = time.perf_counter()
    # A button paints itself as pressed at once; what has become of it is painted in the next turn.
    QApplication.processEvents()
    seen = time.perf_counter()
    assert painted.count > before
    return 1000 * (handled - start), 1000 * (seen - start)


def figures(times: list[float]) -> str:
    return f"{min(times):.1f}/{statistics.median(times):.1f}"


def test_a_result_by_key(tmp_path: Path, qapp: QApplication) -> None:
    """Goals: on the screen in 16 ms, on disk in 50; it is on disk when the key is done with."""
    bare_box = QCheckBox("bare")
    bare_box.show()
    QTest.qWaitForWindowExposed(bare_box)
    bare_painted = Painted(bare_box)
    handled: dict[str, list[float]] = {name: [] for name in KEYS}
    seen: dict[str, list[float]] = {name: [] for name in KEYS}
    bare_handled: list[float] = []
    bare_seen: list[float] = []
    with (
        window_on(qapp, tmp_path / "profile") as (window, _state),
        closing(sqlite3.connect(tmp_path / "bare.sqlite", isolation_level=None)) as bare,
    ):
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE t (a TEXT, s TEXT, at TEXT, PRIMARY KEY (a, s)) STRICT, WITHOUT ROWID")
        case_id = window.desk.start("INC-4711")
        window.reader.open(ARTICLE, STEP)
        QTest.qWait(SETTLE_MS)
        page = window.reading.page
        assert page is not None
        box = page.layer.widget(f"tick:{STEP}")
        assert box is not None
        box.setFocus()
        painted = Painted(box)
        for number in range(ROUNDS):
            for name, key in KEYS.items():
                on_disk, on_screen = press(box, key, painted)
                assert kept_outcome(tmp_path / "profile" / "state.sqlite", case_id) == name
                handled[name].append(on_disk)
                seen[name].append(on_screen)
                start = time.perf_counter()
                bare.execute("INSERT INTO t VALUES ('kb1', ?, '')", (f"{name} {number}",))
                bare_handled.append(1000 * (time.perf_counter() - start))
                bare_seen.append(press(bare_box, Qt.Key.Key_Space, bare_painted)[1])
        QTest.qWait(SETTLE_MS)
    bare_box.close()
    bare_box.deleteLater()

    print(
        f"\nkey in a case, min/median ms: bare insert {figures(bare_handled)}, bare box {figures(bare_seen)}"
    )
    for name in KEYS:
        on_disk, on_screen = statistics.median(handled[name]), statistics.median(seen[name])
        print(
            f"  {name}: on disk {figures(handled[name])} "
            f"({on_disk / statistics.median(bare_handled):.1f} ×), on the screen {figures(seen[name])} "
            f"({on_screen / statistics.median(bare_seen):.1f} ×)"
        )
    assert max(statistics.median(times) for times in handled.values()) <= DURABLE_MS


def kept_outcome(path: Path, case_id: int) -> str:
    """Return what another process would read of the step."""
    with UserState.open(path, read_only=True) as state:
        results = {result.step: result.outcome.value for result in state.cases.get(case_id).steps}
    return results.get(STEP, "not tried")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A folder with an article of 300 steps and a short one."""
    steps = "".join(
        f"{number}. Öppna sidan {number} och välj det som användaren behöver där. {{#s{number}}}\n\n"
        for number in range(1, STEPS + 1)
    )
    for name, text in (("many", f"## Steg {{#steps}}\n\n{steps}"), ("short", "Text.\n")):
        (tmp_path / "library" / name).mkdir(parents=True)
        front = f"---\ntitle: {name}\nuid: {name}\nlang: sv\n---\n# {name}\n\n"
        (tmp_path / "library" / name / "sv.md").write_text(front + text, encoding="utf-8")
    return tmp_path / "library"


@pytest.mark.parametrize(
    ("name", "failed_every", "goal"),
    [("all done", 0, SLOWER_AT_MOST), ("one in ten failed", 10, SLOWER_AT_MOST), ("all failed", 1, None)],
)
def test_an_article_of_300_steps_among_10000_cases(
    name: str, failed_every: int, goal: float | None, tmp_path: Path, library: Path, qapp: QApplication
) -> None:
    """Goal: no slower than 1.5 times the same article without any case.

    A failure has a line of its own: 300 of them are measured, but nobody works so.
    """
    with (
        window_on(qapp, tmp_path / "none", library) as (without, _),
        window_on(qapp, tmp_path / "many", library) as (many, state),
    ):
        fill(state, CASES)
        case_id = many.desk.start("INC-4711")
        article = many.library.article("many", "sv")
        steps = [f"s{number}" for number in range(1, STEPS + 1)]
        failed = steps[::failed_every] if failed_every else []
        many.desk.set_outcome(article, [step for step in steps if step not in failed], StepOutcome.DONE)
        many.desk.set_outcome(article, failed, StepOutcome.FAILED)
        times: dict[str, list[float]] = {"without": [], "many": []}
        for number in range(-1, 11):
            for which, window in (("without", without), ("many", many)):
                taken = opening_ms(window)
                if number >= 0:
                    times[which].append(taken)
        assert len(state.cases.get(case_id).steps) == STEPS
        QTest.qWait(SETTLE_MS)
    ratio = statistics.median(a / b for a, b in zip(times["many"], times["without"], strict=True))

    print(
        f"\n300 steps, {name}, in one of {CASES} cases: {figures(times['many'])} ms, "
        f"without cases {figures(times['without'])}, {ratio:.2f} ×"
    )
    assert goal is None or ratio <= goal


def opening_ms(window: MainWindow) -> float:
    """Return the work from the click to the pixels of the article, without the time that others had."""
    window.reader.open("short")
    QTest.qWait(SETTLE_MS)
    start = time.thread_time()
    window.reader.open("many", "steps")
    window.grab()
    return 1000 * (time.thread_time() - start)
