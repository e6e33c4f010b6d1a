"""Two languages side by side: rows at one height, one scroll position, what is done is shared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from kbviewer.content.fallback import fill_missing
from kbviewer.model.article import Article, Translation, TranslationMethod
from kbviewer.model.blocks import walk_steps
from kbviewer.ui.article.beside import Beside, BesideNeeds
from kbviewer.ui.article.beside_texts import ColumnTexts
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.article.tick_box import TickBox
from tests.gui.article.conftest import LANGUAGES, Desk
from tests.support.reading import blocks

SWEDISH = """
# T

Ett inledande stycke som är långt nog att brytas på flera rader i den ena av de två spalterna på sidan.

## A {#a}

1. Ett. {#one}
2. Bara svenska. {#ours}

| Ett | Två |
|---|---|
| En cell som är så lång att den bryts på flera rader i den ena spalten | x |

Efter tabellen.

<details id="q"><summary>Fråga</summary>

Ett svar som är så långt att det bryts på flera rader i spalten, så att nästa rad måste flyttas ned.

</details>

## Bara svenska {#ours-part}

Text.

## Slut {#end}

Slut.
"""
ENGLISH = """
# T

An introduction.

## A {#a}

1. One. {#one}

| One | Two |
|---|---|
| Cell | x |

After the table.

<details id="q"><summary>Question</summary>

Short.

</details>

## End {#end}

The end.
"""


class Pair:
    """A page with a second column, and what the tests ask of them."""

    def __init__(self, desk: Desk, languages: tuple[str, ...] = LANGUAGES) -> None:
        self.desk = desk
        self.page = desk.page
        self.made: dict[tuple[str, str], Article] = {}
        needs = BesideNeeds(self._led_page, desk.translator.speaking, self.variant, lambda: languages)
        self.beside = Beside(desk.theme, desk.translator, desk.page, needs)
        self.other = self.beside.companion

    def _led_page(self, texts: ColumnTexts) -> ArticlePage:
        desk = self.desk
        return ArticlePage(
            desk.theme,
            texts,
            desk.ticks,
            desk.choices,
            desk.answers,
            lambda _article, _path: None,
            lambda _reference: None,
            lambda _reference: "",
            is_led=True,
        )

    def variant(self, article: str, language: str) -> Article | None:
        if (article, language) in self.made:
            return self.made[article, language]
        if article == "made":
            return None
        return self.desk.library.article(article, language)

    def make(self, swedish: str = SWEDISH, english: str = ENGLISH) -> None:
        """Open an article that the test wrote, as a library gives it: gaps are filled."""
        left = Article(id="made", language="sv", title="Svenska", blocks=blocks(swedish))
        right = Article(id="made", language="en", title="English", blocks=blocks(english))
        self.made["made", "sv"] = fill_missing(left, right)
        self.made["made", "en"] = fill_missing(right, left)
        self.desk.open(self.made["made", "sv"])

    def tops(self, key: str) -> tuple[float, float]:
        """Return where a block starts on the screen in both columns."""
        found = []
        for page in (self.page, self.other):
            stage = page.stage
            found.append(stage.geometry.top(stage.page.areas[key].first) - page.view.offset.y())
        return found[0], found[1]

    def common(self) -> list[str]:
        """Return the keys that both columns show."""
        right = {span.key for span in self.other.stage.page.spans}
        return [span.key for span in self.page.stage.page.spans if span.key in right]

    def assert_aligned(self) -> None:
        """All counterparts start at one height; tables may be off by Qt's rounding."""
        assert self.beside.is_aligned
        for key in self.common():
            left, right = self.tops(key)
            assert left == pytest.approx(right, abs=0.51 if "/t" in key else 0.02), key
        heights = [page.stage.geometry.document.size().height() for page in (self.page, self.other)]
        assert heights[0] == pytest.approx(heights[1], abs=1)
        assert self.page.view.offset == self.other.view.offset

    def text(self, page: ArticlePage) -> str:
        return page.view.document().toPlainText()

    def note(self) -> str:
        return self.beside._head.note


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

    pair.other._deeds.choose(name, 0, 1)
    pair.other.chosen.emit()

    mine, theirs = pair.page.layer.widget(key), pair.other.layer.widget(key)
    assert mine is not None
    assert pair.desk.choices.get("online-meetings", name) == (0, 1)
    assert pair.page.opened.choice(name) == (0, 1)
    assert getattr(mine, "result", None) is not None
    assert theirs is not None
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


def test_both_columns_scroll_as_one(pair: Pair) -> None:
    """There is one scroll bar, and either column takes the wheel."""
    pair.desk.open("online-meetings")
    pair.beside.start()

    for source in (pair.page, pair.other):
        bar = source.view.verticalScrollBar()
        bar.setValue(bar.value() + 700)
        pair.assert_aligned()
    pair.other.go_to("symptoms")
    pair.assert_aligned()
    assert pair.page.view.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert pair.page.view.offset.y() > 0


def test_size_zoom_theme_and_language_keep_rows_and_place(pair: Pair) -> None:
    """Everything that lays the text out anew."""
    pair.desk.open("online-meetings")
    pair.beside.start()
    pair.page.go_to("symptoms")
    section = pair.page.place().anchor

    def check() -> None:
        pair.assert_aligned()
        assert pair.page.place().anchor == section

    for act in (
        lambda: pair.page.resize(1250, 700),
        lambda: pair.desk.theme.set_zoom(1.25),
        lambda: pair.desk.theme.set_preference("dark"),
        lambda: pair.desk.switch("en"),
        lambda: pair.desk.theme.set_zoom(1.0),
    ):
        act()
        check()
    assert "Gäller för" in pair.text(pair.other)
    assert pair.beside._head._left.text() == "English"
    pair.beside.stop()
    assert pair.page.place().anchor == section
    assert pair.page.view.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded
    assert pair.other.isHidden()
    assert pair.page.view.width() == pair.page.width()


def test_matches_are_found_in_both_columns_row_by_row(pair: Pair) -> None:
    """The counter tells of all; the current one is in one column only."""
    pair.make()
    pair.beside.start()

    found = pair.beside.find("slut")
    assert (found.current, found.total) == (1, 2)
    found = pair.beside.find("T")
    order = []
    for _ in range(4):
        sides = [page.finder._session.index >= 0 for page in (pair.page, pair.other)]
        assert sides.count(True) == 1
        order.append(sides)
        pair.beside.find_next()
    assert found.total > 4
    assert [True, False] in order
    assert [False, True] in order
    assert pair.beside.find("question").total == 1
    assert not pair.page.finder._session.matches
    pair.beside.clear_find()
    assert not pair.other.view.extraSelections()


def test_a_match_in_a_closed_answer_opens_it_on_both_sides(pair: Pair) -> None:
    """Else the rows below would part."""
    pair.make()
    pair.beside.start()

    pair.beside.find("Short")

    assert pair.page.stage.page.folds["q"].is_open
    pair.assert_aligned()


def test_a_lacking_language_is_said_with_those_that_there_are(pair: Pair) -> None:
    """An empty half would look broken."""
    pair.made["made", "sv"] = Article(id="made", language="sv", title="Ensam", blocks=blocks(SWEDISH))
    pair.desk.open("online-meetings")
    pair.beside.start()
    pair.page.show_article(pair.made["made", "sv"], ("sv",))

    texts = [label.text() for label in pair.beside._lack.findChildren(QLabel)]
    assert pair.beside._lack.isVisible()
    assert texts == ["Artikeln finns inte på engelska.", "Artikelns språk: svenska"]
    assert pair.other.isHidden()
    assert not pair.beside.is_aligned
    assert pair.page.view.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded
    assert pair.beside.find("inledande").total == 1

    pair.desk.open("online-meetings")
    pair.assert_aligned()
    assert pair.beside._lack.isHidden()


def test_an_outdated_translation_is_told_over_both_columns(pair: Pair) -> None:
    """Which side is older, and by what."""
    pair.make()
    pair.made["made", "sv"] = replace(pair.made["made", "sv"], revision="5.0")
    pair.made["made", "en"] = replace(
        pair.made["made", "en"], translation=Translation("sv", TranslationMethod.HUMAN, revision="4.0")
    )
    pair.desk.open(pair.made["made", "sv"])
    pair.beside.start()

    assert pair.note() == (
        "Originalet har ändrats: Texten på engelska bygger på revision 4.0. "
        "Texten på svenska har nu revision 5.0."
    )
    pair.assert_aligned()
    assert pair.page.view.y() == pair.beside._head.height()


def test_too_narrow_a_page_shows_one_column_and_says_why(pair: Pair) -> None:
    """Two columns of three words a line help nobody."""
    pair.desk.open("kb902534")
    pair.beside.start()

    pair.page.resize(700, 640)

    assert pair.note() == "Sida vid sida kräver ett bredare fönster eller mindre text."
    assert pair.other.isHidden()
    assert not pair.beside.is_aligned
    pair.page.resize(1340, 640)
    pair.desk.qtbot.waitUntil(lambda: pair.beside.is_aligned and pair.other.isVisible())
    pair.assert_aligned()
    assert pair.note() == ""
    pair.desk.theme.set_zoom(2.0)
    assert pair.other.isHidden()
    assert pair.note()


def test_the_right_language_can_be_chosen_where_there_are_several(make_desk: Callable[..., Desk]) -> None:
    """With two there is nothing to choose."""
    pair = Pair(make_desk(width=1340, height=640), ("sv", "en", "de"))
    pair.desk.open("online-meetings")
    pair.beside.start()
    chooser = pair.beside._head.stops[0]
    assert chooser.isVisible()
    assert chooser.accessibleName() == "Språk till höger: engelska"

    pair.made["online-meetings", "de"] = replace(
        pair.desk.library.article("online-meetings", "en"), language="de"
    )
    pair.beside._head.language_chosen.emit("de")

    assert pair.other.opened.article is not None
    assert pair.other.opened.article.language == "de"
    assert chooser.accessibleName() == "Språk till höger: tyska"
    pair.assert_aligned()


def test_the_focus_crosses_to_the_same_step(pair: Pair) -> None:
    """From a box to its counterpart and back, without passing all the others."""
    pair.desk.open("kb902534")
    pair.beside.start()
    article = pair.page.opened.article
    assert article is not None
    step = list(walk_steps(article.blocks))[1].id
    pair.page.go_to(step)
    assert pair.page.layer.key_of(QApplication.focusWidget()) == f"tick:{step}"

    pair.beside.cross()
    assert pair.other.layer.key_of(QApplication.focusWidget()) == f"tick:{step}"
    assert pair.beside.focused is pair.other
    pair.beside.cross()
    assert pair.page.layer.key_of(QApplication.focusWidget()) == f"tick:{step}"
    pair.assert_aligned()
