"""Whatever is done to cases, taking it all back leads to where it began."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.export import Speech, case_as_html, case_as_markdown, case_as_text
from kbviewer.model.cases import Case, CaseOutcome, StepOutcome
from kbviewer.model.errors import KbError
from kbviewer.state.case_rows import CaseChange
from kbviewer.state.cases import CaseStore
from kbviewer.state.user_state import UserState
from tests.support.case_article import english, swedish

ARTICLES = [swedish(), english(), swedish(article_id="kb2")]
TABLES = ("cases", "case_articles", "case_answers", "case_questions", "case_steps", "case_notes")

Operation = Callable[[CaseStore], CaseChange]

ids = st.sampled_from([1, 1, 1, 2])
articles = st.sampled_from(ARTICLES)
steps = st.sampled_from(["open", "write"])
texts = st.sampled_from(["", "a", "b\n<b>", "Å"]) | st.text(max_size=3)
places = st.none() | st.integers(0, 1)

operations: st.SearchStrategy[Operation] = st.one_of(
    st.builds(
        lambda text, some: lambda cases: cases.create("sv", text, some), texts, st.lists(articles, max_size=2)
    ),
    st.builds(lambda case, text: lambda cases: cases.set_reference(case, text), ids, texts),
    st.builds(lambda case, article: lambda cases: cases.add_article(case, article), ids, articles),
    st.builds(
        lambda case, article, step, outcome, note: (
            lambda cases: cases.set_step(case, article, step, outcome, note)
        ),
        ids, articles, steps, st.sampled_from(StepOutcome), texts,
    ),
    st.builds(lambda case, step: lambda cases: cases.clear_step(case, "kb1", step), ids, steps),
    st.builds(
        lambda case, article, row, column: (
            lambda cases: cases.answer_triage(case, article, "s0/m1", row, column)
        ),
        ids, articles, places, places,
    ),
    st.builds(
        lambda case, article, key, text: (
            lambda cases: cases.answer_questions(case, article, {key: text, "s0/l1/2": "c"})
        ),
        ids, articles, st.sampled_from(["s0/l1/0", "s0/l1/1", "s0/l1/9"]), texts,
    ),
    st.builds(lambda case, text: lambda cases: cases.add_note(case, text), ids, texts),
    st.builds(lambda case, note, text: lambda cases: cases.edit_note(case, note, text), ids, ids, texts),
    st.builds(lambda case, note: lambda cases: cases.delete_note(case, note), ids, ids),
    st.builds(
        lambda case, outcome: lambda cases: cases.close(case, outcome), ids, st.sampled_from(CaseOutcome)
    ),
    st.builds(lambda case: lambda cases: cases.reopen(case), ids),
    st.builds(lambda case: lambda cases: cases.delete(case), ids),
)  # fmt: skip

# A case first, lest most sequences have nothing to work on.
sequences = st.lists(operations, max_size=40).map(
    lambda some: [lambda cases: cases.create("sv", "", ARTICLES[:1]), *some]
)


def new_state() -> UserState:
    seconds = count()
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    return UserState.in_memory(clock=lambda: noon + timedelta(seconds=next(seconds)))


def everything(state: UserState) -> list[Case]:
    return [state.cases.get(case.id) for case in state.cases.list()]


@given(sequences)
def test_undoing_everything_gives_the_empty_store_by_way_of_every_state_between(
    sequence: list[Operation],
) -> None:
    with new_state() as state:
        past: list[tuple[list[Case], CaseChange]] = []
        for operation in sequence:
            before = everything(state)
            try:
                past.append((before, operation(state.cases)))
            except KbError:
                assert everything(state) == before
            else:
                assert bool(past[-1][1]) == (everything(state) != before)
        while past:
            before, change = past.pop()
            state.cases.undo(change)
            assert everything(state) == before
        for table in TABLES:
            assert state._database.read(f"SELECT * FROM {table}") == []


@given(sequences)
def test_report_depends_on_the_case_only(sequence: list[Operation]) -> None:
    """Not on the moment, nor on the order of the articles, nor on a detour through undo."""
    speech = Speech("sv", str)
    with new_state() as state:
        for operation in sequence:
            try:
                operation(state.cases)
            except KbError:
                continue
        for case in everything(state):
            reports = [
                render(case, ARTICLES, speech) for render in (case_as_text, case_as_markdown, case_as_html)
            ]
            state.cases.undo(state.cases.delete(case.id))
            again = state.cases.get(case.id)
            assert reports == [
                render(again, ARTICLES[::-1], speech)
                for render in (case_as_text, case_as_markdown, case_as_html)
            ]
