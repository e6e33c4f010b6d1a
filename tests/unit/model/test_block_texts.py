"""What stands at each place of an article, and in which line of which file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kbviewer.content.fallback import fill_missing
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.reader import read_article
from kbviewer.model.block_texts import block_texts, known_key, shorten
from kbviewer.model.source_places import source_place

CONTENT = Path(__file__).parents[3] / "content"
SWEDISH = """\
---
title: Titel
lang: sv
---
# Titel

Ingress.

## Första {#first}

> [!WARNING]
> Akta dig.

1. Tryck. {#press}

   Vänta sedan.

- En punkt.

<details id="faq-a"><summary>Varför?</summary>

Därför.

</details>
"""
ENGLISH = """\
---
title: Title
lang: en
---
# Title

Lead.

## First {#first}

## Only here {#only}

Bare.
"""


def test_blocks_come_in_reading_order_with_their_section() -> None:
    """A list of notes is as good as the order of the places."""
    article = read_article(SWEDISH, article_id="a", source="a/sv.md").article
    texts = block_texts(article)

    assert [(block.text, block.section) for block in texts.values() if block.text][:3] == [
        ("Ingress.", ""),
        ("Första", "first"),
        ("Akta dig.", "first"),
    ]
    assert texts["press"].text == "Tryck."
    assert texts["press/p1"].text == "Vänta sedan."
    assert texts["faq-a/p1"].section == "faq-a"
    assert list(texts).index("press") < list(texts).index("press/p1") < list(texts).index("faq-a")


def test_parts_of_the_page_lead_to_their_block() -> None:
    """A click beside the text still means something."""
    texts = block_texts(read_article(SWEDISH, article_id="a", source="a/sv.md").article)

    assert known_key(texts, "press") == "press"
    assert known_key(texts, "press@step") == "press"
    assert known_key(texts, "@title") == ""
    assert known_key(texts, "~3") == ""


@pytest.mark.parametrize("entry", FolderLibrary(CONTENT, None).entries(), ids=lambda entry: entry.id)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_line_that_is_pointed_at_holds_its_block(entry: object, language: str) -> None:
    """An editor clicks on it and must see what the comment is about."""
    library = FolderLibrary(CONTENT, None)
    article = library.article(entry.id, language)  # type: ignore[attr-defined]
    lines = (CONTENT / article.source).read_text("utf-8").splitlines()
    checked = 0
    for key, block in block_texts(article).items():
        place = source_place(article, key, lambda _language: "")
        if block.text:
            # Where the markdown of a block spans lines or holds marks, its first word still stands there.
            word = block.text.split()[0].strip('”“"’().,:;?!')
            nearby = "\n".join(lines[place.line - 1 : place.line + 3])
            assert word in nearby, (key, place, word, nearby)
            checked += 1
    assert checked > 10


def test_a_block_from_another_language_is_pointed_at_in_that_file() -> None:
    """Only there can an editor mend it."""
    swedish = read_article(SWEDISH.replace("{#first}", "{#first}"), article_id="a", source="a/sv.md").article
    english = read_article(ENGLISH, article_id="a", source="a/en.md").article
    filled = fill_missing(swedish, english)
    assert filled != swedish, "the example lacks the section"

    place = source_place(filled, "only", {"en": "a/en.md"}.__getitem__)

    assert (place.path, place.said) == ("a/en.md", "Only here")
    assert ENGLISH.splitlines()[place.line - 1].startswith("## Only here")
    assert str(source_place(filled, "press", {"en": "a/en.md"}.__getitem__)) == "a/sv.md:14"


def test_a_place_that_is_gone_points_at_the_file() -> None:
    """The comment is not lost with the place."""
    article = read_article(SWEDISH, article_id="a", source="a/sv.md").article

    assert str(source_place(article, "gone", str)) == "a/sv.md"
    assert source_place(article, "gone", str).is_gone
    assert not source_place(replace(article, blocks=()), "", str).is_gone


def test_long_texts_are_cut_at_a_word() -> None:
    """Half a word reads like a mistake."""
    assert shorten("a  b\nc") == "a b c"
    assert shorten("word " * 60, 22) == "word word word word…"
    assert len(shorten("x" * 500)) == 200
