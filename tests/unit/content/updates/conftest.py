"""What tests of the update client share: packs that are made once, and a stage per transport."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.update_stage import TRANSPORTS, Stage, make_dated_versions, stage


@pytest.fixture(scope="session")
def made_packs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three versions of “office”, and “other”; only read."""
    return make_dated_versions(tmp_path_factory.mktemp("packs"))


@pytest.fixture(params=TRANSPORTS)
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """A publisher and a reader, over each transport."""
    with stage(tmp_path / "stage", request.param) as made:
        yield made


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Stage]:
    """The same over a folder only."""
    with stage(tmp_path / "stage", "folder") as made:
        yield made


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Stage]:
    """The same over a server only."""
    with stage(tmp_path / "stage", "http") as made:
        yield made
