"""A pack reads as the folder that it was made of."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kbviewer.content import folder_store
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.packs import library as library_module
from kbviewer.content.packs.library import PackLibrary
from kbviewer.model.errors import ArticleNotFoundError
from tests.support.packs import PIXEL, build, make_folder, make_pack, with_changed
from tests.support.tree import ROOT


def manifest_of(path: Path) -> str:
    with closing(PackLibrary.open(path)) as library:
        return library.file.manifest_digest


@pytest.mark.parametrize("source", ["small", "shipped"])
def test_a_pack_and_its_folder_say_the_same(tmp_path: Path, source: str) -> None:
    root = make_folder(tmp_path / "library") if source == "small" else ROOT / "content"
    build(root, tmp_path / "x.kbp")
    folder = FolderLibrary(root)
    with closing(PackLibrary.open(tmp_path / "x.kbp")) as pack:
        assert pack.entries() == folder.entries()
        assert pack.languages() == folder.languages()
        assert replace(pack.pack, id="") == replace(folder.pack, id="")
        assert pack.concepts() == folder.concepts()
        assert list(pack.articles()) == list(folder.articles())
        assert pack.problems() == ()
        assert pack.catalogue.references == folder.catalogue.references
        for entry in folder.entries():
            for language in ("sv", "en"):
                assert pack.article(entry.id, language) == folder.article(entry.id, language)
            for reference in entry.references:
                assert pack.resolve(reference).id == folder.resolve(reference).id
        assert pack.topic_title("print", "en") == folder.topic_title("print", "en")
        assert pack.absent_title("kb9", "sv") == folder.absent_title("kb9", "sv")
        assert not pack.refresh()
        assert set(pack.read(["printer/sv.md"])) == set(folder.read(["printer/sv.md"]))
        with pytest.raises(ArticleNotFoundError):
            pack.article("nothing", "sv")


def test_pictures_come_from_the_pack_and_from_nowhere_else(tmp_path: Path) -> None:
    with closing(PackLibrary.open(make_pack(tmp_path / "x.kbp"))) as pack:
        assert pack.media("printer", "media/skrivare.png") == PIXEL
        for path in (
            "media/Skrivare.png", "../printer/media/skrivare.png", "/etc/passwd", "sv.md", "", "media/",
            "media\\skrivare.png", "C:media/skrivare.png", "x" * 2000, "media//skrivare.png", "\0",
        ):  # fmt: skip
            assert pack.media("printer", path) is None
        assert pack.media("nothing", "media/skrivare.png") is None


def test_a_changed_picture_is_not_shown(tmp_path: Path) -> None:
    path = make_pack(tmp_path / "x.kbp")
    with_changed(path, {"content/printer/media/skrivare.png": PIXEL[:-1] + b"x"})
    with closing(PackLibrary.open(path)) as pack:
        assert pack.media("printer", "media/skrivare.png") is None


def test_an_article_that_has_been_read_is_not_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is it in the next version of the pack, if it is the same there."""
    with closing(PackLibrary.open(make_pack(tmp_path / "1.kbp"), tmp_path / "cache")) as pack:
        screen, printer = pack.article("screen", "sv"), pack.article("printer", "sv")
    parsed: list[str] = []
    read = folder_store.read_variant

    def count(text: str, *more: object) -> object:
        parsed.append(text)
        return read(text, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(library_module, "read_variant", count)
    second = make_pack(tmp_path / "2.kbp", "2", says="Köp en ny skrivare.")
    with closing(PackLibrary.open(second, tmp_path / "cache")) as pack:
        assert pack.article("screen", "sv") == screen
        assert parsed == []
        assert pack.article("printer", "sv") != printer
        assert len(parsed) == 1


def test_what_was_cached_is_not_believed_after_the_pack_has_changed(tmp_path: Path) -> None:
    """The cache is asked by checksum: the same path with other bytes is another article."""
    path = make_pack(tmp_path / "x.kbp")
    with closing(PackLibrary.open(path, tmp_path / "cache")) as pack:
        pack.article("screen", "sv")
    with_changed(path, {"content/screen/sv.md": "# Ljus\n\nTänd.\n".encode()}, honest=True)
    with closing(PackLibrary.open(path, tmp_path / "cache")) as pack:
        assert pack.article("screen", "sv").title == "Ljus"


def test_the_signature_is_that_of_the_content(tmp_path: Path) -> None:
    """Whether there is an index, and when and where it was built, makes no other content."""
    paths = [
        make_pack(tmp_path / "a.kbp"),
        make_pack(tmp_path / "b.kbp", index=True),
        make_pack(tmp_path / "c.kbp", says="Annat."),
    ]
    signatures = []
    for path in paths:
        with closing(PackLibrary.open(path)) as pack:
            signatures.append(pack.signature())
    assert signatures[0] == signatures[1] != signatures[2]


def test_the_index_is_there_only_for_who_knows_the_manifest(tmp_path: Path) -> None:
    path = make_pack(tmp_path / "x.kbp", index=True)
    with closing(PackLibrary.open(path)) as pack:
        assert pack.prebuilt_index() is None
    with closing(PackLibrary.open(path, None, manifest_of(path))) as pack:
        assert pack.prebuilt_index() is not None
    bare = make_pack(tmp_path / "bare.kbp")
    with closing(PackLibrary.open(bare, None, manifest_of(bare))) as pack:
        assert pack.prebuilt_index() is None


def test_a_broken_glossary_costs_tips_and_nothing_else(tmp_path: Path) -> None:
    path = make_pack(tmp_path / "x.kbp")
    with_changed(path, {"content/glossary.toml": b"[[term]"}, honest=True)
    with closing(PackLibrary.open(path)) as pack:
        assert pack.concepts() == ()
        assert pack.article("printer", "sv").title == "Skrivaren svarar inte"
