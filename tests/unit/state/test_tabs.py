"""The tabs on disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.progress import ReadingPlace
from kbviewer.model.tabs import HOME, READ_BEFORE, KeptTab, KeptTabs, Stop
from kbviewer.state.user_state import UserState

ARTICLES = st.sampled_from(["", "kb1", "kb2", "/drafts/å.md"])
FRACTIONS = st.floats(0, 1)


def stops() -> st.SearchStrategy[Stop]:
    def stop(article: str, anchor: str, fraction: float | None) -> Stop:
        place = None if fraction is None else ReadingPlace(article, "sv", anchor, fraction)
        return Stop(article, anchor, place)

    return st.builds(stop, ARTICLES, st.sampled_from(["", "a", "a/p2"]), st.none() | FRACTIONS)


def kept() -> st.SearchStrategy[KeptTabs]:
    one = st.lists(stops(), min_size=1, max_size=4).flatmap(
        lambda found: st.builds(KeptTab, st.just(tuple(found)), st.integers(0, len(found) - 1))
    )
    return st.lists(one, min_size=1, max_size=4).flatmap(
        lambda found: st.builds(KeptTabs, st.just(tuple(found)), st.integers(0, len(found) - 1))
    )


@given(st.lists(kept(), min_size=1, max_size=6))
def test_what_was_saved_last_is_what_is_loaded(series: list[KeptTabs]) -> None:
    """Only differences are written; none may get lost, whatever came before."""
    with UserState.in_memory() as state:
        for tabs in series:
            state.tabs.save(tabs)
            assert state.tabs.load() == tabs


def test_a_new_profile_has_no_tabs() -> None:
    """The first start is at home."""
    with UserState.in_memory() as state:
        assert state.tabs.load() == KeptTabs()


def test_tabs_outlive_the_process(tmp_path: Path) -> None:
    """And a session that knows nothing of what the file holds writes it anew."""
    path = tmp_path / "state.sqlite"
    many = KeptTabs((KeptTab((HOME, Stop("kb1", "a")), 1), KeptTab((READ_BEFORE,))), 1)
    one = KeptTabs((KeptTab((Stop("kb2"),)),))
    with UserState.open(path) as state:
        state.tabs.save(many)
    with UserState.open(path) as state:
        assert state.tabs.load() == many
        state.tabs.save(one)
    with UserState.open(path) as state:
        assert state.tabs.load() == one


def test_tabs_survive_a_power_cut(tmp_path: Path) -> None:
    """The process dies between a save and the end that it never comes to."""
    path = tmp_path / "state.sqlite"
    program = (
        "import os, sys, pathlib\n"
        "from kbviewer.model.tabs import KeptTab, KeptTabs, Stop\n"
        "from kbviewer.state.user_state import UserState\n"
        "state = UserState.open(pathlib.Path(sys.argv[1]))\n"
        "state.tabs.save(KeptTabs((KeptTab((Stop('kb1'),)), KeptTab((Stop('kb2'),))), 1))\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    with UserState.open(path) as state:
        assert state.tabs.load() == KeptTabs((KeptTab((Stop("kb1"),)), KeptTab((Stop("kb2"),))), 1)


def test_a_fraction_out_of_range_is_brought_to_the_nearer_end() -> None:
    """As with the places of articles."""
    with UserState.in_memory() as state:
        state.tabs.save(KeptTabs((KeptTab((Stop("kb1", "", ReadingPlace("kb1", "sv", "a", 7.0)),)),)))
        place = state.tabs.load().tabs[0].stops[0].place
        assert place is not None
        assert place.fraction == 1.0
