"""What to have at hand when asking a person for help: a text from the article and what was done in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    BulletList,
    Heading,
    ListRole,
    Paragraph,
    ScopeMatrix,
    Step,
    StepList,
    walk,
)
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.inline import plain_text
from kbviewer.model.messages import Gettext
from kbviewer.model.progress import Progress, article_progress, leaves

ChoiceOf = Callable[[str], tuple[int | None, int | None]]


def triage_questions(article: Article) -> tuple[str, ...]:
    """Return the questions that the article wants answered before anyone helps."""
    questions: list[str] = []
    for block in walk(article.blocks):
        if isinstance(block, BulletList) and block.role is ListRole.TRIAGE:
            for item in block.items:
                texts = [plain_text(part.runs) for part in item if isinstance(part, Paragraph)]
                questions.append(" ".join(texts))
    return tuple(questions)


def build_summary(
    article: Article, marks: Mapping[str, StepMark], choice_of: ChoiceOf, gettext: Gettext
) -> str:
    """Return article and revision, what was chosen in its matrix, what became of its steps."""
    _ = gettext
    lines = [
        _("Article: {title} ({id}, {language})").format(
            title=article.title, id=article.id, language=article.language
        ),
        _("Revision: {revision}").format(revision=article.revision or _("Unknown")),
    ]
    for block in walk(article.blocks):
        if isinstance(block, ScopeMatrix):
            lines += _chosen(block, choice_of(block.key), gettext)
    done = {step for step, mark in marks.items() if mark.outcome is StepOutcome.DONE}
    progress = article_progress(article, done)
    if progress.total:
        lines.append(_steps_line(progress, gettext))
        lines += _tried(article, marks, gettext)
    questions = triage_questions(article)
    if questions:
        lines += ["", _("To find out:")]
        lines += [f"- {question}" for question in questions]
    return "\n".join(lines) + "\n"


def _chosen(matrix: ScopeMatrix, choice: tuple[int | None, int | None], gettext: Gettext) -> list[str]:
    _ = gettext
    row, column = choice
    parts = []
    if row is not None and row < len(matrix.rows):
        parts.append(matrix.rows[row])
    if column is not None and column < len(matrix.columns):
        parts.append(matrix.columns[column])
    if not parts:
        return []
    line = _("Scope: {choice}").format(choice=" · ".join(parts))
    if len(parts) == 2 and row is not None and column is not None:
        line += f" → {matrix.cells[row][column].category}"
    return [line]


def _steps_line(progress: Progress, gettext: Gettext) -> str:
    return gettext("Steps done: {done} of {total}").format(done=progress.done, total=progress.total)


def _tried(article: Article, marks: Mapping[str, StepMark], gettext: Gettext) -> list[str]:
    lines: list[str] = []
    heading = ""
    for block in walk(article.blocks):
        if isinstance(block, Heading):
            heading = plain_text(block.runs)
        elif isinstance(block, StepList):
            for step in block.steps:
                mark = marks.get(step.id)
                if mark is not None and leaves(step) == (step,):
                    if heading:
                        lines.append(f"  {heading}")
                        heading = ""
                    lines.append(_tried_line(step, mark, gettext))
    return lines


def _tried_line(step: Step, mark: StepMark, gettext: Gettext) -> str:
    """Return "  [!] 1. Restart – failed: it hangs"."""
    box, word = {
        StepOutcome.DONE: ("x", ""),
        StepOutcome.FAILED: ("!", gettext("failed")),
        StepOutcome.SKIPPED: ("-", gettext("skipped")),
    }[mark.outcome]
    said = ": ".join(part for part in (word, " ".join(mark.note.split())) if part)
    return f"  [{box}] {step.number}. {plain_text(step.runs)}" + (f" – {said}" if said else "")
