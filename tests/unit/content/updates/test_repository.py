"""A repository as its publisher makes it, and as the client of The Update Framework meets it."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kbviewer.content.packs.building import build_pack
from kbviewer.content.packs.layout import MIMETYPE_NAME, UPDATE_MIMETYPE
from kbviewer.content.updates import adding
from kbviewer.content.updates.delta import apply_delta
from kbviewer.content.updates.history import KEPT_DAYS
from kbviewer.content.updates.keys import make_key
from kbviewer.content.updates.layout import CUSTOM, PUBLISHER, SIGNED_AT, DeltaTarget, PackTarget
from kbviewer.content.updates.release import When, read_release, targets_of
from kbviewer.content.updates.repository import LOCK, Repository
from kbviewer.model.errors import PackError, UpdateFileError
from tests.support.packs import make_folder, make_pack, with_index
from tests.support.publishing import NOW, Publisher, StockClient, no_passphrase


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four versions."""
    folder = tmp_path_factory.mktemp("versions")
    return [
        make_pack(folder / f"office-{number}.kbp", str(number), says=f"Gör så här: {number}.", index=True)
        for number in (1, 2, 3, 4)
    ]


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


@pytest.fixture
def client(tmp_path: Path, publisher: Publisher) -> StockClient:
    return StockClient(tmp_path / "client", publisher)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_stock_client_accepts_each_state_of_a_repository(
    publisher: Publisher, client: StockClient, packs: list[Path]
) -> None:
    """Empty, with a pack, with its next version, signed anew."""
    assert client.fetch_all() == {}
    publisher.add(packs[0])
    assert list(client.fetch_all().values()) == [packs[0].read_bytes()]
    publisher.add(packs[1])
    fetched = client.fetch_all()
    assert len(fetched) == 3
    assert packs[1].read_bytes() in fetched.values()
    publisher.renew()
    assert client.fetch_all() == fetched


def test_the_metadata_say_what_a_client_asks_for(publisher: Publisher, packs: list[Path]) -> None:
    publisher.add(packs[0])
    added = publisher.add(packs[1])

    release = read_release(publisher.repository.files)
    (target, file) = release.packs()["office"]
    assert target == added.target
    assert (target.version, target.day) == ("2", date(2026, 11, 1))
    assert target.titles == {"sv": "Kontorets hjälp", "en": "Office help"}
    assert file.path == target.path(digest(packs[1]))
    assert file.length == packs[1].stat().st_size
    deltas = [delta for delta, _ in release.deltas()]
    assert {(delta.old, delta.new) for delta in deltas} == {(digest(packs[0]), digest(packs[1]))}
    assert sorted(bool(delta.recipe) for delta in deltas) == [False, True]
    for signed in (release.root.signed, release.targets.signed):
        assert signed.unrecognized_fields[CUSTOM][PUBLISHER] == "Kontoret"
    for role in (release.root, release.targets, release.snapshot, release.timestamp):
        assert role.signed.unrecognized_fields[CUSTOM][SIGNED_AT] == "2026-11-27T12:00:00+00:00"
    assert release.root.signed.expires == NOW + timedelta(days=3650)
    assert release.timestamp.signed.expires == NOW + timedelta(days=400)


def test_deltas_lead_from_each_of_the_versions_before(
    publisher: Publisher, packs: list[Path], tmp_path: Path
) -> None:
    for pack in packs:
        publisher.add(pack, deltas=2)

    release = read_release(publisher.repository.files)
    assert {delta.old for delta, _ in release.deltas()} == {digest(packs[1]), digest(packs[2])}
    for number, (delta, file) in enumerate(release.deltas()):
        old = next(pack for pack in packs if digest(pack) == delta.old)
        path = publisher.folder / "targets" / f"{file.hashes['sha256']}.{file.path}"
        apply_delta(old, path, tmp_path / f"{number}.kbp", with_index)
        assert (tmp_path / f"{number}.kbp").read_bytes() == packs[3].read_bytes()


def test_the_same_at_the_same_time_gives_the_same_files(tmp_path: Path, packs: list[Path]) -> None:
    """But for the keys, which are drawn by lot, nothing is left to chance."""
    publishers = []
    for name in ("one", "two"):
        publisher = Publisher(tmp_path / name)
        publishers.append(publisher)
    first, second = publishers
    for path in first.folder.rglob("*"):
        if path.is_file():
            (second.folder / path.relative_to(first.folder)).write_bytes(path.read_bytes())
    for path in first.keys.iterdir():
        (second.keys / path.name).write_bytes(path.read_bytes())
    for publisher in publishers:
        publisher.add(packs[0])
        publisher.add(packs[1])

    assert first.files() == second.files()


def test_the_same_pack_again_changes_nothing(publisher: Publisher, packs: list[Path]) -> None:
    publisher.add(packs[0])
    before = publisher.files()

    assert not publisher.add(packs[0]).is_new
    assert publisher.files() == before


