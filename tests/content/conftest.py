"""The shipped library."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.content.folder import FolderLibrary

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> FolderLibrary:
    return FolderLibrary(CONTENT, tmp_path_factory.mktemp("cache"))
