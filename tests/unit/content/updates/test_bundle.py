"""A repository in one file."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from pathlib import Path

import pytest

from kbviewer.content.packs.zip_frame import ZipFrame
from kbviewer.content.packs.zip_reader import STORED, ZipReader
from kbviewer.content.updates.bundle import export
from kbviewer.content.updates.layout import BUNDLE_MIMETYPE
from kbviewer.model.errors import PackError
from tests.support.packs import make_pack
from tests.support.publishing import Publisher


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    """Three versions of a pack; two rotations."""
    folder = tmp_path_factory.mktemp("publisher")
    publisher = Publisher(folder)
    for number in (1, 2, 3):
        publisher.add(make_pack(folder / f"{number}.kbp", str(number), says=f"Nummer {number}.", index=True))
    publisher.sign_root("root-1", "root-2")
    return publisher


def names_in(path: Path) -> list[str]:
    with closing(ZipReader(path)) as reader:
        return list(reader.members)


def test_a_bundle_is_a_repository_in_a_zip_that_a_client_reads(publisher: Publisher, tmp_path: Path) -> None:
    """All of it stored, the kind of file first, all roots, and what is offered."""
    exported = export(publisher.repository, tmp_path / "all.kbu")

    files = publisher.files()
    with closing(ZipReader(tmp_path / "all.kbu")) as reader:
        assert {member.method for member in reader.members.values()} == {STORED}
        names = list(reader.members)
        assert names[0] == "mimetype"
        assert reader.read("mimetype", 100) == BUNDLE_MIMETYPE
        for name in names[1:]:
            assert reader.read(name, 1 << 20) == files[name]
    assert names[1:6] == [
        "metadata/1.root.json",
        "metadata/2.root.json",
        "metadata/4.targets.json",
        "metadata/4.snapshot.json",
        "metadata/timestamp.json",
    ]
    assert [name.rpartition(".")[2] for name in names[6:]] == ["kbp"]
    assert (exported.files, exported.size) == (1, (tmp_path / "all.kbu").stat().st_size)


def test_the_same_release_gives_the_same_bundle(publisher: Publisher, tmp_path: Path) -> None:
    for name in ("a.kbu", "b.kbu"):
        export(publisher.repository, tmp_path / name)

    assert (tmp_path / "a.kbu").read_bytes() == (tmp_path / "b.kbu").read_bytes()


@pytest.mark.parametrize("by", ["version", "digest"])
def test_a_bundle_of_deltas_has_those_from_one_version(publisher: Publisher, tmp_path: Path, by: str) -> None:
    old = hashlib.sha256((publisher.folder.parent / "2.kbp").read_bytes()).hexdigest()

    export(publisher.repository, tmp_path / "some.kbu", base="2" if by == "version" else old[:12])

    targets = [name for name in names_in(tmp_path / "some.kbu") if name.startswith("targets/")]
    assert len(targets) == 2
    assert all(f".office-{old[:16]}-" in name and name.endswith(".kbd") for name in targets)


@pytest.mark.parametrize(
    ("only", "base", "says"),
    [
        ("plant", "", "no pack “plant”.*It has: office"),
        ("", "7", "No delta leads from “7”.*deltas from: 1, 2"),
        ("plant", "2", "No delta leads from “2”"),
        ("", "0" * 64, "No delta leads from"),
    ],
)
def test_what_is_not_there_is_told(
    publisher: Publisher, tmp_path: Path, only: str, base: str, says: str
) -> None:
    (tmp_path / "x.kbu").write_bytes(b"before")

    with pytest.raises(PackError, match=says):
        export(publisher.repository, tmp_path / "x.kbu", only, base)
    assert (tmp_path / "x.kbu").read_bytes() == b"before"


@pytest.mark.parametrize("what", ["target", "metadata", "gone"])
def test_what_was_not_signed_is_not_exported(tmp_path: Path, what: str) -> None:
    publisher = Publisher(tmp_path)
    publisher.add(make_pack(tmp_path / "1.kbp"))
    (pack,) = (publisher.folder / "targets").glob("*.kbp")
    if what == "target":
        pack.write_bytes(pack.read_bytes()[:-1] + b"x")
    elif what == "gone":
        pack.unlink()
    else:
        path = publisher.folder / "metadata" / "2.targets.json"
        value = json.loads(path.read_bytes())
        value["signed"]["version"] = 9
        path.write_text(json.dumps(value))

    with pytest.raises(PackError, match=r"is not the file that was signed|not signed by|cannot be read"):
        export(publisher.repository, tmp_path / "x.kbu")
    assert not list(tmp_path.glob("*.kbu"))
    assert not list(tmp_path.glob(".x.kbu*"))


def test_what_cannot_be_written_is_told(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"x\.kbu” cannot be written"):
        export(publisher.repository, tmp_path / "gone" / "x.kbu")


def test_more_than_four_gigabytes_are_told(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise ValueError("too large")

    monkeypatch.setattr(ZipFrame, "add", refuse)
    with pytest.raises(PackError, match=r"more than 4 GB.*--only"):
        export(publisher.repository, tmp_path / "x.kbu")
