"""What goes into a report for support: answers, reference and words, in a case or without. Knows no Qt."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from kbviewer.content.export import ReportForm, Speech, articles_of_case, case_report
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.cases import Case, CaseArticle, CaseNote, StepMark
from kbviewer.model.library import ArticleRepository
from kbviewer.model.quiet_case import answered_questions, quiet_case
from kbviewer.model.triage import ChoiceOf, TriageQuestion, answer_from_scope, triage_questions
from kbviewer.ui.case.reports import SUFFIXES


@dataclass(slots=True)
class Draft:
    """What was typed for a report and is not kept anywhere else.

    Attributes:
        answers: by article and question.
        reference: what others call the case, while there is no case.
        words: what else support should know.
    """

    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    reference: str = ""
    words: str = ""

    def to_text(self) -> str:
        """Return it as a text, "" when nothing was typed."""
        answers = [[*place, text] for place, text in self.answers.items() if text]
        if not (answers or self.reference or self.words):
            return ""
        return json.dumps([answers, self.reference, self.words], ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Draft:
        """Read what `to_text` has written; a draft of another version of the program is empty."""
        try:
            answers, reference, words = json.loads(text) if text else ([], "", "")
            kept = {(str(article), str(key)): str(said) for article, key, said in answers}
        except (TypeError, ValueError):
            return cls()
        return cls(kept, str(reference), str(words))


@dataclass(frozen=True, slots=True)
class AnswerField:
    """A question to answer.

    Attributes:
        answer: what stands there at first.
        is_suggested: whether that comes from the choice in a matrix.
    """

    article: str
    question: TriageQuestion
    answer: str
    is_suggested: bool


class Escalation:
    """One report in the making. What is typed goes to the draft; the caller keeps it in the case.

    Attributes:
        case: the case that is at work, as it was read; None without one.
        draft: lives longer than the dialog.
    """

    def __init__(
        self,
        article: Article,
        case: Case | None,
        draft: Draft,
        marks: Mapping[str, StepMark],
        choice_of: ChoiceOf,
        library: ArticleRepository,
        translator: Translator,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.article = article
        self.case = case
        self.draft = draft
        self._marks = marks
        self._choice_of = choice_of
        self._library = library
        self._translator = translator
        self._clock = clock
        self._voices: dict[str, Speech] = {}
        self._articles: dict[str, Sequence[Article]] = {}
        self.fields = tuple(self._fields())
        self._answers = {(field.article, field.question.key): field.answer for field in self.fields}

    @property
    def reference(self) -> str:
        """The reference of the case, or the one that was typed."""
        return self.case.reference if self.case is not None else self.draft.reference

    @property
    def answers(self) -> Mapping[str, str]:
        """The answers to the questions of the article that is read, by their keys."""
        return {key: answer for (article, key), answer in self._answers.items() if article == self.article.id}

    def answer(self, article: str, key: str, text: str) -> None:
        """Take an answer."""
        self._answers[article, key] = text
        self.draft.answers[article, key] = text

    def draft_answers(self) -> Mapping[str, str]:
        """Return the answers to this article's questions that were typed and are not kept anywhere."""
        return {
            key: text for (article, key), text in self.draft.answers.items() if article == self.article.id
        }

    def forget_drafts(self, keys: Iterable[str]) -> None:
        """Forget what was typed as answers to these questions: it is kept now."""
        for key in keys:
            self.draft.answers.pop((self.article.id, key), None)

    def unsaved(self) -> Mapping[str, str]:
        """Return the answers that the case does not have yet."""
        kept = {
            said.question: said.answer
            for said in (self.case.questions if self.case is not None else ())
            if said.article == self.article.id
        }
        return {key: text for key, text in self.answers.items() if text.strip() != kept.get(key, "")}

    def reported(self) -> Case:
        """Return the case that is reported: the one at work, or the one that the quiet work would be."""
        now = self._clock()
        if self.case is None:
            return quiet_case(
                self.article,
                self._marks,
                self._choice_of,
                self.answers,
                now,
                reference=self.draft.reference.strip(),
                note=self.draft.words.strip(),
            )
        return self._with_what_is_typed(self.case, now)

    def report(self, language: str, form: ReportForm) -> str:
        """Return the report."""
        case = self.reported()
        if language not in self._voices:
            self._voices[language] = Speech.of(self._translator.speaking(language))
            self._articles[language] = articles_of_case(case, self._library, language)
        return case_report(case, self._articles[language], form, self._voices[language])

    def file_name(self, language: str, form: ReportForm) -> str:
        """Return what to call a file with the report: "report-INC-42-sv.txt"."""
        name = self._translator.gettext("report")
        reference = re.sub(r"[^\w.-]+", "-", self.reference or self.article.id).strip("-.")
        return "-".join(filter(None, [name, reference, language])) + f".{SUFFIXES[form]}"

    def _fields(self) -> Sequence[AnswerField]:
        kept = (
            {(said.article, said.question): said.answer for said in self.case.questions} if self.case else {}
        )
        found = []
        for question in triage_questions(self.article):
            place = (self.article.id, question.key)
            answer = self.draft.answers.get(place) or kept.get(place, "")
            suggested = "" if answer else answer_from_scope(self.article, question, self._choice_of)
            found.append(AnswerField(self.article.id, question, answer or suggested, bool(suggested)))
        return found

    def _with_what_is_typed(self, case: Case, now: datetime) -> Case:
        """Return the case with the answers and words that stand in the fields."""
        others = [said for said in case.questions if said.article != self.article.id]
        said = list(answered_questions(self.article, self.answers, now))
        notes, articles = case.notes, case.articles
        if self.draft.words.strip():
            notes = (*notes, CaseNote(0, self.draft.words.strip(), now))
        if said and all(entry.id != self.article.id for entry in articles):
            own = self.article
            articles = (*articles, CaseArticle(own.id, own.language, own.title, own.revision, now))
        return replace(case, articles=articles, questions=(*others, *said), notes=notes)
