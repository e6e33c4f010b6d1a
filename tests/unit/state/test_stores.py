"""What each store keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kbviewer.model.errors import StateError
from kbviewer.model.progress import ReadingPlace
from kbviewer.state.comment_export import export_comments
from kbviewer.state.user_state import UserState


class TickingClock:
    """Each look at it is one second later."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def state() -> Iterator[UserState]:
    with UserState.in_memory(clock=TickingClock()) as opened:
        yield opened


def test_clearing_an_article_can_be_undone(state: UserState) -> None:
    state.ticks.set_done("kb1", ["a", "b"], True)
    state.ticks.set_done("kb2", ["a"], True)

    cleared = state.ticks.clear("kb1")
    assert state.ticks.done("kb1") == frozenset()
    state.ticks.restore("kb1", cleared)

    assert state.ticks.done("kb1") == {"a", "b"}
    assert state.ticks.done("kb2") == {"a"}


def test_procedures_in_progress_come_latest_first(state: UserState) -> None:
    state.ticks.set_done("kb1", ["a", "b"], True)
    state.ticks.set_done("kb2", ["a"], True)
    state.ticks.set_done("kb1", ["c"], True)
    state.ticks.set_done("kb3", ["a"], True)
    state.ticks.set_done("kb3", ["a"], False)

    assert [(item.article, item.ticked) for item in state.ticks.in_progress()] == [("kb1", 3), ("kb2", 1)]
    assert state.ticks.in_progress()[0].last_at == datetime(2026, 3, 1, 12, 0, 3, tzinfo=UTC)


def test_ticking_again_does_not_move_the_time(state: UserState) -> None:
    state.ticks.set_done("kb1", ["a"], True)
    state.ticks.set_done("kb1", ["a"], True)

    assert state.ticks.in_progress()[0].last_at == datetime(2026, 3, 1, 12, 0, 1, tzinfo=UTC)


def test_place_is_kept_per_article_and_the_latest_is_known(state: UserState) -> None:
    first = ReadingPlace("kb1", "sv", "lan/p2", 0.25)
    second = ReadingPlace("kb2", "en", "", 0.0)
    assert state.places.last() is None
    state.places.save(first)
    state.places.save(second)

    assert state.places.load("kb1") == first
    assert state.places.load("kb3") is None
    assert state.places.last() == second


@given(st.floats(allow_nan=False))
def test_fraction_of_a_place_stays_between_nothing_and_all(fraction: float) -> None:
    with UserState.in_memory() as state:
        state.places.save(ReadingPlace("kb1", "sv", "a", fraction))

        place = state.places.load("kb1")
        assert place is not None
        assert 0.0 <= place.fraction <= 1.0


def test_choice_in_a_matrix_is_kept_and_forgotten(state: UserState) -> None:
    state.choices.set("kb1", "scope", 1, None)
    assert state.choices.get("kb1", "scope") == (1, None)
    state.choices.set("kb1", "scope", 1, 4)
    assert state.choices.get("kb1", "scope") == (1, 4)
    state.choices.set("kb1", "scope", None, None)

    assert state.choices.get("kb1", "scope") == (None, None)


def test_open_answers_are_kept(state: UserState) -> None:
    for key, is_open in [("q1", True), ("q2", True), ("q1", True), ("q2", False), ("q3", False)]:
        state.answers.set_open("kb1", key, is_open)

    assert state.answers.open_keys("kb1") == {"q1"}
    assert state.answers.open_keys("kb2") == frozenset()


def test_recents_are_each_listed_once_latest_first(state: UserState) -> None:
    for article, language in [("kb1", "sv"), ("kb2", "sv"), ("kb1", "en")]:
        state.recents.record(article, language)

    latest = state.recents.latest(10)

    assert [(item.article, item.language) for item in latest] == [("kb1", "en"), ("kb2", "sv")]
    assert latest[0].opened_at == datetime(2026, 3, 1, 12, 0, 3, tzinfo=UTC)
    assert len(state.recents.latest(1)) == 1
    assert state.recents.latest(-1) == []


def test_recents_do_not_grow_without_end(state: UserState) -> None:
    for number in range(1010):
        state.recents.record(f"kb{number}", "sv")

    latest = state.recents.latest(2000)
    assert (len(latest), latest[0].article, latest[-1].article) == (1000, "kb1009", "kb10")


def test_articles_taken_off_the_history_can_be_brought_back(state: UserState) -> None:
    """In their old places; one that was read again meanwhile keeps its new one."""
    for article in ("kb1", "kb2", "kb3"):
        state.recents.record(article, "sv")
    before = state.recents.latest(10)

    removed = state.recents.remove(["kb2", "kb9"])
    assert [recent.article for recent in state.recents.latest(10)] == ["kb3", "kb1"]
    state.recents.restore(removed)
    assert state.recents.latest(10) == before

    cleared = state.recents.clear()
    assert cleared == before
    state.recents.record("kb1", "en")
    state.recents.restore(cleared)
    assert [recent.article for recent in state.recents.latest(10)] == ["kb1", "kb3", "kb2"]


