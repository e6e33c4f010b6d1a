"""What the reader's data costs: a tick beside a bare insert, many cases, and a long one."""

from __future__ import annotations

import gc
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kbviewer.app.paths import data_folders
from kbviewer.i18n.translator import Translator
from kbviewer.model.case_changes import numbered_steps, step_changes
from kbviewer.model.cases import StepOutcome
from kbviewer.state.user_state import UserState
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.case.desk import CaseDesk
from kbviewer.ui.theme.theme import Theme
from tests.benchmarks.sample import make_article
from tests.support.case_article import swedish

TICKS = 400
CASES = 10_000
RESULTS = 300
TICK_P95_MS = 50.0
SLOWER_AT_MOST = 1.5


def ms(act: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    act(*arguments)
    return 1000 * (time.perf_counter() - start)


def work_ms(act: Callable[[], object]) -> float:
    """Return how long `act` works, without the time that others had."""
    start = time.thread_time()
    act()
    return 1000 * (time.thread_time() - start)


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


@pytest.fixture(autouse=True)
def _what_was_there_is_not_collected() -> Iterator[None]:
    """The collector leaves what other benchmarks have made alone, as in the window after its start."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database with one table and our durability, and nothing of ours around it."""
    with closing(sqlite3.connect(tmp_path / "bare.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(
            "CREATE TABLE t (a TEXT, s TEXT, at TEXT, PRIMARY KEY (a, s)) STRICT, WITHOUT ROWID"
        )
        yield connection


def test_a_tick_is_on_disk_in_time(tmp_path: Path, bare: sqlite3.Connection) -> None:
    """In turn with a bare insert, so that the ratio holds when the disk is busy."""
    ours, theirs = [], []
    with UserState.open(tmp_path / "state.sqlite") as state:
        for number in range(TICKS):
            step = f"step-{number}"
            ours.append(ms(state.ticks.set_done, "kb1", [step], True))
            theirs.append(ms(bare.execute, "INSERT INTO t VALUES ('kb1', ?, '')", (step,)))
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))

    print(
        f"\ntick: p50 {statistics.median(ours):.2f} ms, p95 {p95(ours):.2f}, longest {max(ours):.2f}; "
        f"bare insert p50 {statistics.median(theirs):.2f}, p95 {p95(theirs):.2f}; ratio {ratio:.2f}"
    )
    assert p95(ours) <= TICK_P95_MS


def fill(state: UserState, cases: int) -> None:
    """Make cases as a technician does: two articles, eight results, a note; all at once, to be quick."""
    at = "2026-03-01T12:00:00.000000+00:00"
    with state.database.writing():
        for number in range(cases):
            case_id = state.database.write(
                "INSERT INTO cases (reference, language, started_at, outcome) VALUES (?, 'sv', ?, 'open')",
                (f"INC-{number}", at),
            )
            for article in ("kb1", "kb2"):
                state.database.write(
                    "INSERT INTO case_articles VALUES (?, ?, 'sv', 'Ändra lösenord', '5.0', ?)",
                    (case_id, article, at),
                )
                for step in range(4):
                    state.database.write(
                        "INSERT INTO case_steps"
                        " (case_id, article, step, outcome, note, set_at, language, number, text,"
                        " fingerprint)"
                        " VALUES (?, ?, ?, 'done', '', ?, 'sv', '1', 'Öppna.', 'f')",
                        (case_id, article, f"step-{step}", at),
                    )
            state.database.write(
                "INSERT INTO case_notes (case_id, text, written_at) VALUES (?, 'Ringde användaren.', ?)",
                (case_id, at),
            )


def test_ten_thousand_cases_do_not_slow_a_case_down(tmp_path: Path) -> None:
    """Opening one, writing into one, and a tick: beside a profile with ten cases."""
    article = swedish()
    with UserState.open(tmp_path / "few.sqlite") as few, UserState.open(tmp_path / "many.sqlite") as many:
        fill(few, 10)
        fill(many, CASES)
        listed = min(ms(many.cases.list) for _ in range(5))
        found = min(ms(many.cases.list, "ringde inc-77") for _ in range(3))
        times: dict[str, list[float]] = {}
        for number in range(200):
            for name, state in (("few", few), ("many", many)):
                note = f"{number}"
                deeds: dict[str, tuple[Callable[..., object], tuple[object, ...]]] = {
                    "get": (state.cases.get, (5,)),
                    "step": (state.cases.set_step, (5, article, "open", StepOutcome.FAILED, note)),
                    "tick": (state.ticks.set_done, ("kb1", [note], True)),
                }
                for what, (deed, arguments) in deeds.items():
                    times.setdefault(f"{what} {name}", []).append(ms(deed, *arguments))
    middle = {name: statistics.median(values) for name, values in times.items()}
    ratios = {what: middle[f"{what} many"] / middle[f"{what} few"] for what in ("get", "step", "tick")}

    print(
        f"\n{CASES} cases: list {listed:.0f} ms, search {found:.0f}; beside ten cases: "
        + ", ".join(
            f"{what} {middle[f'{what} many']:.2f} ms ({ratio:.2f} ×)" for what, ratio in ratios.items()
        )
    )
    assert max(ratios.values()) <= SLOWER_AT_MOST


def test_a_case_of_300_results_does_not_slow_its_article_down(tmp_path: Path, qtbot: QtBot) -> None:
    """Reading the case and telling what has changed since, on top of showing the article."""
    article = make_article(2000, "sv")
    steps = [place.step.id for place in numbered_steps(article)][:RESULTS]
    theme = Theme("light")
    theme.apply()
    with UserState.open(tmp_path / "state.sqlite") as state:
        case_id = state.cases.create("sv", "INC", [article]).case_id
        for step in steps:
            state.cases.set_step(case_id, article, step, StepOutcome.FAILED, "Knappen är grå.")
        desk = CaseDesk(state, lambda _article, _language: None, lambda: "sv")
        page = ArticlePage(
            theme,
            Translator(data_folders().i18n, "sv"),
            desk,
            desk,
            state.answers,
            lambda _entry, _path: None,
            lambda _reference: None,
            lambda _reference: "",
        )
        qtbot.addWidget(page)
        page.resize(900, 700)
        page.show()

        def without() -> None:
            page.show_article(article, ("sv",))
            page.grab()

        def with_case() -> None:
            case = state.cases.get(case_id)
            assert len(step_changes(case, [article])) == RESULTS
            without()

        without()
        pairs = [(work_ms(with_case), work_ms(without)) for _ in range(9)]
    ratio = statistics.median(a / b for a, b in pairs)

    print(
        f"\n{RESULTS} results: article {statistics.median(b for _, b in pairs):.0f} ms, "
        f"with its case {statistics.median(a for a, _ in pairs):.0f} ({ratio:.2f} ×)"
    )
    assert ratio <= SLOWER_AT_MOST


def test_an_export_and_an_import_of_ten_thousand_cases(tmp_path: Path) -> None:
    with (
        UserState.open(tmp_path / "a" / "state.sqlite") as first,
        UserState.open(tmp_path / "b" / "state.sqlite") as second,
    ):
        fill(first, CASES)
        path = tmp_path / "data.json"
        written = ms(first.data.export, path)
        read = ms(second.data.import_from, path)
        again = ms(second.data.import_from, path)

    print(
        f"\n{CASES} cases: export {written / 1000:.1f} s, {path.stat().st_size / 1e6:.0f} MB; "
        f"import {read / 1000:.1f} s, once more {again / 1000:.1f} s"
    )
