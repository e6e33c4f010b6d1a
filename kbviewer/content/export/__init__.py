"""Articles, and reports of cases, in the forms that other programs and people read."""

from kbviewer.content.export.case_contents import Speech
from kbviewer.content.export.case_forms import case_as_html, case_as_markdown, case_as_text
from kbviewer.content.export.case_reports import ReportForm, articles_of_case, case_report
from kbviewer.content.export.html_page import as_html
from kbviewer.content.export.json_form import as_json
from kbviewer.content.export.markdown import as_markdown
from kbviewer.content.export.plain_text import as_text

__all__ = [
    "ReportForm",
    "Speech",
    "articles_of_case",
    "as_html",
    "as_json",
    "as_markdown",
    "as_text",
    "case_as_html",
    "case_as_markdown",
    "case_as_text",
    "case_report",
]
