"""All files of an article, or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kbviewer.content.translation import saving
from kbviewer.content.translation.saving import save
from kbviewer.model.errors import ContentError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "library"
    path.mkdir()
    return path


def names(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_are_replaced_and_keep_their_rights(folder: Path) -> None:
    (folder / "sv.md").write_bytes(b"old")
    (folder / "sv.md").chmod(0o640)

    save(folder, {"sv.md": b"new", "sv.md.lock": b"lock"})

    assert names(folder) == {"sv.md": b"new", "sv.md.lock": b"lock"}
    assert (folder / "sv.md").stat().st_mode & 0o777 == 0o640


def test_when_one_cannot_be_written_none_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "sv.md").write_bytes(b"old")
    write = saving._write

    def full(temporary: Path, data: bytes, path: Path) -> None:
        write(temporary, data, path)
        if path.name == "sv.md.lock":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving, "_write", full)

    with pytest.raises(ContentError, match=r"sv\.md\.lock cannot be written: No space left"):
        save(folder, {"sv.md": b"new", "sv.md.lock": b"lock"})

    assert names(folder) == {"sv.md": b"old"}


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link(folder: Path) -> None:
    (folder / "real.md").write_bytes(b"old")
    (folder / "sv.md").symlink_to("real.md")

    save(folder, {"sv.md": b"new"})

    assert (folder / "sv.md").is_symlink()
    assert (folder / "real.md").read_bytes() == b"new"
