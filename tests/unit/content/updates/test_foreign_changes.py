"""A repository that somebody else has changed, or that has been damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kbviewer.model.errors import PackError
from tests.support.packs import make_pack
from tests.support.publishing import Publisher


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


def edited(path: Path, edit: Callable[[Any], object]) -> None:
    value = json.loads(path.read_bytes())
    edit(value)
    path.write_text(json.dumps(value))


@pytest.mark.parametrize("name", ["timestamp.json", "1.snapshot.json", "1.targets.json", "1.root.json"])
def test_what_somebody_else_has_changed_is_not_signed(
    publisher: Publisher, tmp_path: Path, name: str
) -> None:
    """Who can write to the folder must not get the publisher's signature for it."""
    edited(
        publisher.folder / "metadata" / name,
        lambda value: value["signed"].update(expires="2099-01-01T00:00:00Z"),
    )
    before = publisher.files()

    with pytest.raises(PackError, match=rf"{name}” is not signed by the keys of this repository"):
        publisher.add(make_pack(tmp_path / "1.kbp"))
    with pytest.raises(PackError, match=name):
        publisher.renew()
    assert publisher.files() == before


@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000, '{"signed": {"_type": "targets"}}'])
def test_metadata_that_cannot_be_read_are_told(publisher: Publisher, text: str) -> None:
    (publisher.folder / "metadata" / "timestamp.json").write_text(text)

    with pytest.raises(PackError, match=r"timestamp\.json” is damaged"):
        publisher.renew()


def test_a_root_that_is_missing_is_told(publisher: Publisher) -> None:
    publisher.sign_root("root-1", "root-2")
    publisher.sign_root("root-1", "root-2")
    (publisher.folder / "metadata" / "2.root.json").unlink()

    with pytest.raises(PackError, match=r"2\.root\.json” is damaged"):
        publisher.renew()
