"""Bookmarks: an order that is the reader's, and changes that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kbviewer.model.errors import StateError
from kbviewer.state import bookmarks
from kbviewer.state.bookmarks import BookmarkStore
from kbviewer.state.user_state import UserState


@pytest.fixture
def state() -> Iterator[UserState]:
    with UserState.in_memory() as opened:
        yield opened


def add(store: BookmarkStore, article: str, anchor: str = "") -> int:
    return store.add(article, anchor, title=article.upper(), place=anchor, language="sv").id


def names(store: BookmarkStore) -> list[str]:
    return [("  " if mark.folder else "") + (mark.name or mark.article) for mark in store.list()]


def test_bookmarks_come_back_as_they_were_left(tmp_path: Path) -> None:
    """A power cut must not cost them."""
    with UserState.open(tmp_path / "state.sqlite") as first:
        folder = first.bookmarks.add_folder("Kund A").id
        number = add(first.bookmarks, "kb1", "lan")
        first.bookmarks.move(number, folder)
    with UserState.open(tmp_path / "state.sqlite") as again:
        assert names(again.bookmarks) == ["Kund A", "  kb1"]
        mark = again.bookmarks.list()[1]
        assert (mark.anchor, mark.title, mark.place, mark.language) == ("lan", "KB1", "lan", "sv")


def test_new_bookmarks_go_last_and_moves_stay(state: UserState) -> None:
    store = state.bookmarks
    one, _two, three = (add(store, name) for name in ("one", "two", "three"))
    store.move(three, 0, one)
    add(store, "four")

    assert names(store) == ["three", "one", "two", "four"]


def test_a_place_is_bookmarked_once_or_not(state: UserState) -> None:
    """The same key adds and removes."""
    store = state.bookmarks
    add(store, "kb1", "lan")
    add(store, "kb1")
    assert store.of_article("kb1") == {"lan", ""}
    assert store.of_article("kb2") == frozenset()

    store.remove("kb1", "lan")

    assert store.of_article("kb1") == {""}


def test_folders_are_no_places(state: UserState) -> None:
    """Their article is empty, which is no article."""
    state.bookmarks.add_folder("Kund A")
    assert state.bookmarks.of_article("") == frozenset()
    assert not state.bookmarks.remove("", "")
    assert len(state.bookmarks.list()) == 1


def test_a_folder_goes_with_what_lies_in_it_and_comes_back_whole(state: UserState) -> None:
    """One press of Delete, one Undo."""
    store = state.bookmarks
    add(store, "before")
    folder = store.add_folder("Kund A").id
    for name in ("one", "two"):
        store.move(add(store, name), folder)
    before = list(store.list())

    change = store.delete(folder)
    assert names(store) == ["before"]
    store.undo(change)

    assert list(store.list()) == before


def test_an_undo_that_comes_too_late_changes_nothing(state: UserState) -> None:
    """What was done later would be lost without a word."""
    store = state.bookmarks
    number = add(store, "kb1")
    change = store.rename(number, "First")
    store.rename(number, "Second")

    with pytest.raises(StateError):
        store.undo(change)

    assert names(store) == ["Second"]


def test_names_are_checked(state: UserState) -> None:
    store = state.bookmarks
    number, folder = add(store, "kb1"), store.add_folder("  Kund \n A ").id
    assert names(store) == ["kb1", "Kund A"]
    store.rename(number, "Mine")
    store.rename(number, " ")
    assert names(store) == ["kb1", "Kund A"]
    for bad in ("", "x" * 201):
        with pytest.raises(StateError):
            store.rename(folder, bad)
    with pytest.raises(StateError):
        store.rename(99, "Nobody")


def test_folders_do_not_lie_in_folders(state: UserState) -> None:
    store = state.bookmarks
    one, two = store.add_folder("one").id, store.add_folder("two").id
    number = add(store, "kb1")
    for what, where in ((one, two), (number, number), (number, 99)):
        with pytest.raises(StateError):
            store.move(what, where)
    assert names(store) == ["one", "two", "kb1"]


def test_there_is_an_end_to_them(state: UserState, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that went wrong must not fill the disk."""
    monkeypatch.setattr(bookmarks, "MOST_BOOKMARKS", 2)
    add(state.bookmarks, "kb1")
    add(state.bookmarks, "kb2")
    with pytest.raises(StateError):
        add(state.bookmarks, "kb3")


class Shelf(RuleBasedStateMachine):
    """Random changes; undoing all of them leaves what was there before each."""

    def __init__(self) -> None:
        super().__init__()
        self.state = UserState.in_memory()
        self.store = self.state.bookmarks
        self.done: list[tuple[object, object]] = []

    def _keep(self, before: object, change: object) -> None:
        self.done.append((before, change))

    @rule(article=st.sampled_from(["a", "b"]), anchor=st.sampled_from(["", "x"]))
    def add(self, article: str, anchor: str) -> None:
        before = list(self.store.list())
        change = self.store.add(article, anchor, title="t", place="", language="sv")
        self._keep(before, change)

    @rule()
    def add_folder(self) -> None:
        before = list(self.store.list())
        self._keep(before, self.store.add_folder("f"))

    @precondition(lambda self: self.store.list())
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        before = list(self.store.list())
        mark = data.draw(st.sampled_from(before))
        folders = [0] if mark.is_folder else [0, *(other.id for other in before if other.is_folder)]
        folder = data.draw(st.sampled_from(folders))
        target = data.draw(st.sampled_from([0, *(other.id for other in before if other.folder == folder)]))
        self._keep(before, self.store.move(mark.id, folder, target))
        after = {other.id for other in self.store.list()}
        assert after == {other.id for other in before}

    @precondition(lambda self: self.store.list())
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        before = list(self.store.list())
        self._keep(before, self.store.delete(data.draw(st.sampled_from(before)).id))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        before, change = self.done.pop()
        self.store.undo(change)  # type: ignore[arg-type]
        assert list(self.store.list()) == before

    @invariant()
    def all_are_listed(self) -> None:
        count = self.state._database.read("SELECT count(*) FROM bookmarks")[0][0]
        assert len({mark.id for mark in self.store.list()}) == len(self.store.list()) == count

    def teardown(self) -> None:
        self.state.close()


TestShelf = Shelf.TestCase
