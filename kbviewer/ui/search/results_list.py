"""The rows of the results panel. They never take the focus: the field keeps it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QFrame, QListView, QWidget

from kbviewer.ui.search.results_model import ResultsModel
from kbviewer.ui.search.row_delegate import ResultDelegate
from kbviewer.ui.theme.theme import Theme

_MOST_ROWS = 8
_ANY_HEIGHT_PX = (1 << 24) - 1


class ResultsList(QListView):
    """A list whose current row is moved from outside."""

    def __init__(self, model: ResultsModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._theme = theme
        self._delegate = ResultDelegate(theme, self)
        model.modelReset.connect(self._delegate.forget)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def current_row(self) -> int:
        """The current row, -1 when there is none."""
        return self.currentIndex().row()

    def set_current_row(self, row: int) -> None:
        """Make `row` the current one and show it; -1 for none."""
        index = self._rows.index(row) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        if row >= 0:
            self.scrollTo(index)

    def refresh(self) -> None:
        """Lay out anew, as in another language."""
        self._delegate.forget()
        self.doItemsLayout()

    def fit(self, width: int, room: int) -> None:
        """Take as much height as the rows need, `room` and a readable number of rows allow."""
        self._set_width(width)
        first = range(min(_MOST_ROWS, self._rows.rowCount()))
        heights = [self._delegate.height_of(self._rows.index(row)) for row in first]
        if heights:
            self.setFixedHeight(max(heights[0], min(sum(heights), room)))
            self.doItemsLayout()

    def fill(self, width: int) -> None:
        """Take whatever height there is."""
        self._set_width(width)
        self.setMinimumHeight(0)
        self.setMaximumHeight(_ANY_HEIGHT_PX)
        self.doItemsLayout()

    def opens_at(self, point: QPoint) -> bool:
        """Return whether an article, not a recent search, stands at a point of the viewport."""
        index = self.indexAt(point)
        return index.isValid() and not isinstance(self._rows.row(index.row()), str)

    def _set_width(self, width: int) -> None:
        # Text stays out of the scroll bar's way, so that nothing moves when it comes.
        self._delegate.set_width(width - self._theme.scroll_bar_px)
