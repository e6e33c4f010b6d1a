"""Settings: declared once, checked on the way in and on the way out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.errors import StateError
from kbviewer.state.settings import SettingValues, declared_settings
from kbviewer.state.user_state import UserState


@pytest.fixture
def state() -> Iterator[UserState]:
    with UserState.in_memory() as opened:
        yield opened


def test_every_default_keeps_its_own_limit() -> None:
    for spec in declared_settings().values():
        assert spec.allows(spec.default), spec.name
        assert spec.help, spec.name


def test_unset_settings_have_their_defaults(state: UserState) -> None:
    assert state.settings.values == SettingValues()
    assert state.settings.get("zoom") == 1.0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "sv"),
        ("language", "pt-BR"),
        ("theme", "contrast"),
        ("zoom", 0.5),
        ("zoom", 3),
        ("touch", True),
        ("side_pane_folded", True),
        ("side_pane_width", 320),
        ("window_geometry", bytes(range(256))),
    ],
)
def test_what_was_set_comes_back(state: UserState, name: str, value: object) -> None:
    state.settings.set(name, value)

    assert state.settings.get(name) == value
    assert type(state.settings.get(name)) is declared_settings()[name].type


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "../../etc"),
        ("language", None),
        ("theme", "pink"),
        ("zoom", 0.49),
        ("zoom", 3.01),
        ("zoom", float("nan")),
        ("zoom", "1.0"),
        ("zoom", True),
        ("touch", 1),
        ("side_pane_width", 10**9),
        ("side_pane_width", 300.5),
        ("window_geometry", b"x" * 5000),
    ],
)
def test_value_that_is_not_allowed_is_refused(state: UserState, name: str, value: object) -> None:
    with pytest.raises(StateError, match=name):
        state.settings.set(name, value)

    assert state.settings.get(name) == getattr(SettingValues(), name)


def test_setting_that_nobody_declared_is_a_mistake_of_the_program(state: UserState) -> None:
    with pytest.raises(KeyError):
        state.settings.get("colour")
    with pytest.raises(KeyError):
        state.settings.set("colour", "red")


def test_reset_goes_back_to_the_default(state: UserState) -> None:
    state.settings.set("zoom", 2.0)
    state.settings.reset("zoom")

    assert state.settings.values.zoom == 1.0


@given(
    name=st.sampled_from(sorted(declared_settings())), text=st.text() | st.sampled_from(["[" * 9999, "1e999"])
)
def test_stored_rubbish_counts_as_the_default(name: str, text: str) -> None:
    """A value that a later version or a broken disk left there must not keep the window from opening."""
    with UserState.in_memory() as state:
        state._database.write("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, text))
        state._database.write("INSERT OR REPLACE INTO settings VALUES ('unknown', ?)", (text,))

        assert declared_settings()[name].allows(state.settings.get(name))


def test_settings_are_read_from_the_file(tmp_path: Path) -> None:
    with UserState.open(tmp_path / "state.sqlite") as state:
        state.settings.set("language", "en")

    with UserState.open(tmp_path / "state.sqlite", read_only=True) as state:
        assert state.settings.values.language == "en"
