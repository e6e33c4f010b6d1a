"""Finding in the page: what is marked, opened, shown on the scroll bar and left behind."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from kbviewer.model.article import Article
from kbviewer.model.blocks import Faq, Paragraph
from kbviewer.model.inline import Run
from kbviewer.ui.article.find import FindOptions
from kbviewer.ui.article.symptom_filter import SymptomFilterBar

if TYPE_CHECKING:
    from tests.gui.article.conftest import Desk


def made(*texts: str) -> Article:
    blocks = tuple(Paragraph(key=f"p{n}", runs=(Run(text),)) for n, text in enumerate(texts))
    return Article(id="made", language="sv", title="Titel", blocks=blocks)


def marked(desk: Desk) -> list[tuple[str, str]]:
    """Return what is marked in view, each with its colour."""
    return [
        (mark.cursor.selectedText(), mark.format.background().color().name())
        for mark in desk.page.view.extraSelections()
    ]


def test_all_matches_are_marked_and_the_current_one_differently(desk: Desk) -> None:
    """By colour and, for who does not see it, by the count."""
    desk.open(made("ett ord", "Ett till", "inget"))
    found = desk.page.find("ett")
    tokens = desk.theme.tokens

    assert found == (1, 2)
    assert marked(desk) == [("ett", tokens.find_current.lower()), ("Ett", tokens.find.lower())]
    desk.page.find_next()
    assert [colour for _text, colour in marked(desk)] == [tokens.find.lower(), tokens.find_current.lower()]


def test_options_narrow_what_is_found(desk: Desk) -> None:
    """The text stays, the matches change."""
    desk.open(made("Mål mal målen"))

    assert desk.page.find("mal").total == 3
    assert desk.page.find("mal", FindOptions(diacritics=True)).total == 1
    assert desk.page.find("Mål", FindOptions(match_case=True)).total == 1
    assert desk.page.find("mål", FindOptions(whole_words=True)).total == 1


def test_a_closed_answer_opens_when_a_match_lies_inside(desk: Desk) -> None:
    """What is counted is shown."""
    answer = (Paragraph(key="a", runs=(Run("gömt ord"),)),)
    faq = Faq(key="q", question=(Run("Fråga?"),), blocks=answer)
    desk.open(Article(id="made", language="sv", title="Titel", blocks=(faq,)))
    assert "gömt ord" not in desk.text

    assert desk.page.find("gömt").total == 1
    assert "gömt ord" in desk.text


def test_a_symptom_that_is_filtered_away_comes_back_when_it_matches(desk: Desk) -> None:
    """The filter is emptied: the field says what is shown."""
    desk.open("online-meetings")
    key = desk.keys("symptoms")[0]
    bar = desk.widget(key)
    assert isinstance(bar, SymptomFilterBar)
    field = bar.findChild(QLineEdit)
    assert field is not None
    field.setText("qwzx")
    symptom = desk.page.stage.page.areas[f"{key.removeprefix('symptoms:')}@row0"].first
    text = desk.page.stage.geometry.block(symptom).text()
    assert text not in desk.text

    assert desk.page.find(text[:30]).total >= 1
    assert text.replace("\u00a0", " ") in desk.text
    assert field.text() == ""


def test_the_scroll_bar_shows_where_matches_lie(desk: Desk) -> None:
    """One mark a paragraph; none when nothing is sought."""
    texts = [f"stycke {n}" + (" träff träff" if n in (10, 150) else "") for n in range(200)]
    desk.open(made(*texts))
    marks = desk.page.finder._marks
    desk.page.find("träff")
    desk.qtbot.waitUntil(lambda: bool(marks.shares))

    assert len(marks.shares) == 2
    assert 0.02 < marks.shares[0] < 0.12
    assert 0.65 < marks.shares[1] < 0.8
    desk.page.clear_find()
    assert marks.shares == []


def test_the_match_stays_selected_when_finding_ends(desk: Desk) -> None:
    """To be copied, or to go on from."""
    desk.open(made("ett ord", "ett till"))
    desk.page.find("ett")
    desk.page.find_next()
    desk.page.clear_find()
    cursor = desk.page.view.textCursor()

    assert marked(desk) == []
    assert cursor.selectedText() == "ett"
    assert cursor.block().text() == "ett till"


def test_what_is_selected_can_be_sought_when_it_is_part_of_a_paragraph(desk: Desk) -> None:
    """More than that is a text to copy."""
    desk.open(made("ett ord", "ett till"))
    desk.page.find("ord")
    desk.page.clear_find()
    assert desk.page.selected_text() == "ord"
    desk.page.select_all()
    assert desk.page.selected_text() == ""


def test_finding_in_a_long_article_is_quick(desk: Desk) -> None:
    """Each key is a search: 50 ms for 2,000 blocks, measured on the median against slow machines."""
    desk.open(made(*(f"Stycke {n} med några ord om lösenord och inloggning." for n in range(2000))))
    desk.page.find("l")
    times = []
    for text in ("lo", "los", "lose", "lösen", "losenord"):
        start = time.perf_counter()
        assert desk.page.find(text).total
        times.append(1000 * (time.perf_counter() - start))

    assert statistics.median(times) < 250
