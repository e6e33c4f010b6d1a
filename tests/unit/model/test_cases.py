"""Cases as values, and whether an article still says what a case relied on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kbviewer.model.article import Article
from kbviewer.model.case_changes import find_matrix, fingerprint, numbered_steps, step_changes
from kbviewer.model.cases import Case, CaseOutcome, StepChange, StepOutcome, StepResult
from kbviewer.model.errors import ModelError
from tests.support.case_article import english, swedish, swedish_with

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def case_with(article: Article, *step_ids: str) -> Case:
    results = [
        StepResult(
            article.id, place.step.id, StepOutcome.DONE, "", NOON, place.language, place.number, "as it was",
            fingerprint(place.step),
        )
        for place in numbered_steps(article)
        if place.step.id in step_ids
    ]  # fmt: skip
    return Case(id=1, language="sv", started=NOON, steps=tuple(results))


def change_of(step_id: str, *now: Article) -> StepChange:
    return step_changes(case_with(swedish(), step_id), now)["kb1", step_id]


def test_times_of_a_case_have_a_zone() -> None:
    with pytest.raises(ModelError, match="zone"):
        Case(id=1, language="sv", started=datetime(2026, 3, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("outcome", "closed"),
    [(CaseOutcome.OPEN, NOON), (CaseOutcome.SOLVED, None), (CaseOutcome.ESCALATED, None)],
)
def test_case_is_closed_exactly_when_it_has_an_outcome(outcome: CaseOutcome, closed: datetime | None) -> None:
    with pytest.raises(ModelError, match="contradicts"):
        Case(id=1, language="sv", started=NOON, outcome=outcome, closed=closed)


def test_sub_steps_carry_the_numbers_of_the_steps_above() -> None:
    assert [(place.number, place.step.id, place.procedure.key) for place in numbered_steps(swedish())] == [
        ("1", "open", "change"),
        ("2", "swap", "change"),
        ("2.a", "write", "change"),
        ("2.b", "save", "change"),
        ("1", "again", "restart"),
    ]


def test_matrix_is_found_by_its_key() -> None:
    matrix = find_matrix(swedish(), "s0/m1")

    assert matrix is not None
    assert matrix.rows[0] == "Från en dator"
    assert find_matrix(swedish(), "elsewhere") is None


@pytest.mark.parametrize("step_id", ["open", "swap", "write", "save", "again"])
def test_step_that_says_the_same_is_unchanged(step_id: str) -> None:
    assert change_of(step_id, swedish()) is StepChange.UNCHANGED


@pytest.mark.parametrize(
    ("step_id", "old", "new"),
    [
        ("open", "Öppna", "Starta"),
        ("open", "Servern svarar inte", "Servern svarar"),
        ("again", "Spara allt först", "Spara inget"),
        ("again", "[!WARNING]", "[!NOTE]"),
        ("swap", "Spara. {#save}", "Spara nu. {#save}"),
    ],
)
def test_step_that_says_something_else_is_changed(step_id: str, old: str, new: str) -> None:
    """Its warnings and sub-steps belong to it."""
    assert change_of(step_id, swedish_with(old, new)) is StepChange.CHANGED


@pytest.mark.parametrize(
    ("step_id", "old", "new"),
    [
        ("open", "**Konto**", "Konto"),
        ("open", "1. Öppna", "1. Något nytt. {#first}\n\n1. Öppna"),
        ("save", "Skriv", "Ange"),
        ("again", "## Klienten", "## Datorn"),
    ],
)
def test_looks_numbers_and_neighbours_do_not_change_a_step(step_id: str, old: str, new: str) -> None:
    assert change_of(step_id, swedish_with(old, new)) is StepChange.UNCHANGED


def test_step_that_is_not_there_is_gone() -> None:
    assert change_of("save", swedish_with("{#save}", "{#keep}")) is StepChange.GONE
    assert change_of("save") is StepChange.GONE
    assert change_of("save", swedish(article_id="kb2")) is StepChange.GONE


def test_step_is_compared_in_the_language_in_which_it_was_read() -> None:
    assert change_of("save", english(), swedish()) is StepChange.UNCHANGED
    assert change_of("save", english()) is StepChange.CHANGED


def test_fingerprint_is_the_same_in_every_version_of_the_program() -> None:
    """It is kept in cases; another way of making it would call every step changed."""
    again = next(place.step for place in numbered_steps(swedish()) if place.step.id == "again")

    assert fingerprint(again) == "3a1ff49552c53ee96746f482b03a3417342f19962e52ec1cefaf38c79bf729b8"
