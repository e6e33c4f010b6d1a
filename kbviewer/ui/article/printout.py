"""An article on paper: pages with head and foot, painted on a printer or written as PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QLineF, QMarginsF, QObject, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from kbviewer import __version__
from kbviewer.model.article import Article
from kbviewer.model.cases import StepMark
from kbviewer.model.errors import PrintError
from kbviewer.model.messages import N_, message
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.measures import GUTTER_PX
from kbviewer.ui.article.page_breaks import Head, Sheet, share_out
from kbviewer.ui.article.paper_blocks import Chosen
from kbviewer.ui.article.paper_builder import DOTS_PER_INCH, PaperArticle, PaperBuilder
from kbviewer.ui.article.paper_painter import PaperPainter
from kbviewer.ui.article.paper_strips import strips_of
from kbviewer.ui.article.tick_model import TickModel

_MM = DOTS_PER_INCH / 25.4
SIDE_PX, TOP_PX, BOTTOM_PX = 20 * _MM, 24 * _MM, 22 * _MM
_LINE_PX = 12 * _MM
_PDF_DOTS_PER_INCH = 1200
_BUILDING = 0.9
_STRIPS_AT_ONCE = 200


class PageRange(NamedTuple):
    """Pages from `first` to `last`, counted from 1."""

    first: int
    last: int


class Printout(QObject):
    """The pages of one article in one language, on paper of one size.

    Attributes:
        paper: the document, laid out.
        ticks: what became of the steps.
        sheets: what each page shows of the document.
        paper_px: size of a page in the document's pixels.
    """

    paper: PaperArticle

    def __init__(
        self,
        builder: PaperBuilder,
        texts: Texts,
        article: Article,
        languages: Sequence[str],
        marks: Mapping[str, StepMark],
        paper_px: QSizeF | None = None,
        *,
        chosen: Chosen = lambda _key: (None, None),
        at_once: bool = True,
    ) -> None:
        """Take what is to be printed.

        Args:
            paper_px: size of a page in pixels of 1/96 inch; A4 when left out.
            chosen: row and column that were chosen in a matrix.
            at_once: lay everything out now; else the caller goes through `lay_out`.
        """
        super().__init__()
        self._builder = builder
        self._texts = texts
        self._article = article
        self._languages = languages
        self._marks = marks
        self._chosen = chosen
        self.paper_px = paper_px or paper_size("A4", landscape=False)
        self._width = self.paper_px.width() - 2 * SIDE_PX
        self.ticks = TickModel(article, marks)
        self.sheets: list[Sheet] = []
        if at_once:
            for _share in self.lay_out():
                pass

    def lay_out(self) -> Iterator[float]:
        """Lay the pages out; yields between its parts how much is done, 0 to 1."""
        height = self.paper_px.height() - TOP_PX - BOTTOM_PX
        building = self._builder.build_for_paper(
            self, self._article, self._languages, self._marks, int(self._width), height, self._chosen
        )
        while True:
            try:
                yield next(building) * _BUILDING
            except StopIteration as end:
                self.paper = end.value
                break
        self._painter = PaperPainter(self.paper, self.ticks)
        strips, count = [], self.paper.document.blockCount()
        for index, strip in enumerate(strips_of(self.paper, height)):
            strips.append(strip)
            if index % _STRIPS_AT_ONCE == _STRIPS_AT_ONCE - 1:
                yield _BUILDING + (1 - _BUILDING) * strip.last / count
        self.sheets = share_out(strips, height)

    @property
    def title(self) -> str:
        """Title of the article in its language."""
        return self._article.title

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self.sheets)

    def text_of(self, page: int) -> str:
        """Return what stands on page `page`, counted from 1, between head and foot."""
        sheet = self.sheets[page - 1]
        return "\n".join([*(self._lines(sheet.head) if sheet.head is not None else ()), *self._lines(sheet)])

    def _lines(self, part: Sheet | Head) -> Iterator[str]:
        block = self.paper.geometry.block(part.first)
        for _number in range(part.first, part.last + 1):
            origin = self.paper.geometry.origin(block)
            for index in range(block.layout().lineCount()):
                line = block.layout().lineAt(index)
                if part.top - 1 <= origin.y() + line.y() < part.bottom - 1:
                    start = line.textStart()
                    yield block.text()[start : start + line.textLength()]
            block = block.next()

    def margin_texts(self, page: int) -> tuple[str, str, str, str]:
        """Return what stands at the head, left and right, and at the foot, left and right."""
        gettext, article = self._texts.gettext, self._article
        reviewed = article.last_reviewed
        revision = (
            gettext("Revision {revision}").format(revision=article.revision)
            if article.revision
            else gettext("Revision unknown")
        )
        date = (
            gettext("Content reviewed {date}").format(date=self._texts.long_date(reviewed.date()))
            if reviewed
            else gettext("Date of the content unknown")
        )
        name = next(iter(article.aliases), article.id)
        return (
            f"{name} – {article.title}",
            f"{revision} · {self._texts.language_name(article.language)}",
            date,
            gettext("page {number} of {total}").format(number=page, total=self.page_count),
        )

    def print_on(self, device: QPagedPaintDevice, pages: PageRange | None = None) -> None:
        """Paint the pages on a printer or into a file.

        Raises:
            PrintError: it takes no pages.
        """
        for _share in self.print_in_parts(device, pages):
            pass

    def print_in_parts(self, device: QPagedPaintDevice, pages: PageRange | None = None) -> Iterator[float]:
        """Paint the pages, and yield after each how much is done, 0 to 1.

        Raises:
            PrintError: it takes no pages.
        """
        first, last = pages or (1, self.page_count)
        first, last = max(1, first), min(last, self.page_count)
        painter = QPainter()
        if not painter.begin(device):
            raise PrintError(
                message(N_("The printer does not answer.")),
                message(N_("Choose another one, or save as PDF.")),
            )
        try:
            scale = device.logicalDpiX() / DOTS_PER_INCH
            painter.scale(scale, scale)
            for page in range(first, last + 1):
                if page > first:
                    device.newPage()
                self.paint(painter, page)
                yield (page - first + 1) / (last - first + 1)
        finally:
            painter.end()

    def as_pdf(self) -> bytes:
        """Return the pages as a PDF file with selectable text."""
        buffer = QBuffer()
        for _share in self._write_pdf(buffer):
            pass
        return bytes(buffer.data().data())

    def _write_pdf(self, buffer: QBuffer) -> Iterator[float]:
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(self._article.title)
        writer.setCreator(f"kbviewer {__version__}")
        writer.setResolution(_PDF_DOTS_PER_INCH)
        size = QPageSize(self.paper_px * 72 / DOTS_PER_INCH, QPageSize.Unit.Point)
        writer.setPageLayout(QPageLayout(size, _UPRIGHT, _NONE))
        yield from self.print_in_parts(writer)

    def save_pdf(self, path: Path) -> None:
        """Write the pages to a PDF file.

        Raises:
            PrintError: the file cannot be written; a file that was there is unchanged.
        """
        for _share in self.save_in_parts(path):
            pass

    def save_in_parts(self, path: Path) -> Iterator[float]:
        """Write the pages to a PDF file, and yield after each how much is done, 0 to 1.

        Raises:
            PrintError: the file cannot be written; a file that was there is unchanged.
        """
        buffer = QBuffer()
        yield from self._write_pdf(buffer)
        draft = path.parent / f".{path.name}.part"
        try:
            draft.write_bytes(bytes(buffer.data().data()))
            draft.replace(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise PrintError(
                message(
                    N_("The article could not be written to {path} ({reason})."),
                    path=path,
                    reason=error.strerror or str(error),
                ),
                message(N_("Choose another folder.")),
            ) from error

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint one page, in pixels of the document from the corner of the paper."""
        sheet = self.sheets[page - 1]
        self._margins(painter, page)
        top = TOP_PX
        if sheet.head is not None:
            self._part(painter, sheet.head, top)
            top += sheet.head.height
        self._part(painter, sheet, top)

    def _part(self, painter: QPainter, part: Sheet | Head, top: float) -> None:
        """Paint a part of the document `top` below the edge of the paper."""
        painter.save()
        painter.translate(SIDE_PX - GUTTER_PX, top - part.top)
        width = float(self.paper.styles.measures.document_width)
        painter.setClipRect(QRectF(0, part.top - 1, width, part.bottom - part.top + 2))
        self._painter.paint(painter, part)
        context = QAbstractTextDocumentLayout.PaintContext()
        # A line that only touches the edge stands on the other page.
        context.clip = QRectF(0, part.top + 1, width, part.bottom - part.top - 2)
        self.paper.document.documentLayout().draw(painter, context)
        painter.restore()

    def _margins(self, painter: QPainter, page: int) -> None:
        """Paint head and foot; a title that is too long is cut."""
        styles = self.paper.styles
        font = QFont(styles.body_font)
        font.setPixelSize(round(DOTS_PER_INCH / 72 * 8))
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        painter.setPen(styles.tokens.muted)
        texts = self.margin_texts(page)
        bottom = self.paper_px.height() - BOTTOM_PX + 6 * _MM
        for left, right, top in ((texts[0], texts[1], _LINE_PX - 2 * _MM), (texts[2], texts[3], bottom)):
            area = QRectF(SIDE_PX, top, self._width, 5 * _MM)
            painter.drawText(area, _RIGHT, right)
            room = self._width - metrics.horizontalAdvance(right) - 6 * _MM
            painter.drawText(area, _LEFT, metrics.elidedText(left, Qt.TextElideMode.ElideRight, room))
        painter.setPen(styles.tokens.border)
        for y in (_LINE_PX + 4 * _MM, bottom - 1 * _MM):
            painter.drawLine(QLineF(SIDE_PX, y, SIDE_PX + self._width, y))


def paper_size(name: str, *, landscape: bool) -> QSizeF:
    """Return the size of paper called "A4" or "Letter", in the document's pixels."""
    return _in_px(page_layout(name, landscape=landscape))


def page_layout(name: str, *, landscape: bool) -> QPageLayout:
    """Return paper called "A4" or "Letter" without margins: ours are part of the page."""
    size = QPageSize(QPageSize.PageSizeId[name])
    return QPageLayout(size, QPageLayout.Orientation.Landscape if landscape else _UPRIGHT, _NONE)


def paper_of(device: QPagedPaintDevice) -> QSizeF:
    """Return the size of a printer's paper in the document's pixels."""
    return _in_px(device.pageLayout())


def _in_px(layout: QPageLayout) -> QSizeF:
    return layout.fullRect(QPageLayout.Unit.Point).size() * DOTS_PER_INCH / 72


_UPRIGHT = QPageLayout.Orientation.Portrait
_NONE = QMarginsF(0, 0, 0, 0)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
