"""What the reader says of the steps on the page: done, failed, skipped, not tried."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kbviewer.model.article import Article
from kbviewer.model.cases import StepOutcome
from kbviewer.model.errors import KbError
from kbviewer.ui.article.contracts import Steps, Texts
from kbviewer.ui.article.layer import EmbeddedLayer
from kbviewer.ui.article.open_article import OpenArticle
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.tick_model import TickState

_MUTED = frozenset({TickState.DONE, TickState.SKIPPED})


class StepDeeds(QObject):
    """Keeps what is said of steps and shows what is kept. A failure to save is told, not raised.

    Signals:
        progress_changed(progress), announced(text): as of ArticlePage.
    """

    progress_changed = Signal(object)
    announced = Signal(str)

    def __init__(
        self,
        texts: Texts,
        opened: OpenArticle,
        steps: Steps,
        stage: Stage,
        layer: EmbeddedLayer,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._open = opened
        self._steps = steps
        self._stage = stage
        self._layer = layer

    def press(self, step: str) -> None:
        """Tick or clear a step, a parent with all its sub-steps."""
        self.set_outcome(step, self._open.model.toggled(step))

    def set_outcome(self, step: str, outcome: StepOutcome | None) -> None:
        """Keep what became of a step, of a parent's sub-steps."""
        article, model = self._open.article, self._open.model
        if article is None:
            return
        ids = model.targets(step, outcome)
        if not self._keep(article, ids, outcome):
            return
        progress = model.total()
        sentence = self._texts.gettext("{done} of {total} steps done").format(
            done=progress.done, total=progress.total
        )
        if outcome is None and model.is_parent(step):
            cleared = self._texts.ngettext("{number} step cleared", "{number} steps cleared", len(ids))
            sentence = f"{cleared.format(number=len(ids))} – {sentence}"
        self.announced.emit(sentence)

    def refresh(self) -> None:
        """Show all steps as the store has them."""
        article, model = self._open.article, self._open.model
        if article is None:
            return
        self._show(model.replace(self._steps.marks(article)))
        self.progress_changed.emit(model.total())

    def show_all(self) -> None:
        """Mute the actions of a page that was just built; its boxes show themselves."""
        for step in self._open.model.marked():
            self._stage.show_muted(step, self._open.model.state(step) in _MUTED)

    def _keep(self, article: Article, ids: frozenset[str], outcome: StepOutcome | None) -> bool:
        """Save; the page shows what is kept, also when it could not be changed."""
        try:
            self._steps.set_outcome(article, ids, outcome)
        except KbError as error:
            self.announced.emit(error.render(self._texts.gettext))
            self.refresh()
            return False
        self.refresh()
        return True

    def _show(self, steps: frozenset[str]) -> None:
        for step in steps:
            self._layer.refresh(f"tick:{step}")
            self._stage.show_muted(step, self._open.model.state(step) in _MUTED)
        self._stage.repaint()
