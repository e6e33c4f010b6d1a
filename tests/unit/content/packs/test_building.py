"""What goes into a pack, in which form, and that the same folder gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from kbviewer.content.packs.building import IndexSource, build_pack
from kbviewer.content.packs.pack_file import PackFile
from kbviewer.content.packs.zip_reader import MAX_RATIO
from kbviewer.model.errors import PackError
from tests.support.packs import build, make_folder, make_pack, members_of, with_index, without_index
from tests.support.tree import ROOT


def test_the_layout_is_that_of_the_design(tmp_path: Path) -> None:
    """The kind of file can be told from its first bytes, and everything else from the manifest."""
    path = make_pack(tmp_path / "office.kbp", index=True)
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        assert names[:3] == ["mimetype", "pack.json", "MANIFEST.json"]
        assert names[3:] == sorted(names[3:])
        assert archive.read("mimetype") == b"application/vnd.kbviewer.pack+zip"
        assert path.read_bytes()[30:38] == b"mimetype"
        methods = {entry.filename: entry.compress_type for entry in entries}
        manifest = json.loads(archive.read("MANIFEST.json"))["files"]
        assert set(manifest) == set(names) - {"MANIFEST.json"}
        for name, (size, digest) in manifest.items():
            data = archive.read(name)
            assert (size, digest) == (len(data), hashlib.sha256(data).hexdigest())
    stored = {name for name, method in methods.items() if method == zipfile.ZIP_STORED}
    assert {"mimetype", "content/printer/media/skrivare.png"} <= stored
    assert {name for name in names if name.startswith("index/")} <= stored
    assert not stored & {"content/printer/sv.md", "listing.json", "MANIFEST.json"}


_BUILD = """
import sys
from pathlib import Path
from kbviewer.content.packs.building import build_pack
from tests.support.packs import with_index
build_pack(Path(sys.argv[1]), Path(sys.argv[2]), with_index)
"""


def test_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    """In another place, from files of other dates, in a process that orders its sets otherwise."""
    one, other = make_folder(tmp_path / "one"), make_folder(tmp_path / "two" / "other")
    for number, path in enumerate(sorted(other.rglob("*"), reverse=True)):
        os.utime(path, (1e9 + number, 1e9 + number))
    for seed, folder in (("1", one), ("2", other)):
        subprocess.run(
            [sys.executable, "-c", _BUILD, folder, tmp_path / f"{seed}.kbp"],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            check=True,
        )

    assert (tmp_path / "1.kbp").read_bytes() == (tmp_path / "2.kbp").read_bytes()


def test_only_text_and_pictures_go_in(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "library")
    others = {
        "tool.exe": b"MZ", "printer/media/picture.svg": b"<svg/>", "printer/media/fake.png": b"<html>",
        ".git/config": b"secret", ".hidden.md": b"# Hidden",
        "huge.json": b" " * (5 << 20), "a/toc.yml": b"- a",
        ".openpublishing.redirection.json": b"{}", "printer/TOC.md": b"# TOC",
    }  # fmt: skip
    for name, data in others.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (tmp_path / "secret.md").write_text("# Secret")
    (folder / "outside.md").symlink_to(tmp_path / "secret.md")
    (folder / "inside.md").symlink_to(folder / "screen" / "sv.md")

    built = build(folder, tmp_path / "x.kbp")

    names = {
        name.removeprefix("content/") for name, _ in members_of(tmp_path / "x.kbp") if "content/" in name
    }
    assert names == {
        "LICENSE", "a/toc.yml", "glossary.toml", "inside.md", "pack.toml", "printer/en.md",
        "printer/media/skrivare.png", "printer/sv.md", "printer/TOC.md", "screen/sv.md",
        ".openpublishing.redirection.json",
    }  # fmt: skip
    assert dict(built.left_out) == {".exe": 1, ".svg": 1, ".png": 1, ".json": 1}
    assert [problem.kind for problem in built.problems] == ["outside-library"]


def test_broken_articles_are_told_and_left_out_of_the_listing(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "library")
    (folder / "broken.md").write_bytes(b"# \xff\xfe broken")

    built = build(folder, tmp_path / "x.kbp")

    assert [(problem.path, problem.kind) for problem in built.problems] == [("broken.md", "encoding")]
    assert built.facts.articles == 2


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PackError, match="no article"):
        build(tmp_path / "empty", tmp_path / "x.kbp")
    assert not (tmp_path / "x.kbp").exists()


@pytest.mark.parametrize(
    ("folder_name", "made"),
    [("office", "office"), ("Åre Kontor 2", "are-kontor-2"), ("..x..", "x"), ("A" * 200, "a" * 80)],
)
def test_the_name_of_a_folder_becomes_one_that_names_a_pack(
    tmp_path: Path, folder_name: str, made: str
) -> None:
    folder = make_folder(tmp_path / folder_name)
    (folder / "pack.toml").unlink()

    assert build(folder, tmp_path / "x.kbp").facts.pack.id == made


def test_an_id_of_which_nothing_is_left_is_refused(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "library")
    text = (folder / "pack.toml").read_text(encoding="utf-8")
    (folder / "pack.toml").write_text(text.replace('"office"', '"日本"'), encoding="utf-8")

    with pytest.raises(PackError, match="cannot name a pack"):
        build(folder, tmp_path / "x.kbp")


def test_a_folder_without_pack_toml_is_named_after_itself(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "My Docs")
    (folder / "pack.toml").unlink()

    assert build(folder, tmp_path / "x.kbp").facts.pack.id == "my-docs"


def test_a_file_that_changes_meanwhile_stops_the_build(tmp_path: Path) -> None:
    """The manifest would be wrong; the old pack stays."""
    folder, path = make_folder(tmp_path / "library"), tmp_path / "x.kbp"
    build(folder, path)
    before = path.read_bytes()

    def change(source: IndexSource, directory: Path) -> Iterable[tuple[str, bytes | Path]]:
        (folder / "screen" / "sv.md").write_text("# Annat", encoding="utf-8")
        return with_index(source, directory)

    with pytest.raises(PackError, match="has changed while the pack was built"):
        build_pack(folder, path, change)
    assert path.read_bytes() == before
    assert sorted(item.name for item in tmp_path.iterdir() if item.suffix == ".part") == []


def test_text_that_packs_like_a_bomb_is_stored(tmp_path: Path) -> None:
    """Otherwise our own reader would refuse it."""
    folder = make_folder(tmp_path / "library")
    (folder / "same.md").write_text(f"# Same\n\n{'a' * (MAX_RATIO * 4000)}\n", encoding="utf-8")

    build(folder, tmp_path / "x.kbp")

    with closing(PackFile(tmp_path / "x.kbp")) as file:
        file.verify()


def test_where_nobody_may_write_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be written"):
        build_pack(make_folder(tmp_path / "library"), tmp_path / "missing" / "x.kbp", without_index)