@pytest.fixture
def older_day(tmp_path: Path) -> Path:
    root = make_folder(tmp_path / "older", "9")
    text = (root / "pack.toml").read_text(encoding="utf-8")
    (root / "pack.toml").write_text(text.replace("2026-11-01", "2026-10-31"), encoding="utf-8")
    build_pack(root, tmp_path / "older.kbp", with_index)
    return tmp_path / "older.kbp"


def test_what_is_older_is_refused_unless_it_is_meant(
    publisher: Publisher, packs: list[Path], older_day: Path, client: StockClient
) -> None:
    publisher.add(packs[1])
    before = publisher.files()

    with pytest.raises(PackError, match=r"“office” is version 1; 2 is offered already.*--older"):
        publisher.add(packs[0])
    with pytest.raises(PackError, match=r"is of 2026-10-31; that of 2026-11-01 is offered.*--older"):
        publisher.add(older_day)
    assert publisher.files() == before
    publisher.add(packs[0], older=True)
    assert packs[0].read_bytes() in client.fetch_all().values()


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("1", "2"),
        ("1.9", "1.10"),
        ("2026.11", "2026.12"),
        ("1.0", "1.0.1"),
        ("1.0-beta", "1.0.1"),
        ("9", "10"),
    ],
)
def test_versions_are_compared_as_people_read_them(lower: str, higher: str) -> None:
    old, new = (PackTarget("office", version, "") for version in (lower, higher))

    adding._check_newer(new, old)
    with pytest.raises(PackError):
        adding._check_newer(old, new)


def test_packs_live_side_by_side(publisher: Publisher, packs: list[Path], tmp_path: Path) -> None:
    root = make_folder(tmp_path / "other", "1")
    text = (root / "pack.toml").read_text(encoding="utf-8")
    (root / "pack.toml").write_text(text.replace('"office"', '"plant"'), encoding="utf-8")
    build_pack(root, tmp_path / "plant.kbp", with_index)
    publisher.add(packs[0])
    publisher.add(tmp_path / "plant.kbp")

    publisher.add(packs[1])

    release = read_release(publisher.repository.files)
    assert {name: target.version for name, (target, _) in release.packs().items()} == {
        "office": "2",
        "plant": "1",
    }
    assert {delta.pack_id for delta, _ in release.deltas()} == {"office"}


def test_a_delta_that_hardly_saves_anything_is_dropped(
    publisher: Publisher, packs: list[Path], tmp_path: Path
) -> None:
    root = make_folder(tmp_path / "other", "5", says="Helt andra ord. " * 3)
    noise = hashlib.shake_256(b"noise").digest(200_000)
    (root / "printer" / "media" / "large.png").write_bytes(b"\x89PNG\r\n\x1a\n" + noise)
    build_pack(root, tmp_path / "5.kbp", with_index)
    publisher.add(packs[0])

    added = publisher.add(tmp_path / "5.kbp")

    assert added.deltas == ()
    assert len(added.remarks) == 2
    assert all("% of the pack" in str(remark) for remark in added.remarks)


