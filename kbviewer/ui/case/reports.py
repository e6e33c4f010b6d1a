"""Reports of cases in any language that the program speaks, and into files. Knows no Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbviewer.content.export import ReportForm, Speech, articles_of_case, case_report
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.cases import Case
from kbviewer.model.library import ArticleRepository

SUFFIXES = {ReportForm.TEXT: "txt", ReportForm.MARKDOWN: "md", ReportForm.HTML: "html"}


class CaseReports:
    """Makes the reports of one case. Articles are read once per language."""

    def __init__(self, case: Case, library: ArticleRepository, translator: Translator) -> None:
        self._case = case
        self._library = library
        self._translator = translator
        self._voices: dict[str, Translator] = {}
        self._articles: dict[str, Sequence[Article]] = {}

    @property
    def case(self) -> Case:
        """What is reported."""
        return self._case

    def make(self, language: str, form: ReportForm) -> str:
        """Return the report."""
        if language not in self._voices:
            self._voices[language] = self._translator.speaking(language)
            self._articles[language] = articles_of_case(self._case, self._library, language)
        speech = Speech.of(self._voices[language])
        return case_report(self._case, self._articles[language], form, speech)

    def file_name(self, language: str, form: ReportForm) -> str:
        """Return what to call a file with the report: "case-12-INC-123-sv.txt"."""
        reference = re.sub(r"[^\w.-]+", "-", self._case.reference).strip("-.")
        name = self._translator.gettext("case")
        return "-".join(filter(None, [name, str(self._case.id), reference, language])) + f".{SUFFIXES[form]}"
