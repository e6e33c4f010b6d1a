"""Installing, going back, removing; whatever happens meanwhile, the old or the new is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from kbviewer.content.packs import installed as installed_module
from kbviewer.content.packs.file_lock import locked
from kbviewer.content.packs.installed import FILES, INCOMING, LOCK, InstalledPacks
from kbviewer.content.packs.library import PackLibrary
from kbviewer.content.packs.pointer import POINTER
from kbviewer.model.errors import PackError
from tests.soak.packs import faults, left_over, make_versions
from tests.support.disks import can_mount, set_read_only, small_disk
from tests.support.packs import make_pack
from tests.support.tree import ROOT


@pytest.fixture
def versions(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "versions"
    folder.mkdir()
    return make_versions(folder)


@pytest.fixture
def packs(tmp_path: Path) -> InstalledPacks:
    return InstalledPacks(tmp_path / "packs")


def in_use(packs: InstalledPacks) -> str:
    return packs.states()["office"].current.version


def test_nothing_is_installed_where_there_is_no_folder(packs: InstalledPacks) -> None:
    assert packs.states() == {}
    assert not packs.folder.exists()
    for act in (lambda: packs.remove("office"), lambda: packs.rollback("office")):
        with pytest.raises(PackError, match="No pack is installed"):
            act()
    assert not packs.folder.exists()


def test_an_update_keeps_one_version_before(packs: InstalledPacks, versions: list[Path]) -> None:
    assert [packs.install(path)[0] for path in versions] == ["office"] * 3
    state = packs.states()["office"]
    assert (state.current.version, state.previous and state.previous.version) == ("3", "2")
    assert len(list((packs.folder / FILES).iterdir())) == 2
    assert not (packs.folder / INCOMING).exists()
    assert faults(packs.folder) == []


def test_going_back_can_itself_be_taken_back(packs: InstalledPacks, versions: list[Path]) -> None:
    packs.install(versions[0])
    with pytest.raises(PackError, match="no earlier version"):
        packs.rollback("office")
    packs.install(versions[1])
    assert packs.rollback("office").current.version == "1"
    assert packs.rollback("office").current.version == "2"
    with pytest.raises(PackError, match="No pack “other”"):
        packs.rollback("other")


def test_a_damaged_version_is_not_gone_back_to(packs: InstalledPacks, versions: list[Path]) -> None:
    packs.install(versions[0])
    _, state = packs.install(versions[1])
    assert state.previous
    path = packs.path_of(state.previous)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(PackError, match="no whole pack"):
        packs.rollback("office")
    assert in_use(packs) == "2"


def test_the_same_version_again_changes_nothing_and_mends_what_is_damaged(
    packs: InstalledPacks, versions: list[Path]
) -> None:
    packs.install(versions[0])
    _, before = packs.install(versions[1])
    file = packs.path_of(before.current)
    number = file.stat().st_ino
    assert packs.install(versions[1])[1] == before
    assert file.stat().st_ino == number, "somebody may have it open"
    file.write_bytes(b"")
    assert packs.install(versions[1])[1] == before
    assert faults(packs.folder) == []


def test_removing_takes_both_versions_and_no_other_pack(
    packs: InstalledPacks, versions: list[Path], tmp_path: Path
) -> None:
    from tests.support.packs import build, make_folder

    other = make_folder(tmp_path / "other")
    text = (other / "pack.toml").read_text("utf-8").replace('"office"', '"other"')
    (other / "pack.toml").write_text(text, "utf-8")
    build(other, tmp_path / "other.kbp")
    for path in (*versions, tmp_path / "other.kbp"):
        packs.install(path)
    packs.remove("office")
    assert set(packs.states()) == {"other"}
    assert len(list((packs.folder / FILES).iterdir())) == 1
    with pytest.raises(PackError, match="No pack “office”"):
        packs.remove("office")


def test_who_reads_goes_on_reading_through_updates_and_removal(
    packs: InstalledPacks, versions: list[Path]
) -> None:
    _, state = packs.install(versions[0])
    with closing(PackLibrary.open(packs.path_of(state.current), None, state.current.manifest)) as reader:
        for path in versions[1:]:
            packs.install(path)
        packs.remove("office")
        assert "Version 1." in str(reader.article("printer", "sv"))
        assert reader.media("printer", "media/skrivare.png")


@pytest.mark.parametrize("change", ["cut short", "changed", "empty", "another kind"])
def test_what_is_no_whole_pack_is_not_installed(
    packs: InstalledPacks, versions: list[Path], change: str
) -> None:
    packs.install(versions[0])
    data = bytearray(versions[1].read_bytes())
    if change == "changed":
        data[data.index(b"PNG")] ^= 1
    changed = {
        "cut short": bytes(data[:-100]),
        "changed": bytes(data),
        "empty": b"",
        "another kind": b"PK\3\4" * 30,
    }[change]
    versions[1].write_bytes(changed)
    with pytest.raises(PackError, match=r"2\.kbp"):
        packs.install(versions[1])
    assert in_use(packs) == "1"
    assert faults(packs.folder) == left_over(packs.folder) == []


def test_a_second_one_is_told_that_somebody_is_at_it(packs: InstalledPacks, versions: list[Path]) -> None:
    packs.install(versions[0])
    with locked(packs.folder / LOCK):
        for act in (lambda: packs.install(versions[1]), lambda: packs.remove("office")):
            with pytest.raises(PackError, match="Another kbviewer"):
                act()
    assert in_use(packs) == "1"


def test_a_pack_that_does_not_fit_is_told_before_it_is_copied(
    packs: InstalledPacks, versions: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(100 << 20, 98 << 20, 2 << 20))
    with pytest.raises(PackError, match="2 MB left"):
        packs.install(versions[0])
    assert packs.states() == {}


@pytest.mark.skipif(not can_mount(), reason="only root can make a file system that is full")
def test_a_disk_that_fills_up_meanwhile_leaves_the_old_version(
    tmp_path: Path, versions: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed_module, "_SPARE_BYTES", 0)
    with small_disk(tmp_path / "disk") as disk:
        packs = InstalledPacks(disk.folder / "packs")
        packs.install(versions[0])
        monkeypatch.setattr(InstalledPacks, "_check_room", lambda *_: None)
        disk.fill()
        with pytest.raises(PackError, match="cannot be changed"):
            packs.install(versions[1])
        assert in_use(packs) == "1"
        assert faults(packs.folder) == []
        disk.free()
        packs.install(versions[1])
        assert in_use(packs) == "2"


@pytest.mark.skipif(not can_mount(), reason="only root can make a file system that is read-only")
def test_a_read_only_folder_is_read_and_not_changed(
    tmp_path: Path, versions: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed_module, "_SPARE_BYTES", 0)
    with small_disk(tmp_path / "disk") as disk:
        packs = InstalledPacks(disk.folder / "packs")
        packs.install(versions[0])
        set_read_only(disk.folder, True)
        try:
            for act in (lambda: packs.install(versions[1]), lambda: packs.remove("office")):
                with pytest.raises(PackError, match="cannot be changed"):
                    act()
            assert in_use(packs) == "1"
            assert faults(packs.folder) == []
        finally:
            set_read_only(disk.folder, False)


@pytest.mark.parametrize(
    "pointer",
    [
        b"", b"{", b"[]", b'{"format": 2, "packs": {}}', b'{"format": 1, "packs": {"../x": 1}}',
        b'{"format": 1, "packs": {"x": {"current": null, "previous": null}}}',
        b'{"format": 1, "packs": {"x": {"current": {"sha256": "../../etc", "manifest": "", "version": "",'
        b' "size": 1}, "previous": null}}}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_damaged_pointer_is_told(packs: InstalledPacks, versions: list[Path], pointer: bytes) -> None:
    packs.folder.mkdir()
    (packs.folder / POINTER).write_bytes(pointer)
    for act in (packs.states, lambda: packs.install(versions[0])):
        with pytest.raises(PackError, match=r"installed\.json cannot be read"):
            act()


def test_only_files_that_are_pointed_to_are_installed_ones(
    packs: InstalledPacks, versions: list[Path], tmp_path: Path
) -> None:
    """Nobody is trusted because of where he lies."""
    packs.install(versions[0])
    _, state = packs.install(versions[1])
    assert state.previous
    assert packs.version_at(packs.path_of(state.current)) == state.current
    assert packs.version_at(packs.path_of(state.previous)) == state.previous
    stray = packs.folder / FILES / f"{'0' * 64}.kbp"
    shutil.copy(versions[2], stray)
    assert packs.version_at(stray) is None
    assert packs.version_at(tmp_path / state.current.file_name) is None


def test_progress_is_told_from_nothing_to_all(packs: InstalledPacks, versions: list[Path]) -> None:
    seen: list[float] = []
    packs.install(versions[0], lambda done, total: seen.append(done / total))
    assert seen == sorted(seen)
    assert 0.9 < seen[-1] <= 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="crashes are forked")
def test_a_crash_at_any_line_leaves_the_old_or_the_new_version(tmp_path: Path, versions: list[Path]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.pack_crashes", tmp_path / "crashes", versions[0], versions[1]],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 200


def test_the_check_itself_sees_a_mixture(packs: InstalledPacks, tmp_path: Path) -> None:
    """A check that never fails proves nothing."""
    packs.install(make_pack(tmp_path / "odd.kbp", "7", says="Version 6."))
    assert faults(packs.folder) == ["7 is a mixture"]
    (packs.folder / FILES / "more.kbp").touch()
    assert left_over(packs.folder) == ["more.kbp"]
