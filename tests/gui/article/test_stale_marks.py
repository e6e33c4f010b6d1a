"""Blocks of a translation whose original has changed since are marked where they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from kbviewer.model.article import Article
from tests.gui.article.conftest import Desk

MARK = {"sv": "Originalet har ändrats", "en": "Original changed"}


def stale(desk: Desk, article: str, *keys: str, language: str = "sv") -> Article:
    return replace(desk.library.article(article, language), stale=frozenset(keys))


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("article", "key"),
    [
        ("online-meetings", "client/p1"),
        ("online-meetings", "client"),
        ("online-meetings", "windows-update"),
        ("online-meetings", "scope/l1/2/p1"),
        ("online-meetings", "scope/m1"),
        ("online-meetings", "symptoms/y1"),
        ("online-meetings", "symptoms/c1/p1"),
        ("online-meetings", "update-computer"),
        ("account-security-info", "faq-every-sign-in"),
        ("kb902534", "start-messenger"),
        ("kb902534", "register/p2"),
    ],
)
def test_a_changed_block_says_so_right_above_its_text(
    desk: Desk, article: str, key: str, language: str
) -> None:
    page = desk.open(stale(desk, article, key, language=language), language)

    assert desk.block(f"{key}@stale").strip() == MARK[language]
    areas = page.stage.page.areas
    assert areas[key].first >= areas[f"{key}@stale"].first
    assert sum(area.endswith("@stale") for area in areas) == 1


def test_nothing_is_marked_in_a_translation_that_is_up_to_date(desk: Desk) -> None:
    page = desk.open("online-meetings", "en")

    assert not [key for key in page.stage.page.areas if key.endswith("@stale")]
    assert "@banner:freshness" not in page.stage.page.areas


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("client/p1",), "Originalet har ändrats på 1 ställe"),
        (("client/p1", "client/p2"), "Originalet har ändrats på 2 ställen"),
        (("",), "Originalet har ändrats på 1 ställe"),
    ],
)
def test_a_banner_counts_the_places(desk: Desk, keys: tuple[str, ...], words: str) -> None:
    """Who reads only the beginning knows as well; a changed title has no other mark."""
    desk.open(stale(desk, "online-meetings", *keys))

    assert words in desk.text


def test_the_mark_is_not_part_of_what_is_copied(desk: Desk, qapp: QApplication) -> None:
    page = desk.open(stale(desk, "online-meetings", "client/p1"))
    page.view.selectAll()
    page.view.copy()

    copied = qapp.clipboard().text()
    assert "När problemet ligger i en klient" in copied
    # The banner's title.
    assert [line.strip() for line in copied.splitlines()].count(MARK["sv"]) == 1
