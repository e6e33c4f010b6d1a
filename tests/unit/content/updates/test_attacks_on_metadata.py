"""Attacks on what is signed. Each ends in a sentence; the old content opens, and trust is whole."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner

from kbviewer.model.errors import StaleSourceError
from tests.support.publisher import FAR, NOW, Publisher
from tests.support.update_stage import Stage, assert_refused, assert_unharmed


@pytest.fixture
def updated(scene: Stage, made_packs: list[Path]) -> Stage:
    """The reader has the first version, and the publisher the second."""
    scene.publisher.publish(made_packs[0])
    scene.update()
    scene.publisher.copy(scene.root / "old")
    scene.publisher.publish(made_packs[1])
    return scene


def metadata(made: Stage, name: str) -> Path:
    return made.publisher.folder / "metadata" / name


def test_rollback_an_old_copy_is_not_believed(updated: Stage, made_packs: list[Path]) -> None:
    updated.update()
    assert "old content back" in assert_refused(updated, "is older", updated.root / "old")
    assert updated.versions() == {"office": "2"}
    assert_unharmed(updated, made_packs[2])


def test_rollback_a_new_timestamp_over_old_content_is_not_believed(
    updated: Stage, made_packs: list[Path]
) -> None:
    """Whoever has the timestamp's key alone, which lies on a server, can bring nothing back."""
    updated.update()
    forger = Publisher(updated.root / "forged")
    forger.keys, forger.root_keys = updated.publisher.keys, updated.publisher.root_keys
    shutil.copy(updated.publisher.root_file, forger.root_file)
    forger.keys = {**forger.keys, "targets": CryptoSigner.generate_ed25519()}
    forger.version = 10
    forger.publish(made_packs[0])
    assert_refused(updated, "not signed by enough", forger.folder)


@pytest.mark.parametrize("name", ["2.snapshot.json", "2.targets.json"])
def test_mix_and_match_parts_of_two_states_do_not_go_together(
    updated: Stage, made_packs: list[Path], name: str
) -> None:
    whole = metadata(updated, name).read_bytes()
    shutil.copy(metadata(updated, f"1{name[1:]}"), metadata(updated, name))
    assert "copied only in part, or mixed" in assert_refused(updated, "does not belong")
    metadata(updated, name).write_bytes(whole)
    updated.update()
    assert_unharmed(updated, made_packs[2])


def test_mix_and_match_a_new_timestamp_without_the_rest_is_told(
    updated: Stage, made_packs: list[Path]
) -> None:
    """A stick that was pulled out while it was being copied to."""
    metadata(updated, "2.snapshot.json").unlink()
    assert_refused(updated, "has no “metadata/2.snapshot.json”")
    assert_unharmed(updated, made_packs[2])


@pytest.mark.parametrize("name", ["timestamp.json", "2.snapshot.json", "2.targets.json"])
@pytest.mark.parametrize("change", ["version", "byte", "empty", "deep", "role"])
def test_tampered_metadata_are_not_believed(
    plain: Stage, made_packs: list[Path], name: str, change: str
) -> None:
    plain.publisher.publish(made_packs[0])
    plain.update()
    plain.publisher.publish(made_packs[1])
    path = metadata(plain, name)
    data = path.read_bytes()
    value = json.loads(data)
    value["signed"]["version"] = 99
    tampered = {
        "version": json.dumps(value).encode(),
        "byte": data[:40] + bytes([data[40] ^ 1]) + data[41:],
        "empty": b"",
        "deep": b"[" * 15_000,
        "role": metadata(plain, "1.root.json").read_bytes(),
    }[change]
    path.write_bytes(tampered)
    assert_refused(plain, "is damaged|not signed by enough|does not belong|is larger")
    path.write_bytes(data)
    plain.update()
    assert_unharmed(plain, made_packs[2])


def test_tampered_timestamp_is_not_believed_over_any_transport(
    updated: Stage, made_packs: list[Path]
) -> None:
    path = metadata(updated, "timestamp.json")
    value = json.loads(path.read_bytes())
    value["signed"]["version"] = 1_000_000
    path.write_text(json.dumps(value))
    assert_refused(updated, "not signed by enough")
    assert_unharmed(updated, made_packs[2])


def test_foreign_keys_another_publisher_at_the_address_is_not_believed(
    updated: Stage, made_packs: list[Path]
) -> None:
    foreign = Publisher(updated.root / "foreign")
    foreign.publish(made_packs[1])
    foreign.publish(made_packs[2])
    root = updated.first_root
    address = updated.address(foreign.folder)
    if updated.kind == "folder":  # the very address that is remembered
        shutil.rmtree(updated.publisher.folder)
        shutil.copytree(foreign.folder, updated.publisher.folder)
        address = updated.address()
    says = "not signed by enough"
    with pytest.raises(Exception, match=says):
        updated.session.check(address, root=root)
    assert updated.versions() == {"office": "1"}


