"""How long a folder of ten thousand articles takes to open, the first time and again, and what memory.

`python3 -m tests.benchmarks.large_folder [--articles N] [--languages en,sv-SE]` in `.venv`; the articles are
those of `shared/corpora/commerce-kb` beside the checkout, or of `--corpus`, copied under paths and titles of
their own. Each line is a new process, on Qt's offscreen platform. A turn is how long the event loop was kept
from its next one; CPU time is what counts on a machine that is busy with other things.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_TITLE = re.compile(r"^# (.*)$", re.MULTILINE)
_SKIPPED = {"toc.md", "metadata.md"}
_WATCHED_SECONDS = 60
_TICK_MS = 5


def main() -> None:
    """Make the folder, open it twice, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    beside = Path(__file__).parents[3] / "shared" / "corpora" / "commerce-kb"
    parser.add_argument("--corpus", type=Path, default=beside)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--languages", default="en")
    parser.add_argument("--open", nargs=2, type=Path, metavar=("FOLDER", "PROFILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.open:
        _open(*options.open)
        return
    with tempfile.TemporaryDirectory() as name:
        folder, profile = Path(name) / "articles", Path(name) / "profile"
        _copy(options.corpus, folder, options.languages.split(","), options.articles)
        for which in ("first time", "again", "again"):
            command = [
                sys.executable,
                "-m",
                "tests.benchmarks.large_folder",
                "--open",
                str(folder),
                str(profile),
            ]
            environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
            done = subprocess.run(command, env=environ, check=True, capture_output=True, text=True)
            sys.stdout.write(f"{which}: {done.stdout}")


def _copy(corpus: Path, folder: Path, languages: list[str], count: int) -> None:
    """Write `count` articles in each language, pairs under the same path."""
    trees = [corpus / language for language in languages]
    paths = [
        path.relative_to(trees[0])
        for path in sorted(trees[0].rglob("*.md"))
        if path.name.casefold() not in _SKIPPED
        and all((tree / path.relative_to(trees[0])).is_file() for tree in trees)
    ]
    for number, path in itertools.islice(enumerate(itertools.cycle(paths)), count):
        copy = number // len(paths)
        for language, tree in zip(languages, trees, strict=True):
            text = (tree / path).read_text(encoding="utf-8")
            target = folder / language / f"copy{copy}" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_TITLE.sub(rf"# \1 {copy}", text, count=1), encoding="utf-8")


def _open(folder: Path, profile: Path) -> None:
    """Open a window and print when it was there, when home was, the longest turns and the memory."""
    began = time.perf_counter()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from kbviewer.app.gui.session import Session
    from kbviewer.app.paths import Profile, data_folders
    from kbviewer.app.window_request import WindowRequest
    from kbviewer.state.user_state import UserState
    from kbviewer.ui.home.page import HomePage

    app = QApplication([])
    profile.mkdir(exist_ok=True)
    turns: list[float] = []
    with UserState.open(Profile(profile).state) as state:
        request = WindowRequest((folder,), "en", profile)
        session = Session(app, request, Profile(profile), data_folders(), state)
        session.window.show()
        shown = time.perf_counter()
        last = shown

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            turns.append(1000 * (now - last) - _TICK_MS)
            last = now
            if isinstance(session.window.parts.area.current, HomePage):
                # One more turn, so that home is on screen.
                timer.stop()
                QTimer.singleShot(0, app.quit)

        timer = QTimer()
        timer.setInterval(_TICK_MS)
        timer.timeout.connect(tick)
        timer.start()
        QTimer.singleShot(1000 * _WATCHED_SECONDS, app.quit)
        app.exec()
        ready = time.perf_counter()
        sys.stdout.write(
            f"window after {shown - began:.2f} s, home after {ready - began:.2f} s "
            f"({time.process_time():.2f} s of CPU time), longest turns "
            f"{', '.join(f'{turn:.0f}' for turn in sorted(turns)[-3:])} ms, {_pss_mib():.0f} MiB PSS\n"
        )
        sys.stdout.flush()
        session.close()


def _pss_mib() -> float:
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
