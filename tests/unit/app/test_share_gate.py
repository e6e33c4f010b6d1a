"""Which commands get copies of what lies on shares, and what they are told."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from kbviewer.app.commands import Session
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.share_gate import bring_shares
from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import ShareError
from tests.support.packs import make_folder
from tests.support.policies import locked


def options(command: str, **named: object) -> argparse.Namespace:
    return argparse.Namespace(command=command, **named)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "share" / "office").parent


def lies_on(share: Path) -> Callable[[Path], bool]:
    return lambda path: share in path.parents


def session(tmp_path: Path, *libraries: Path, named_by_policy: tuple[Path, ...] = ()) -> Session:
    policy = locked(library_dirs=tuple(map(str, named_by_policy)))
    translator = Translator(data_folders().i18n, "en")
    return Session(data_folders(), Profile(tmp_path / "profile"), translator, libraries, policy)


def test_who_only_reads_gets_a_copy_of_what_was_named(tmp_path: Path, share: Path) -> None:
    shown: list[str] = []
    before = session(tmp_path, share / "office")

    after = bring_shares(
        options("show", article="printer"),
        before,
        pytest.fail,
        shown.append,
        lambda path: share in path.parents,
    )

    (library,) = after.open_libraries().libraries
    assert library.root.is_relative_to(Profile(tmp_path / "profile").cache)
    assert library.has("printer")
    assert shown[-1] == ""


@pytest.mark.parametrize("command", [None, "open", "doctor", "translate"])
def test_others_read_what_is_there_themselves(tmp_path: Path, share: Path, command: str) -> None:
    """A translation is written where it lies; window and doctor look after shares by themselves."""
    before = session(tmp_path, share / "office")

    assert bring_shares(options(command), before, pytest.fail, None, lies_on(share)) is before


def test_without_a_share_nothing_is_different(tmp_path: Path, share: Path) -> None:
    before = session(tmp_path, share / "office")

    assert bring_shares(options("show"), before, pytest.fail, None, lambda _path: False) is before


def test_what_was_named_and_is_not_there_ends_the_command(tmp_path: Path, share: Path) -> None:
    with pytest.raises(ShareError, match="gone"):
        bring_shares(
            options("search"), session(tmp_path, share / "gone"), pytest.fail, None, lambda _path: True
        )


def test_what_the_policy_names_and_is_not_there_hides_nothing_else(tmp_path: Path, share: Path) -> None:
    before = session(tmp_path, named_by_policy=(share / "gone", share / "office"))

    after = bring_shares(options("search"), before, pytest.fail, None, lies_on(share))

    assert [library.root.name for library in after.open_libraries().libraries] == ["office"]
