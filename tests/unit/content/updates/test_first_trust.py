"""Trust begins when somebody says so, and belongs to a publisher, not to an address."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kbviewer.content.updates.verification import read_root
from kbviewer.model.errors import KbError, UntrustedSourceError, UpdateError
from tests.support.publisher import Publisher, write_bundle
from tests.support.update_stage import Stage, sentence


@pytest.fixture
def offered(scene: Stage, made_packs: list[Path]) -> Stage:
    scene.publisher.publish(made_packs[0])
    return scene


def fingerprint(made: Stage) -> str:
    return read_root(made.first_root, "root.json", "")[1]


def test_nobody_is_trusted_by_himself(offered: Stage) -> None:
    with pytest.raises(UntrustedSourceError) as caught:
        offered.session.check(offered.address())
    assert caught.value.fingerprint == fingerprint(offered)
    told = sentence(caught.value)
    assert "by another way" in told and f"--trust {fingerprint(offered)}" in told
    assert offered.trust() == {} and offered.session.sources() == []


@pytest.mark.parametrize("form", ["plain", "groups", "colons"])
def test_a_fingerprint_that_agrees_is_enough(offered: Stage, form: str) -> None:
    plain = fingerprint(offered)
    groups = [plain[at : at + 8] for at in range(0, 64, 8)]
    said = {"plain": plain, "groups": " ".join(groups), "colons": ":".join(groups).upper()}[form]
    assert offered.session.check(offered.address(), fingerprint=said).plan.offers
    assert offered.session.check(offered.address()).plan.offers, "from then on they are known"


@pytest.mark.parametrize("change", ["other", "beginning", "nonsense"])
def test_a_fingerprint_that_does_not_agree_changes_nothing(offered: Stage, change: str) -> None:
    plain = fingerprint(offered)
    said = {"other": plain[::-1], "beginning": plain[:32], "nonsense": "yes"}[change]
    with pytest.raises(UntrustedSourceError, match="not the one that you trust"):
        offered.session.check(offered.address(), fingerprint=said)
    assert offered.trust() == {}


def test_a_wrong_root_is_not_remembered(offered: Stage, tmp_path: Path) -> None:
    foreign = Publisher(tmp_path / "foreign")
    with pytest.raises(KbError, match="not signed by enough"):
        offered.check(root=foreign.root_file.read_bytes())
    assert offered.trust() == {}


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"\x00" * 99, b'{"signed": {"_type": "root"}, "signatures": []}']
)
def test_what_is_no_root_is_told(offered: Stage, data: bytes) -> None:
    with pytest.raises(UpdateError, match=r"root.json.* is damaged"):
        offered.check(root=data)


def test_a_root_that_signs_itself_too_little_is_no_root(offered: Stage, tmp_path: Path) -> None:
    foreign = Publisher(tmp_path / "foreign")
    foreign.root_version = 0
    foreign.write_root(foreign.root_keys, count=1)
    with pytest.raises(UpdateError, match="not signed by enough"):
        offered.check(root=foreign.root_file.read_bytes())


def test_a_publisher_is_known_wherever_the_content_comes_from(plain: Stage, made_packs: list[Path]) -> None:
    """Stick, share and .kbu are one publisher: what was seen on one may not be undone by another."""
    plain.publisher.publish(made_packs[0])
    old = write_bundle(plain.publisher.folder, plain.root / "old.kbu")
    plain.update()
    plain.publisher.publish(made_packs[1])
    new = write_bundle(plain.publisher.folder, plain.root / "new.kbu")
    share = plain.publisher.copy(plain.root / "share")

    assert plain.session.check(str(new)).plan.offers
    with pytest.raises(UpdateError, match="is older"):
        plain.session.check(str(old))
    assert plain.session.check(str(share)).plan.offers
    (source,) = plain.session.sources()
    assert source.addresses == (str(share), str(plain.publisher.folder)), "a .kbu is used once"


def test_a_later_root_can_be_the_first_that_is_trusted(plain: Stage, made_packs: list[Path]) -> None:
    plain.publisher.rotate()
    plain.publisher.rotate()
    plain.publisher.publish(made_packs[0])
    second = plain.publisher.folder / "metadata" / "2.root.json"
    plain.check(root=second.read_bytes())
    elsewhere = plain.publisher.copy(plain.root / "elsewhere")
    assert plain.session.check(str(elsewhere)).plan.offers, "and is looked for at other addresses"


def test_another_root_for_somebody_who_is_known_is_refused(offered: Stage, tmp_path: Path) -> None:
    offered.check()
    foreign = Publisher(tmp_path / "foreign")
    for how in ({"root": foreign.root_file.read_bytes()}, {"fingerprint": "0" * 64}):
        with pytest.raises(UpdateError, match="trusted by other keys already"):
            offered.session.check(offered.address(), **how)


def test_the_administrator_trusts_for_everybody(offered: Stage) -> None:
    offered.places.machine_trust.mkdir()
    shutil.copy(offered.publisher.root_file, offered.places.machine_trust / "office.json")
    offered.kiosk = True
    assert offered.session.check(offered.address()).plan.offers


def test_in_a_kiosk_nobody_new_is_trusted(offered: Stage) -> None:
    offered.kiosk = True
    for how in ({}, {"root": offered.first_root}, {"fingerprint": fingerprint(offered)}):
        with pytest.raises(UntrustedSourceError, match="not trusted on this computer"):
            offered.session.check(offered.address(), **how)


def test_a_source_without_its_first_root_needs_a_file(offered: Stage) -> None:
    root = offered.first_root
    offered.publisher.root_file.unlink()
    with pytest.raises(UntrustedSourceError, match="has no first root"):
        offered.session.check(offered.address())
    assert offered.session.check(offered.address(), root=root).plan.offers


def test_forgetting_takes_trust_away_and_leaves_the_packs(plain: Stage, made_packs: list[Path]) -> None:
    plain.publisher.publish(made_packs[0])
    plain.update()
    with pytest.raises(UpdateError, match="No source “nowhere”"):
        plain.session.forget("nowhere")
    assert plain.session.forget(plain.address()).publisher == "Kontoret"
    assert plain.trust() == {} and plain.versions() == {"office": "1"}
    with pytest.raises(UntrustedSourceError):
        plain.session.check(plain.address())


@pytest.mark.parametrize("name", ["source.json", "root.json"])
@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"[" * 99_999])
def test_damaged_trust_is_told_and_can_be_forgotten(
    plain: Stage, made_packs: list[Path], name: str, data: bytes
) -> None:
    plain.publisher.publish(made_packs[0])
    plain.update()
    (source,) = plain.session.sources()
    (plain.places.trust / source.key / name).write_bytes(data)
    with pytest.raises(UpdateError, match="is damaged") as caught:
        plain.session.check(plain.address())
    sentence(caught.value)
    assert plain.versions() == {"office": "1"}
    plain.session.forget(source.key)
    plain.update()


@pytest.mark.parametrize("name", ["timestamp.json", "snapshot.json", "targets.json"])
@pytest.mark.parametrize("data", [b"", b"{}", None])
def test_damaged_memory_of_what_was_seen_is_read_anew(
    plain: Stage, made_packs: list[Path], name: str, data: bytes | None
) -> None:
    plain.publisher.publish(made_packs[0])
    plain.update()
    (source,) = plain.session.sources()
    path = plain.places.trust / source.key / name
    path.unlink() if data is None else path.write_bytes(data)
    before = (plain.publisher.folder / "metadata" / "timestamp.json").read_bytes()
    plain.check()
    assert path.read_bytes() and (path.name != "timestamp.json" or path.read_bytes() == before)


def test_a_name_that_cannot_be_shown_is_not_used(plain: Stage, made_packs: list[Path]) -> None:
    plain.publisher.publish(made_packs[0], publisher="\x1b[31mred")
    assert plain.check().publisher == str(plain.publisher.folder)
