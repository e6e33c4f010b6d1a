"""The report of a case, letter by letter, in both languages and all three forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kbviewer.content.export import Speech, case_as_html, case_as_markdown, case_as_text
from kbviewer.i18n.formats import format_date, format_datetime, language_name
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.cases import AnsweredQuestion, Case, StepMark, StepOutcome
from kbviewer.model.quiet_case import quiet_case
from tests.support.case_article import english, swedish, swedish_with
from tests.support.worked_case import worked_case

REPORTS = Path(__file__).with_name("case_reports")
CATALOGUES = Path(__file__).parents[3] / "i18n"


def speech(language: str) -> Speech:
    return Speech(
        language,
        Translator(CATALOGUES, language).gettext,
        format_date=lambda day: format_date(day, language),
        format_time=lambda moment: format_datetime(moment, language),
        language_name=lambda tag: language_name(tag, language),
    )


def as_text(case: Case, *articles: Article, language: str = "en", width: int = 88) -> str:
    return case_as_text(case, articles, speech(language), width=width)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("form", "render"), [("txt", case_as_text), ("md", case_as_markdown), ("html", case_as_html)]
)
def test_report_is_right_to_the_letter(
    language: str, form: str, render: Callable[[Case, Sequence[Article], Speech], str]
) -> None:
    """The technician read Swedish; the report is in whichever language is asked for."""
    expected = (REPORTS / f"{language}.{form}").read_text(encoding="utf-8")

    assert render(worked_case(), [swedish(), english()], speech(language)) == expected


class Reader(HTMLParser):
    """Collects the text of a page, and its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data.split()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_html_and_text_say_the_same(language: str) -> None:
    """What looks like markup in a note stays text."""
    page = Reader(case_as_html(worked_case(), [swedish(), english()], speech(language)))
    text = as_text(worked_case(), swedish(), english(), language=language)

    said = {word.rstrip(":") for word in text.split() if not set(word) <= set("═─")}
    assert {word.rstrip(":") for word in page.words} >= said
    assert not page.tags & {"script", "fel", "b"}


def test_report_without_the_library_tells_what_was_kept() -> None:
    text = as_text(worked_case())

    assert "Article: No longer in the library" in text
    assert "Scope: Från flera datorer – En användare → Kontot" in text
    assert text.index("1. Öppna Konto & läs") > text.index("2.b. Spara.")


def test_report_falls_back_to_the_language_that_was_read() -> None:
    html = case_as_html(worked_case(), [swedish()], speech("en"))

    assert '<h2 lang="sv">Ändra lösenord</h2>' in html
    assert '<span lang="sv">Spara.</span>' in html
    assert "Translation</dt><dd>Original text" in html


def test_revision_tells_what_was_read_and_what_there_is_now() -> None:
    newer = replace(english(), revision="6.0")

    assert "Revision: 5.0; the library now has 6.0\n" in as_text(worked_case(), swedish(), newer)


def test_matrix_whose_rows_have_moved_is_told_as_it_was() -> None:
    """The second row is not the row that was chosen any more, in no language."""
    moved = swedish_with(
        "> |---|---|---|\n", "> |---|---|---|\n> | Från ingen dator | [A](#client) | [B](#client) |\n"
    )

    text = as_text(worked_case(), moved, english())

    assert "Scope: Från flera datorer – En användare → Kontot\n" in text


def test_half_a_choice_is_half_a_sentence() -> None:
    case = worked_case()
    half = replace(case.answers[0], column=None, column_text="", category="")

    text = as_text(replace(case, answers=(half,)), swedish(), english())

    assert "Scope: From several computers\n" in text


def test_unfinished_case_without_anything_is_a_short_report() -> None:
    case = Case(id=3, language="sv", started=worked_case().started)

    assert as_text(case, language="sv") == (
        "Ärenderapport\n═════════════\n\n"
        "Ärende: 3\nReferens: Ingen\nPåbörjat: 1 mars 2026 12:00\nUtfall: öppet\n"
    )


def test_lines_keep_within_the_width() -> None:
    assert max(map(len, as_text(worked_case(), swedish(), english(), width=30).splitlines())) <= 30


def test_nothing_in_a_note_reaches_the_terminal_as_a_command() -> None:
    case = worked_case()
    note = replace(case.notes[0], text="a\x1b[2Jb\u202ec")

    assert "a[2Jbc" in as_text(replace(case, notes=(note,)))


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def with_answers(case: Case) -> Case:
    """Return the case with two questions answered, the later one first."""
    return replace(
        case,
        questions=(
            AnsweredQuestion("kb1", "s0/l1/2", "Hur lyder felet?", "sv", "500 <b>\nigen", NOON),
            AnsweredQuestion("kb1", "s0/l1/0", "Hur många var det?", "sv", "Två", NOON),
        ),
    )


def test_triage_questions_stand_with_their_answers_in_the_order_of_the_article() -> None:
    """One that the article asks otherwise now is told as it was answered."""
    text = as_text(with_answers(worked_case()), swedish(), english())

    assert (
        "Triage questions\n  Hur många var det?\n    Två\n  What does the error say?\n    500 <b>\n    igen\n"
    ) in text


@pytest.mark.parametrize(
    ("answer", "told"),
    [("En användare", "One user"), ("Från flera datorer", "From several computers"), ("Flera", "Flera")],
)
def test_an_answer_from_the_matrix_is_told_as_the_matrix_reads_in_the_language(
    answer: str, told: str
) -> None:
    """What the program has filled in is translated, what a technician has typed is not."""
    kept = AnsweredQuestion("kb1", "s0/l1/0", "Hur många användare är det?", "sv", answer, NOON)
    quiet = quiet_case(swedish(), {}, lambda _key: (1, 0), {}, NOON)

    text = as_text(replace(quiet, questions=(kept,)), swedish(), english())

    assert f"  How many users are there?\n    {told}\n" in text


def test_questions_are_escaped_and_name_their_language() -> None:
    case = with_answers(worked_case())
    html = case_as_html(case, [swedish(), english()], speech("en"))
    markdown = case_as_markdown(case, [swedish(), english()], speech("en"))

    assert '<dt lang="sv">Hur många var det?</dt><dd>Två</dd>' in html
    assert "<dt>What does the error say?</dt><dd>500 &lt;b&gt;\nigen</dd>" in html
    assert "### Triage questions\n\n- **Hur många var det?** Två\n" in markdown
    assert "- **What does the error say?** 500 &lt;b>" in markdown


def test_work_outside_of_cases_has_the_same_report() -> None:
    """Without number, outcome and times, which nobody knows."""
    marks = {"open": StepMark(StepOutcome.DONE)}
    case = quiet_case(
        swedish(), marks, lambda _key: (1, 0), {"s0/l1/0": "Två"}, NOON, reference="INC-1", note="Bråttom."
    )

    text = as_text(case, swedish(), english())

    assert text.startswith(
        "Report for support\n══════════════════\n\nReference: INC-1\nWritten: 1 March 2026 12:00\n"
    )
    assert "Outcome" not in text
    assert "Scope: From several computers – One user → The account\n" in text
    assert "  How many users are there?\n    Två\n" in text
    assert "Result: done\n" in text
    assert text.endswith("Bråttom.\n")
