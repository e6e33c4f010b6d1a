"""What became of a step, in words: on its box, under its text, in its menu, on paper. Qt-free."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from kbviewer.model.blocks import Step
from kbviewer.model.cases import StepChange, StepMark, StepOutcome
from kbviewer.model.inline import plain_text
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.tick_model import TickModel


class ResultWords(NamedTuple):
    """The line under a step.

    Attributes:
        head: the outcome and when it was set.
        note: as it was written, "" for none.
        change: says that the step reads otherwise now, "" when it does not.
    """

    head: str
    note: str
    change: str

    def __str__(self) -> str:
        said = f"{self.head} – {self.note}" if self.note else self.head
        return f"{said}\n{self.change}" if self.change else said


class StepWords:
    """Speaks of steps in the reader's language."""

    def __init__(self, texts: Texts, now: Callable[[], datetime] = datetime.now) -> None:
        self._texts = texts
        self._now = now

    def outcome(self, outcome: StepOutcome | None) -> str:
        """Return what an outcome is called, None being that the step has not been tried."""
        pgettext = self._texts.pgettext
        match outcome:
            case StepOutcome.DONE:
                return pgettext("step", "Done")
            case StepOutcome.FAILED:
                return pgettext("step", "Failed")
            case StepOutcome.SKIPPED:
                return pgettext("step", "Skipped")
            case _:
                return pgettext("step", "Not tried")

    def head(self, mark: StepMark, *, dated: bool = False) -> str:
        """Return the outcome and the minute, with the day unless it is today and not `dated`."""
        word = self.outcome(mark.outcome)
        if mark.set_at is None:
            return word
        at = mark.set_at.astimezone()
        has_day = dated or at.date() != self._now().date()
        return f"{word} {at:%Y-%m-%d %H:%M}" if has_day else f"{word} {at:%H:%M}"

    def line(self, mark: StepMark | None, *, dated: bool = False) -> ResultWords | None:
        """Return the line under the step; None when its box says it all."""
        if mark is None:
            return None
        changed = mark.change is not StepChange.UNCHANGED
        if mark.outcome is StepOutcome.DONE and not mark.note and not changed:
            return None
        return ResultWords(self.head(mark, dated=dated), mark.note, self._change(mark) if changed else "")

    def name(self, step: Step, model: TickModel) -> str:
        """Return what a screen reader calls the step's box."""
        gettext = self._texts.gettext
        name = gettext("Step {number}: {text}").format(number=step.number, text=plain_text(step.runs))
        parts = [name]
        if model.is_parent(step.id):
            progress = model.progress(step.id)
            done = gettext("{done} of {total} sub-steps done")
            parts.append(done.format(done=progress.done, total=progress.total))
            parts += self._counts(step.id, model)
        else:
            mark = model.mark(step.id)
            if mark is not None and mark.outcome is not StepOutcome.DONE:
                parts.append(self.outcome(mark.outcome))
        return " – ".join(parts)

    def description(self, step: Step, model: TickModel) -> str:
        """Return when the result was set, its note and whether the step has changed; "" for a plain tick."""
        mark = model.mark(step.id) if not model.is_parent(step.id) else None
        if mark is None or (mark.set_at is None and not mark.note):
            return ""
        words = self.line(mark)
        return str(words) if words is not None else self.head(mark)

    def _counts(self, step_id: str, model: TickModel) -> list[str]:
        """Return how many sub-steps failed and how many were skipped, where there are any."""
        ngettext = self._texts.ngettext
        failed, skipped = (
            model.count(step_id, outcome) for outcome in (StepOutcome.FAILED, StepOutcome.SKIPPED)
        )
        parts = []
        if failed:
            parts.append(ngettext("{number} failed", "{number} failed", failed).format(number=failed))
        if skipped:
            parts.append(ngettext("{number} skipped", "{number} skipped", skipped).format(number=skipped))
        return parts

    def _change(self, mark: StepMark) -> str:
        gettext = self._texts.gettext
        if not mark.was:
            return gettext("The step has been changed since then.")
        return gettext("The step has been changed since then; it read: “{text}”").format(text=mark.was)