def test_searches_are_each_kept_once_latest_first(state: UserState) -> None:
    for query in ["printer", "password", "printer", "half \ud83d"]:
        state.searches.record(query)

    assert state.searches.latest() == ["half ?", "printer", "password"]


def test_only_the_ten_latest_searches_are_kept(state: UserState) -> None:
    for number in range(14):
        state.searches.record(f"query {number}")

    assert state.searches.latest() == [f"query {number}" for number in range(13, 3, -1)]


def test_searches_are_forgotten_on_request(state: UserState) -> None:
    state.searches.record("printer")

    state.searches.clear()

    assert state.searches.latest() == []


def test_comments_are_listed_deleted_and_exported(state: UserState, tmp_path: Path) -> None:
    first = state.comments.add("kb1", "sv", "lan/p2", "Rad ett\nrad två – ”så”")
    state.comments.add("kb2", "en", "", "Wrong version")
    gone = state.comments.add("kb2", "en", "", "never mind")
    state.comments.delete(gone.id)

    assert [comment.text for comment in state.comments.list("kb1")] == [first.text]
    assert len(state.comments.list()) == 2
    kept = state.comments.list()
    assert export_comments(kept, tmp_path / "out.json") == 2
    assert export_comments(kept, tmp_path / "out.md", lambda text: text.upper()) == 2
    exported = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert exported["comments"][0] == {
        "path": "",
        "line": 0,
        "kind": "comment",
        "what": "Rad ett\nrad två – ”så”",
        "article": "kb1",
        "title": "",
        "language": "sv",
        "anchor": "lan/p2",
        "said": "",
        "gone": True,
        "text": "Rad ett\nrad två – ”så”",
        "written_at": "2026-03-01T12:00:01+00:00",
    }
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == (
        "# COMMENTS TO THE AUTHORS\n\n## kb1#lan/p2\n\nkb1#lan/p2 (sv) · 2026-03-01 12:00 UTC\n\n"
        "THE OPEN LIBRARY DOES NOT HAVE THIS ARTICLE.\n\n> Rad ett\n> rad två – ”så”\n\n"
        "## kb2\n\nkb2 (en) · 2026-03-01 12:00 UTC\n\n"
        "THE OPEN LIBRARY DOES NOT HAVE THIS ARTICLE.\n\n> Wrong version\n"
    )


def test_export_that_fails_says_where_and_leaves_nothing_behind(state: UserState, tmp_path: Path) -> None:
    state.comments.add("kb1", "sv", "", "text")

    with pytest.raises(StateError, match="nowhere"):
        export_comments(state.comments.list(), tmp_path / "nowhere" / "out.md")
    folder = tmp_path / "folder"
    (folder / "taken.md").mkdir(parents=True)
    with pytest.raises(StateError, match=r"taken\.md"):
        export_comments(state.comments.list(), folder / "taken.md")

    assert [file.name for file in folder.iterdir()] == ["taken.md"]


def test_comment_with_half_a_character_is_kept_readable(state: UserState) -> None:
    """Qt can hand over a lone surrogate when an emoji is cut in two."""
    assert state.comments.add("kb1", "sv", "", "a\ud83d").text == "a?"


def test_closed_state_says_that_nothing_was_saved(state: UserState) -> None:
    state.close()

    with pytest.raises(StateError, match="could not be saved"):
        state.ticks.set_done("kb1", ["a"], True)
    with pytest.raises(StateError, match="cannot be read"):
        state.ticks.done("kb1")


def test_half_a_batch_is_never_kept(state: UserState) -> None:
    """A parent step ticks its leaves together; all or none."""

    def steps() -> Iterator[str]:
        yield "a"
        yield object()  # type: ignore[misc]

    with pytest.raises(StateError):
        state.ticks.set_done("kb1", steps(), True)

    assert state.ticks.done("kb1") == frozenset()


class TickMachine(RuleBasedStateMachine):
    """The tick store against a dictionary of sets."""

    def __init__(self) -> None:
        super().__init__()
        self.state = UserState.in_memory()
        self.model: dict[str, frozenset[str]] = {}

    @rule(article=st.text(max_size=2), steps=st.frozensets(st.text(max_size=2)), done=st.booleans())
    def set_done(self, article: str, steps: frozenset[str], done: bool) -> None:
        self.state.ticks.set_done(article, steps, done)
        before = self.model.get(article, frozenset())
        self.model[article] = before | steps if done else before - steps

    @rule(article=st.text(max_size=2))
    def clear(self, article: str) -> None:
        assert self.state.ticks.clear(article) == self.model.pop(article, frozenset())

    @invariant()
    def stores_agree(self) -> None:
        assert {item.article: item.ticked for item in self.state.ticks.in_progress()} == {
            article: len(steps) for article, steps in self.model.items() if steps
        }
        assert all(self.state.ticks.done(article) == steps for article, steps in self.model.items())

    def teardown(self) -> None:
        self.state.close()


TestTicksBehaveAsSets = TickMachine.TestCase
