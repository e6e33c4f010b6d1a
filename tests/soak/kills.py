"""Real processes, killed at random moments: `python -m tests.soak.kills --runs 200`.

Each run works on a profile, through the stores or in the real window, and is killed. Then the profile
is opened again: all that was said to be saved must be there, and nothing may be there by half.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from kbviewer.state.user_state import UserState
from tests.soak.worker import ARTICLE, ROWS_OF_IMPORT

ROOT = Path(__file__).parents[2]
RUNS_PER_PROFILE = 10
EVERY_WINDOW = 4
MOST_LINES = 120
LONGEST_DELAY_S = 0.03
PATIENCE_S = 60.0


@dataclass
class Told:
    """What the killed processes have said about one profile."""

    cases: dict[int, dict[str, Any]] = field(default_factory=dict)
    ticks: set[str] = field(default_factory=set)
    boxes: dict[str, bool] = field(default_factory=dict)
    comments: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    count: int = 0

    def hear(self, lines: list[str]) -> None:
        """Take in what one process said until it was killed."""
        said = [json.loads(line) for line in lines if line.endswith("\n")]
        for item in said:
            self._hear(item)
        self.count += sum("ready" not in item and "ticking" not in item for item in said)
        # It was doing that when it was killed: either is right.
        if said and "ticking" in said[-1]:
            self.boxes.pop(said[-1]["ticking"], None)
        if said and "moving" in said[-1]:
            self.cases.pop(said[-1]["moving"], None)

    def _hear(self, item: dict[str, Any]) -> None:
        match item:
            case {"case": number, **what}:
                case = self.cases.setdefault(number, {"steps": {}, "notes": set(), "closed": ""})
                if "step" in what:
                    case["steps"][tuple(what["step"])] = what["outcome"]
                elif "note" in what:
                    case["notes"].add(what["note"])
                elif "closed" in what:
                    case["closed"] = what["closed"]
            case {"tick": step}:
                self.ticks.add(step)
            case {"box": step, "done": done}:
                self.boxes[step] = done
            case {"comment": text}:
                self.comments.add(text)
            case {"imported": name}:
                self.imported.add(name)


def kill_one(profile: Path, seed: int, *, in_window: bool) -> list[str]:
    """Start a process on the profile, kill it at a moment that the seed chooses; return what it said."""
    chance = random.Random(seed)
    module = "tests.soak.window_worker" if in_window else "tests.soak.worker"
    with subprocess.Popen(
        [sys.executable, "-m", module, str(profile), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as process:
        assert process.stdout is not None
        lines = list(islice(process.stdout, chance.randrange(MOST_LINES)))
        # The moment is what is tested: anywhere between two lines, also before the first.
        time.sleep(chance.random() * LONGEST_DELAY_S)
        process.kill()
        lines += list(process.stdout)
        process.wait(PATIENCE_S)
    return lines


def faults(path: Path, told: Told) -> list[str]:
    """Open the profile and return what is lost or there by half."""
    with UserState.open(path) as state:
        found = [f"notice: {state.notice}"] if state.notice is not None else []
        if (check := state.database.read("PRAGMA quick_check")) != [("ok",)]:
            found.append(f"quick_check: {check}")
        found += _lost(state, told)
        found += _half_there(state)
    return found


def _lost(state: UserState, told: Told) -> list[str]:
    found = [f"lost tick {step}" for step in told.ticks - state.ticks.done("kb")]
    boxes = state.ticks.done(ARTICLE)
    found += [f"box {step} is not {done}" for step, done in told.boxes.items() if (step in boxes) != done]
    comments = {comment.text for comment in state.comments.list()}
    found += [f"lost comment {text}" for text in told.comments - comments]
    for name in told.imported:
        if len(state.ticks.done(name)) != ROWS_OF_IMPORT:
            found.append(f"lost import {name}")
    there = {summary.id for summary in state.cases.list()}
    for number, wanted in told.cases.items():
        if number not in there:
            found.append(f"lost case {number}")
            continue
        case = state.cases.get(number)
        steps = {step.key: step.outcome.value for step in case.steps}
        found += [f"lost {key} of case {number}" for key in wanted["steps"].items() - steps.items()]
        found += [f"lost note of case {number}" for _ in wanted["notes"] - {note.text for note in case.notes}]
        if wanted["closed"] and case.outcome.value != wanted["closed"]:
            found.append(f"case {number} is not {wanted['closed']}")
    return found


def _half_there(state: UserState) -> list[str]:
    found = []
    for summary in state.cases.list():
        case = state.cases.get(summary.id)
        articles = {article.id for article in case.articles}
        if not {"kb0", "kb1", "kb2"} <= articles:
            found.append(f"case {case.id} has only {articles}")
        if not {step.article for step in case.steps} <= articles:
            found.append(f"case {case.id} has results without their article")
        if not case.is_open and (len(case.steps), len(case.notes)) != (16, 1):
            found.append(f"case {case.id} is closed by half")
    for table in ("case_articles", "case_answers", "case_steps", "case_notes"):
        sql = f"SELECT count(*) FROM {table} WHERE case_id NOT IN (SELECT id FROM cases)"
        if (count := state.database.read(sql)[0][0]) != 0:
            found.append(f"{count} rows of {table} without a case")
    for article, count in state.database.read("SELECT article, count(*) FROM ticks GROUP BY article"):
        if article.startswith("run-") and count != ROWS_OF_IMPORT:
            found.append(f"import {article} is there by half")
    for table in ("cases", "case_notes", "comments"):
        sql = f"SELECT count(*) - count(DISTINCT nullif(origin, '')) FROM {table}"
        if state.database.read(sql) != [(0,)]:
            found.append(f"{table} without a name of their own")
    return found


def main() -> int:
    """Do the runs and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found: list[str] = []
    acknowledged = windows = 0
    told = Told()
    with tempfile.TemporaryDirectory(prefix="kbviewer-kills-") as folder:
        for run in range(options.runs):
            profile = Path(folder) / str(run // RUNS_PER_PROFILE)
            if run and run % RUNS_PER_PROFILE == 0:
                told = Told()
            in_window = run % EVERY_WINDOW == EVERY_WINDOW - 1
            windows += in_window
            before = told.count
            told.hear(kill_one(profile, options.seed * 100_000 + run, in_window=in_window))
            acknowledged += told.count - before
            new = [f"run {run}: {fault}" for fault in faults(profile / "state.sqlite", told)]
            for fault in new:
                print(fault, flush=True)
            found += new
    print(
        f"{options.runs} kills ({windows} of the window), {acknowledged} acknowledged writes, "
        f"{len(found)} lost or by half"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