def test_an_index_of_another_program_has_no_delta_without_it(
    publisher: Publisher, packs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not built here cannot be promised to come out the same elsewhere."""
    from tests.support import publishing
    from tests.support.packs import without_index

    publisher.add(packs[0])
    monkeypatch.setattr(publishing, "with_index", without_index)

    added = publisher.add(packs[1])

    assert [delta.has_index for delta in added.deltas] == [True]
    assert "No delta without its index from version 1" in str(added.remarks[0])


def test_old_files_stay_as_long_as_somebody_may_need_them(
    publisher: Publisher, packs: list[Path], client: StockClient
) -> None:
    """The version from which a delta is made; and for a month, what a client may have begun to fetch."""
    for pack in packs[:3]:
        publisher.add(pack, deltas=1)
    names = set(publisher.files())
    assert all(any(digest(pack) in name for name in names) for pack in packs[:3])
    publisher.now = NOW + timedelta(days=KEPT_DAYS)
    publisher.renew()
    assert {name for name in publisher.files() if name.startswith("targets/")} == {
        name for name in names if name.startswith("targets/")
    }

    publisher.now = NOW + timedelta(days=KEPT_DAYS + 1)
    publisher.renew()

    left = [name for name in publisher.files() if name.endswith(".kbp")]
    assert sorted(digest(pack) for pack in packs[1:3]) == sorted(
        name.split("/")[1].split(".")[0] for name in left
    )
    deltas = [name for name in publisher.files() if name.endswith(".kbd")]
    assert len(deltas) == 2
    client.fetch_all()


def test_metadata_of_long_ago_are_removed(publisher: Publisher) -> None:
    for _ in range(12):
        publisher.renew()

    names = [name for name in publisher.files() if name.endswith("targets.json")]
    assert len(names) == 10
    assert "metadata/1.root.json" in publisher.files()


def test_a_file_that_a_killed_process_left_goes_later(publisher: Publisher, packs: list[Path]) -> None:
    name = f"{'0' * 64}.office-0000000000000000.kbp"
    (publisher.folder / "targets" / name).write_bytes(b"half")
    (publisher.folder / "targets" / "notes.txt").write_bytes(b"mine")
    publisher.add(packs[0])
    assert f"targets/{name}" in publisher.files()

    publisher.now = NOW + timedelta(days=KEPT_DAYS + 1)
    publisher.renew()

    assert f"targets/{name}" not in publisher.files()
    assert "targets/notes.txt" in publisher.files(), "not ours to remove"


@pytest.mark.skipif(os.name != "posix", reason="modes are those of Unix")
def test_everything_can_be_read_by_a_web_server(
    publisher: Publisher, packs: list[Path], tmp_path: Path
) -> None:
    """TUF's own writer makes files that only their owner can read."""
    before = os.umask(0o077)
    try:
        strict = Publisher(tmp_path / "strict")
        strict.add(packs[0])
        strict.add(packs[1])
    finally:
        os.umask(before)

    for path in (strict.folder / "metadata", strict.folder / "targets"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o755
        assert {stat.S_IMODE(file.stat().st_mode) for file in path.iterdir()} == {0o644}


def test_the_release_key_is_asked_for_before_the_long_work(publisher: Publisher, packs: list[Path]) -> None:
    def refuse(*_arguments: object) -> Any:
        raise AssertionError("the work has begun")

    publisher.add(packs[0])
    addition = adding.PackAddition(publisher.repository, adding.Wishes(When(NOW)), refuse)

    with pytest.raises(PackError, match="The release key of this repository"):
        addition.add(packs[1], publisher.signers("root-1"))


def test_a_pack_that_is_damaged_is_not_added(publisher: Publisher, packs: list[Path], tmp_path: Path) -> None:
    data = bytearray(packs[0].read_bytes())
    data[data.index(b"\x89PNG") + 1] ^= 1
    (tmp_path / "bad.kbp").write_bytes(data)
    before = publisher.files()

    with pytest.raises(PackError, match=r"“bad\.kbp” is no whole pack"):
        publisher.add(tmp_path / "bad.kbp")
    with pytest.raises(PackError, match=r"gone\.kbp” cannot be read"):
        publisher.add(tmp_path / "gone.kbp")
    assert publisher.files() == before


def test_a_title_that_clients_would_not_take_is_told(publisher: Publisher, tmp_path: Path) -> None:
    root = make_folder(tmp_path / "docs")
    text = (root / "pack.toml").read_text(encoding="utf-8")
    (root / "pack.toml").write_text(text.replace("Office help", "x" * 300), encoding="utf-8")
    build_pack(root, tmp_path / "long.kbp", with_index)

    with pytest.raises(PackError, match="too long to be signed"):
        publisher.add(tmp_path / "long.kbp")


def test_a_folder_that_is_no_repository_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()

    with pytest.raises(PackError, match=r"no repository in “.*docs”.*repo init"):
        Repository(tmp_path / "docs").renew({}, When(NOW))
    assert list((tmp_path / "docs").iterdir()) == []


def test_two_at_once_are_told_apart(publisher: Publisher, packs: list[Path]) -> None:
    with publisher.repository.changing(), pytest.raises(PackError, match="Another kbviewer"):
        publisher.add(packs[0])


def test_the_lock_is_not_among_what_is_published(publisher: Publisher) -> None:
    """Not after a change, nor when an earlier program or a killed one has left it."""
    publisher.renew()
    assert LOCK not in publisher.files()
    (publisher.folder / LOCK).touch()

    with publisher.repository.changing():
        assert LOCK in publisher.files()

    assert LOCK not in publisher.files()


def test_targets_of_a_later_program_are_left_alone(publisher: Publisher, packs: list[Path]) -> None:
    """A target that we do not know is not ours to drop."""
    from tuf.api.metadata import TargetFile

    later = TargetFile(3, {"sha256": "0" * 64}, "later.bin", {"custom": {CUSTOM: {"kind": "later"}}})
    with publisher.repository.changing() as release:
        publisher.repository.publish(
            release, {"later.bin": later}, release.history(), publisher.signers("release"), When(NOW)
        )

    publisher.add(packs[0])

    signed = read_release(publisher.repository.files).targets.signed
    assert signed.targets["later.bin"] == later
    assert len(list(targets_of(signed))) == 1
    assert not any(isinstance(target, DeltaTarget) for target, _ in targets_of(signed))


def test_a_foreign_release_key_signs_nothing(publisher: Publisher, tmp_path: Path) -> None:
    signer = make_key(tmp_path / "foreign.pem", b"")
    assert no_passphrase(tmp_path) == ()

    with pytest.raises(PackError, match="is not among the keys"):
        publisher.repository.renew({signer.public_key.keyid: signer}, When(NOW))


def test_an_update_file_that_is_no_pack_is_named_as_the_publisher_did(
    publisher: Publisher, tmp_path: Path
) -> None:
    """The copy in the repository is gone when somebody reads the sentence."""
    update = tmp_path / "all.kbu"
    with zipfile.ZipFile(update, "w") as archive:
        archive.writestr(MIMETYPE_NAME, UPDATE_MIMETYPE)

    with pytest.raises(UpdateFileError) as refused:
        publisher.add(update)

    assert f"“kbviewer update {update}”" in str(refused.value.remedy)
