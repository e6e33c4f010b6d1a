"""Packs and files of updates are told apart by what is in them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kbviewer.content.packs.file_kind import FileKind, kind_of
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.content.packs.pack_file import PackFile
from kbviewer.content.updates.address import open_transport
from kbviewer.content.updates.bundle_transport import BundleTransport
from kbviewer.model.errors import PackFileError, UpdateFileError
from tests.support.packs import make_pack
from tests.support.publisher import Publisher, write_bundle


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pack(tmp_path_factory.mktemp("pack") / "1.kbp")


@pytest.fixture(scope="module")
def update(pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("update")
    publisher = Publisher(folder / "live")
    publisher.publish(pack)
    return write_bundle(publisher.folder, folder / "1.kbu")


def test_the_name_of_a_file_says_nothing(pack: Path, update: Path, tmp_path: Path) -> None:
    """Mail programs and people rename files."""
    assert kind_of(Path(shutil.copy(pack, tmp_path / "a.kbu"))) is FileKind.PACK
    assert kind_of(Path(shutil.copy(update, tmp_path / "b.kbp"))) is FileKind.UPDATE


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"PK\3\4" + bytes(26) + b"mimetype", b"text" * 40])
def test_what_is_neither_is_neither(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.kbp").write_bytes(data)
    assert kind_of(tmp_path / "x.kbp") is None


@pytest.mark.skipif(os.name != "posix", reason="pipes are made otherwise on Windows")
def test_nobody_waits_for_a_pipe_a_folder_or_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.kbp")
    assert [kind_of(tmp_path / name) for name in ("pipe.kbp", ".", "gone", "\0")] == [None] * 4


def test_an_update_file_given_as_a_pack_is_told_with_what_to_do(update: Path, tmp_path: Path) -> None:
    """Before anything is copied."""
    packs = InstalledPacks(tmp_path / "packs")
    for take in (PackFile, packs.install):
        with pytest.raises(UpdateFileError, match=r"1\.kbu” is an update file.*kbviewer update "):
            take(update)
    assert not packs.folder.exists()


def test_a_pack_given_as_a_source_is_told_and_a_renamed_update_file_is_one(
    pack: Path, update: Path, tmp_path: Path
) -> None:
    with pytest.raises(PackFileError, match=r"is a pack, not a source.*kbviewer pack install "):
        open_transport(str(pack))
    transport = open_transport(str(shutil.copy(update, tmp_path / "updates.zip")))
    assert isinstance(transport, BundleTransport)
    transport.close()
