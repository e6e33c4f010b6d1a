"""The report of a case in the form that somebody wants, with the articles that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from kbviewer.content.export.case_contents import Speech
from kbviewer.content.export.case_forms import case_as_html, case_as_markdown, case_as_text
from kbviewer.model.article import Article
from kbviewer.model.cases import Case
from kbviewer.model.errors import ArticleNotFoundError, ContentError
from kbviewer.model.library import ArticleRepository


class ReportForm(StrEnum):
    """What a report is pasted into or saved as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


def case_report(case: Case, articles: Iterable[Article], form: ReportForm, speech: Speech) -> str:
    """Return the report; see `case_contents`."""
    match form:
        case ReportForm.HTML:
            return case_as_html(case, articles, speech)
        case ReportForm.MARKDOWN:
            return case_as_markdown(case, articles, speech)
        case ReportForm.TEXT:
            return case_as_text(case, articles, speech)


def articles_of_case(case: Case, library: ArticleRepository, language: str) -> Sequence[Article]:
    """Return what there is of the case's articles, in `language` and in those that were read."""
    wanted = {(entry.id, language): None for entry in case.articles}
    wanted |= {(entry.id, entry.language): None for entry in case.articles}
    wanted |= {(step.article, step.language): None for step in case.steps}
    wanted |= {(answer.article, answer.language): None for answer in case.answers}
    wanted |= {(said.article, said.language): None for said in case.questions}
    found = [_article(library, article_id, spoken) for article_id, spoken in wanted]
    return [article for article in found if article is not None]


def _article(library: ArticleRepository, article_id: str, language: str) -> Article | None:
    try:
        return library.article(article_id, language)
    except (ArticleNotFoundError, ContentError):
        return None
