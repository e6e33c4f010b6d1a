"""Which tabs there are and which one is shown."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kbviewer.model.progress import ReadingPlace
from kbviewer.model.tabs import KeptTab, KeptTabs, Stop
from kbviewer.ui.shell.tab_list import MOST_TABS, TabList


def shown(tabs: TabList) -> list[str]:
    """The articles on the tabs, the current one in brackets."""
    names = [tab.history.current.article or "home" for tab in tabs]
    return [f"[{name}]" if at == tabs.at else name for at, name in enumerate(names)]


def opened(*articles: str) -> TabList:
    """One tab per article, the last one current."""
    tabs = TabList()
    tabs.current.history.visit(Stop(articles[0]))
    for article in articles[1:]:
        tabs.open(Stop(article))
    return tabs


def test_a_window_begins_with_one_tab_at_home() -> None:
    """There is always a page."""
    assert shown(TabList()) == ["[home]"]


def test_tabs_behind_the_current_one_line_up_in_the_order_of_the_clicks() -> None:
    """Three links opened one after the other are read from left to right."""
    tabs = opened("a", "z")
    tabs.select_at(0)
    for article in ("b", "c", "d"):
        tabs.open(Stop(article), behind=True)
    assert shown(tabs) == ["[a]", "b", "c", "d", "z"]


def test_a_closed_tab_gives_way_to_its_right_neighbour() -> None:
    """And the last one to its left."""
    tabs = opened("a", "b", "c")
    tabs.select_at(1)
    assert tabs.close(tabs.current.number)
    assert shown(tabs) == ["a", "[c]"]
    assert tabs.close(tabs.current.number)
    assert shown(tabs) == ["[a]"]


def test_a_tab_opened_in_front_returns_to_where_it_was_opened() -> None:
    """A quick look at another article, and back."""
    tabs = opened("a", "z")
    tabs.select_at(0)
    tabs.open(Stop("b"))
    tabs.close(tabs.current.number)
    assert shown(tabs) == ["[a]", "z"]


def test_closing_a_tab_in_the_background_changes_nothing_on_the_page() -> None:
    """The middle button on another tab."""
    tabs = opened("a", "b")
    assert not tabs.close(next(iter(tabs)).number)
    assert shown(tabs) == ["[b]"]


def test_the_last_tab_leaves_home_behind_and_never_closes_the_window() -> None:
    """Ctrl+W once too often is no reason to lose the program."""
    tabs = opened("a")
    assert tabs.close(tabs.current.number)
    assert shown(tabs) == ["[home]"]
    assert not tabs.close(tabs.current.number)


def test_a_reopened_tab_has_its_place_and_its_history() -> None:
    """Closing by mistake costs nothing."""
    tabs = opened("a", "b", "c")
    tabs.select_at(1)
    place = ReadingPlace("b", "sv", "p9", 0.5)
    tabs.current.history.leave(place)
    tabs.current.history.visit(Stop("x"))
    tabs.close(tabs.current.number)
    assert tabs.reopen()
    assert shown(tabs) == ["a", "[x]", "c"]
    assert tabs.current.history.back() == Stop("b", "", place)


def test_reopening_the_last_tab_takes_the_place_of_the_home_that_stood_in() -> None:
    """An empty tab beside it would be nobody's."""
    tabs = opened("a")
    tabs.close(tabs.current.number)
    tabs.reopen()
    assert shown(tabs) == ["[a]"]


def test_a_home_that_was_used_meanwhile_stays_beside_the_reopened_tab() -> None:
    """What the reader went to is not taken away."""
    tabs = opened("a")
    tabs.close(tabs.current.number)
    tabs.current.history.visit(Stop("b"))
    tabs.reopen()
    assert shown(tabs) == ["[a]", "b"]


def test_closing_the_others_can_be_taken_back_one_by_one() -> None:
    """In the order in which they would be missed."""
    tabs = opened("a", "b", "c")
    tabs.close_others(tabs.current.number)
    assert shown(tabs) == ["[c]"]
    tabs.reopen()
    tabs.reopen()
    assert sorted(name.strip("[]") for name in shown(tabs)) == ["a", "b", "c"]


