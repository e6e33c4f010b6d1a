"""What the pointer does at the text of steps: their menu's button shows, a resting finger opens the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QMouseEvent

from kbviewer.ui.article.buttons import IconButton
from kbviewer.ui.article.layer import EmbeddedLayer
from kbviewer.ui.article.long_press import LongPress
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.view import ArticleView
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.article.step_deeds import StepDeeds


class StepPointer(QObject):
    """Watches the viewport of the page."""

    def __init__(
        self, theme: Theme, view: ArticleView, stage: Stage, layer: EmbeddedLayer, deeds: StepDeeds
    ) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._stage = stage
        self._layer = layer
        self._deeds = deeds
        self._lit = ""
        view.viewport().installEventFilter(self)
        LongPress(view.viewport(), lambda: theme.touch).held.connect(self._hold)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Follow the pointer."""
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._light(self._step_at(event.position().toPoint()))
        elif event.type() is QEvent.Type.Leave:
            self._light("")
        return False

    def _light(self, step: str) -> None:
        if step != self._lit:
            for name in (self._lit, step):
                button = cast("IconButton | None", self._layer.made(f"more:{name}"))
                if button is not None:
                    button.light(self._theme.touch or name == step)
            self._lit = step

    def _hold(self, point: QPoint) -> None:
        step = self._step_at(point)
        if step:
            self._deeds.show_menu(step, self._view.viewport().mapToGlobal(point))

    def _step_at(self, point: QPoint) -> str:
        y = point.y() + self._view.offset.y()
        return self._stage.page.step_at(self._stage.geometry.block_at(y))
