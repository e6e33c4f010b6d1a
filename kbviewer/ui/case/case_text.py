"""The results of a case as text with a little form, for its details. Knows no widgets."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kbviewer.i18n.translator import Translator
from kbviewer.model.cases import Case, StepOutcome, StepResult
from kbviewer.ui.case.wording import short_time
from kbviewer.ui.theme.tokens import Tokens


def latest_article(case: Case) -> str:
    """Return the id of the article that was worked in last, "" for none."""
    moments = [(entry.added, entry.id) for entry in case.articles]
    moments += [(step.set_at, step.article) for step in case.steps]
    moments += [(answer.answered, answer.article) for answer in case.answers]
    known = {entry.id for entry in case.articles}
    return max((moment for moment in moments if moment[1] in known), default=(None, ""))[1]


def step_outcome_title(outcome: StepOutcome, translator: Translator) -> str:
    """Return what the result of a step is called, to stand alone: "Failed"."""
    _ = translator.gettext
    return {
        StepOutcome.DONE: _("Done"),
        StepOutcome.FAILED: _("Failed"),
        StepOutcome.SKIPPED: _("Skipped"),
    }[outcome]


def results_of(case: Case, article_id: str) -> list[StepResult]:
    """Return the results in one article, in the order of their numbers."""
    found = [step for step in case.steps if step.article == article_id]
    return sorted(found, key=lambda step: step.set_at)


def results_html(case: Case, article_id: str, translator: Translator, tokens: Tokens) -> str:
    """Return answers and results in one article; everything is escaped."""
    return "".join([*_answers(case, article_id), *_results(case, article_id, translator, tokens)])


def results_text(case: Case, article_id: str, translator: Translator) -> str:
    """Return the same without form, for a screen reader."""
    lines = [_cell(row) for row in _cells(case, article_id)]
    for step in results_of(case, article_id):
        title = step_outcome_title(step.outcome, translator)
        lines.append(". ".join(part for part in (f"{step.number} {step.text}", title, step.note) if part))
    return "\n".join(lines)


def _answers(case: Case, article_id: str) -> Iterator[str]:
    for words in _cells(case, article_id):
        yield f'<p style="margin: 2px 0 6px 0">{escape(_cell(words))}</p>'


def _cells(case: Case, article_id: str) -> Iterator[tuple[str, str, str]]:
    for answer in case.answers:
        if answer.article == article_id:
            yield answer.row_text, answer.column_text, answer.category


def _cell(words: tuple[str, str, str]) -> str:
    row, column, category = words
    chosen = " – ".join(part for part in (row, column) if part)
    return f"{chosen} → {category}" if category else chosen


def _results(case: Case, article_id: str, translator: Translator, tokens: Tokens) -> Iterator[str]:
    colours = {
        StepOutcome.DONE: tokens.done,
        StepOutcome.FAILED: tokens.danger,
        StepOutcome.SKIPPED: tokens.warning,
    }
    for step in results_of(case, article_id):
        title = escape(step_outcome_title(step.outcome, translator))
        note = escape(step.note).replace("\n", "<br>")
        below = f'<br><span style="color: {tokens.text}">{note}</span>' if note else ""
        yield (
            f'<p style="margin: 2px 0 6px 0">{escape(step.number)}. {escape(step.text)}<br>'
            f'<b style="color: {colours[step.outcome]}">{title}</b>'
            f' <span style="color: {tokens.muted}">· {short_time(step.set_at)}</span>{below}</p>'
        )