def test_a_duplicate_goes_its_own_way() -> None:
    """Both begin where the first one was."""
    tabs = opened("a")
    tabs.duplicate(tabs.current.number)
    tabs.current.history.visit(Stop("b"))
    assert shown(tabs) == ["a", "[b]"]
    assert tabs.current.history.back() == Stop("a")


def test_next_and_previous_go_round() -> None:
    """After the last comes the first."""
    tabs = opened("a", "b", "c")
    tabs.select_next(1)
    assert shown(tabs)[0] == "[a]"
    tabs.select_next(-1)
    assert shown(tabs)[2] == "[c]"


def test_there_is_an_end_to_tabs() -> None:
    """A key that is held down must not fill the memory."""
    tabs = TabList()
    assert all(tabs.open() for _ in range(MOST_TABS - 1))
    assert not tabs.open()
    assert not tabs.open(behind=True)
    assert not tabs.duplicate(tabs.current.number)
    assert len(tabs) == MOST_TABS


def test_nothing_kept_means_home() -> None:
    """The first start."""
    tabs = TabList()
    tabs.restore(KeptTabs())
    assert shown(tabs) == ["[home]"]


def test_damaged_numbers_do_no_harm() -> None:
    """The file may come from anywhere."""
    tabs = TabList()
    tabs.restore(KeptTabs((KeptTab((Stop("a"),), 7), KeptTab((), -3)), 99))
    assert shown(tabs) == ["a", "[home]"]


class AnyDeeds(RuleBasedStateMachine):
    """Any sequence of what a reader can do with tabs."""

    @initialize()
    def begin(self) -> None:
        self.tabs = TabList()
        self.opened = 0

    @rule(behind=st.booleans())
    def open(self, behind: bool) -> None:
        self.opened += 1
        before = self.tabs.current
        self.tabs.open(Stop(f"kb{self.opened}"), behind=behind)
        assert (self.tabs.current is before) == behind

    @rule(at=st.integers(0, 9))
    def close(self, at: int) -> None:
        """And bring it back: everything is as it was, but for the tab that is shown."""
        tab = list(self.tabs)[at % len(self.tabs)]
        before = [one.history.kept() for one in self.tabs]
        fresh = len(self.tabs) == 1 and tab.history.is_fresh
        self.tabs.close(tab.number)
        if not fresh:
            self.tabs.reopen()
            assert [one.history.kept() for one in self.tabs] == before
            assert self.tabs.current.history.kept() == tab.history.kept()

    @rule(at=st.integers(0, 9))
    def lose(self, at: int) -> None:
        self.tabs.close(list(self.tabs)[at % len(self.tabs)].number)

    @rule(at=st.integers(0, 9))
    def leave_one(self, at: int) -> None:
        self.tabs.close_others(list(self.tabs)[at % len(self.tabs)].number)
        assert len(self.tabs) == 1

    @rule()
    def reopen(self) -> None:
        assert self.tabs.reopen() or not self.tabs.can_reopen

    @rule(at=st.integers(0, 9))
    def duplicate(self, at: int) -> None:
        self.tabs.duplicate(list(self.tabs)[at % len(self.tabs)].number)

    @rule(start=st.integers(0, 9), end=st.integers(0, 9))
    def move(self, start: int, end: int) -> None:
        before = self.tabs.current
        self.tabs.move(start % len(self.tabs), end % len(self.tabs))
        assert self.tabs.current is before

    @rule(at=st.integers(-12, 12))
    def select(self, at: int) -> None:
        self.tabs.select_at(at)

    @rule(steps=st.integers(-3, 3))
    def go_round(self, steps: int) -> None:
        self.tabs.select_next(steps)

    @rule()
    def restart(self) -> None:
        kept = self.tabs.kept()
        self.tabs = TabList()
        self.tabs.restore(kept)
        assert self.tabs.kept() == kept

    @invariant()
    def one_is_current(self) -> None:
        assert 1 <= len(self.tabs) <= MOST_TABS
        assert self.tabs.current in list(self.tabs)
        assert len({tab.number for tab in self.tabs}) == len(self.tabs)


TestAnyDeeds = AnyDeeds.TestCase
TestAnyDeeds.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
