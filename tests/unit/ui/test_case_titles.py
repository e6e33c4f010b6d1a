"""A case that is shown in another language than the one in which it was worked in."""

from __future__ import annotations

from kbviewer.model.article import Article
from kbviewer.model.case_changes import find_matrix, numbered_steps
from kbviewer.model.cases import StepOutcome
from kbviewer.model.inline import plain_text
from kbviewer.state.user_state import UserState
from kbviewer.ui.case.titles import CaseTitles
from tests.support.case_article import english, swedish

MATRIX = "s0/m1"
BOTH = {"sv": swedish(), "en": english()}


def titles(*tags: str) -> CaseTitles:
    """English titles over a library that has these languages."""

    def variant(_article: str, tag: str) -> Article | None:
        return BOTH[tag] if tag in tags else None

    return CaseTitles("en", lambda _article: BOTH["en"].title if "en" in tags else "", variant)


def test_titles_steps_and_choices_are_put_into_the_readers_language() -> None:
    """What was read in Swedish is shown to whoever reads English, notes as they were written."""
    with UserState.in_memory() as state:
        number = state.cases.create("sv").case_id
        state.cases.set_step(number, swedish(), "open", StepOutcome.FAILED, "grå")
        state.cases.answer_triage(number, swedish(), MATRIX, 0, 0)
        kept = state.cases.get(number)
        (summary,) = state.cases.latest_open(1)

    shown = titles("sv", "en").case(kept)

    assert shown.articles[0].title == english().title
    in_english = {place.step.id: place for place in numbered_steps(english())}
    assert shown.steps[0].text == plain_text(in_english["open"].step.runs)
    assert shown.steps[0].note == "grå"
    matrix = find_matrix(english(), MATRIX)
    assert matrix is not None
    assert (shown.answers[0].row_text, shown.answers[0].column_text) == (matrix.rows[0], matrix.columns[0])
    assert titles("sv", "en").summary(summary).titles == (english().title,)


def test_what_the_library_lacks_stays_as_it_was_read() -> None:
    """The article has gone, or was never translated."""
    with UserState.in_memory() as state:
        number = state.cases.create("sv").case_id
        state.cases.set_step(number, swedish(), "open", StepOutcome.FAILED)
        state.cases.answer_triage(number, swedish(), MATRIX, 0, 0)
        kept = state.cases.get(number)
    assert titles().case(kept) == kept
    assert titles("sv").case(kept) == kept


def test_what_was_read_in_the_readers_language_stays() -> None:
    """It says what was tried, also when the article says otherwise now."""
    with UserState.in_memory() as state:
        number = state.cases.create("en").case_id
        state.cases.set_step(number, english(), "open", StepOutcome.DONE)
        kept = state.cases.get(number)
    assert titles("sv", "en").case(kept).steps == kept.steps
