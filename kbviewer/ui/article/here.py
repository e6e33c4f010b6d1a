"""The place in an article that is meant by "here": where the focus is, else what is being read."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from kbviewer.ui.article.layer import EmbeddedLayer
from kbviewer.ui.article.navigator import Navigator
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.view import ArticleView

_NEARLY_PX = 6


class Here:
    """Knows keys of spans; what is no block of the article, such as its title, is for the caller to judge."""

    def __init__(self, view: ArticleView, layer: EmbeddedLayer, stage: Stage, navigator: Navigator) -> None:
        self._view = view
        self._layer = layer
        self._stage = stage
        self._navigator = navigator

    def section(self) -> str:
        """Return the step that has the focus, else the section that is being read, "" above the first."""
        item = self._stage.page.embedded_by_key(self._layer.key_of(QApplication.focusWidget()))
        if item is not None and item.key.startswith("tick:") and self._is_in_view(item.first):
            return item.key.removeprefix("tick:")
        return self._navigator.section

    def block(self) -> str:
        """Return the block with the focus or the text cursor, else the first that is in view as a whole."""
        item = self._stage.page.embedded_by_key(self._layer.key_of(QApplication.focusWidget()))
        if item is not None and self._is_in_view(item.first):
            return self.at_block(item.first)
        if self._view.hasFocus():
            if self._view.focused_link >= 0:
                return self.at_position(self._stage.page.links[self._view.focused_link].start)
            cursor = self._view.textCursor()
            if cursor.position() > 0 and self._is_in_view(cursor.blockNumber()):
                return self.at_block(cursor.blockNumber())
        return self._first_in_view()

    def at_position(self, position: int) -> str:
        """Return the key of the block that holds a document position."""
        return self.at_block(self._stage.geometry.document.findBlock(position).blockNumber())

    def at_block(self, number: int) -> str:
        """Return the key of what text block `number` belongs to."""
        span = self._stage.page.span_at(number)
        return span.key if span is not None else ""

    def _is_in_view(self, number: int) -> bool:
        first, last = self._view.blocks_in_view()
        return first <= number <= last and self._stage.geometry.is_visible(number)

    def _first_in_view(self) -> str:
        top = self._view.verticalScrollBar().value()
        first, last = self._view.blocks_in_view()
        if top:
            for number in range(first, last + 1):
                if (
                    self._stage.geometry.is_visible(number)
                    and self._stage.geometry.top(number) >= top - _NEARLY_PX
                ):
                    return self.at_block(number)
        return self.at_block(first)
