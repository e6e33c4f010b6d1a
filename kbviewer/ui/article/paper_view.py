"""Shows the pages of a printout as they will be; the paper is white in every theme."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScroller, QWidget

from kbviewer.ui.article.page_stack import FIT_WIDTH, PageStack, fitting_scale, next_step
from kbviewer.ui.article.printout import Printout
from kbviewer.ui.theme.surfaces import paint_shadow
from kbviewer.ui.theme.theme import Theme

_MOST_KEPT = 6
_LARGEST_KEPT_PX = 4_000_000
_LINE_PX = 48
_PAPER = "#FFFFFF"


class PaperView(QAbstractScrollArea):
    """A column of pages. Each is painted when it comes into view.

    Signals:
        page_changed(page): another page is in the middle of the view, counted from 1; 0 for none.
        zoomed: the scale is new.
    """

    page_changed = Signal(int)
    zoomed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._printout: Printout | None = None
        self._fit = FIT_WIDTH
        self._scale = 1.0
        self._stack = PageStack(0, 1.0, 1.0, 1.0, 1.0)
        self._pictures: dict[int, QPixmap] = {}
        self._page = 0
        self._grip: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 120)
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        theme.changed.connect(self.viewport().update)

    @property
    def page(self) -> int:
        """The page in the middle of the view, counted from 1; 0 while there is none."""
        return self._page

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return self._stack.pages

    @property
    def scale(self) -> float:
        """Screen pixels per pixel of a page."""
        return self._scale

    @property
    def fit(self) -> str:
        """FIT_WIDTH, FIT_PAGE, or "" while the scale is fixed."""
        return self._fit

    def show_printout(self, printout: Printout) -> None:
        """Show other pages, at the same share of the way through."""
        bar = self.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        self._printout = printout
        self._arrange()
        bar.setValue(round(share * bar.maximum()))
        self._note_page(anew=True)

    def set_fit(self, fit: str) -> None:
        """Fit pages to the view from now on."""
        self._fit = fit
        self._arrange()

    def set_scale(self, scale: float) -> None:
        """Show pages at a fixed scale."""
        self._fit, self._scale = "", scale
        self._arrange()

    def zoom_by(self, direction: int) -> None:
        """Go to the next larger (direction > 0) or smaller scale."""
        self.set_scale(next_step(self._scale, direction))

    def go_to(self, page: int) -> None:
        """Bring the top of a page to the top of the view."""
        if self.page_count:
            page = max(1, min(self.page_count, page))
            self.verticalScrollBar().setValue(round(self._stack.top(page) - 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in view on the backdrop."""
        tokens = self._theme.tokens
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(tokens.page if tokens.high_contrast else tokens.border))
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        area = event.rect().translated(offset)
        for page in self._stack.between(area.top(), area.bottom()):
            place = self._place(page).translated(-offset)
            paint_shadow(painter, QRectF(place), tokens)
            self._paint_page(painter, page, place)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages anew."""
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Show another part, and tell when the page is another."""
        del dx, dy
        self.viewport().update()
        self._note_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll with the arrows, turn pages with PageUp and PageDown, zoom with plus and minus."""
        key, bar, across = event.key(), self.verticalScrollBar(), self.horizontalScrollBar()
        if key == Qt.Key.Key_Down:
            bar.setValue(bar.value() + _LINE_PX)
        elif key == Qt.Key.Key_Up:
            bar.setValue(bar.value() - _LINE_PX)
        elif key == Qt.Key.Key_Right:
            across.setValue(across.value() + _LINE_PX)
        elif key == Qt.Key.Key_Left:
            across.setValue(across.value() - _LINE_PX)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self.go_to(self._top_page() + 1)
        elif key == Qt.Key.Key_PageUp:
            top = self._stack.top(self._top_page()) - 8 if self.page_count else 0
            self.go_to(self._top_page() - (bar.value() <= round(top)))
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl and the wheel, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the paper."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the paper along."""
        if self._grip is not None:
            moved = event.position().toPoint() - self._grip
            self._grip = event.position().toPoint()
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        del event
        self._grip = None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _arrange(self) -> None:
        """Take scale and scroll range from the pages and the view; what is in the middle stays there."""
        if self._printout is None:
            return
        room, tall = self.viewport().width(), self.viewport().height()
        size = self._printout.paper_px
        before, bar, across = self._stack, self.verticalScrollBar(), self.horizontalScrollBar()
        middle = (bar.value() + tall / 2) / before.total_height
        if self._fit:
            self._scale = fitting_scale(self._fit, size.width(), size.height(), room, tall)
        self._stack = PageStack(self._printout.page_count, size.width(), size.height(), self._scale, room)
        self._pictures.clear()
        bar.setPageStep(tall)
        bar.setSingleStep(_LINE_PX)
        bar.setRange(0, max(0, round(self._stack.total_height - tall)))
        across.setPageStep(room)
        across.setRange(0, max(0, round(self._stack.total_width - room)))
        if before.pages == self._stack.pages and bar.value():
            bar.setValue(round(middle * self._stack.total_height - tall / 2))
        across.setValue(across.maximum() // 2)
        self.viewport().update()
        self._note_page()
        self.zoomed.emit()

    def _place(self, page: int) -> QRect:
        stack = self._stack
        left, top = round(stack.left), round(stack.top(page))
        return QRect(left, top, round(stack.width * stack.scale), round(stack.height * stack.scale))

    def _paint_page(self, painter: QPainter, page: int, place: QRect) -> None:
        if place.width() * place.height() * self.devicePixelRatioF() ** 2 > _LARGEST_KEPT_PX:
            painter.save()
            painter.translate(place.topLeft())
            self._paint_paper(painter, page, place)
            painter.restore()
        else:
            painter.drawPixmap(place.topLeft(), self._picture(page, place))
        if self._theme.tokens.high_contrast:
            painter.setPen(QColor(self._theme.tokens.border))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def _picture(self, page: int, place: QRect) -> QPixmap:
        """Return a page as it was painted the last time, or is painted now."""
        found = self._pictures.pop(page, None)
        if found is None:
            ratio = self.devicePixelRatioF()
            found = QPixmap(place.size() * ratio)
            found.setDevicePixelRatio(ratio)
            painter = QPainter(found)
            self._paint_paper(painter, page, place)
            painter.end()
        self._pictures[page] = found
        while len(self._pictures) > _MOST_KEPT:
            del self._pictures[next(iter(self._pictures))]
        return found

    def _paint_paper(self, painter: QPainter, page: int, place: QRect) -> None:
        painter.fillRect(0, 0, place.width(), place.height(), QColor(_PAPER))
        if self._printout is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(self._scale, self._scale)
            self._printout.paint(painter, page)

    def _top_page(self) -> int:
        return self._stack.page_at(self.verticalScrollBar().value() + 9)

    def _note_page(self, *, anew: bool = False) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        page = self._stack.page_at(middle)
        if page != self._page or anew:
            self._page = page
            self.page_changed.emit(page)
