"""Moving up and down goes through folders; a filter keeps what belongs together."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.marks import Bookmark
from kbviewer.state.user_state import UserState
from kbviewer.ui.marks.bookmark_order import Target, above, below, matching
from kbviewer.ui.marks.shown import Shown

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def mark(number: int, folder: int = 0, *, name: str = "", article: str = "kb") -> Bookmark:
    return Bookmark(number, folder, number, article, "", name, f"Title {number}", "", "sv", NOW)


#  1, folder 2 (with 3 and 4), 5, folder 6 (empty)
SHELF = [
    mark(1),
    mark(2, name="Kund A", article=""),
    mark(3, 2, name="Inside one"),
    mark(4, 2),
    mark(5),
    mark(6, name="Empty", article=""),
]


def test_up_goes_into_the_folder_above_and_out_at_its_top() -> None:
    """Every place can be reached with one key."""
    assert above(SHELF, 1) is None
    assert above(SHELF, 5) == Target(2)
    assert above(SHELF, 4) == Target(2, 3)
    assert above(SHELF, 3) == Target(0, 2)


def test_down_goes_into_the_folder_below_and_out_at_its_end() -> None:
    assert below(SHELF, 1) == Target(2, 3)
    assert below(SHELF, 3) == Target(2, 0)
    assert below(SHELF, 4) == Target(0, 5)
    assert below(SHELF, 5) == Target(6, 0)
    assert below(SHELF, 6) is None


def test_folders_go_past_each_other() -> None:
    """They lie in none."""
    assert above(SHELF, 6) == Target(0, 5)
    assert above(SHELF, 2) == Target(0, 1)
    assert below(SHELF, 2) == Target(0, 6)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=12))
def test_down_after_up_is_where_it_was(moves: list[tuple[int, bool]]) -> None:
    """Whoever went one too far goes one back."""
    with UserState.in_memory() as state:
        store = state.bookmarks
        numbers = [store.add(str(n), "", title="", place="", language="sv").id for n in range(4)]
        numbers += [store.add_folder("a").id, store.add_folder("b").id]
        for index, up in moves:
            number = numbers[index]
            before = [(one.id, one.folder) for one in store.list()]
            target = (above if up else below)(store.list(), number)
            if target is None:
                continue
            store.move(number, *target)
            back = (below if up else above)(store.list(), number)
            assert back is not None
            change = store.move(number, *back)
            assert [(one.id, one.folder) for one in store.list()] == before
            store.undo(change)


def test_a_filter_keeps_the_folder_of_what_it_finds() -> None:
    """A row without its folder would be in no place."""

    def describe(one: Bookmark) -> Shown:
        return Shown(one.name or "Inloggning", article_title="Logga in")

    assert [one.id for one in matching(SHELF, "inside", describe)] == [2, 3]
    assert [one.id for one in matching(SHELF, "kund", describe)] == [2, 3, 4]
    assert [one.id for one in matching(SHELF, "LOGGA title 5", describe)] == [5]
    assert matching(SHELF, "nothing", describe) == []
    assert matching(SHELF, "  ", describe) == SHELF
