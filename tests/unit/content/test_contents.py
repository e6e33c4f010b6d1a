"""Tables of contents as authors write them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kbviewer.content.contents import read_contents
from kbviewer.content.folder import FolderLibrary
from kbviewer.model.contents import ContentsEntry, walk_contents
from tests.support.corpora import COMMERCE_KB, needs_commerce_kb

_MARKDOWN = """---
user-guide-title: The guide
---
# The guide {#guide}

* [Start [!DNL Here]](/help/start.md)
* Fixes {#fixes}
  * [First](/help/fix/one.md)
  * {hide-from-toc} [Hidden](/help/hidden.md)
  * [Web](https://example.org/x)
"""
_HEADINGS = "# [Overview](index.md)\n## Build\n### [Quick](quick.md)\n## [Run](run.md)\n"


def _lines(entries: Sequence[ContentsEntry]) -> list[tuple[int, str, str]]:
    return [(depth, entry.title, entry.article or entry.address) for depth, entry in walk_contents(entries)]


def _found(path: str) -> str:
    return path.removesuffix(".md")


def test_chapters_of_the_first_level_stand_side_by_side() -> None:
    """In a table of contents no heading is the title of the others."""
    text = "---\na: b\n---\n# [Start](start.md)\n# Build\n## [Quick](quick.md)\n# Run\n## [Now](now.md)\n"
    assert _lines(read_contents({"TOC.md": text}, _found)) == [
        (0, "Start", "start"),
        (0, "Build", ""),
        (1, "Quick", "quick"),
        (0, "Run", ""),
        (1, "Now", "now"),
    ]


def test_lists_are_nested_and_hidden_lines_are_left_out() -> None:
    assert _lines(read_contents({"en/help/TOC.md": _MARKDOWN}, _found)) == [
        (0, "Start Here", "en/help/start"),
        (0, "Fixes", ""),
        (1, "First", "en/help/fix/one"),
        (1, "Web", "https://example.org/x"),
    ]


def test_headings_are_nested_by_their_level() -> None:
    assert _lines(read_contents({"docs/TOC.md": _HEADINGS}, _found))[-3:] == [
        (0, "Build", ""),
        (1, "Quick", "docs/quick"),
        (0, "Run", "docs/run"),
    ]


def test_yaml_takes_other_files_in_where_they_are_named() -> None:
    main = "- name: Home\n  href: index.md\n- name: Part\n  href: part/toc.yml\n- name: Web\n  href: https://a.b/\n"
    part = "items:\n- name: Deep\n  items:\n  - name: Leaf\n    href: leaf.md?view=x\n"
    texts = {"docs/toc.yml": main, "docs/part/toc.yml": part}

    assert _lines(read_contents(texts, _found)) == [
        (0, "Home", "docs/index"),
        (0, "Part", ""),
        (1, "Deep", ""),
        (2, "Leaf", "docs/part/leaf"),
        (0, "Web", "https://a.b/"),
    ]


def test_files_that_nobody_names_stand_side_by_side() -> None:
    texts = {"a/TOC.md": "# A\n\n* [One](one.md)\n", "b/toc.yml": "- name: Two\n  href: two.md\n"}

    assert _lines(read_contents(texts, _found)) == [
        (0, "A", ""),
        (1, "One", "a/one"),
        (0, "b", ""),
        (1, "Two", "b/two"),
    ]


@pytest.mark.parametrize(
    "text",
    ["- name: A\n  href: toc.yml\n", "- name: [", "a: b", "- " * 500, "&a [*a]", "", "- 1\n- [x]\n- {}\n"],
)
def test_bad_files_do_no_harm(text: str) -> None:
    read_contents({"toc.yml": text, "sub/TOC.md": text}, _found)


def test_a_library_gives_the_contents_of_the_readers_language(tmp_path: Path) -> None:
    for language, title in (("en", "Start"), ("sv", "Börja")):
        folder = tmp_path / language / "help"
        folder.mkdir(parents=True)
        (folder / "start.md").write_text(f"# {title}\n", encoding="utf-8")
        (folder / "TOC.md").write_text(
            f"# X\n\n* [{title}](/help/start.md)\n* [Gone](gone.md)\n", encoding="utf-8"
        )
    library = FolderLibrary(tmp_path)

    assert _lines(library.contents("sv")) == [(0, "Börja", "help/start"), (0, "Gone", "")]
    assert _lines(library.contents("de")) == [(0, "Start", "help/start"), (0, "Gone", "")]
    assert [entry.id for entry in library.entries()] == ["help/start"]


@needs_commerce_kb
def test_real_contents_name_articles_that_are_there() -> None:
    library = FolderLibrary(COMMERCE_KB)
    for language in library.languages():
        lines = [entry for _, entry in walk_contents(library.contents(language)) if not entry.children]

        assert len(lines) > 180
        assert sum(not entry.article for entry in lines) <= 2
