"""The space that the document keeps free for widgets, and the small signs painted into it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPyTextObject, QTextDocument, QTextFormat

from kbviewer.model.progress import Progress
from kbviewer.ui.article.page_map import PageMap, ReservedObject
from kbviewer.ui.article.step_writer import PROGRESS
from kbviewer.ui.article.styles import OBJECT_INDEX, Styles
from kbviewer.ui.theme.icons import paint_icon

HeightFor = Callable[[str, int], int]
ProgressOf = Callable[[str], Progress]
WIDGET = "widget"


class ReservedSpace(QPyTextObject):
    """Tells the layout how large reserved objects are and paints those that are no widgets."""

    def __init__(self, document: QTextDocument, height_for: HeightFor, progress_of: ProgressOf) -> None:
        # The document's child, for it is of use as long as that: a view shows many, one after the other.
        super().__init__(document)
        self._height_for = height_for
        self._progress_of = progress_of
        self._heights: dict[tuple[str, int], int] = {}
        self._page: PageMap | None = None
        self._styles: Styles | None = None

    def watch(self, page: PageMap, styles: Styles) -> None:
        """Serve the document that `page` describes."""
        self._page = page
        self._styles = styles

    def intrinsicSize(self, document: QTextDocument, position: int, form: QTextFormat) -> QSizeF:  # noqa: ARG002
        """Return the size of an object; widgets take the room and say how high they are."""
        reserved = self._object(form)
        if reserved is None or self._styles is None:
            return QSizeF(1, 1)
        if reserved.width is not None:
            return QSizeF(reserved.width, reserved.height)
        room = self._styles.measures.document_width - reserved.left - reserved.right
        height = (
            self._height(str(reserved.payload), int(room)) if reserved.name == WIDGET else reserved.height
        )
        return QSizeF(room, height)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,  # noqa: ARG002
        position: int,  # noqa: ARG002
        form: QTextFormat,
    ) -> None:
        """Paint icons and progress; leave the space of widgets empty."""
        reserved = self._object(form)
        if reserved is None or self._styles is None:
            return
        rect = QRectF(rect)
        if reserved.name == PROGRESS:
            self._paint_progress(painter, rect, self._progress_of(str(reserved.payload)))
        elif reserved.name.startswith("icon:"):
            _, name, colour = reserved.name.split(":")
            side = rect.height()
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_icon(painter, QRectF(rect.left() + 3, rect.top(), side, side), name, colour)
            painter.restore()

    def forget(self, key: str) -> None:
        """Ask the widget `key` for its height anew."""
        self._heights = {known: height for known, height in self._heights.items() if known[0] != key}

    def _height(self, key: str, room: int) -> int:
        """Return a widget's height; the layout asks far more often than it changes."""
        found = self._heights.get((key, room))
        if found is None:
            found = self._heights[key, room] = self._height_for(key, room)
        return found

    def _object(self, form: QTextFormat) -> ReservedObject | None:
        index = form.intProperty(OBJECT_INDEX)
        if self._page is None or not 0 <= index < len(self._page.objects):
            return None
        return self._page.objects[index]

    def _paint_progress(self, painter: QPainter, rect: QRectF, progress: Progress) -> None:
        if self._styles is None:
            return
        tokens = self._styles.tokens
        complete = progress.total > 0 and progress.done == progress.total
        pill = rect.adjusted(rect.height() * 0.45, 0.5, -1, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.done if complete else tokens.control_border))
        painter.setBrush(QColor(tokens.done_soft if complete else tokens.window))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        font = QFont(self._styles.body_font)
        font.setPixelSize(max(8, round(rect.height() * 0.68)))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.done if complete else tokens.muted))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, f"{progress.done}/{progress.total}")
        painter.restore()
