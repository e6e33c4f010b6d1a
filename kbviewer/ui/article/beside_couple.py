"""What happens in one of two columns happens in the other: scrolling, folding, ticks and choices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject

from kbviewer.ui.article.beside_layout import Alignment
from kbviewer.ui.article.page import ArticlePage


class BesideCouple(QObject):
    """Keeps two pages alike while `is_aligned` says that both are shown.

    Attributes:
        alignment: the rows that they have in common.
    """

    def __init__(
        self, left: ArticlePage, right: ArticlePage, is_aligned: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._left = left
        self._right = right
        self._is_aligned = is_aligned
        self.alignment = Alignment(left.stage, right.stage)
        self.is_busy = False
        self._has_moved = False
        left.placed.connect(self._placed)
        for source, other in ((left, right), (right, left)):
            source.view.scrolled.connect(lambda a=source, b=other: self._scrolled(a, b))
            source.reflowed.connect(lambda a=source, b=other: self._reflowed(a, b))
            source.progress_changed.connect(lambda _progress, a=source, b=other: self._used(a, b))
            source.chosen.connect(lambda a=source, b=other: self._used(a, b))

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Do something with both columns; what they tell meanwhile is known."""
        self.is_busy = True
        try:
            yield
        finally:
            self.is_busy = False

    def begin(self) -> None:
        """Fold the right column, just built, as the left one is, and put the rows at one height."""
        self._right.follow_folds(self._left)
        self.alignment.apply()

    def _placed(self) -> None:
        """Follow the left column to where it was put."""
        if self._is_aligned() and not self.is_busy:
            with self.busy():
                self._meet(self._left, self._right)

    def _scrolled(self, source: ArticlePage, other: ArticlePage) -> None:
        if self._is_aligned() and not self.is_busy and not source.stage.is_moving:
            with self.busy():
                self._meet(source, other)

    def _meet(self, source: ArticlePage, other: ArticlePage) -> None:
        """Scroll the other column to where this one is."""
        value = source.view.verticalScrollBar().value()
        bar = other.view.verticalScrollBar()
        if bar.maximum() < value:
            other.view.fit_range()
        bar.setValue(value)
        other.stage.settle()

    def _reflowed(self, source: ArticlePage, other: ArticlePage) -> None:
        if not self._is_aligned():
            return
        if self.is_busy:
            self._has_moved = True
            return
        with self.busy():
            self._align_again(source, other)

    def _align_again(self, source: ArticlePage, other: ArticlePage) -> None:
        """Fold the other column alike and put the rows at one height again; this column keeps its place."""
        place = source.stage.place()
        other.follow_folds(source)
        self.alignment.apply()
        source.stage.return_to(place)
        source.stage.settle()
        self._meet(source, other)

    def _used(self, source: ArticlePage, other: ArticlePage) -> None:
        """Show in the other column what was ticked or chosen in this one."""
        if not self._is_aligned() or self.is_busy:
            return
        with self.busy():
            self._has_moved = False
            other.refresh_steps()
            if other is self._left:
                # What stands beside the page listens to the reader's column only.
                other.progress_changed.emit(other.progress())
            if self._has_moved:
                self._align_again(source, other)
