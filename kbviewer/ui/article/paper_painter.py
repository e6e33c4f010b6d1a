"""Paints cards, marks and tick boxes of a page of paper."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from kbviewer.model.blocks import Step
from kbviewer.ui.article.page_breaks import Sheet
from kbviewer.ui.article.painting import PagePainter
from kbviewer.ui.article.paper_builder import PaperArticle
from kbviewer.ui.article.tick_box import box_look
from kbviewer.ui.article.tick_model import TickModel, TickState

# A box on paper is never filled; its sign is in the colour that fills it on the screen.
_FILLED = frozenset({TickState.DONE, TickState.FAILED})
_STROKES = {
    "check": (((0.22, 0.52), (0.42, 0.72), (0.78, 0.28)),),
    "dash": (((0.25, 0.5), (0.75, 0.5)),),
    "cross": (((0.27, 0.27), (0.73, 0.73)), ((0.73, 0.27), (0.27, 0.73))),
    "skip": (((0.22, 0.26), (0.46, 0.5), (0.22, 0.74)), ((0.54, 0.26), (0.78, 0.5), (0.54, 0.74))),
}


class PaperPainter:
    """Paints what rich text cannot, and the boxes that are widgets on the screen."""

    def __init__(self, paper: PaperArticle, ticks: TickModel) -> None:
        self._paper = paper
        self._ticks = ticks
        self._page = PagePainter(paper.page, paper.geometry, paper.styles)

    def paint(self, painter: QPainter, sheet: Sheet) -> None:
        """Paint what stands below the text of a page, in document coordinates."""
        self._page.paint(painter, sheet.first, sheet.last)
        side = self._paper.styles.measures.tick_box
        for item in self._paper.page.embedded:
            if sheet.first <= item.first <= sheet.last:
                box = self._paper.geometry.embedded_rect(item, side)
                if sheet.top <= box.center().y() <= sheet.bottom:
                    self._box(painter, box, self._ticks.state(cast(Step, item.payload).id))

    def _box(self, painter: QPainter, area: QRectF, state: TickState) -> None:
        """Draw a box with the sign of what became of the step."""
        tokens = self._paper.styles.tokens
        box = area.adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.control_border), 1.2))
        painter.drawRoundedRect(box, 3, 3)
        look = box_look(state, tokens)
        ink = look.edge if state in _FILLED else look.ink
        painter.setPen(QPen(QColor(ink), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        across, down = box.width(), box.height()
        for stroke in _STROKES.get(look.sign, ()):
            painter.drawPolyline(
                QPolygonF([QPointF(box.left() + x * across, box.top() + y * down) for x, y in stroke])
            )
