"""What a guided view says aloud."""

from __future__ import annotations

from collections.abc import Iterator

from kbviewer.model.blocks import Blocks, Callout, Paragraph, ParagraphRole, block_runs, walk
from kbviewer.model.inline import plain_text
from kbviewer.ui.article.box_writer import callout_label, role_label
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.guided_model import GuidedWalk
from kbviewer.ui.article.step_words import StepWords


def position_words(walk: GuidedWalk, texts: Texts, *, short: bool = False) -> str:
    """Return "Step 3 of 12 · title of the procedure", `short` without it; at the end the title alone."""
    title = walk.procedure.title if walk.procedure is not None else ""
    if walk.step is None:
        return title
    place = texts.gettext("Step {number} of {total}").format(number=walk.index + 1, total=len(walk.steps))
    return place if short else f"{place} · {title}"


def count_words(walk: GuidedWalk, texts: Texts) -> str:
    """Return how many steps have which result; results that no step has are left out."""
    counts, gettext, ngettext = walk.counts(), texts.gettext, texts.ngettext
    parts = [gettext("{done} of {total} steps done").format(done=counts.done, total=counts.total)]
    if counts.failed:
        parts.append(
            ngettext("{number} failed", "{number} failed", counts.failed).format(number=counts.failed)
        )
    if counts.skipped:
        skipped = ngettext("{number} skipped", "{number} skipped", counts.skipped)
        parts.append(skipped.format(number=counts.skipped))
    return " · ".join(parts)


def end_words(walk: GuidedWalk, texts: Texts) -> str:
    """Return what the end says of the procedure as a whole."""
    untried = walk.counts().untried
    if not untried:
        return texts.gettext("All steps are dealt with")
    sentence = texts.ngettext(
        "{count} step has not been tried yet", "{count} steps have not been tried yet", untried
    )
    return sentence.format(count=untried)


def spoken_step(walk: GuidedWalk, texts: Texts) -> str:
    """Return what is said when a step comes up: place, warnings, action; at the end the counts."""
    step = walk.step
    if step is None:
        return f"{end_words(walk, texts)}. {count_words(walk, texts)}"
    place = texts.gettext("Step {number} of {total}").format(number=walk.index + 1, total=len(walk.steps))
    mark = walk.mark(step.id)
    words = [*_warnings((*walk.prerequisites, *step.guards), texts), plain_text(step.runs)]
    if mark is not None:
        words.append(StepWords(texts).outcome(mark.outcome))
    return f"{place}: " + " ".join(word.strip() for word in words)


def _warnings(blocks: Blocks, texts: Texts) -> Iterator[str]:
    for block in blocks:
        parts = (plain_text(block_runs(part)).strip() for part in walk((block,)))
        words = " ".join(filter(None, parts))
        if isinstance(block, Callout):
            yield f"{callout_label(block.kind, texts)}: {words}"
        elif isinstance(block, Paragraph) and block.role is ParagraphRole.PREREQUISITE:
            yield f"{role_label(block.role, texts)}: {words}"
