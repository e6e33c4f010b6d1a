"""The report for support in the making: what its fields begin with, what it says, what is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbviewer.content.export import ReportForm
from kbviewer.content.folder import FolderLibrary
from kbviewer.i18n.translator import Translator
from kbviewer.model.cases import AnsweredQuestion, Case, CaseArticle
from kbviewer.model.errors import StateError
from kbviewer.state.text_file import write_text_file
from kbviewer.ui.shell.escalation import Draft, Escalation

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
USERS, PLACE, COMPUTERS = "scope/l1/0", "scope/l1/1", "scope/l1/2"


def escalation(case: Case | None = None, draft: Draft | None = None, language: str = "en") -> Escalation:
    library = FolderLibrary(ROOT / "content", None)
    return Escalation(
        library.article("online-meetings", language),
        case,
        draft or Draft(),
        {},
        lambda key: (1, 3) if key == "scope/m1" else (None, None),
        library,
        Translator(ROOT / "i18n", language),
        clock=lambda: NOW,
    )


def case_with(answer: str) -> Case:
    said = AnsweredQuestion("online-meetings", USERS, "How many?", "en", answer, NOW)
    return Case(id=4, language="en", started=NOW, reference="INC-4", questions=(said,))


def test_fields_begin_with_the_answers_then_with_the_choice_in_the_matrix() -> None:
    """Nothing that the technician has said is asked for again."""
    fields = escalation(case_with("Forty"), Draft({("online-meetings", PLACE): "Both"})).fields

    assert [(field.question.key, field.answer, field.is_suggested) for field in fields] == [
        (USERS, "Forty", False),
        (PLACE, "Both", False),
        (COMPUTERS, "Cannot join a Skype for Business online meeting from several computers", True),
    ]


def test_the_report_says_what_stands_in_the_fields() -> None:
    """Suggestions included: what is shown is what is sent."""
    made = escalation()
    made.answer("online-meetings", USERS, "Forty")
    made.draft.reference, made.draft.words = "INC-9", "Since Monday."

    text = made.report("en", ReportForm.TEXT)

    assert "Reference: INC-9\n" in text
    assert "  How many users are affected by the problem?\n    Forty\n" in text
    assert "    Several users outside the organization\n" in text
    assert text.endswith("Since Monday.\n")


def test_the_report_speaks_the_other_language() -> None:
    """The ticket system may be Swedish while the reader reads English."""
    text = escalation().report("sv", ReportForm.MARKDOWN)

    assert text.startswith("# Rapport till supporten\n")
    assert "### Frågor före felsökningen" in text
    assert "- **Hur många användare påverkas av problemet?**" in text


def test_a_case_is_reported_with_what_is_typed_and_its_article() -> None:
    """Before it is kept, so that nothing jumps when it is."""
    made = escalation(case_with("Forty"))
    made.answer("online-meetings", USERS, "Fifty")
    made.draft.words = "Call them."

    case = made.reported()

    assert next((said.question, said.answer) for said in case.questions) == (USERS, "Fifty")
    assert [entry.id for entry in case.articles] == ["online-meetings"]
    assert case.notes[-1].text == "Call them."
    assert made.reference == "INC-4"


def test_what_the_case_has_is_not_unsaved() -> None:
    made = escalation(case_with("Forty"))

    assert set(made.unsaved()) == {PLACE, COMPUTERS}
    made.answer("online-meetings", USERS, "Fifty")
    assert made.unsaved()[USERS] == "Fifty"
    assert made.draft_answers() == {USERS: "Fifty"}
    made.forget_drafts([USERS])
    assert made.draft_answers() == {}


def test_answers_in_other_articles_of_the_case_stay() -> None:
    other = AnsweredQuestion("kb9", "s0/l1/0", "Which?", "en", "That one.", NOW)
    case = Case(
        id=4,
        language="en",
        started=NOW,
        articles=(CaseArticle("kb9", "en", "Other", "", NOW),),
        questions=(other,),
    )

    assert other in escalation(case).reported().questions


def test_a_file_is_named_after_the_reference_or_the_article() -> None:
    made = escalation()
    assert made.file_name("sv", ReportForm.TEXT) == "report-online-meetings-sv.txt"
    made.draft.reference = "INC 42/7"
    assert made.file_name("en", ReportForm.HTML) == "report-INC-42-7-en.html"


def test_a_report_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    write_text_file(folder / "a.txt", "å\n", "{path} {reason}")
    assert (folder / "a.txt").read_bytes() == "å\n".encode()
    with pytest.raises(StateError):
        write_text_file(folder / "missing" / "a.txt", "b", "{path} {reason}")
    assert [path.name for path in folder.iterdir()] == ["a.txt"]
