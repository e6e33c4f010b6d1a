"""Builds the document of a page and the map of what stands where in it."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument

from kbviewer.i18n.formats import quotes
from kbviewer.model.article import Article
from kbviewer.ui.article.block_writer import BlockWriter
from kbviewer.ui.article.contracts import AbsentTitle, Media, Resolve, Texts
from kbviewer.ui.article.end_writer import EndWriter
from kbviewer.ui.article.header_writer import HeaderWriter
from kbviewer.ui.article.inline import RunWriter
from kbviewer.ui.article.page_map import PageMap
from kbviewer.ui.article.pen import Pen
from kbviewer.ui.article.reserved_space import ReservedSpace
from kbviewer.ui.article.step_writer import StepRooms
from kbviewer.ui.article.styles import OBJECT_TYPE, Styles
from kbviewer.ui.article.writer import Writer

_TOP_PX = 28
LoadResource = Callable[[int, QUrl], object]


class ArticleDocument(QTextDocument):
    """A document that asks its page for pictures and never reads a file or an address."""

    def __init__(self, parent: QObject, load: LoadResource) -> None:
        super().__init__(parent)
        self._load = load
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the article or None."""
        return self._load(kind, QUrl(name))


class DocumentBuilder:
    """Writes articles into documents.

    Attributes:
        noted: keys of the blocks that the reader has written a note on.
        offers_copies: whether there are buttons that copy.
    """

    def __init__(self, texts: Texts, media: Media, resolve: Resolve, absent_title: AbsentTitle) -> None:
        self._texts = texts
        self._media = media
        self.resolve = resolve
        self._absent_title = absent_title
        self.noted: Container[str] = ()
        self.offers_copies = True

    @property
    def texts(self) -> Texts:
        """Words in the reader's language."""
        return self._texts

    def build(
        self,
        document: QTextDocument,
        article: Article,
        languages: Sequence[str],
        styles: Styles,
        open_answers: frozenset[str],
        rooms: StepRooms,
        space: ReservedSpace,
    ) -> PageMap:
        """Write `article` into the empty `document`, whose layout stays off."""
        page = PageMap()
        prepare(document, styles)
        document.documentLayout().registerHandler(OBJECT_TYPE, space)
        space.watch(page, styles)
        writer = Writer(document, styles, page)
        writer.noted = self.noted
        writer.offers_copies = self.offers_copies
        runs = RunWriter(writer, self._texts, self.resolve, self._absent_title, quotes)
        pen = Pen(writer, runs, self._texts, article.language, article.stale)
        self._write(document, pen, article, open_answers, rooms, EndWriter(pen, article, languages))
        frame = document.rootFrame().frameFormat()
        frame.setTopMargin(styles.measures.px(_TOP_PX))
        document.rootFrame().setFrameFormat(frame)
        page.links.sort(key=lambda spot: spot.start)
        return page

    def _write(
        self,
        document: QTextDocument,
        pen: Pen,
        article: Article,
        open_answers: frozenset[str],
        rooms: StepRooms,
        end: EndWriter,
    ) -> None:
        """Write everything from the title to the end."""
        edit = QTextCursor(document)
        edit.beginEditBlock()
        HeaderWriter(pen, article, self.resolve).write()
        pen.language = pen.writer.language = article.language
        BlockWriter(pen, article, open_answers, rooms, self._media).write(article.blocks)
        end.write()
        edit.endEditBlock()


def prepare(document: QTextDocument, styles: Styles) -> None:
    """Make an empty document ready to be written, with its layout off."""
    document.setDefaultFont(styles.body_font)
    document.setTextWidth(styles.measures.document_width)
    document.setLayoutEnabled(False)
