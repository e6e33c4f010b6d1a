"""A page with a second column, over shipped articles and over texts that lack parts of each other."""

from __future__ import annotations

import pytest

from kbviewer.content.fallback import fill_missing
from kbviewer.model.article import Article
from kbviewer.ui.article.beside import Beside, BesideNeeds
from kbviewer.ui.article.beside_texts import ColumnTexts
from kbviewer.ui.article.page import ArticlePage
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
            desk.steps,
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

    def line_top(self, page: ArticlePage, words: str) -> float:
        """Return where the first block of text with `words` starts in the document."""
        block = page.view.document().begin()
        while block.isValid() and words not in block.text().replace("\u00a0", " "):
            block = block.next()
        assert block.isValid(), words
        return page.stage.geometry.rect(block.blockNumber()).top()

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
        return self.beside.frame.head.note
