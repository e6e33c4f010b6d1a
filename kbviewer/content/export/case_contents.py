"""What the report of a case says, before it has a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kbviewer.content.export.case_questions import questions_as_asked
from kbviewer.content.export.labels import Labels, quoted
from kbviewer.model.article import Article
from kbviewer.model.case_changes import NumberedStep, find_matrix, numbered_steps, step_changes
from kbviewer.model.cases import (
    Case,
    CaseArticle,
    CaseOutcome,
    StepChange,
    StepOutcome,
    StepResult,
    TriageAnswer,
)
from kbviewer.model.inline import Runs, plain_text
from kbviewer.model.messages import Gettext

Variants = Mapping[str, Article]


class Voice(Protocol):
    """Who speaks a language, and formats as it does."""

    @property
    def language(self) -> str:
        """BCP 47 tag of the language."""

    def gettext(self, text: str, /) -> str:
        """Return `text` in it."""

    def long_date(self, day: date, /) -> str:
        """Return a day to read."""

    def local_time(self, moment: datetime, /) -> str:
        """Return day and minute to read, in the reader's zone."""

    def language_name(self, tag: str, /) -> str:
        """Return what the language `tag` is called."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How the report speaks.

    Attributes:
        language: of the report and, where there is one, of the article's text in it.
        gettext: looks sentences up in that language.
        format_date: puts a day into the reader's form.
        format_time: puts day and minute into the reader's form and zone.
        language_name: names a language; the tag itself when nothing better is known.
    """

    language: str
    gettext: Gettext
    format_date: Callable[[date], str] = date.isoformat
    format_time: Callable[[datetime], str] = lambda moment: moment.isoformat(" ", "minutes")
    language_name: Callable[[str], str] = str

    @classmethod
    def of(cls, voice: Voice) -> Speech:
        """Return how `voice` speaks."""
        return cls(voice.language, voice.gettext, voice.long_date, voice.local_time, voice.language_name)


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value; the languages are "" where they are the report's."""

    name: str
    value: str
    language: str = ""
    name_language: str = ""


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A step with its result."""

    number: str
    text: str
    facts: tuple[Fact, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """Steps that are numbered together."""

    title: str
    steps: tuple[StepEntry, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class ArticleSection:
    """What the case did in one article; `questions` are the triage questions, each with its answer."""

    title: str
    facts: tuple[Fact, ...]
    questions: tuple[Fact, ...]
    procedures: tuple[Procedure, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class CaseContents:
    """The whole report."""

    language: str
    title: str
    facts: tuple[Fact, ...]
    sections: tuple[ArticleSection, ...]
    questions_title: str
    notes_title: str
    notes: tuple[Fact, ...]


def case_contents(case: Case, articles: Iterable[Article], speech: Speech) -> CaseContents:
    """Return what the report says.

    Args:
        articles: variants of the case's articles as they are now, both in the report's language and
            in those that were read; whatever is missing is told from what the case has kept.
    """
    variants: dict[str, dict[str, Article]] = {}
    for article in articles:
        variants.setdefault(article.id, {}).setdefault(article.language, article)
    every = [article for found in variants.values() for article in found.values()]
    writer = _Writer(case, step_changes(case, every), speech)
    gettext = speech.gettext
    return CaseContents(
        language=speech.language,
        title=gettext("Case report") if case.id else gettext("Report for support"),
        facts=tuple(writer.head()),
        sections=tuple(writer.section(entry, variants.get(entry.id, {})) for entry in case.articles),
        questions_title=gettext("Triage questions"),
        notes_title=gettext("Notes"),
        notes=tuple(Fact(writer.written(note.written, note.edited), note.text) for note in case.notes),
    )


class _Writer:
    """Puts a case into words."""

    def __init__(self, case: Case, changes: Mapping[tuple[str, str], StepChange], speech: Speech) -> None:
        self._case = case
        self._changes = changes
        self._speech = speech
        self._labels = Labels(speech.gettext, speech.format_date, speech.language_name)

    def head(self) -> Iterator[Fact]:
        """Yield what is known of the case as a whole; of one that nobody keeps, reference and time."""
        gettext, case = self._speech.gettext, self._case
        if not case.id:
            yield Fact(gettext("Reference"), case.reference or gettext("None"))
            yield Fact(gettext("Written"), self._speech.format_time(case.started))
            return
        yield Fact(gettext("Case"), str(case.id))
        yield Fact(gettext("Reference"), case.reference or gettext("None"))
        yield Fact(gettext("Started"), self._speech.format_time(case.started))
        yield Fact(gettext("Outcome"), outcome_name(case.outcome, gettext))
        if case.closed:
            yield Fact(gettext("Closed"), self._speech.format_time(case.closed))

    def written(self, moment: datetime, edited: datetime | None) -> str:
        """Return when a note was written, and that it was changed later."""
        when = self._speech.format_time(moment)
        if edited is None:
            return when
        return self._speech.gettext("{written}, changed {edited}").format(
            written=when, edited=self._speech.format_time(edited)
        )

    def section(self, entry: CaseArticle, variants: Variants) -> ArticleSection:
        """Return what was done in one article."""
        article = _best(variants, self._speech.language, entry.language)
        title, language = (article.title, article.language) if article else (entry.title, entry.language)
        return ArticleSection(
            title=title,
            facts=(*self._article_facts(entry, article), *self._triage(entry.id, article, variants)),
            questions=tuple(self._questions(entry.id, article, variants)),
            procedures=tuple(self._procedures(entry.id, article, variants)),
            language=self._other(language),
        )

    def _article_facts(self, entry: CaseArticle, article: Article | None) -> Iterator[Fact]:
        gettext = self._speech.gettext
        yield Fact(gettext("Article id"), article.uid or entry.id if article else entry.id)
        revision = entry.revision or gettext("Unknown")
        if article and article.revision != entry.revision:
            # TRANSLATORS: {revision} is the one that the technician read.
            revision = gettext("{revision}; the library now has {current}").format(
                revision=revision, current=article.revision or gettext("Unknown")
            )
        yield Fact(gettext("Revision"), revision)
        yield Fact(gettext("Read in"), self._speech.language_name(entry.language))
        if article is None:
            yield Fact(gettext("Article"), gettext("No longer in the library"))
            return
        translation = article.translation
        status = self._labels.provenance(translation) if translation else gettext("Original text")
        yield Fact(gettext("Translation"), status)
        yield Fact(gettext("Applies to"), ", ".join(article.applies_to or ()) or gettext("Not stated"))
        reviewed = article.last_reviewed
        content_date = self._speech.format_date(reviewed.date()) if reviewed else gettext("Unknown")
        yield Fact(gettext("Content date"), content_date)

    def _triage(self, article_id: str, article: Article | None, variants: Variants) -> Iterator[Fact]:
        """Yield the matrix choices in words."""
        for answer in self._case.answers:
            if answer.article == article_id:
                row, column, category, language = cell_words(answer, article, variants)
                words = " – ".join(filter(None, [row, column]))
                value = f"{words} → {category}" if category else words
                yield Fact(self._speech.gettext("Scope"), value, self._other(language))

    def _questions(self, article_id: str, article: Article | None, variants: Variants) -> Iterator[Fact]:
        """Yield the triage questions that have an answer, each with the answer."""
        kept = [said for said in self._case.questions if said.article == article_id]
        choices = [answer for answer in self._case.answers if answer.article == article_id]
        for said, text, language in questions_as_asked(kept, choices, article, variants):
            yield Fact(text, said.answer, name_language=self._other(language))

    def _procedures(
        self, article_id: str, article: Article | None, variants: Variants
    ) -> Iterator[Procedure]:
        """Yield the steps that have a result: those of the article in its order, then those that left it."""
        gettext = self._speech.gettext
        results = {result.step: result for result in self._case.steps if result.article == article_id}
        groups: dict[int, list[NumberedStep]] = {}
        for place in numbered_steps(article) if article else ():
            if place.step.id in results:
                groups.setdefault(id(place.procedure), []).append(place)
        for group in groups.values():
            procedure = group[0].procedure
            language = group[0].language if procedure.title else self._speech.language
            yield Procedure(
                _plain(procedure.title, language) or gettext("Steps"),
                tuple(self._step(place, results.pop(place.step.id), variants) for place in group),
                self._other(language),
            )
        if results:
            title = gettext("Steps that the article no longer has") if article else gettext("Steps")
            yield Procedure(title, tuple(map(self._gone_step, results.values())))

    def _step(self, place: NumberedStep, result: StepResult, variants: Variants) -> StepEntry:
        facts = [*self._result(result)]
        if self._changes.get(result.key) is StepChange.CHANGED:
            facts.append(self._change(result, variants.get(result.language)))
        text = _plain(place.step.runs, place.language)
        return StepEntry(place.number, text, tuple(facts), self._other(place.language))

    def _gone_step(self, result: StepResult) -> StepEntry:
        facts = tuple(self._result(result))
        return StepEntry(result.number, result.text, facts, self._other(result.language))

    def _change(self, result: StepResult, read: Article | None) -> Fact:
        """Say what has changed: the action itself, or only what belongs to it."""
        gettext = self._speech.gettext
        for place in numbered_steps(read) if read else ():
            if place.step.id == result.step and " ".join(plain_text(place.step.runs).split()) == result.text:
                return Fact(gettext("Changed since"), gettext("what belongs to the step, not its own text"))
        return Fact(gettext("Changed since; it read"), result.text, self._other(result.language))

    def _result(self, result: StepResult) -> Iterator[Fact]:
        name = step_outcome_name(result.outcome, self._speech.gettext)
        # Ticks outside of a case do not know when they were set.
        said = f"{name}, {self._speech.format_time(result.set_at)}" if self._case.id else name
        yield Fact(self._speech.gettext("Result"), said)
        if result.note:
            yield Fact(self._speech.gettext("Technician’s note"), result.note)

    def _other(self, language: str) -> str:
        """Return the language when it is another than the report's, else ""."""
        return "" if language == self._speech.language else language


