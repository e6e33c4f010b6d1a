"""What a reader feels while he searches: the real window, a real search process, 10,000 articles.

    .venv/bin/python -m tests.benchmarks.search.window --articles 10000

Runs on a display of its own (Xvfb with openbox). "key to list" is from the key event to the end of the paint
event of the list that shows the answer; a turn of the event loop is late by what a timer of 5 ms had to wait
beyond them, "own" without the time in which other programs had the processors. The corpus is the folder of
`--corpus`, else of the variable KBVIEWER_CORPUS, else `shared/corpora/commerce-kb` beside the checkout.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.search.corpus import Corpus, make_corpus
from tests.benchmarks.search.measure import percentiles
from tests.benchmarks.search.process import process_command
from tests.benchmarks.search.queries import typed_queries
from tests.support.virtual_display import virtual_display

ROOT = Path(__file__).parents[3]
KEY_MS = 125
QUERIES = 16
GOAL_KEY_MS, GOAL_LATE_MS, GOAL_FIRST_MS, GOAL_MIB = 50.0, 16.0, 60.0, 150.0


def main() -> None:
    """Measure and print the tables."""
    arguments = _parse_arguments()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        figures = measure_window(arguments.corpus, arguments.articles, Path(folder))
        print(f"\n{arguments.articles} articles")
        print_figures(figures)


def measure_window(folder: Path, articles: int, scratch: Path, *, queries: int = QUERIES) -> dict[str, Any]:
    """Type into a window over `articles` articles grown from `folder`.

    Returns:
        The figures of `typing_window`.
    """
    cache = scratch / "cache"
    corpus = make_corpus(folder, articles, cache)
    wanted = {
        "command": process_command(folder, articles, cache),
        "queries": _some(corpus, queries),
        "entries": articles,
        "key_ms": KEY_MS,
    }
    with _display() as environment:
        command = [sys.executable, "-m", "tests.benchmarks.search.typing_window", json.dumps(wanted)]
        done = subprocess.run(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
        )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def print_figures(figures: dict[str, Any]) -> None:
    """Print a row per figure, with what it is to its goal and to the idle window."""
    idle = figures["idle"]["late"]
    print(f"{'':<42}{'p50':>8}{'p95':>8}{'max':>8}{'own max':>9}{'× goal':>8}{'× idle':>8}")
    _print_late("latest turn of the idle window, ms", [figures["idle"]], idle)
    for name, title in (("steady", "8 keys/s"), ("fast", "as fast as answers come")):
        shown = figures[f"{name}_key_ms"]
        _print_times(f"key to list, {title}, ms", shown, GOAL_KEY_MS)
        _print_times("  of which the engine, ms", figures[f"{name}_took_ms"], GOAL_KEY_MS)
        _print_late("  latest turn while typing, ms", [figures[f"{name}_late"]], idle)
        over, turns = figures[f"{name}_late_over_16"], figures[f"{name}_turns"]
        print(
            f"  {figures[f'{name}_keys']} keys, {len(shown)} lists; {over} of {turns} turns over 16 ms late"
        )
    for beside in figures["coming"]:
        print(f"beside {beside['what']}:")
        _print_times("  first key to list, ms", beside["key_ms"], GOAL_KEY_MS)
        _print_late("  latest turn while results come, ms", beside["come"], idle)
        _print_late("  latest turn while results go (Esc), ms", beside["go"], idle)
    _print_late("latest turn while it indexes, ms", [figures["index"]], idle)
    print(f"  {figures['index_seconds']:.1f} s, {figures['index_reports']} reports of progress")
    _print_row("process start to ready, ms", (None, None, figures["ready_ms"]))
    first = figures["first_took_ms"]
    _print_row("first query's own time, ms", (None, None, first), of_goal=first / GOAL_FIRST_MS)
    for when, title in (("opened", "after opening"), ("fast", "after typing")):
        for kind in ("pss", "rss"):
            size = figures[f"{when}_mib"][kind]
            what = f"search process {title}, {kind.upper()} MiB"
            _print_row(what, (None, None, size), of_goal=size / GOAL_MIB)


def _print_times(title: str, times_ms: Sequence[float], goal_ms: float) -> None:
    p50, p95, _, most = percentiles(times_ms)
    _print_row(title, (p50, p95, most), of_goal=p95 / goal_ms)


def _print_late(title: str, rounds: Sequence[Mapping[str, float]], idle_ms: float) -> None:
    p50, _, _, most = percentiles([each["late"] for each in rounds])
    own = max(each["own"] for each in rounds)
    median = p50 if len(rounds) > 1 else None
    _print_row(title, (median, None, most), own=own, of_goal=most / GOAL_LATE_MS, of_idle=most / idle_ms)


def _print_row(
    title: str,
    values: Sequence[float | None],
    *,
    own: float | None = None,
    of_goal: float | None = None,
    of_idle: float | None = None,
) -> None:
    cells = [f"{value:8.1f}" if value is not None else f"{'':8}" for value in values]
    cells.append(f"{own:9.1f}" if own is not None else f"{'':9}")
    cells += [f"{ratio:8.2f}" if ratio is not None else f"{'':8}" for ratio in (of_goal, of_idle)]
    print(f"{title:<42}{''.join(cells)}".rstrip())


def _some(corpus: Corpus, count: int) -> list[str]:
    """Return queries from all over the list, those with letters beyond ASCII among them."""
    queries = typed_queries(corpus)
    return queries[:: max(1, len(queries) // count)][:count]


@contextmanager
def _display() -> Iterator[dict[str, str]]:
    """Yield the environment of a program on a display of its own, with a window system's frame around it."""
    with virtual_display() as name:
        environment = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        frames = subprocess.Popen(
            ["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield environment
        finally:
            frames.terminate()
            frames.wait()


def default_corpus() -> Path:
    """Return the folder of the real articles."""
    beside = Path(__file__).parents[4] / "shared" / "corpora" / "commerce-kb"
    return Path(os.environ.get("KBVIEWER_CORPUS", beside))


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the search in a real window.")
    parser.add_argument("--corpus", type=Path, default=default_corpus())
    parser.add_argument("--articles", type=int, default=10_000, help="size of the library (10000)")
    parser.add_argument("--folder", type=Path, help="where the index is kept while it runs")
    return parser.parse_args()


if __name__ == "__main__":
    main()
