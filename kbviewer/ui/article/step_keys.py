"""The keys at a step and in the guided view: one table for what answers them and what lists them. Qt-free."""

from __future__ import annotations

from typing import Final, NamedTuple

from kbviewer.model.cases import StepOutcome
from kbviewer.model.messages import N_


class ListedKeys(NamedTuple):
    """What a sheet says about keys.

    Attributes:
        keys: portable key sequences, any of them.
        text: what they do, in English; translated when shown. "" for giving `outcome`.
        outcome: what a step becomes.
    """

    keys: tuple[str, ...]
    text: str = ""
    outcome: StepOutcome | None = None


DONE_KEY: Final = "D"
OUTCOME_KEYS: Final = {
    DONE_KEY: StepOutcome.DONE,
    "F": StepOutcome.FAILED,
    "S": StepOutcome.SKIPPED,
    "Delete": None,
}
"""What a step becomes with a plain key, by its name."""

NOTE_KEY: Final = "N"

_ONLY_WITH_RESULTS: Final = frozenset({"F", "S", "Delete", NOTE_KEY, "Shift+F10"})

AT_A_STEP: Final = (
    ListedKeys(("Space",), N_("Tick the step, or clear it")),
    *(ListedKeys((key,), outcome=outcome) for key, outcome in OUTCOME_KEYS.items()),
    ListedKeys((NOTE_KEY,), N_("Write a note on the step")),
    ListedKeys(("Shift+F10",), N_("Menu of the step")),
)

IN_GUIDED_VIEW: Final = (
    ListedKeys((DONE_KEY, "Ctrl+Enter"), N_("Done, and on to the next step")),
    ListedKeys(("F",), N_("Failed, and on to the next step")),
    ListedKeys(("S",), N_("Skipped, and on to the next step")),
    ListedKeys(("Left", "Right"), N_("Step before, step after")),
    ListedKeys(("Home", "End"), N_("First step, last step")),
    ListedKeys(("Esc",), N_("Back to the whole article")),
)
"""What the keys do there; Ctrl+Enter also while a note is being written."""


def needs_results(line: ListedKeys) -> bool:
    """Return whether keys do something only where steps can be more than done."""
    return line.outcome is not None or line.keys[0] in _ONLY_WITH_RESULTS
