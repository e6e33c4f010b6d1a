"""Works on a profile without end: `python -m tests.soak.worker PROFILE SEED`.

Says on its output, a line of JSON each, what it is about to do and what it has been told is saved.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

from kbviewer.model.cases import CaseOutcome, StepOutcome
from kbviewer.state.user_state import UserState
from tests.support.case_article import swedish

STEPS = ("open", "write", "save", "again")
ROWS_OF_IMPORT = 40
ARTICLE = "kb902534"
"""What the window shows."""


def say(**what: Any) -> None:
    print(json.dumps(what), flush=True)


def work(state: UserState, profile: Path, chance: random.Random, run: str) -> None:
    """One round: a case from its beginning to its end, with ticks, comments and an import in between."""
    articles = [swedish(article_id=f"kb{number}") for number in range(4)]
    case_id = state.cases.create("sv", run, articles[:3]).case_id
    say(case=case_id)
    for article in articles:
        for step in chance.sample(STEPS, len(STEPS)):
            outcome = chance.choice(list(StepOutcome))
            state.cases.set_step(case_id, article, step, outcome, "x" * chance.randrange(600))
            say(case=case_id, step=[article.id, step], outcome=outcome.value)
            tick = f"{run}-{case_id}-{article.id}-{step}"
            state.ticks.set_done("kb", [tick], True)
            say(tick=tick)
    note = f"{run} {chance.random()}"
    state.cases.add_note(case_id, note)
    say(case=case_id, note=note)
    comment = f"{run} {chance.random()}"
    state.comments.add("kb", "sv", "", comment)
    say(comment=comment)
    name = f"{run}-{case_id}"
    file = write_import(profile / f"{name}.json", name)
    state.data.import_from(file)
    say(imported=name)
    file.unlink()
    say(moving=case_id)
    state.cases.undo(state.cases.delete(case_id))
    say(case=case_id, moved=True)
    end = chance.choice([CaseOutcome.SOLVED, CaseOutcome.ESCALATED])
    state.cases.close(case_id, end)
    say(case=case_id, closed=end.value)


def write_import(path: Path, name: str) -> Path:
    """Write a file whose rows come in together or not at all."""
    at = "2026-03-01T12:00:00+00:00"
    ticks = [{"article": name, "step": str(number), "ticked_at": at} for number in range(ROWS_OF_IMPORT)]
    tables = {"ticks": ticks, "comments": [
        {"article": name, "language": "sv", "anchor": "", "text": "", "written_at": at, "origin": name}
    ]}  # fmt: skip
    path.write_text(json.dumps({"format": "kbviewer-data", "version": 1, "tables": tables}), encoding="utf-8")
    return path


def main() -> None:
    profile, seed = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    with UserState.open(profile / "state.sqlite") as state:
        say(ready=True)
        while True:
            work(state, profile, chance, f"run-{seed}")


if __name__ == "__main__":
    main()
