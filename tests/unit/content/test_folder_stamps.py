"""What the index asks of a library folder: which files have changed, and only those."""

from __future__ import annotations

from pathlib import Path

from kbviewer.content.folder import FolderLibrary


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_stamps_change_with_the_file_and_only_what_is_asked_for_is_read(tmp_path: Path) -> None:
    write(tmp_path, "kb307294/sv.md", "# Ett\n")
    write(tmp_path, "kb902534/en.md", "# Two\n")
    library = FolderLibrary(tmp_path)
    before = library.stamps()
    write(tmp_path, "kb902534/en.md", "# Two and more\n")

    changed = [source for source, stamp in library.stamps().items() if before.get(source) != stamp]

    assert changed == ["kb902534/en.md"]
    assert [article.title for article in library.read(changed)] == ["Two and more"]


def test_what_has_become_unreadable_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, "kb307294/sv.md", "# Ett\n")
    write(tmp_path, "kb902534/en.md", "# Two\n")
    library = FolderLibrary(tmp_path)
    sources = list(library.stamps())
    (tmp_path / "kb902534/en.md").unlink()

    assert [article.title for article in library.read(sources)] == ["Ett"]
