"""All files of an article, or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kbviewer.content.translation import saving
from kbviewer.content.translation.saving import save
from kbviewer.model.errors import ContentError


def names(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_are_replaced_and_keep_their_rights(tmp_path: Path) -> None:
    (tmp_path / "sv.md").write_bytes(b"old")
    (tmp_path / "sv.md").chmod(0o640)

    save(tmp_path, {"sv.md": b"new", "sv.md.lock": b"lock"})

    assert names(tmp_path) == {"sv.md": b"new", "sv.md.lock": b"lock"}
    assert (tmp_path / "sv.md").stat().st_mode & 0o777 == 0o640


def test_when_one_cannot_be_written_none_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sv.md").write_bytes(b"old")
    write = saving._write

    def full(temporary: Path, data: bytes, path: Path) -> None:
        write(temporary, data, path)
        if path.name == "sv.md.lock":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving, "_write", full)

    with pytest.raises(ContentError, match=r"sv\.md\.lock cannot be written: No space left"):
        save(tmp_path, {"sv.md": b"new", "sv.md.lock": b"lock"})

    assert names(tmp_path) == {"sv.md": b"old"}


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"old")
    (tmp_path / "sv.md").symlink_to("real.md")

    save(tmp_path, {"sv.md": b"new"})

    assert (tmp_path / "sv.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"