def outcome_name(outcome: CaseOutcome, gettext: Gettext) -> str:
    """Return what the outcome of a case is called."""
    return {
        CaseOutcome.OPEN: gettext("open"),
        CaseOutcome.SOLVED: gettext("solved"),
        CaseOutcome.ESCALATED: gettext("escalated"),
    }[outcome]


def step_outcome_name(outcome: StepOutcome, gettext: Gettext) -> str:
    """Return what the result of a step is called."""
    return {
        StepOutcome.DONE: gettext("done"),
        StepOutcome.FAILED: gettext("failed"),
        StepOutcome.SKIPPED: gettext("skipped"),
    }[outcome]


def _best(variants: Variants, *languages: str) -> Article | None:
    """Return the variant in the first of `languages` that there is, else any."""
    for language in languages:
        if language in variants:
            return variants[language]
    return next(iter(variants.values()), None)


def cell_words(
    answer: TriageAnswer, article: Article | None, variants: Variants
) -> tuple[str, str, str, str]:
    """Return row, column, category and their language.

    They are those of `article` when the matrix still says in the language that was read what it said
    then, else those that were read: a row may have moved.
    """
    as_read = answer.row_text, answer.column_text, answer.category
    kept = (*as_read, answer.language)
    read = variants.get(answer.language)
    if article is None or read is None or _words_of_cell(read, answer) != as_read:
        return kept
    words = _words_of_cell(article, answer)
    return (*words, article.language) if words else kept


def _words_of_cell(article: Article, answer: TriageAnswer) -> tuple[str, str, str] | None:
    matrix = find_matrix(article, answer.matrix)
    row, column = answer.row, answer.column
    if matrix is None or (row or 0) >= len(matrix.rows) or (column or 0) >= len(matrix.columns):
        return None
    return (
        "" if row is None else matrix.rows[row],
        "" if column is None else matrix.columns[column],
        "" if row is None or column is None else matrix.cells[row][column].category,
    )


def _plain(runs: Runs, language: str) -> str:
    return " ".join("".join(quoted(run, language) for run in runs).split())
