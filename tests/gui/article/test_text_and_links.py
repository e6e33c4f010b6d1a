"""What stands in the running text: callouts, lists, links and their signs, literals, keys, languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Code,
    Heading,
    ListRole,
    Paragraph,
    ParagraphRole,
    Table,
)
from kbviewer.model.inline import Link, LinkKind, Mark, Run
from kbviewer.ui.article.page_map import MarkLook
from tests.gui.article.conftest import Desk


def made(*blocks: Block, language: str = "sv") -> Article:
    return Article(id="made", language=language, title="Prov", blocks=blocks)


def paragraph(*runs: Run, key: str = "p", language: str = "") -> Paragraph:
    return Paragraph(key=key, runs=runs, language=language)


def form_of(desk: Desk, text: str) -> QTextCharFormat:
    """Return the format of the first piece of text that is `text`."""
    block = desk.page.view.document().begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            if iterator.fragment().text().strip() == text:
                return iterator.fragment().charFormat()
            iterator += 1
        block = block.next()
    raise AssertionError(text)


def marked(desk: Desk, look: MarkLook) -> list[str]:
    text = desk.page.view.document().toPlainText()
    return [text[mark.start : mark.end] for mark in desk.page.stage.page.marks if mark.look is look]


def test_element_4_headings_are_headings_with_references_that_copy(desk: Desk) -> None:
    page = desk.open("kb307294")
    first = page.stage.page.areas["lan"].first
    assert page.stage.geometry.block(first).blockFormat().headingLevel() == 3
    with desk.qtbot.waitSignal(page.copied) as copied:
        desk.click(desk.widget("anchor:lan"))
    assert copied.args == ["kb://kb307294#lan"]


def test_element_5_the_section_follows_the_scroll_position(desk: Desk) -> None:
    page = desk.open("kb307294")
    entered: list[str] = []
    page.section_entered.connect(entered.append)
    bar = page.view.verticalScrollBar()
    for y in range(0, bar.maximum(), 25):
        bar.setValue(y)
    assert entered[:3] == ["more-information", "typical-issues", "net-passport"]
    assert len(entered) == len(set(entered))


@pytest.mark.parametrize(
    ("row", "article", "key", "sv", "en"),
    [
        (31, "kb307294", "first-sign-in/c1", "Obs!", "Note"),
        (32, "kb307294", "firewall-nat/c1", "Viktigt", "Important"),
        (32, "account-security-info", "s0/c1", "Viktigt", "Important"),
        (33, "online-meetings", "add-parameter/c1", "Obs!", "Note"),
        (34, "online-meetings", "paste-url/c1", "Varning", "Warning"),
        (35, "account-security-info", "faq-protect-more/c1", "Tips", "Tip"),
        (36, "kb307294", "lan/c1", "Varning", "Warning"),
        (41, "online-meetings", "scope/c1", "Gräns för supporten", "Limit of support"),
    ],
)
def test_elements_31_to_36_and_41_callouts_are_boxes_with_their_name(
    desk: Desk, row: int, article: str, key: str, sv: str, en: str
) -> None:
    for language, label in (("sv", sv), ("en", en)):
        page = desk.open(article, language)
        page.expand_all()
        first = page.stage.page.areas[key].first
        assert desk.block(key).startswith(label), row
        assert any(card.first == first and card.look.bar for card in page.stage.page.cards)


def test_element_32_an_important_callout_holds_a_bullet(desk: Desk) -> None:
    page = desk.open("account-security-info")
    area = page.stage.page.areas["s0/c1"]
    assert page.stage.geometry.block(area.last).text().startswith("•\t")


def test_element_33_a_callout_in_a_step_stands_at_the_steps_text(desk: Desk) -> None:
    page = desk.open("online-meetings")
    card = next(
        card
        for card in page.stage.page.cards
        if card.first == page.stage.page.areas["add-parameter/c1"].first
    )
    step = page.stage.geometry.block(page.stage.page.areas["add-parameter"].first)
    assert card.left == step.blockFormat().leftMargin()


def test_element_29_bullets_nest_and_hold_several_paragraphs(desk: Desk) -> None:
    page = desk.open("online-meetings")
    area = page.stage.page.areas["federation/l1"]
    margins = [page.stage.geometry.block(n).blockFormat().leftMargin() for n in range(area.first, area.last)]
    assert len(set(margins)) >= 2
    desk.open("kb307294")
    assert desk.block(
        "typical-issues/l1/1/p2" if "typical-issues/l1/1/p2" in page.stage.page.areas else "s0/p1"
    )


def test_element_30_triage_questions_are_plain_bullets(desk: Desk) -> None:
    page = desk.open("online-meetings")
    area = page.stage.page.areas["scope/l1"]
    lines = [page.stage.geometry.block(n).text() for n in range(area.first, area.last + 1)]
    assert len(lines) == 3
    assert all(line.startswith("•\t") and line.endswith("?") for line in lines)


@pytest.mark.parametrize(("language", "absent"), [("sv", "finns inte i"), ("en", "not in this library")])
def test_elements_20_and_48_a_link_to_an_absent_article_says_so(
    desk: Desk, language: str, absent: str
) -> None:
    page = desk.open("kb307294", language)
    number = next(n for n, spot in enumerate(page.stage.page.links) if "307293" in spot.label)
    line = desk.line_with("307293")
    assert absent in line
    page.view.focus_link(number)
    assert (
        desk.library.absent_title("307293", language)
        in form_of(desk, page.stage.page.links[number].label).toolTip()
    )


def test_element_48_an_article_in_another_language_only_bears_a_badge(desk: Desk) -> None:
    entry = desk.library.resolve("kb902534")
    only_swedish = replace(entry, variants={"sv": entry.variants["sv"]})
    page = desk.page
    page.stage.builder.resolve = lambda reference: only_swedish
    link = Run("Registrera", link=Link(LinkKind.ARTICLE, "902534"))
    desk.open(made(paragraph(link), language="en"), "en")
    assert marked(desk, MarkLook.TAG) == ["SV"]


@pytest.mark.parametrize(("language", "words"), [("sv", "sök efter det här"), ("en", "search for this")])
def test_element_49_a_link_by_title_offers_to_search(desk: Desk, language: str, words: str) -> None:
    page = desk.open("online-meetings", language)
    spot = next(s for s in page.stage.page.links if s.link and s.link.kind is LinkKind.SEARCH)
    assert words in desk.line_with(spot.label)
    form = form_of(desk, spot.label)
    assert form.underlineStyle() is QTextCharFormat.UnderlineStyle.DashUnderline
    with desk.qtbot.waitSignal(page.link_activated) as pressed:
        desk.click_link(spot.label)
    assert pressed.args[0].kind is LinkKind.SEARCH


def test_element_50_a_reference_in_the_article_goes_there(desk: Desk) -> None:
    page = desk.open("kb307294")
    with desk.qtbot.waitSignal(page.jumped) as jumped:
        desk.click_link("Logga in i Windows Messenger med .NET Passport")
    assert jumped.args[1] == "net-passport"
    assert 0 <= desk.y_of("net-passport") < 60


def test_element_51_an_external_link_bears_a_mark_and_only_asks(desk: Desk) -> None:
    page = desk.open("kb307294")
    spot = next(s for s in page.stage.page.links if s.label == "www.passport.net")
    assert page.view.document().characterAt(spot.end) == "\ufffc"
    assert "http://www.passport.net" in form_of(desk, "www.passport.net").toolTip()
    with desk.qtbot.waitSignal(page.link_activated) as pressed:
        desk.click_link("www.passport.net")
    assert pressed.args[0].target.startswith("http://www.passport.net")


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "länken saknas i källan"), ("en", "link missing in the source")]
)
def test_element_52_a_lost_link_says_that_the_source_lost_it(desk: Desk, language: str, words: str) -> None:
    desk.open("kb307294", language)
    assert words in desk.text


@pytest.mark.parametrize(("language", "quoted"), [("sv", "”Servern svarar inte”"), ("en", "“")])
def test_element_53_messages_are_quoted_as_the_language_does_and_found(
    desk: Desk, language: str, quoted: str
) -> None:
    page = desk.open("kb307294", language)
    assert quoted in desk.text
    if language == "sv":
        assert page.find("Servern svarar inte").total >= 1


def test_element_53_quotes_follow_the_language_of_the_block(desk: Desk) -> None:
    quote = Run("Page not found", frozenset({Mark.QUOTE}))
    desk.open(made(paragraph(quote, language="en")))
    assert "“Page not found”" in desk.text


def test_element_54_labels_are_strong_and_menu_paths_stay_findable(desk: Desk) -> None:
    page = desk.open("kb307294")
    assert form_of(desk, "Alternativ").fontWeight() > 500
    assert form_of(desk, ">").fontWeight() <= 400
    assert page.find("Verktyg > Alternativ").total > 1


def test_element_55_literals_are_copied_with_one_click(desk: Desk) -> None:
    page = desk.open("online-meetings")
    assert set(marked(desk, MarkLook.CODE)) >= {"certmgr.msc", "?sl=1", ".ocsmeet"}
    page.go_to("certificate-open")
    key = desk.keys("copy")[0]
    with desk.qtbot.waitSignal(page.copied) as copied:
        desk.click(desk.widget(key))
    assert copied.args == ["certmgr.msc"]
    assert "certmgr.msc" in desk.widget(key).accessibleName()


def test_element_55_a_block_of_literal_text_has_its_own_button(desk: Desk) -> None:
    page = desk.open(made(Code(key="c", text="ping host\ntracert host")))
    button = desk.widget("copy:c")
    desk.click(button)
    assert QApplication.clipboard().text() == "ping host\ntracert host"
    assert button.geometry().right() <= page.view.viewport().width()


@pytest.mark.parametrize(("language", "keys"), [("sv", "Ctrl+Skift+P"), ("en", "Ctrl+Shift+P")])
def test_element_56_shortcuts_are_key_caps_in_the_language(desk: Desk, language: str, keys: str) -> None:
    page = desk.open("account-security-info", language)
    page.expand_all()
    assert marked(desk, MarkLook.KEY) == keys.split("+")
    assert page.find(keys).total == 1


def test_element_57_text_in_another_language_is_known_as_such(desk: Desk) -> None:
    page = desk.open(made(paragraph(Run("Only in English.")), paragraph(Run("Bara."), key="q")))
    assert page.stage.page.languages[page.stage.page.areas["q"].first] == "sv"
    desk.open(made(paragraph(Run("Only in English."), key="e", language="en")))
    assert page.stage.page.languages[page.stage.page.areas["e"].first] == "en"


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_element_58_a_term_has_a_tip_for_mouse_and_keyboard(desk: Desk) -> None:
    page = desk.open("kb307294")
    number = next(n for n, spot in enumerate(page.stage.page.links) if spot.tip and spot.label == "LAN")
    spot = page.stage.page.links[number]
    form = form_of(desk, "LAN")
    assert form.underlineStyle() is QTextCharFormat.UnderlineStyle.DotLine
    assert form.toolTip() == spot.tip
    page.view.focus_link(number)
    with desk.qtbot.waitSignal(page.announced) as told:
        desk.press(Qt.Key.Key_Return)
    assert told.args == [spot.tip]


@pytest.mark.parametrize(("language", "word"), [("sv", "eller"), ("en", "or")])
def test_element_59_alternatives_are_a_list_with_or_between(desk: Desk, language: str, word: str) -> None:
    page = desk.open("kb307294", language)
    area = page.stage.page.areas["net-passport-issues/l1"]
    lines = [page.stage.geometry.block(n).text().strip() for n in range(area.first, area.last + 1)]
    assert lines[1] == word
    assert len(lines) == 3


def test_element_60_a_block_that_only_another_edition_has_says_its_language(desk: Desk) -> None:
    desk.open(made(paragraph(Run("Only in English."), key="e", language="en")))
    lines = desk.text.splitlines()
    assert lines[lines.index("Only in English.") - 1] == "Visas på engelska"


@pytest.mark.parametrize(("language", "label"), [("sv", "Saknas i källan"), ("en", "Missing in the source")])
def test_element_60_what_no_edition_has_is_said_to_be_missing(desk: Desk, language: str, label: str) -> None:
    desk.open("online-meetings", language)
    assert label in desk.text


def test_tables_are_text_of_the_document(desk: Desk) -> None:
    table = Table(key="t", header=((Run("A"),), (Run("B"),)), rows=(((Run("1"),), (Run("2"),)),))
    page = desk.open(made(paragraph(Run("Före")), table, Heading(key="h", level=2, runs=(Run("Efter"),))))
    assert [word for word in ("A", "B", "1", "2", "Efter") if page.find(word).total >= 1]
    assert desk.y_of("t") < desk.y_of("h")
    assert page.stage.page.areas["h"].first < page.view.document().blockCount()
    assert desk.block("h").startswith("Efter")


def test_odd_nesting_is_shown_in_order(desk: Desk) -> None:
    inner = Callout(key="c", kind=CalloutKind.CAUTION, blocks=(paragraph(Run("Se upp."), key="cp"),))
    bullets = BulletList(
        key="l", items=((inner,), (paragraph(Run("Punkt."), key="b"),), ()), role=ListRole.PLAIN
    )
    lost = Paragraph(key="m", runs=(Run("Borta."),), role=ParagraphRole.MISSING)
    desk.open(made(bullets, lost))
    assert desk.text.index("Se upp.") < desk.text.index("Punkt.") < desk.text.index("Borta.")
