"""Roots: fresh ones, other keys, several people who sign one after the other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kbviewer.content.updates.keys import make_key
from kbviewer.content.updates.metadata_files import NEXT_ROOT
from kbviewer.content.updates.release import read_release
from kbviewer.content.updates.root_signing import KeyChanges
from kbviewer.model.errors import PackError
from tests.support.packs import make_pack
from tests.support.publishing import NOW, Publisher, StockClient


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    publisher = Publisher(tmp_path)
    publisher.add(make_pack(tmp_path / "office.kbp", index=True))
    return publisher


@pytest.fixture
def client(tmp_path: Path, publisher: Publisher) -> StockClient:
    """Trusts the first root and nothing else."""
    return StockClient(tmp_path / "client", publisher)


def next_root(publisher: Publisher) -> Path:
    return publisher.folder / "metadata" / NEXT_ROOT


def replacing(publisher: Publisher, old: str, new: str) -> KeyChanges:
    made = make_key(publisher.keys / f"{new}.pem", b"")
    (signer,) = publisher.signers(old).values()
    return KeyChanges({signer.public_key.keyid: made.public_key})


def test_a_fresh_root_needs_two_of_three_keys_in_one_sitting(
    publisher: Publisher, client: StockClient
) -> None:
    publisher.now = NOW + timedelta(days=365)

    sitting = publisher.sign_root("root-3", "root-1")

    assert (sitting.is_published, sitting.version, len(sitting.signed)) == (True, 2, 2)
    assert read_release(publisher.repository.files).root.signed.expires == NOW + timedelta(days=365 + 3650)
    assert not next_root(publisher).exists()
    assert len(client.fetch_all()) == 1


def test_two_people_sign_one_after_the_other(publisher: Publisher, client: StockClient) -> None:
    first = publisher.sign_root("root-1")
    assert (first.is_published, first.missing_old, first.missing_new) == (False, 1, 1)
    assert next_root(publisher).exists()
    assert not (publisher.folder / "metadata" / "2.root.json").exists()
    client.refresh()
    again = publisher.sign_root("root-1")
    assert (again.missing_old, len(again.signed)) == (1, 1)

    assert publisher.sign_root("root-2").is_published
    assert not next_root(publisher).exists()
    client.refresh()


def test_one_person_alone_cannot_change_keys(publisher: Publisher, client: StockClient) -> None:
    """Also not by signing with the new key that he has made himself."""
    changes = replacing(publisher, "root-3", "root-4")

    sitting = publisher.sign_root("root-1", "root-4", changes=changes)

    assert (sitting.is_published, sitting.missing_old, sitting.missing_new) == (False, 1, 0)
    client.refresh()


def test_a_replaced_key_counts_no_more(publisher: Publisher, client: StockClient) -> None:
    assert publisher.sign_root(
        "root-1", "root-2", changes=replacing(publisher, "root-3", "root-4")
    ).is_published
    assert publisher.sign_root("root-4", "root-1").is_published
    assert len(client.fetch_all()) == 1

    with pytest.raises(PackError, match="None of the keys is a root key of this repository"):
        publisher.sign_root("root-3")


def test_three_rotations_behind_a_client_follows(publisher: Publisher, client: StockClient) -> None:
    """Every key is another one in the end."""
    for number in (1, 2, 3):
        changes = replacing(publisher, f"root-{number}", f"root-{number + 3}")
        held = [f"root-{n + 3 if n < number else n}" for n in (1, 2, 3)]
        assert publisher.sign_root(*held, f"root-{number + 3}", changes=changes).is_published

    assert len(client.fetch_all()) == 1
    assert read_release(publisher.repository.files).root.signed.version == 4


def test_a_key_more_and_a_higher_threshold(publisher: Publisher, client: StockClient) -> None:
    more = make_key(publisher.keys / "root-4.pem", b"")

    sitting = publisher.sign_root(
        "root-1", "root-2", changes=KeyChanges(added=(more.public_key,), threshold=3)
    )
    assert (sitting.missing_old, sitting.missing_new) == (0, 1)
    assert publisher.sign_root("root-4").is_published

    assert publisher.sign_root("root-1", "root-2").missing_new == 1
    client.refresh()


def test_another_release_key_comes_with_what_it_signs(publisher: Publisher, client: StockClient) -> None:
    """A root whose release key has signed nothing would lock every client out."""
    changes = replacing(publisher, "release", "release-2")

    sitting = publisher.sign_root("root-1", "root-2", changes=changes)
    assert (sitting.is_published, sitting.needs_release_key) == (False, True)
    assert len(client.fetch_all()) == 1
    sitting = publisher.sign_root("root-1", "release-2")

    assert sitting.is_published
    assert len(client.fetch_all()) == 1
    with pytest.raises(PackError, match="release key"):
        publisher.renew()


def test_with_the_old_release_key_at_hand_there_is_no_moment_without_a_valid_release(
    publisher: Publisher, client: StockClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = replacing(publisher, "release", "release-2")
    written: list[str] = []
    write = type(publisher.repository.files).write

    def watch(files: object, name: str, metadata: object) -> None:
        write(publisher.repository.files, name, metadata)  # type: ignore[arg-type]
        written.append(name)
        assert len(client.fetch_all()) == 1, f"after {name}"

    monkeypatch.setattr(type(publisher.repository.files), "write", watch)
    assert publisher.sign_root("root-1", "root-2", "release", "release-2", changes=changes).is_published
    assert written[-2:] == ["timestamp.json", "2.root.json"]


@pytest.mark.parametrize("last", ["2.root.json", "timestamp.json"])
@pytest.mark.parametrize("goes_on", ["sign_root", "renew"])
def test_killed_while_the_release_key_changes_it_is_finished_later(
    publisher: Publisher,
    client: StockClient,
    monkeypatch: pytest.MonkeyPatch,
    last: str,
    goes_on: str,
) -> None:
    """The old release key is lost: between root and timestamp there is a moment that locks clients out."""
    changes = replacing(publisher, "release", "release-2")
    write = type(publisher.repository.files).write

    class Killed(BaseException):
        pass

    def end(files: object, name: str, metadata: object) -> None:
        write(publisher.repository.files, name, metadata)  # type: ignore[arg-type]
        if name == last:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(type(publisher.repository.files), "write", end)
        with pytest.raises(Killed):
            publisher.sign_root("root-1", "root-2", "release-2", changes=changes)
    (publisher.keys / "release.pem").unlink()
    (publisher.keys / "release-2.pem").rename(publisher.keys / "release.pem")

    if goes_on == "renew":
        publisher.renew()
    else:
        assert publisher.sign_root("root-1", "release").is_published

    assert not next_root(publisher).exists()
    assert len(client.fetch_all()) == 1
    publisher.renew()


def test_an_interrupted_root_without_other_release_keys_is_only_tidied_up(publisher: Publisher) -> None:
    publisher.sign_root("root-1", "root-2")
    published = publisher.folder / "metadata" / "2.root.json"
    next_root(publisher).write_bytes(published.read_bytes())

    sitting = publisher.sign_root("root-1", "root-3")

    assert (sitting.version, sitting.is_published) == (3, True)
    assert not next_root(publisher).exists()


def test_other_changes_wait_until_the_next_root_is_signed(publisher: Publisher) -> None:
    publisher.sign_root("root-1")

    with pytest.raises(PackError, match="begun already"):
        publisher.sign_root("root-2", changes=KeyChanges(threshold=1))


def test_a_next_root_that_does_not_follow_is_told(publisher: Publisher) -> None:
    first = (publisher.folder / "metadata" / "1.root.json").read_bytes()
    publisher.sign_root("root-1", "root-2")
    publisher.sign_root("root-1", "root-2")
    next_root(publisher).write_bytes(first)

    with pytest.raises(PackError, match="does not follow the root in force"):
        publisher.sign_root("root-1")


def test_a_next_root_that_somebody_else_has_changed_gets_no_signature_of_use(
    publisher: Publisher, client: StockClient
) -> None:
    """What was signed before it was changed does not count any more."""
    publisher.sign_root("root-1")
    text = next_root(publisher).read_text()
    next_root(publisher).write_text(text.replace("2036", "2099"))

    sitting = publisher.sign_root("root-2")

    assert (sitting.is_published, len(sitting.signed)) == (False, 1)
    client.refresh()


@pytest.mark.parametrize("threshold", [4, -1])
def test_a_threshold_that_cannot_be_is_refused(publisher: Publisher, threshold: int) -> None:
    with pytest.raises(PackError, match="of 3 root keys cannot be"):
        publisher.sign_root("root-1", changes=KeyChanges(threshold=threshold))
    assert not next_root(publisher).exists()


@pytest.mark.parametrize("beginning", ["", "0", "00000000"])
def test_a_key_that_is_none_cannot_be_replaced(publisher: Publisher, tmp_path: Path, beginning: str) -> None:
    new = make_key(tmp_path / "new.pem", b"")

    with pytest.raises(PackError, match="No key of this repository has the id"):
        publisher.sign_root("root-1", changes=KeyChanges({beginning: new.public_key}))


def test_a_lost_key_is_replaced_by_the_beginning_of_its_id(publisher: Publisher, client: StockClient) -> None:
    (lost,) = publisher.signers("root-3")
    new = make_key(publisher.keys / "root-4.pem", b"")

    changes = KeyChanges({lost[:8]: new.public_key})
    assert publisher.sign_root("root-1", "root-2", changes=changes).is_published
    client.refresh()


def test_a_key_cannot_be_two(publisher: Publisher) -> None:
    """Else two of three would be one person."""
    (key,) = publisher.signers("root-1").values()

    with pytest.raises(PackError, match="is one of this repository's already"):
        publisher.sign_root("root-1", changes=KeyChanges(added=(key.public_key,)))
    with pytest.raises(PackError, match="is one of this repository's already"):
        publisher.sign_root("root-1", changes=replacing_with(publisher, "root-3", "root-1"))


def replacing_with(publisher: Publisher, old: str, new: str) -> KeyChanges:
    (old_id,) = publisher.signers(old)
    (signer,) = publisher.signers(new).values()
    return KeyChanges({old_id: signer.public_key})
