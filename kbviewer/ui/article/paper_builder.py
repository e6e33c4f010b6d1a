"""Builds the document of an article for paper: everything open, nothing to press."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QImage, QTextDocument

from kbviewer.i18n.formats import quotes
from kbviewer.model.article import Article, outline
from kbviewer.model.cases import StepMark
from kbviewer.model.inline import plain_text
from kbviewer.ui.article.builder import ArticleDocument, DocumentBuilder, prepare
from kbviewer.ui.article.contracts import AbsentTitle, Media, Resolve, Texts
from kbviewer.ui.article.geometry import Geometry
from kbviewer.ui.article.measures import GUTTER_PX, Measures
from kbviewer.ui.article.page_breaks import Bond, Strip
from kbviewer.ui.article.page_map import PageMap
from kbviewer.ui.article.page_rules import PageRules
from kbviewer.ui.article.paper_blocks import PaperBlocks, PaperEnd
from kbviewer.ui.article.paper_writer import PaperRunWriter, PaperWriter
from kbviewer.ui.article.pen import Pen
from kbviewer.ui.article.pictures import load_picture
from kbviewer.ui.article.step_writer import StepRooms
from kbviewer.ui.article.styles import Styles
from kbviewer.ui.theme.theme import Theme

TEXT_SIZE = 0.9
"""Of the article's text on paper, times that on the screen."""
DOTS_PER_INCH = 96
_DOTS_PER_METRE = round(DOTS_PER_INCH / 0.0254)
_ROW_PAD_PX = 6


class PaperArticle(NamedTuple):
    """A document that is laid out, with all that is needed to share it out over pages.

    Attributes:
        ruler: the device whose resolution the layout has; kept because Qt does not.
    """

    document: QTextDocument
    page: PageMap
    styles: Styles
    geometry: Geometry
    tables: Sequence[Sequence[tuple[int, int]]]
    rules: PageRules
    ruler: QImage


class _Whole(NamedTuple):
    """Blocks of ranges that stay whole: all, and those that are not the first of one."""

    inside: frozenset[int]
    after: frozenset[int]


class PaperBuilder(DocumentBuilder):
    """Writes articles for paper, in dark letters whatever the theme is."""

    def __init__(self, texts: Texts, media: Media, resolve: Resolve, absent_title: AbsentTitle) -> None:
        super().__init__(texts, media, resolve, absent_title)
        self._theme = Theme("light", TEXT_SIZE)

    def build_for_paper(
        self,
        parent: QObject,
        article: Article,
        languages: Sequence[str],
        marks: Mapping[str, StepMark],
        width_px: int,
        height_px: float,
    ) -> PaperArticle:
        """Return `article` laid out in one column, for pages of that size without their margins."""
        styles = Styles(self._theme, _measures(width_px))
        # Letters are not bent to the pixels of a screen, nor their widths rounded to them.
        styles.body_font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        # A word with a ligature would be neither found nor copied as it is written.
        styles.body_font.setFeature(QFont.Tag("liga"), 0)
        document = ArticleDocument(
            parent, lambda kind, name: load_picture(self._media, article.id, kind, name, 0)
        )
        page = PageMap()
        prepare(document, styles)
        option = document.defaultTextOption()
        option.setUseDesignMetrics(True)
        document.setDefaultTextOption(option)
        ruler = QImage(1, 1, QImage.Format.Format_Mono)
        ruler.setDotsPerMeterX(_DOTS_PER_METRE)
        ruler.setDotsPerMeterY(_DOTS_PER_METRE)
        document.documentLayout().setPaintDevice(ruler)
        writer = PaperWriter(document, styles, page, height_px)
        runs = PaperRunWriter(writer, self._texts, self.resolve, self._absent_title, quotes)
        pen = Pen(writer, runs, self._texts, article.language)
        writer.write_instead = PaperBlocks(pen, _titles(article), marks).write
        self._write(
            document, pen, article, frozenset(), StepRooms(results=True), PaperEnd(pen, article, languages)
        )
        document.setLayoutEnabled(True)
        document.size()
        geometry = Geometry(document, styles)
        rules = PageRules(article, page, writer.tables)
        return PaperArticle(document, page, styles, geometry, writer.tables, rules, ruler)


def strips_of(paper: PaperArticle, page_height: float) -> list[Strip]:
    """Return the lines and table rows of a document, bound as its rules say."""
    whole = _whole(paper, page_height)
    return [_bind(strip, index, count, paper, whole) for strip, index, count in _lines(paper)]


def _lines(paper: PaperArticle) -> Iterator[tuple[Strip, int, int]]:
    """Yield each strip, which line of its text block it is, and of how many."""
    above: dict[int, float] = {}
    below: dict[int, float] = {}
    for card in paper.page.cards:
        above[card.first] = above.get(card.first, 0.0) + card.pad_top
        below[card.last] = max(below.get(card.last, 0.0), card.pad_bottom)
    rows = {row[0]: row for table in paper.tables for row in table}
    number, block = 0, paper.document.begin()
    while block.isValid():
        if number in rows:
            first, last = rows[number]
            rects = [paper.geometry.rect(cell) for cell in range(first, last + 1)]
            pad = paper.styles.measures.px(_ROW_PAD_PX) + 1
            top, bottom = min(rect.top() for rect in rects), max(rect.bottom() for rect in rects)
            yield Strip(top - pad, bottom + pad, first, last), 0, 1
            number = last
            block = paper.geometry.block(last)
        else:
            layout, origin = block.layout(), paper.geometry.origin(block)
            count = layout.lineCount()
            for index in range(count):
                rect = layout.lineAt(index).rect().translated(origin)
                top = rect.top() - (above.get(number, 0.0) if index == 0 else 0.0)
                bottom = rect.bottom() + (below.get(number, 0.0) if index == count - 1 else 0.0)
                yield Strip(top, bottom, number, number), index, count
        number, block = number + 1, block.next()


def _bind(strip: Strip, index: int, count: int, paper: PaperArticle, whole: _Whole) -> Strip:
    """Return the strip with its bond: at least two lines of a paragraph stay together at either end."""
    if index:
        torn = index < 2 or count - index < 2 or strip.block in paper.page.levels
        kept = strip.block in whole.inside
    else:
        torn = strip.block in paper.rules.bound
        kept = strip.block in whole.after
    return strip._replace(bond=Bond.RULE if torn else Bond.WISH if kept else Bond.NONE)


def _whole(paper: PaperArticle, page_height: float) -> _Whole:
    """Return the blocks of ranges that are small enough to stay whole."""
    inside: set[int] = set()
    after: set[int] = set()
    for first, last, share in paper.rules.whole:
        area = paper.geometry.area(first, last)
        if area.height() <= share * page_height:
            inside.update(range(first, last + 1))
            after.update(range(first + 1, last + 1))
    return _Whole(frozenset(inside), frozenset(after))


def _measures(width_px: int) -> Measures:
    return Measures(
        column=width_px, gutter=GUTTER_PX, zoom=TEXT_SIZE, scale=TEXT_SIZE, narrow=False, touch=False
    )


def _titles(article: Article) -> Callable[[str], str]:
    titles = {entry.anchor: plain_text(entry.runs) for entry in outline(article)}
    return lambda anchor: titles.get(anchor, "")
