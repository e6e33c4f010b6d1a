"""An article on paper: pages with head and foot, painted on a printer or written as PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from kbviewer.ui.article.page_breaks import Sheet, share_out
from kbviewer.ui.article.paper_builder import DOTS_PER_INCH, PaperBuilder, strips_of
from kbviewer.ui.article.paper_painter import PaperPainter
from kbviewer.ui.article.tick_model import TickModel

_MM = DOTS_PER_INCH / 25.4
SIDE_PX, TOP_PX, BOTTOM_PX = 20 * _MM, 24 * _MM, 22 * _MM
_LINE_PX = 12 * _MM
_PDF_DOTS_PER_INCH = 1200


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
    """

    def __init__(
        self,
        builder: PaperBuilder,
        texts: Texts,
        article: Article,
        languages: Sequence[str],
        marks: Mapping[str, StepMark],
        paper_px: QSizeF | None = None,
    ) -> None:
        super().__init__()
        self._texts = texts
        self._article = article
        self._paper_px = paper_px or _in_px(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), _UPRIGHT, _NONE))
        self._width = self._paper_px.width() - 2 * SIDE_PX
        height = self._paper_px.height() - TOP_PX - BOTTOM_PX
        self.paper = builder.build_for_paper(self, article, languages, marks, int(self._width), height)
        self.ticks = TickModel(article, marks)
        self._painter = PaperPainter(self.paper, self.ticks)
        self.sheets: list[Sheet] = share_out(strips_of(self.paper, height), height)

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self.sheets)

    def text_of(self, page: int) -> str:
        """Return what stands on page `page`, counted from 1, between head and foot."""
        sheet = self.sheets[page - 1]
        lines = []
        block = self.paper.geometry.block(sheet.first)
        for _number in range(sheet.first, sheet.last + 1):
            origin = self.paper.geometry.origin(block)
            for index in range(block.layout().lineCount()):
                line = block.layout().lineAt(index)
                if sheet.top - 1 <= origin.y() + line.y() < sheet.bottom - 1:
                    start = line.textStart()
                    lines.append(block.text()[start : start + line.textLength()])
            block = block.next()
        return "\n".join(lines)

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
        first, last = pages or (1, self.page_count)
        painter = QPainter()
        if not painter.begin(device):
            raise PrintError(
                message(N_("The printer does not answer.")),
                message(N_("Choose another one, or save as PDF.")),
            )
        try:
            scale = device.logicalDpiX() / DOTS_PER_INCH
            painter.scale(scale, scale)
            for page in range(max(1, first), min(last, self.page_count) + 1):
                if page > first:
                    device.newPage()
                self.paint(painter, page)
        finally:
            painter.end()

    def as_pdf(self) -> bytes:
        """Return the pages as a PDF file with selectable text."""
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(self._article.title)
        writer.setCreator(f"kbviewer {__version__}")
        writer.setResolution(_PDF_DOTS_PER_INCH)
        size = QPageSize(self._paper_px * 72 / DOTS_PER_INCH, QPageSize.Unit.Point)
        writer.setPageLayout(QPageLayout(size, _UPRIGHT, _NONE))
        self.print_on(writer)
        del writer
        return bytes(buffer.data().data())

    def save_pdf(self, path: Path) -> None:
        """Write the pages to a PDF file.

        Raises:
            PrintError: the file cannot be written; a file that was there is unchanged.
        """
        draft = path.parent / f".{path.name}.part"
        try:
            draft.write_bytes(self.as_pdf())
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
        painter.save()
        painter.translate(SIDE_PX - GUTTER_PX, TOP_PX - sheet.top)
        width = float(self.paper.styles.measures.document_width)
        painter.setClipRect(QRectF(0, sheet.top - 1, width, sheet.bottom - sheet.top + 2))
        self._painter.paint(painter, sheet)
        context = QAbstractTextDocumentLayout.PaintContext()
        # A line that only touches the edge stands on the other page.
        context.clip = QRectF(0, sheet.top + 1, width, sheet.bottom - sheet.top - 2)
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
        bottom = self._paper_px.height() - BOTTOM_PX + 6 * _MM
        for left, right, top in ((texts[0], texts[1], _LINE_PX - 2 * _MM), (texts[2], texts[3], bottom)):
            area = QRectF(SIDE_PX, top, self._width, 5 * _MM)
            painter.drawText(area, _RIGHT, right)
            room = self._width - metrics.horizontalAdvance(right) - 6 * _MM
            painter.drawText(area, _LEFT, metrics.elidedText(left, Qt.TextElideMode.ElideRight, room))
        painter.setPen(styles.tokens.border)
        for y in (_LINE_PX + 4 * _MM, bottom - 1 * _MM):
            painter.drawLine(QLineF(SIDE_PX, y, SIDE_PX + self._width, y))


def paper_of(device: QPagedPaintDevice) -> QSizeF:
    """Return the size of a printer's paper in the document's pixels."""
    return _in_px(device.pageLayout())


def _in_px(layout: QPageLayout) -> QSizeF:
    return layout.fullRect(QPageLayout.Unit.Point).size() * DOTS_PER_INCH / 72


_UPRIGHT = QPageLayout.Orientation.Portrait
_NONE = QMarginsF(0, 0, 0, 0)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
