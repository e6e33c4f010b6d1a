"""One file is opened, and its article is found in other languages by the names of files and folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.app.loose_article import check_loose, files_of_loose, read_loose
from kbviewer.content.counterparts import files_in_all_languages
from kbviewer.model.errors import ContentError


def write(root: Path, path: str, text: str = "# Title\n\nText.\n") -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("named", "others", "languages"),
    [
        ("docs/help/x.md", ["docs.sv-se/help/x.md"], ["", "sv"]),
        ("docs.sv-se/help/x.md", ["docs/help/x.md"], ["sv", ""]),
        ("repo.en-us/x.md", ["repo.de-de/x.md", "repo.sv-se/x.md"], ["en", "de", "sv"]),
        ("en/help/deep/x.md", ["sv-SE/help/deep/x.md"], ["en", "sv"]),
        ("kb307294/sv.md", ["kb307294/en.md"], ["sv", "en"]),
        ("help/vpn.md", ["help/vpn.sv.md"], ["", "sv"]),
        ("help/vpn.sv-SE.md", ["help/vpn.de-DE.md", "help/vpn.en.md", "help/vpn.md"], ["sv", "de", "en", ""]),
    ],
)
def test_the_other_languages_of_a_file_are_found(
    tmp_path: Path, named: str, others: list[str], languages: list[str]
) -> None:
    paths = [write(tmp_path, path) for path in (named, *others)]

    found = files_in_all_languages(paths[0])

    assert [file.path for file in found] == paths
    assert [file.language for file in found] == languages
    assert [file.source for file in found] == (
        [path.name for path in paths] if named.startswith(("kb307294", "help/")) else [named, *others]
    )


@pytest.mark.parametrize(
    "other",
    [
        "docs.sv-se/help/y.md",
        "docs-old/help/x.md",
        "manual.sv-se/help/x.md",
        "docs/help/x.se.md",
        "docs/help/.x.sv.md",
        "docs/help/x.sv.txt",
        "x.md",
    ],
)
def test_files_that_are_something_else_stay_out(tmp_path: Path, other: str) -> None:
    named = write(tmp_path, "docs/help/x.md")
    write(tmp_path, other)

    assert [file.path for file in files_in_all_languages(named)] == [named]


def test_a_linked_tree_is_not_followed(tmp_path: Path) -> None:
    """A folder that only looks like a translation may lead anywhere."""
    named = write(tmp_path, "repo/docs/x.md")
    write(tmp_path, "elsewhere/x.md")
    (tmp_path / "repo" / "docs.sv-se").symlink_to(tmp_path / "elsewhere")

    assert files_of_loose(named) == (named,)


def test_files_called_after_their_language_are_one_article(tmp_path: Path) -> None:
    """A short text tells nothing: it is in another language than the one that has its name."""
    swedish = write(tmp_path, "vpn.md", "# VPN\n\nStarta om datorn.\n")
    english = write(tmp_path, "vpn.en.md", "# VPN\n\nRestart the computer.\n")

    loose = read_loose(swedish)

    assert {tag: (article.id, article.is_language_guessed) for tag, article in loose.variants.items()} == {
        "sv": ("vpn", True),
        "en": ("vpn", False),
    }
    assert list(read_loose(english).variants) == ["en", "sv"]


def test_front_matter_keeps_files_with_such_names_apart(tmp_path: Path) -> None:
    named = write(tmp_path, "vpn.md", "---\nlang: sv\n---\n# VPN\n\nText.\n")
    other = write(tmp_path, "vpn.sv.md", "# VPN\n\nText.\n")

    assert list(read_loose(named).variants) == ["sv"]
    assert read_loose(other).named.title == "VPN"
    assert list(read_loose(other).variants) == ["sv"]


def test_the_tree_tells_the_language_of_a_file_that_is_alone(tmp_path: Path) -> None:
    assert read_loose(write(tmp_path, "docs.sv-se/x.md")).named.language == "sv"


def test_both_languages_are_read_and_what_one_lacks_comes_from_the_other(tmp_path: Path) -> None:
    """As in a library."""
    named = write(tmp_path, "docs/x.md", "# Title\n\n## One {#one}\n\nText.\n\n## Two {#two}\n\nMore.\n")
    write(tmp_path, "docs.sv-se/x.md", "# Titel\n\n## Ett {#one}\n\nText.\n")

    loose = read_loose(named)

    assert list(loose.variants) == ["en", "sv"]
    assert {tag: variant.title for tag, variant in loose.entry.variants.items()} == {
        "en": "Title",
        "sv": "Titel",
    }
    swedish = loose.article("sv")
    assert swedish.title == "Titel"
    assert [block.language for block in swedish.blocks if block.key == "two"] == ["en"]
    assert loose.article("de") == loose.named


def test_a_broken_counterpart_costs_nothing_until_it_is_shown(tmp_path: Path) -> None:
    named = write(tmp_path, "docs/x.md")
    broken = write(tmp_path, "docs.sv-se/x.md", "---\nlang: [sv\n---\n# Trasig\n")

    assert list(read_loose(named).variants) == ["en"]
    check_loose(named, "en")
    with pytest.raises(ContentError, match=r"docs\.sv-se"):
        check_loose(named, "sv")
    with pytest.raises(ContentError):
        read_loose(broken)