def test_foreign_keys_a_root_that_strangers_have_signed_is_not_followed(
    updated: Stage, made_packs: list[Path]
) -> None:
    foreign = Publisher(updated.root / "foreign")
    foreign.write_root(foreign.root_keys)
    shutil.copy(foreign.folder / "metadata" / "2.root.json", metadata(updated, "2.root.json"))
    assert "forget the source" in assert_refused(updated, "2.root.json.* is not signed by enough")
    metadata(updated, "2.root.json").unlink()
    assert_unharmed(updated, made_packs[2])


def test_too_few_keys_one_of_three_makes_no_root(updated: Stage, made_packs: list[Path]) -> None:
    updated.publisher.write_root(updated.publisher.root_keys, count=1)
    assert_refused(updated, "2.root.json.* is not signed by enough")
    metadata(updated, "2.root.json").unlink()
    assert_unharmed(updated, made_packs[2])


def test_too_few_keys_what_nobody_has_signed_is_not_believed(updated: Stage, made_packs: list[Path]) -> None:
    updated.publisher.publish(sign=False)
    assert_refused(updated, "not signed by enough")
    assert_unharmed(updated, made_packs[2])


def test_freeze_what_has_expired_is_not_installed_and_is_read(updated: Stage, made_packs: list[Path]) -> None:
    """Expiry stops installing, never reading."""
    updated.now = NOW + timedelta(days=401)
    assert "--accept-stale" in assert_refused(updated, "was to be used until 2028-01-05")
    updated.update(accepts_stale=True)
    assert updated.versions() == {"office": "2"}


def test_freeze_in_a_kiosk_nobody_can_say_yes(updated: Stage) -> None:
    updated.now, updated.kiosk = NOW + timedelta(days=401), True
    says = assert_refused(updated, "was to be used until", accepts_stale=True)
    assert "--accept-stale" not in says


def test_freeze_a_clock_that_is_set_back_does_not_help(scene: Stage, made_packs: list[Path]) -> None:
    """The newest day that was signed is known, wherever the computer's clock stands."""
    scene.publisher.publish(made_packs[0], signed_at=NOW, expires=NOW + timedelta(days=2))
    scene.update()
    scene.publisher.publish(made_packs[1], signed_at=NOW + timedelta(days=1), expires=NOW + timedelta(days=2))
    scene.publisher.copy(scene.root / "frozen")
    scene.publisher.publish(signed_at=NOW + timedelta(days=9), expires=NOW + timedelta(days=400))
    scene.check()  # only seen, not installed
    scene.now = NOW - timedelta(days=3000)
    with pytest.raises(StaleSourceError):
        scene.publisher.publish(signed_at=NOW, expires=NOW + timedelta(days=3))
        scene.update()
    assert scene.versions() == {"office": "1"}


def test_keys_that_have_expired_are_not_accepted_at_all(plain: Stage, made_packs: list[Path]) -> None:
    plain.publisher.publish(made_packs[0], expires=FAR + timedelta(days=9000))
    plain.now = FAR
    assert_refused(plain, "The keys of Kontoret have expired", accepts_stale=True)


def test_three_key_rotations_behind_is_followed(scene: Stage, made_packs: list[Path]) -> None:
    scene.publisher.publish(made_packs[0])
    scene.update()
    for _ in range(3):
        scene.publisher.rotate()
    scene.publisher.publish(made_packs[1])
    scene.update()
    assert scene.versions() == {"office": "2"}
    old = scene.root / "old-keys"
    scene.publisher.copy(old)
    for number in (2, 3, 4):  # a repository that knows nothing of the new keys
        (old / "metadata" / f"{number}.root.json").unlink()
    assert scene.check(old).plan.offers == (), "what the new keys have signed is still what counts"


def test_keys_that_were_replaced_sign_nothing_any_more(scene: Stage, made_packs: list[Path]) -> None:
    scene.publisher.publish(made_packs[0])
    scene.update()
    stolen = dict(scene.publisher.keys)
    scene.publisher.rotate()
    scene.publisher.publish(made_packs[1])
    scene.update()
    honest, scene.publisher.keys = scene.publisher.keys, stolen
    scene.publisher.publish(made_packs[2])
    assert_refused(scene, "not signed by enough")
    scene.publisher.keys = honest
    assert_unharmed(scene, made_packs[2])
