"""What is being typed, kept until it belongs somewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.state.drafts import LONGEST_DRAFT, MOST_DRAFTS
from kbviewer.state.user_state import UserState

texts = st.text(max_size=4) | st.sampled_from(["Å\n", "x" * LONGEST_DRAFT])


def test_a_draft_outlives_the_session_and_goes_when_it_is_emptied(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with UserState.open(path) as state:
        state.drafts.keep("note\nkb1\nopen", "half a sen")
    with UserState.open(path) as state:
        assert state.drafts.get("note\nkb1\nopen") == "half a sen"
        assert state.drafts.places("note\nkb1\n") == {"note\nkb1\nopen"}
        state.drafts.keep("note\nkb1\nopen", "")
        assert state.drafts.get("note\nkb1\nopen") == ""
        assert state.drafts.places("") == frozenset()


def test_the_oldest_go_when_there_are_too_many() -> None:
    """What was typed last is what will be looked for."""
    seconds = count()
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with UserState.in_memory(clock=lambda: noon + timedelta(seconds=next(seconds))) as state:
        for number in range(MOST_DRAFTS + 3):
            state.drafts.keep(f"p{number}", "x")
        assert len(state.drafts.places("p")) == MOST_DRAFTS
        assert state.drafts.get("p2") == ""
        assert state.drafts.get("p3") == "x"


def test_a_prefix_is_taken_literally() -> None:
    """Ids of articles and steps may hold what LIKE takes for a pattern."""
    with UserState.in_memory() as state:
        state.drafts.keep("a%b", "x")
        assert state.drafts.places("a_") == frozenset()
        assert state.drafts.places("a%") == {"a%b"}


@given(st.lists(st.tuples(st.sampled_from("abc"), texts)))
def test_a_place_has_what_was_kept_there_last(kept: list[tuple[str, str]]) -> None:
    with UserState.in_memory() as state:
        for place, text in kept:
            state.drafts.keep(place, text)
        last = dict(kept)
        assert {place: state.drafts.get(place) for place in "abc"} == {
            place: last.get(place, "") for place in "abc"
        }


def test_drafts_stay_on_the_machine(tmp_path: Path) -> None:
    """They name cases by numbers, which mean something else elsewhere."""
    with UserState.in_memory() as state:
        state.drafts.keep("note", "secret words")
        state.data.export(tmp_path / "data.json")
    assert "secret words" not in (tmp_path / "data.json").read_text(encoding="utf-8")
