"""Builds the document of an article for paper: everything open, nothing to press."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QImage, QTextCursor, QTextDocument, QTextOption

from kbviewer.i18n.formats import quotes
from kbviewer.model.article import Article, outline
from kbviewer.model.cases import StepMark
from kbviewer.model.inline import plain_text
from kbviewer.ui.article.block_writer import BlockWriter
from kbviewer.ui.article.builder import ArticleDocument, DocumentBuilder, prepare
from kbviewer.ui.article.contracts import AbsentTitle, Media, Resolve, Texts
from kbviewer.ui.article.geometry import Geometry
from kbviewer.ui.article.header_writer import HeaderWriter
from kbviewer.ui.article.measures import GUTTER_PX, Measures
from kbviewer.ui.article.page_map import PageMap
from kbviewer.ui.article.page_rules import PageRules
from kbviewer.ui.article.paper_blocks import Chosen, PaperBlocks, PaperEnd
from kbviewer.ui.article.paper_writer import PaperRunWriter, PaperWriter
from kbviewer.ui.article.pen import Pen
from kbviewer.ui.article.pictures import load_picture
from kbviewer.ui.article.step_writer import StepRooms
from kbviewer.ui.article.styles import Styles
from kbviewer.ui.theme.theme import Theme

TEXT_SIZE = 0.9
"""Of the article's text on paper, times that on the screen."""
DOTS_PER_INCH = 96
_WRITING = 0.6
_BLOCKS_AT_ONCE = 40
_DOTS_PER_METRE = round(DOTS_PER_INCH / 0.0254)


class PaperArticle(NamedTuple):
    """A document that is laid out, with all that is needed to share it out over pages.

    Attributes:
        tables: per table and row, the numbers of its first and last text block.
        headed: which of the tables begin with a header row.
        ruler: the device whose resolution the layout has; kept because Qt does not.
    """

    document: QTextDocument
    page: PageMap
    styles: Styles
    geometry: Geometry
    tables: Sequence[Sequence[tuple[int, int]]]
    headed: Set[int]
    rules: PageRules
    ruler: QImage


class PaperBuilder(DocumentBuilder):
    """Writes articles for paper, in dark letters whatever the theme is.

    Attributes:
        notes: the reader's notes to print after the article, each with what its block says.
    """

    notes: Sequence[tuple[str, str]] = ()

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
        chosen: Chosen,
    ) -> Generator[float, None, PaperArticle]:
        """Lay `article` out in one column, for pages of that size without their margins.

        Yields between its parts how much is done, 0 to 1, and returns the document.
        """
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
        ruler = _for_paper(document)
        writer = PaperWriter(document, styles, page, height_px)
        runs = PaperRunWriter(writer, self._texts, self.resolve, self._absent_title, quotes)
        pen = Pen(writer, runs, self._texts, article.language, article.stale)
        writer.write_instead = PaperBlocks(pen, writer, _titles(article), marks, chosen).write
        end = PaperEnd(pen, article, languages, runs.notes)
        end.notes = self.notes
        for share in self._write_in_parts(document, pen, article, end):
            yield share * _WRITING
        for target in runs.targets:
            writer.name(target)
        document.setLayoutEnabled(True)
        geometry = Geometry(document, styles)
        count = document.blockCount()
        for number in range(0, count, _BLOCKS_AT_ONCE):
            # Asking for a block has all above it laid out.
            geometry.rect(number)
            yield _WRITING + (1 - _WRITING) * number / count
        document.size()
        rules = PageRules(article, page, writer.tables)
        return PaperArticle(document, page, styles, geometry, writer.tables, writer.headed, rules, ruler)

    def _write_in_parts(
        self, document: QTextDocument, pen: Pen, article: Article, end: PaperEnd
    ) -> Iterator[float]:
        edit = QTextCursor(document)
        edit.beginEditBlock()
        HeaderWriter(pen, article, self.resolve).write()
        pen.language = pen.writer.language = article.language
        blocks = BlockWriter(pen, article, frozenset(), StepRooms(results=True), self._media)
        for index, block in enumerate(article.blocks):
            blocks.write((block,))
            if index % _BLOCKS_AT_ONCE == _BLOCKS_AT_ONCE - 1:
                yield index / len(article.blocks)
        end.write()
        edit.endEditBlock()


def _for_paper(document: QTextDocument) -> QImage:
    """Have a document laid out for paper, and return the device that says how fine it is."""
    option = document.defaultTextOption()
    option.setUseDesignMetrics(True)
    # An address may be longer than a line.
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    ruler = QImage(1, 1, QImage.Format.Format_Mono)
    ruler.setDotsPerMeterX(_DOTS_PER_METRE)
    ruler.setDotsPerMeterY(_DOTS_PER_METRE)
    document.documentLayout().setPaintDevice(ruler)
    return ruler


def _measures(width_px: int) -> Measures:
    return Measures(
        column=width_px, gutter=GUTTER_PX, zoom=TEXT_SIZE, scale=TEXT_SIZE, narrow=False, touch=False
    )


def _titles(article: Article) -> Callable[[str], str]:
    titles = {entry.anchor: plain_text(entry.runs) for entry in outline(article)}
    return lambda anchor: titles.get(anchor, "")
