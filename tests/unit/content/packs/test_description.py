"""A pack is released under the name that its publisher has written, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kbviewer.content.folder import FolderLibrary
from kbviewer.content.packs.building import Built, IndexSource, build_pack
from kbviewer.model.errors import PackError


def _no_index(_source: IndexSource, _folder: Path) -> Iterable[tuple[str, bytes | Path]]:
    return ()


def _folder(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "d2"
    folder.mkdir()
    (folder / "vpn.en.md").write_text("# VPN\n\nText.\n", encoding="utf-8")
    (folder / "pack.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder


def _build(tmp_path: Path, text: str) -> Built:
    return build_pack(_folder(tmp_path, text), tmp_path / "x.kbp", _no_index)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("id = office", "pack.toml:1: this is not valid TOML from column 6 on."),
        ('\nid = "Office Manual"', "pack.toml:2: “Office Manual” cannot name a pack."),
        ("# who\nid = 5", "pack.toml:2: the value of “id” is not what it should be."),
        ('id = "x"\ndate = "soon"', "pack.toml:2: the value of “date” is not what it should be."),
        ('version = "1"', "pack.toml: there is no id."),
        ('id = "x"\n# \udce5', "pack.toml cannot be read: it is not UTF-8"),
    ],
)
def test_a_broken_description_ends_the_build(tmp_path: Path, text: str, what: str) -> None:
    """Otherwise the pack would be released under the name of its folder."""
    with pytest.raises(PackError) as refused:
        _build(tmp_path, text)

    assert str(refused.value.what) == what
    assert refused.value.remedy is not None
    assert not (tmp_path / "x.kbp").exists()


def test_a_key_that_is_not_known_is_told(tmp_path: Path) -> None:
    """A publisher who writes “name” for “title” would never learn why nothing comes of it."""
    built = _build(tmp_path, 'id = "office"\nname = "Office"\n[foo]\nbar = 1\n')

    assert built.facts.pack.id == "office"
    assert [(problem.line, problem.kind) for problem in built.problems] == [
        (2, "unknown-key"),
        (3, "unknown-key"),
    ]
    assert "“name” is not known" in built.problems[0].render(str)


def test_reading_such_a_folder_stays_tolerant_and_says_the_place_once(tmp_path: Path) -> None:
    library = FolderLibrary(_folder(tmp_path, "id = office"))

    assert library.pack.id == "d2"
    assert [problem.render(str) for problem in library.problems()] == [
        "pack.toml:1: this is not valid TOML from column 6 on; put texts in quotes, "
        'as in id = "name", or put the last working copy back.'
    ]
