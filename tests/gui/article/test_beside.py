"""Two languages side by side: rows at one height, and what is done in one column is done in both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kbviewer.model.blocks import walk_steps
from kbviewer.ui.article.matrix_model import Spot
from kbviewer.ui.article.matrix_widget import MatrixWidget
from kbviewer.ui.article.tick_box import TickBox
from tests.gui.article.beside_pair import Pair
from tests.gui.article.conftest import Desk


@pytest.fixture
def pair(make_desk: Callable[..., Desk]) -> Pair:
    """A page with room for two columns."""
    return Pair(make_desk(width=1340, height=640))


@pytest.mark.parametrize("name", ["online-meetings", "kb307294", "kb902534", "account-security-info"])
def test_every_shipped_article_stands_in_rows(pair: Pair, name: str) -> None:
    """Headings, paragraphs, steps, items, callouts, rows of tables: all by their keys."""
    pair.desk.open(name)
    pair.beside.start()

    pair.assert_aligned()
    assert len(pair.common()) > 25


def test_a_second_article_comes_with_both_columns(pair: Pair) -> None:
    """Side by side stays on from article to article."""
    pair.desk.open("online-meetings")
    pair.beside.start()
    pair.desk.open("kb307294")

    pair.assert_aligned()
    assert pair.other.opened.article is not None
    assert (pair.other.opened.article.id, pair.other.opened.article.language) == ("kb307294", "en")


def test_each_column_speaks_its_own_language_throughout(pair: Pair) -> None:
    """The customer reads one column; labels in the technician's language would be in the way."""
    pair.desk.open("online-meetings")
    pair.beside.start()

    assert "Gäller för" in pair.text(pair.page)
    assert "Applies to" in pair.text(pair.other)
    assert "Shown in" not in pair.text(pair.other)
    assert pair.page.view.accessibleName() == "Artikel, svenska"
    assert pair.other.view.accessibleName() == "Artikel, engelska"


def test_what_one_text_lacks_is_marked_in_its_place(pair: Pair) -> None:
    """Quietly, once for what belongs together, and at the height of what is lacking."""
    pair.make()
    pair.beside.start()

    pair.assert_aligned()
    assert pair.text(pair.other).count("Not in the English text") == 2
    assert "Visas på" not in pair.text(pair.page)
    assert pair.tops("ours")[0] == pytest.approx(pair.tops("ours")[1], abs=0.02)
    # A mark is not copied: it is no part of the text.
    pair.other.select_all()
    pair.other.copy()
    assert "Not in the English" not in QApplication.clipboard().text()


@pytest.mark.parametrize(
    ("lacking", "first"),
    [
        ("- Punkt ett\n- Punkt två", "Punkt ett"),
        ("> [!WARNING]\n> En varning.", "Varning"),
        ("1. Ett. {#one}\n2. Två. {#two}", "Avklarade steg"),
        ("1. Ett. {#one}", "1."),
        ("```\nkod\n```", "kod"),
        ("<details id='q'><summary>Fråga</summary>\n\nSvar.\n\n</details>", "Fråga"),
    ],
)
def test_a_mark_stands_beside_the_first_line_of_what_is_lacking(pair: Pair, lacking: str, first: str) -> None:
    """Lists, boxes and procedures have no line of their own that the mark could be named after."""
    around = "# T\n\nFöre.\n\n{}\n\nEfter.\n"
    pair.make(around.format(lacking), "# T\n\nBefore.\n\nAfter.\n")
    pair.beside.start()

    pair.assert_aligned()
    left = pair.line_top(pair.page, first)
    mark = pair.line_top(pair.other, "in the English text")
    assert left == pytest.approx(mark, abs=0.02)


def test_an_answer_opens_in_both_columns_and_rows_stay_together(pair: Pair) -> None:
    """Whichever column it was opened in."""
    pair.make()
    pair.beside.start()

    for page in (pair.other, pair.page):
        header = page.layer.widget("faq:q")
        assert header is not None
        pair.desk.click(header)
        pair.assert_aligned()
        states = {each.stage.page.folds["q"].is_open for each in (pair.page, pair.other)}
        assert len(states) == 1
    pair.page.expand_all()
    pair.assert_aligned()
    assert pair.other.stage.page.folds["q"].is_open


def test_a_tick_shows_in_both_columns_at_once(pair: Pair) -> None:
    """There is one procedure; the side pane hears of it whichever box was ticked."""
    pair.desk.open("kb902534")
    pair.beside.start()
    article = pair.page.opened.article
    assert article is not None
    step = next(walk_steps(article.blocks)).id
    heard: list[int] = []
    pair.page.progress_changed.connect(lambda progress: heard.append(progress.done))

    for source, other, state in ((pair.other, pair.page, True), (pair.page, pair.other, False)):
        source.go_to(step)
        box, mirror = source.layer.widget(f"tick:{step}"), other.layer.widget(f"tick:{step}")
        assert isinstance(box, TickBox)
        assert isinstance(mirror, TickBox)
        pair.desk.click(box)
        assert (mirror.checkState() is Qt.CheckState.Checked) is state
        assert heard[-1] == int(state)
    pair.assert_aligned()


def test_a_matrix_choice_is_shared(pair: Pair) -> None:
    """Its answer takes the same place on both sides."""
    pair.desk.open("online-meetings")
    pair.beside.start()
    key = next(item.key for item in pair.page.stage.page.embedded if item.key.startswith("matrix:"))
    name = key.removeprefix("matrix:")

    widgets = [page.layer.widget(key) for page in (pair.page, pair.other)]

    for row, widget in enumerate(widgets):
        assert isinstance(widget, MatrixWidget)
        widget.choose(Spot(row, 1))

        assert pair.desk.choices.kept["online-meetings", name] == (row, 1)
        for page, each in zip((pair.page, pair.other), widgets, strict=True):
            assert isinstance(each, MatrixWidget)
            assert (each.model.row, each.model.column) == (row, 1)
            item = page.stage.page.embedded_by_key(key)
            assert item is not None
            room = page.stage.geometry.embedded_rect(item, 0)
            assert room.height() == pytest.approx(each.heightForWidth(round(room.width())), abs=1)
        pair.assert_aligned()


def test_symptoms_are_filtered_together(pair: Pair) -> None:
    """The words are in one language, the rows in both; the other field says what is sought."""
    pair.desk.open("online-meetings")
    pair.beside.start()
    key = next(item.key for item in pair.page.stage.page.embedded if item.key.startswith("symptoms:"))
    mine, theirs = pair.page.layer.widget(key), pair.other.layer.widget(key)
    assert mine is not None
    assert theirs is not None

    mine.field.setText("säkerhetsvarning")  # type: ignore[attr-defined]

    pair.assert_aligned()
    assert theirs.field.text() == "säkerhetsvarning"  # type: ignore[attr-defined]
    shown = [
        [fold.key for fold in page.stage.page.folds.values() if "@row" in fold.key and fold.is_open]
        for page in (pair.page, pair.other)
    ]
    assert shown[0] == shown[1]
    assert theirs.count_text().startswith("1 ")  # type: ignore[attr-defined]
    theirs.field.clear()  # type: ignore[attr-defined]
    assert mine.field.text() == ""  # type: ignore[attr-defined]
    pair.assert_aligned()
