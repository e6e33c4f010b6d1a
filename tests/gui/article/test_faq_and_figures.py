"""Questions that open, pictures, videos and action buttons."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QApplication

from kbviewer.model.article import Article
from kbviewer.model.blocks import Figure, Paragraph
from kbviewer.model.inline import LinkKind, Run
from kbviewer.ui.article.faq_header import FaqHeader
from tests.gui.article.conftest import Desk

FAQ = "account-security-info"


def header(desk: Desk, key: str) -> FaqHeader:
    widget = desk.widget(f"faq:{key}")
    assert isinstance(widget, FaqHeader)
    return widget


def png(width: int = 40, height: int = 20) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def test_element_42_ten_questions_open_and_close(desk: Desk) -> None:
    page = desk.open(FAQ)
    assert len(desk.keys("faq")) == 10
    assert "det är obligatoriskt" not in desk.text
    page.go_to("s0/c1")
    desk.click(header(desk, "faq-required"))
    assert "obligatoriskt" in desk.text
    assert desk.answers.open_keys(FAQ) == {"faq-required"}
    desk.click(header(desk, "faq-required"))
    assert "obligatoriskt" not in desk.text
    assert not header(desk, "faq-required").is_open


def test_element_42_an_answer_is_reached_by_its_own_address(desk: Desk) -> None:
    page = desk.open(FAQ, anchor="faq-recovery-code")
    assert header(desk, "faq-recovery-code").is_open
    assert 0 <= desk.y_of("faq-recovery-code") < 60
    page.go_to("faq-lost-contact")
    assert QApplication.focusWidget() is header(desk, "faq-lost-contact")


def test_element_42_find_reaches_inside_and_opens(desk: Desk) -> None:
    page = desk.open(FAQ)
    found = page.find("InPrivate")
    assert found.total > 0
    assert header(desk, "faq-other-account").is_open


def test_element_42_open_answers_survive_the_language_switch(desk: Desk) -> None:
    page = desk.open(FAQ)
    page.go_to("faq-use")
    desk.switch("en")
    assert header(desk, "faq-use").is_open
    assert "one-time code" in desk.text
    assert QApplication.focusWidget() is header(desk, "faq-use")


def test_element_43_expand_all_and_collapse_all(desk: Desk) -> None:
    page = desk.open(FAQ, "en")
    bar = desk.widget("faq-bar")
    expand, collapse = bar.tab_stops()  # type: ignore[attr-defined]
    desk.click(expand)
    assert len(desk.answers.open_keys(FAQ)) == 10
    assert "InPrivate" in desk.text
    desk.click(collapse)
    assert not desk.answers.open_keys(FAQ)
    page.expand_all()
    assert "two-step verification" in desk.text.casefold()


def test_element_43_the_focus_is_not_lost_when_its_answer_closes(desk: Desk) -> None:
    page = desk.open(FAQ)
    page.go_to("add-phone-open")
    assert QApplication.focusWidget() is desk.widget("tick:add-phone-open")
    page.collapse_all()
    assert QApplication.focusWidget() is header(desk, "faq-add-info")


def test_element_44_sub_headings_stand_inside_the_answer_and_in_the_outline(desk: Desk) -> None:
    page = desk.open(FAQ)
    fold = page.stage.page.folds["faq-add-info"]
    assert fold.first <= page.stage.page.areas["add-phone"].first <= fold.last
    assert "add-phone" in [section.key for section in page.stage.page.sections]
    with desk.qtbot.waitSignal(page.section_entered, check_params_cb=lambda key: key == "add-phone"):
        page.go_to("add-phone")
    assert header(desk, "faq-add-info").is_open


def test_opening_an_answer_leaves_its_question_where_it_is(desk: Desk) -> None:
    page = desk.open(FAQ)
    page.go_to("s0/c1")
    before = desk.y_of("faq-use")
    desk.click(header(desk, "faq-use"))
    assert abs(desk.y_of("faq-use") - before) <= 1
    assert abs(header(desk, "faq-use").geometry().top() - (before - 11)) <= 1


def test_closed_questions_are_evenly_spaced(desk: Desk) -> None:
    """An answer that ends with a box must not leave the box's room behind."""
    desk.open(FAQ)
    headers = [header(desk, key.removeprefix("faq:")).geometry() for key in desk.keys("faq")]
    gaps = {after.top() - before.bottom() for before, after in pairwise(headers)}
    assert max(gaps) - min(gaps) <= 1


def test_element_45_a_video_is_a_poster_with_its_description(desk: Desk) -> None:
    page = desk.open(FAQ, "en")
    assert desk.block("s0/f1").startswith("The video explains")
    assert "The video is not part of the source." in desk.text
    assert any(card.look.poster for card in page.stage.page.cards)


def test_element_46_an_action_button_names_its_address_and_asks(desk: Desk) -> None:
    page = desk.open(FAQ, "en")
    button = desk.widget("action:s0/p5").tab_stops()[0]  # type: ignore[attr-defined]
    assert button.text() == "Go to account"
    assert "https://account.microsoft.com/" in button.toolTip()
    with desk.qtbot.waitSignal(page.link_activated) as pressed:
        desk.click(button)
    assert pressed.args[0].kind is LinkKind.EXTERNAL


def test_element_47_absent_pictures_are_placeholders_with_their_captions(desk: Desk) -> None:
    page = desk.open("kb902534")
    captions = [card for card in page.stage.page.cards if card.look.icon == "picture"]
    assert len(captions) == 11
    assert "Inloggning i Windows Messenger" in desk.text
    assert page.find(".NET Passport-guiden, välkomstskärmen").total == 1


def test_a_picture_of_the_pack_is_shown_and_nothing_else(desk: Desk) -> None:
    """Articles are untrusted: no file, no address, no vector graphics, no bomb."""
    figure = Figure(key="f", source="media/a.png", caption=(Run("En bild"),), alt="Blå")
    other = Figure(key="g", source="media/b.svg", caption=(Run("Ingen bild"),))
    article = Article(id="pics", language="sv", title="Bilder", blocks=(figure, other))
    desk.media["pics", "media/a.png"] = png()
    desk.media["pics", "media/b.svg"] = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    page = desk.open(article)
    image = QTextDocument.ResourceType.ImageResource.value
    shown = page.view.loadResource(image, "kb-media:media/a.png")
    assert isinstance(shown, QImage)
    assert shown.width() == 40
    for name in ("kb-media:media/b.svg", "kb-media:media/none.png", "file:///etc/hostname", "/etc/hostname"):
        assert page.view.loadResource(image, name) is None
        assert page.view.document().loadResource(image, name) is None
    assert (
        page.view.loadResource(QTextDocument.ResourceType.StyleSheetResource.value, "kb-media:a.css") is None
    )
    assert "Bilden saknas i källan." in desk.text


def test_a_picture_over_the_limit_is_a_placeholder(desk: Desk) -> None:
    data = bytearray(png())
    data[16:24] = (20_000).to_bytes(4, "big") * 2
    desk.media["pics", "big.png"] = bytes(data)
    figure = Figure(key="f", source="big.png", caption=(Run("Stor"),))
    desk.open(Article(id="pics", language="sv", title="Bilder", blocks=(figure,)))
    assert "Bilden saknas i källan." in desk.text


def test_a_question_without_an_answer_is_shown(desk: Desk) -> None:
    article = desk.library.article(FAQ, "sv")
    page = desk.open(replace(article, blocks=(Paragraph(key="p", runs=(Run("Ett stycke."),)),)))
    page.expand_all()
    page.collapse_all()
    assert "Ett stycke." in desk.text
