"""Titles and descriptions of the front matter are shown on cards, where no parser of Markdown comes."""

from __future__ import annotations

import pytest

from kbviewer.content.folder_listing import Record
from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.folder_skim import skim
from kbviewer.content.unmarked import unmarked


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Redirect to [!UICONTROL Commerce Admin] form", "Redirect to Commerce Admin form"),
        ("[!UICONTROL Recommendations] [!DNL JS] errors", "Recommendations JS errors"),
        ("See [the guide](guide.md#top) for **all** of `it`", "See the guide for all of it"),
        ("In [!DNL [Commerce](a.md)]", "In Commerce"),
        ("[!INCLUDE [name](../includes/name.md)] Server", "name Server"),
        (':::no-loc text="Teams"::: rooms', "Teams rooms"),
        (
            "Plain [square] brackets, 5 * 3 ** 2, and a ` stay",
            "Plain [square] brackets, 5 * 3 ** 2, and a ` stay",
        ),
    ],
)
def test_marks_of_the_dialect_are_no_text(written: str, read: str) -> None:
    """Authors of real trees write them into titles and descriptions, too."""
    assert unmarked(written) == read


def test_a_listing_shows_what_a_reader_would_read() -> None:
    text = "---\ntitle: New [!DNL domain]\ndescription: Set up a [!UICONTROL Domain].\n---\n\nText.\n"
    record = skim(text, ArticleFile("a.md", "a", "en", (1, 1)))
    assert isinstance(record, Record)
    assert record.variant is not None
    assert (record.variant.title, record.variant.description) == ("New domain", "Set up a Domain.")
