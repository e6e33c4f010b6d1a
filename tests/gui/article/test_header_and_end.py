"""What stands above and below the text: title, products, banners, parts, facts, help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from kbviewer.model.article import (
    Article,
    ArticleState,
    HelpOffer,
    Translation,
    TranslationMethod,
)
from kbviewer.model.blocks import Table
from kbviewer.model.inline import LinkKind, Run, Runs
from tests.gui.article.conftest import Desk

BARE = Article(id="bare", language="sv", title="Bara en titel", blocks=())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_element_2_the_title_is_a_level_1_heading_with_part_number_or_suffix(
    desk: Desk, language: str
) -> None:
    for article in ("kb902534", "account-security-info"):
        page = desk.open(article, language)
        block = page.stage.geometry.block(page.stage.page.areas["@title"].first)
        assert block.blockFormat().headingLevel() == 1
        title = desk.library.article(article, language).title
        assert block.text().rstrip("\ufffc") == title
        assert ": " in title


def test_element_3_the_lead_is_larger_than_the_text(desk: Desk) -> None:
    page = desk.open("online-meetings")
    lead = page.stage.geometry.block(page.stage.page.areas["s0/p1"].first)
    body = page.stage.geometry.block(page.stage.page.areas["scope/p1"].first)
    assert lead.begin().fragment().charFormat().fontPointSize() > 0
    assert body.begin().fragment().charFormat().fontPointSize() == 0


@pytest.mark.parametrize(
    ("language", "title"), [("sv", "Uppdateras inte längre"), ("en", "No longer updated")]
)
def test_element_7_unsupported_articles_say_so_in_the_readers_language(
    desk: Desk, language: str, title: str
) -> None:
    """The source says it in English inside a Swedish page."""
    desk.open("kb307294", language)
    assert title in desk.block("@banner:state")


def test_element_7_the_banner_is_in_the_readers_language_when_the_text_is_not(desk: Desk) -> None:
    article = desk.library.article("kb307294", "sv")
    desk.open(article, "en")
    assert desk.block("@banner:state") == "No longer updated"
    assert "Shown in Swedish" in desk.block("@banner:variant")


def test_element_8_archived_articles_bear_a_banner(desk: Desk) -> None:
    desk.open("kb902534", "en")
    assert desk.block("@banner:state") == "Archived"
    assert "“as is”" in desk.text


@pytest.mark.parametrize(("language", "day"), [("sv", "8 april 2014"), ("en", "8 April 2014")])
def test_element_9_the_end_of_support_has_its_own_banner_with_its_date(
    desk: Desk, language: str, day: str
) -> None:
    desk.open("kb902534", language)
    assert "Windows XP" in desk.block("@banner:support-end")
    assert day in desk.text


@pytest.mark.parametrize(("language", "day"), [("sv", "5 augusti 2005"), ("en", "5 August 2005")])
def test_element_10_facts_stand_in_a_panel_with_the_date_of_the_reader(
    desk: Desk, language: str, day: str
) -> None:
    desk.open("kb307294", language)
    assert desk.block("@property:id").rstrip("\ufffc").endswith("KB307294")
    assert desk.block("@property:reviewed").endswith(day)
    assert desk.block("@property:revision").endswith("5.0")


def test_element_10_the_id_is_copied_with_one_click(desk: Desk) -> None:
    page = desk.open("kb307294")
    with desk.qtbot.waitSignal(page.copied) as copied:
        desk.click(desk.widget("copy:@id"))
    assert copied.args == ["KB307294"]
    assert QApplication.clipboard().text() == "KB307294"


def test_element_11_the_legacy_id_is_named_beside_the_id(desk: Desk) -> None:
    desk.open("kb307294")
    assert "Q307294" in desk.block("@property:aliases")


def test_element_12_products_are_chips(desk: Desk) -> None:
    page = desk.open("kb307294")
    products = desk.block("@products")
    assert "Microsoft Windows Messenger 4.6" in products
    first = page.stage.page.areas["@products"].first
    begin = page.stage.geometry.block(first).position()
    chips = [mark for mark in page.stage.page.marks if begin <= mark.start < begin + len(products)]
    assert len(chips) == 3


@pytest.mark.parametrize(("language", "words"), [("sv", "Inte angivet"), ("en", "Not stated")])
def test_element_12_products_that_the_source_does_not_state_are_not_stated(
    desk: Desk, language: str, words: str
) -> None:
    desk.open("account-security-info", language)
    assert words in desk.block("@products")


def test_element_13_keywords_are_tags_apart_from_the_products(desk: Desk) -> None:
    desk.open("kb307294")
    assert "kbnetwork" in desk.block("@property:keywords")
    assert "kbnetwork" not in desk.block("@products")


def test_element_14_the_panel_says_which_languages_exist_and_their_status(desk: Desk) -> None:
    desk.open("account-security-info", "en")
    assert desk.block("@property:languages").endswith("Swedish")
    assert "English (shown; written for this library)" in desk.text


def test_element_15_translated_from_german_with_what_that_means(desk: Desk) -> None:
    desk.open("kb902534", "en")
    assert desk.block("@banner:provenance") == "Translated from German"
    for fact in ("Later changes to the German original", "German versions of the product", "was not tested"):
        assert fact in desk.text


def test_element_15_an_edition_of_ours_says_what_it_was_written_from(desk: Desk) -> None:
    """The source lacks the language; the reader must know that no vendor wrote this."""
    made = replace(
        BARE, translation=Translation("sv", TranslationMethod.EDITORIAL, revision="5.0"), language="en"
    )
    desk.open(made, "en")
    line = desk.line_with("no edition in this language")
    assert "Swedish edition, revision 5.0" in line


def test_element_15_a_machine_translation_is_a_warning(desk: Desk) -> None:
    desk.open(replace(BARE, translation=Translation("de", TranslationMethod.MACHINE)), "en")
    assert "Machine translated from German" in desk.text


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", ("Okänt", "Okänd", "Inga angivna")), ("en", ("Unknown", "Unknown", "None stated"))],
)
def test_element_16_what_the_source_does_not_say_is_unknown(
    desk: Desk, language: str, words: tuple[str, str, str]
) -> None:
    desk.open("online-meetings", language)
    for key, word in zip(("reviewed", "revision", "keywords"), words, strict=True):
        assert desk.block(f"@property:{key}").endswith(word)


def test_element_17_a_comment_to_the_author_can_be_asked_for(desk: Desk) -> None:
    page = desk.open("online-meetings")
    page.go_to("third-party")
    row = desk.widget("footer")
    with desk.qtbot.waitSignal(page.feedback_requested) as asked:
        desk.click(row.tab_stops()[1])  # type: ignore[attr-defined]
    assert asked.args == ["third-party"]


def test_element_18_help_is_offered_under_the_name_of_the_source(desk: Desk) -> None:
    page = desk.open("online-meetings")
    help_button = desk.widget("footer").tab_stops()[0]  # type: ignore[attr-defined]
    assert help_button.text() == "Microsoft Community"
    with desk.qtbot.waitSignal(page.help_requested):
        desk.click(help_button)
    desk.open(replace(BARE, help_offer=None))
    desk.open(replace(BARE, help_offer=HelpOffer("Forumet", "")))


def test_element_6_the_way_back_to_the_top_is_ours(desk: Desk) -> None:
    page = desk.open("kb307294")
    page.go_to("password")
    desk.click(desk.widget("footer").tab_stops()[2])  # type: ignore[attr-defined]
    assert page.view.verticalScrollBar().value() == 0


def test_element_19_the_parts_of_a_guide_with_absent_ones_shown_as_absent(desk: Desk) -> None:
    page = desk.open("kb902534", "en")
    assert desk.block("@part").startswith("Part 2 of 4")
    assert "You are here" in desk.block("@part2")
    for number, words in ((1, "previous part"), (3, "next part")):
        assert "not in this library" in desk.block(f"@part{number}")
        assert words in desk.block(f"@part{number}")
    with desk.qtbot.waitSignal(page.link_activated) as pressed:
        desk.click_link("Adding contacts")
    assert pressed.args[0].kind is LinkKind.ARTICLE
    assert pressed.args[0].target == "messenger-chat-3"


def test_a_current_article_has_no_banner(desk: Desk) -> None:
    page = desk.open(replace(BARE, state=ArticleState.CURRENT, last_reviewed=datetime(2020, 1, 2)))  # noqa: DTZ001
    assert not [key for key in page.stage.page.areas if key.startswith("@banner")]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("zoom", [1.0, 1.25])
def test_the_panel_holds_its_heading_when_the_article_ends_with_a_table(
    make_desk: Callable[..., Desk], zoom: float, language: str
) -> None:
    def cells(*words: str) -> tuple[Runs, ...]:
        return tuple((Run(word),) for word in words)

    table = Table(key="t1", header=cells("A", "B"), rows=(cells("1", "2"),))
    desk = make_desk(zoom=zoom)
    page = desk.open(replace(BARE, language=language, blocks=(table,)), language)
    heading = page.stage.page.areas["@properties"]
    assert [card.first for card in page.stage.page.cards] == [heading.first]
    assert desk.block("@properties") in ("Om den här artikeln", "About this article")
    image = page.view.viewport().grab().toImage()
    y = round(page.stage.geometry.rect(page.stage.page.areas["t1"].first).center().y())
    ground = QColor(desk.theme.tokens.page)
    drawn = [x for x in range(image.width()) if image.pixelColor(x, y) != ground]
    measures = page.stage.measures
    gap = page.stage.geometry.top(heading.first) - page.stage.geometry.bottom(heading.first - 2)
    assert gap >= 50 * zoom
    assert abs(drawn[0] - measures.gutter) <= 1
    assert abs(drawn[-1] + 1 - (measures.gutter + measures.column)) <= 1


def test_a_guessed_language_is_named_in_the_head(desk: Desk) -> None:
    """The reader sees why words may be read aloud oddly."""
    desk.open(replace(desk.library.article("kb307294", "en"), is_language_guessed=True), "en")
    assert "Language, guessed from the text: English" in desk.block("@products")
    desk.open("kb307294", "en")
    assert "guessed" not in desk.block("@products")
