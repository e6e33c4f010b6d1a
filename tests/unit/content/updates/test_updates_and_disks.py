"""Full disks, read-only disks, two at a time."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from kbviewer.content.packs import installed as installed_module
from kbviewer.content.packs.file_lock import locked
from kbviewer.content.updates import installation
from kbviewer.content.updates.session import UpdatePlaces
from kbviewer.model.errors import UpdateError
from tests.support.disks import can_mount, set_read_only, small_disk
from tests.support.update_stage import Stage, assert_refused, assert_unharmed, sentence

only_root = pytest.mark.skipif(not can_mount(), reason="only root can make file systems")


@pytest.fixture
def updated(scene: Stage, made_packs: list[Path]) -> Stage:
    """The reader has the first version, and the publisher the second."""
    scene.publisher.publish(made_packs[0])
    scene.update()
    scene.publisher.publish(made_packs[1])
    return scene


def test_the_second_of_two_updates_is_told_that_one_is_busy(updated: Stage, made_packs: list[Path]) -> None:
    with locked(updated.places.trust / "lock"):
        assert "Wait until it is ready" in assert_refused(updated, "busy with an update")
    offers = updated.check()
    with locked(updated.places.trust / "lock"), pytest.raises(UpdateError, match="busy"):
        updated.session.install(offers)
    updated.update()
    assert_unharmed(updated, made_packs[2])


def test_somebody_who_installs_packs_meanwhile_is_not_disturbed(updated: Stage) -> None:
    length = updated.publisher.target_file().stat().st_size
    offers = updated.check()
    with locked(updated.places.packs / "lock"):
        result = updated.session.install(offers)
    assert result.done == () and "Another kbviewer" in str(result.stopped_by)
    assert updated.versions() == {"office": "1"}
    (done,) = updated.update().done
    assert done.fetched_bytes == 0 < length, "what was fetched is used"


def test_an_installation_by_hand_does_not_sweep_what_is_being_fetched(
    updated: Stage, made_packs: list[Path]
) -> None:
    path = updated.publisher.target_file()
    data = path.read_bytes()
    path.write_bytes(data[:9000])
    assert_refused(updated, "ends after 9000")
    path.write_bytes(data)
    updated.packs.install(made_packs[3])
    assert updated.update().done[0].fetched_bytes == len(data) - 9000


def test_an_offer_that_somebody_else_has_overtaken_is_looked_at_again(
    plain: Stage, made_packs: list[Path]
) -> None:
    plain.publisher.publish(made_packs[0])
    offers = plain.check()
    plain.publisher.publish(made_packs[1])
    plain.update()
    with pytest.raises(UpdateError, match="Somebody else has updated"):
        plain.session.install(offers)
    assert plain.versions() == {"office": "2"}


def test_a_pack_that_does_not_fit_is_told_before_it_is_fetched(
    updated: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(100 << 20, 98 << 20, 2 << 20))
    assert "Make room" in assert_refused(updated, "2 MB left; the update needs 17 MB")
    assert updated.server is None or not any("/targets/" in path for path, _ in updated.server.asked[9:])


@only_root
def test_a_disk_that_is_full_leaves_what_is_there(
    updated: Stage, made_packs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "SPARE_BYTES", 0)
    monkeypatch.setattr(installed_module, "_SPARE_BYTES", 0)
    with small_disk(updated.root / "disk") as disk:
        for name in ("packs", "updates"):
            shutil.copytree(updated.root / name, disk.folder / name)
        move(updated, disk.folder)
        disk.fill()
        assert "Make room there" in assert_refused(updated, "No space left")
        disk.free()
        offers = updated.check()  # what was signed fits; the pack does not
        disk.fill()
        result = updated.session.install(offers)
        assert result.stopped_by and "left; the update needs" in sentence(result.stopped_by)
        monkeypatch.setattr(installation.Installation, "_check_room", lambda *_: None)
        result = updated.session.install(offers)
        assert result.stopped_by and "No space left" in sentence(result.stopped_by)
        assert updated.versions() == {"office": "1"}
        disk.free()
        updated.update()
        assert updated.versions() == {"office": "2"}


@only_root
def test_a_read_only_disk_is_read_and_not_changed(updated: Stage) -> None:
    with small_disk(updated.root / "disk") as disk:
        for name in ("packs", "updates"):
            shutil.copytree(updated.root / name, disk.folder / name)
        move(updated, disk.folder)
        set_read_only(disk.folder, True)
        try:
            assert "right to write there" in assert_refused(updated, "Read-only file system")
        finally:
            set_read_only(disk.folder, False)


@only_root
def test_a_folder_of_packs_that_cannot_be_written_is_told(updated: Stage) -> None:
    """As when a reader updates what belongs to everybody."""
    with small_disk(updated.root / "disk") as disk:
        shutil.copytree(updated.root / "packs", disk.folder / "packs")
        trust = updated.places.trust
        move(updated, disk.folder)
        updated.places = UpdatePlaces(updated.places.packs, trust, updated.places.machine_trust)
        set_read_only(disk.folder, True)
        try:
            assert "let somebody with the right" in assert_refused(updated, "cannot be written to")
        finally:
            set_read_only(disk.folder, False)
    updated.places = UpdatePlaces(updated.root / "packs", trust, updated.places.machine_trust)


def move(made: Stage, folder: Path) -> None:
    """Let the reader's folders lie elsewhere."""
    from kbviewer.content.packs.installed import InstalledPacks

    made.places = UpdatePlaces(folder / "packs", folder / "updates", folder / "trust")
    made.packs = InstalledPacks(made.places.packs)
