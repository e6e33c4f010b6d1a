"""A repository that is made, with its keys."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kbviewer.content.updates.founding import Plan, found
from kbviewer.content.updates.metadata_files import fingerprint
from kbviewer.model.errors import PackError
from tests.support.publishing import NOW, Publisher


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_repository_is_founded_once(publisher: Publisher, tmp_path: Path) -> None:
    before = publisher.files()

    with pytest.raises(PackError, match="There is a repository in"):
        found(publisher.folder, tmp_path / "more", Plan("x"), b"", NOW)
    with pytest.raises(PackError, match=r"root-1\.pem” is there already"):
        found(tmp_path / "other", publisher.keys, Plan("x"), b"", NOW)
    assert publisher.files() == before
    assert not (tmp_path / "other").exists()
    assert not (tmp_path / "more").exists()


@pytest.mark.parametrize(
    "plan", [Plan("x", 3, 4), Plan("x", 0, 0), Plan("x", 3, 0), Plan("x", 21), Plan(" "), Plan("a\nb")]
)
def test_a_plan_that_cannot_be_makes_nothing(tmp_path: Path, plan: Plan) -> None:
    with pytest.raises(PackError, match="cannot be"):
        found(tmp_path / "repo", tmp_path / "keys", plan, b"", NOW)
    assert not (tmp_path / "keys").exists()


def test_keys_do_not_lie_in_what_is_served(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="going to be public"):
        found(tmp_path / "repo", tmp_path / "repo" / "keys", Plan("x"), b"", NOW)


def test_the_fingerprint_is_that_of_the_first_root(publisher: Publisher) -> None:
    """So that anybody can compute it: `sha256sum 1.root.json`."""
    expected = digest(publisher.folder / "metadata" / "1.root.json")
    assert publisher.founded.fingerprint == expected
    publisher.sign_root("root-1", "root-2")
    assert fingerprint(publisher.repository.files) == expected
