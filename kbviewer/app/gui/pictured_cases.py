"""The cases in the pictures: three calls, one of them at work in the article about online meetings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from kbviewer.model.article import Article
from kbviewer.model.blocks import ScopeMatrix, walk
from kbviewer.model.cases import CaseOutcome, StepOutcome
from kbviewer.state.user_state import UserState
from kbviewer.ui.case.desk import CaseDesk

MEETINGS, REGISTERING = "online-meetings", "kb902534"
# In the middle of what the case at work has done.
PLACE: Final = "update-computer"
_DONE, _FAILED, _SKIPPED = StepOutcome.DONE, StepOutcome.FAILED, StepOutcome.SKIPPED
_FIRST: Final = datetime(2026, 3, 2, 9, 12, tzinfo=UTC)


class _Words(NamedTuple):
    page_unreachable: str
    note: str
    answered: str


_WORDS: Final = {
    "sv": _Words(
        "Sidan går inte att nå från kontoret.",
        "Felet började i måndags, efter uppdateringen.",
        "Fyra personer på ekonomi",
    ),
    "en": _Words(
        "The page cannot be reached from the office.",
        "It began on Monday, after the update.",
        "Four people in accounting",
    ),
}


class PictureClock:
    """Every question takes a minute, so that all pictures tell the same times."""

    def __init__(self) -> None:
        self._now = _FIRST

    def __call__(self) -> datetime:
        """Return the time."""
        self._now += timedelta(minutes=1)
        return self._now


def work_on_cases(desk: CaseDesk, state: UserState, meetings: Article, registering: Article) -> None:
    """Make the cases; the last one stays at work."""
    words = _WORDS[meetings.language]
    solved = desk.start("INC-4687", registering)
    desk.set_outcome(registering, ["start-messenger"], _DONE)
    desk.close(solved, CaseOutcome.SOLVED)
    desk.start("INC-4702", registering)
    desk.set_outcome(registering, ["start-messenger"], _FAILED)
    desk.pause()

    case_id = desk.start("INC-4711", meetings)
    matrix = next(block for block in walk(meetings.blocks) if isinstance(block, ScopeMatrix))
    desk.set(meetings, matrix.key, 0, 2)
    desk.set_outcome(meetings, ["windows-update"], _DONE)
    desk.set_outcome(meetings, ["lync-update"], _FAILED)
    desk.set_note(meetings, "lync-update", words.page_unreachable)
    desk.set_outcome(meetings, ["certificate-open"], _DONE)
    desk.set_outcome(meetings, ["certificate-expand"], _SKIPPED)
    state.cases.add_note(case_id, words.note)
