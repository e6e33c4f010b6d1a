"""`kbviewer case` as scripts and people use it: real processes, real output."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from kbviewer.content.folder import FolderLibrary
from kbviewer.model.cases import CaseOutcome, StepOutcome
from kbviewer.state.user_state import UserState
from tests.e2e.test_cli import ROOT, assert_one_sentence, run


@pytest.fixture
def case_id(profile: Path) -> str:
    """An escalated case about joining meetings, and an open one without anything."""
    article = FolderLibrary(ROOT / "content").article("online-meetings", "sv")
    with UserState.open(profile / "state.sqlite") as state:
        number = state.cases.create("sv", "INC-42", [article]).case_id
        state.cases.answer_triage(number, article, "scope/m1", 1, 0)
        state.cases.answer_questions(number, article, {"scope/l1/0": "Alla på plan 3."})
        state.cases.set_step(number, article, "windows-update", StepOutcome.DONE)
        state.cases.set_step(number, article, "certificate-find", StepOutcome.FAILED, "Finns inte.")
        state.cases.add_note(number, "Ringde användaren.")
        state.cases.close(number, CaseOutcome.ESCALATED)
        state.cases.create("en", "Second")
    return str(number)


def test_cases_are_listed_newest_first(case_id: str) -> None:
    done = run("case", "list", "--language", "sv")

    assert done.returncode == 0, done.stderr
    newest, oldest, title = done.stdout.splitlines()
    assert newest.endswith("  öppet  Second")
    assert oldest.startswith(f"{case_id}  ")
    assert oldest.endswith("  eskalerat  INC-42")
    assert "Skype" in title


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ([], ["Second", "INC-42"]),
        (["--outcome", "open"], ["Second"]),
        (["--outcome", "solved"], []),
        (["RINGDE", "skype"], ["INC-42"]),
        (["inc", "--outcome", "escalated"], ["INC-42"]),
    ],
)
def test_list_is_narrowed_by_words_and_outcome(
    case_id: str, arguments: Sequence[str], found: list[str]
) -> None:
    done = run("case", "list", *arguments, "--json")

    assert [case["reference"] for case in json.loads(done.stdout)["cases"]] == found


def test_empty_list_is_no_error() -> None:
    done = run("case", "list")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "No cases.\n")
    assert json.loads(run("case", "list", "--json").stdout) == {"cases": []}


def test_json_of_the_list_has_the_fields_that_scripts_rely_on(case_id: str) -> None:
    case = json.loads(run("case", "list", "--json").stdout)["cases"][1]

    assert list(case) == [
        "id", "reference", "language", "started", "outcome", "closed", "titles", "steps",
    ]  # fmt: skip
    assert (case["id"], case["outcome"], case["steps"]) == (int(case_id), "escalated", 2)


def test_json_of_a_case_has_the_fields_that_scripts_rely_on(case_id: str) -> None:
    done = run("case", "show", case_id, "--json", "--language", "en")

    case = json.loads(done.stdout)
    assert list(case) == [
        "id", "reference", "language", "started", "outcome", "closed",
        "articles", "answers", "questions", "steps", "notes",
    ]  # fmt: skip
    assert list(case["articles"][0]) == ["article", "language", "title", "revision", "added"]
    assert list(case["answers"][0]) == [
        "article", "matrix", "row", "column", "row_text", "column_text", "category", "language", "answered",
    ]  # fmt: skip
    assert list(case["questions"][0]) == ["article", "question", "text", "language", "answer", "answered"]
    assert list(case["steps"][0]) == [
        "article", "step", "number", "text", "language", "outcome", "note", "set_at", "fingerprint", "change",
    ]  # fmt: skip
    assert list(case["notes"][0]) == ["id", "text", "written", "edited"]
    assert case["started"].endswith("+00:00")
    assert [(step["step"], step["outcome"], step["change"]) for step in case["steps"]] == [
        ("windows-update", "done", "unchanged"),
        ("certificate-find", "failed", "unchanged"),
    ]


def test_case_is_shown_with_what_has_changed_since(case_id: str, tmp_path: Path) -> None:
    folder = tmp_path / "library" / "online-meetings"
    folder.mkdir(parents=True)
    text = (ROOT / "content" / "online-meetings" / "sv.md").read_text(encoding="utf-8")
    (folder / "sv.md").write_text(
        text.replace("1. Kör Windows Update", "1. Starta om och kör"), encoding="utf-8"
    )

    shown = run("case", "show", case_id, "--library", tmp_path / "library", "--language", "sv").stdout

    assert "  1. Kör Windows Update" in shown
    assert shown.count("(ändrat sedan dess)") == 1
    assert "  1.c. Sortera" in shown
    assert "    misslyckades, " in shown
    assert "    Finns inte.\n" in shown
    assert "Ringde användaren." in shown


def test_report_is_in_the_language_that_is_asked_for(case_id: str) -> None:
    swedish = run("case", "report", case_id, "--language", "sv").stdout
    english = run("case", "report", case_id, "--language", "en").stdout

    assert swedish.startswith("Ärenderapport\n")
    assert "Utfall: eskalerat\n" in swedish
    assert "Problem med användaridentitet eller etablering" in " ".join(swedish.split())
    assert english.startswith("Case report\n")
    assert "Outcome: escalated\n" in english
    assert "Read in: Swedish\n" in english
    assert "1.c. Sort" in english
    assert "→ " in english
    assert "Result: failed, " in english


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("text", "Case report\n═"), ("markdown", "# Case report\n"), ("html", "<!DOCTYPE html>")],
)
def test_report_is_printed_in_every_form(case_id: str, form: str, beginning: str) -> None:
    done = run("case", "report", case_id, "--format", form)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(beginning)
    assert "INC-42" in done.stdout


@pytest.mark.parametrize("command", ["show", "report"])
@pytest.mark.parametrize("unknown", ["99", "0", "KB307294", "²", "9" * 40])
def test_unknown_case_exits_1_with_a_sentence(case_id: str, command: str, unknown: str) -> None:
    done = run("case", command, unknown)

    assert done.returncode == 1
    assert_one_sentence(done, f"“{unknown}”", "kbviewer case list")


@pytest.mark.parametrize(
    "arguments",
    [[], ["show"], ["frobnicate"], ["list", "--outcome", "lost"], ["report", "1", "--format", "json"]],
)
def test_misuse_of_case_exits_2_with_one_sentence(arguments: Sequence[str]) -> None:
    done = run("case", *arguments)

    assert done.returncode == 2
    assert_one_sentence(done, "--help")


@pytest.mark.parametrize("command", [[], ["list"], ["show"], ["report"]])
def test_case_commands_have_help(command: Sequence[str]) -> None:
    assert run("case", *command, "--help").stdout.startswith("usage: kbviewer case")


def test_looking_at_cases_leaves_the_profile_alone(case_id: str, profile: Path) -> None:
    before = (profile / "state.sqlite").read_bytes()

    run("case", "list")
    run("case", "report", case_id)

    assert (profile / "state.sqlite").read_bytes() == before
