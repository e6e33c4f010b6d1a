"""A text without a named language is read in the one that it is written in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.language_guess import guess_language
from kbviewer.search.languages import LANGUAGES


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Skrivaren skriver inte ut och det är för att den inte är ansluten till datorn.", "sv"),
        ("The printer does not print because it is not connected to the computer.", "en"),
        ("0x80070005", "en"),
        ("", "en"),
    ],
)
def test_the_common_words_tell_the_language(text: str, language: str) -> None:
    assert guess_language(text) == language


@given(st.text())
def test_every_text_has_a_language(text: str) -> None:
    assert guess_language(text) in LANGUAGES


def test_a_folder_without_language_names_is_listed_in_the_language_of_its_texts(tmp_path: Path) -> None:
    swedish, english = tmp_path / "docs-swedish", tmp_path / "docs"
    for root, text in (
        (swedish, "# Skrivare\n\nSkrivaren skriver inte ut och det är för att den inte är på.\n"),
        (english, "# Printer\n\nThe printer does not print because it is not on.\n"),
    ):
        (root / "help").mkdir(parents=True)
        (root / "help" / "printer.md").write_text(text, encoding="utf-8")

    libraries = LibraryCollection([FolderLibrary(english), FolderLibrary(swedish)])

    assert libraries.languages() == ("en", "sv")
    assert libraries.article("help/printer", "sv").title == "Skrivare"
    assert libraries.article("help/printer", "en").title == "Printer"
