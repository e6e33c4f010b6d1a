"""Paints cards, marks and tick boxes of a page of paper."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from kbviewer.model.blocks import Step
from kbviewer.ui.article.page_breaks import Head, Sheet
from kbviewer.ui.article.painting import PagePainter
from kbviewer.ui.article.paper_builder import PaperArticle
from kbviewer.ui.article.tick_model import TickModel, TickState


class PaperPainter:
    """Paints what rich text cannot, and the boxes that are widgets on the screen."""

    def __init__(self, paper: PaperArticle, ticks: TickModel) -> None:
        self._paper = paper
        self._ticks = ticks
        self._page = PagePainter(paper.page, paper.geometry, paper.styles)

    def paint(self, painter: QPainter, sheet: Sheet | Head) -> None:
        """Paint what stands below the text of a part of a page, in document coordinates."""
        self._page.paint(painter, sheet.first, sheet.last)
        side = self._paper.styles.measures.tick_box
        for item in self._paper.page.embedded:
            if sheet.first <= item.first <= sheet.last:
                box = self._paper.geometry.embedded_rect(item, side)
                if sheet.top <= box.center().y() <= sheet.bottom:
                    self._box(painter, box, self._ticks.state(cast(Step, item.payload).id))

    def _box(self, painter: QPainter, area: QRectF, state: TickState) -> None:
        """Draw a box: empty, with a dash when part of the step is done, with a tick when all is."""
        tokens = self._paper.styles.tokens
        box = area.adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.control_border), 1.2))
        painter.drawRoundedRect(box, 3, 3)
        pen = QPen(QColor(tokens.done), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        across, down = box.width(), box.height()
        if state is TickState.DONE:
            spots = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.28))
        elif state is TickState.PARTLY:
            spots = ((0.25, 0.5), (0.75, 0.5), (0.75, 0.5))
        else:
            return
        painter.drawPolyline(
            QPolygonF([QPointF(box.left() + x * across, box.top() + y * down) for x, y in spots])
        )
