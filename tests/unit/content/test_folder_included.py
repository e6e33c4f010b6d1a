"""Files that articles take in: no articles themselves, and their changes are changes of the article."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.content.folder import FolderLibrary
from kbviewer.content.folder_index import ReadingStoppedError
from kbviewer.model.blocks import block_runs, walk
from kbviewer.model.inline import plain_text

ARTICLE = "# A\n\n[!INCLUDE [note](includes/note.md)]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "library"
    (root / "includes").mkdir(parents=True)
    (root / "a.md").write_text(ARTICLE, encoding="utf-8")
    (root / "b.md").write_text("# B\n", encoding="utf-8")
    (root / "includes" / "note.md").write_text("First words.\n", encoding="utf-8")
    return root


def _text(library: FolderLibrary) -> str:
    return " ".join(plain_text(block_runs(block)) for block in walk(library.article("a", "en").blocks))


def test_files_that_are_taken_in_are_no_articles(folder: Path) -> None:
    library = FolderLibrary(folder)

    assert [entry.id for entry in library.entries()] == ["a", "b"]
    assert _text(library) == "First words."


def test_a_change_of_what_is_taken_in_changes_the_article(folder: Path, tmp_path: Path) -> None:
    library = FolderLibrary(folder, tmp_path / "cache")
    assert _text(library) == "First words."
    before = library.stamps()
    (folder / "includes" / "note.md").write_text("Other words.\n\nMore.\n", encoding="utf-8")

    after = library.stamps()

    assert [source for source in after if after[source] != before[source]] == ["a.md"]
    assert _text(library) == "Other words. More."
    assert _text(FolderLibrary(folder, tmp_path / "cache")) == "Other words. More."


def test_a_link_out_of_the_library_is_not_taken_in(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("Secret.\n", encoding="utf-8")
    (folder / "includes" / "note.md").unlink()
    (folder / "includes" / "note.md").symlink_to(tmp_path / "secret.md")

    assert _text(FolderLibrary(folder)) == "note"


def test_reading_can_be_stopped_and_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> bool:
        told.append((done, total))
        return False

    library = FolderLibrary(folder, tmp_path / "cache")
    with pytest.raises(ReadingStoppedError):
        library.prepare(stop)
    library.prepare(lambda *_: True)

    assert told == [(0, 2)]
    assert len(library.entries()) == 2
