"""Which FAQ answers are open and which symptoms are filtered away."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kbviewer.model.blocks import SymptomTable
from kbviewer.ui.article.contracts import Answers
from kbviewer.ui.article.layer import EmbeddedLayer
from kbviewer.ui.article.page_map import Fold
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.symptom_filter import SymptomFilterBar
from kbviewer.ui.article.symptom_model import SymptomFilter
from kbviewer.ui.article.triage_writer import row_key


class Folding:
    """Opens and closes parts of the page that the stage shows; open answers are kept in the store."""

    def __init__(self, answers: Answers, stage: Stage, layer: EmbeddedLayer) -> None:
        self._answers = answers
        self.stage = stage
        self._layer = layer
        self._article = ""
        self.open_keys: frozenset[str] = frozenset()

    def open_article(self, article: str) -> None:
        """Take what is open in an article."""
        self._article = article
        self.open_keys = self._answers.open_keys(article)

    def load(self) -> None:
        """Filter the symptoms of a rebuilt page as they were."""
        for item in self.stage.page.embedded:
            widget = self._layer.made(item.key)
            if (
                isinstance(widget, SymptomFilterBar)
                and widget.field.text()
                and isinstance(item.payload, tuple)
            ):
                key, table = item.payload
                self.filter_symptoms(key, table, widget.field.text())

    def is_open(self, key: str) -> bool:
        """Return whether an answer is open."""
        return key in self.open_keys

    def toggle(self, key: str) -> None:
        """Open or close an answer."""
        self._set([key], not self.is_open(key))

    def set_all(self, is_open: bool) -> None:
        """Open or close all answers."""
        keys = [
            item.key.removeprefix("faq:") for item in self.stage.page.embedded if item.key.startswith("faq:")
        ]
        if not is_open:
            self._rescue_focus(keys)
        self._set(keys, is_open)

    def reveal(self, block: int, key: str) -> None:
        """Open what hides a text block, and the answer that is called `key` itself."""
        closed = [fold.key for fold in self.stage.page.folds_over(block) if not fold.is_open]
        if f"faq:{key}" in {item.key for item in self.stage.page.embedded} and not self.is_open(key):
            closed.append(key)
        answers = [name for name in dict.fromkeys(closed) if self._is_answer(name)]
        if answers:
            self._set(answers, True)
        rows = [name for name in closed if not self._is_answer(name)]
        for name in rows:
            self._clear_filter(name.partition("@row")[0])

    def follow(self, other: Folding) -> bool:
        """Fold as another language of the article is folded; return whether anything changed."""
        self.open_keys = other.open_keys
        changed: list[Fold] = []
        for key, theirs in other.stage.page.folds.items():
            mine = self.stage.page.folds.get(key)
            if mine is not None and mine.is_open != theirs.is_open:
                mine.is_open = theirs.is_open
                changed.append(mine)
        self._follow_filters(other)
        self.stage.fold(changed)
        for fold in changed:
            self._layer.refresh(f"faq:{fold.key}")
        return bool(changed)

    def _follow_filters(self, other: Folding) -> None:
        """Show in the filters what the other language is filtered by."""
        for item in self.stage.page.embedded:
            mine, theirs = self._layer.made(item.key), other._layer.made(item.key)
            if isinstance(mine, SymptomFilterBar) and isinstance(theirs, SymptomFilterBar):
                mine.follow(theirs)

    def filter_symptoms(self, key: str, table: SymptomTable, typed: str) -> int:
        """Show the rows that match what is typed; return how many."""
        model = SymptomFilter(table)
        changed: list[Fold] = []
        for index, shown in enumerate(model.visible(typed)):
            fold = self.stage.page.folds.get(row_key(key, index))
            if fold is not None and fold.is_open != shown:
                fold.is_open = shown
                changed.append(fold)
        self.stage.fold(changed)
        return model.matches(typed)

    def _set(self, keys: Iterable[str], is_open: bool) -> None:
        keys = list(keys)
        for key in keys:
            self._answers.set_open(self._article, key, is_open)
        self.open_keys = self.open_keys | set(keys) if is_open else self.open_keys - set(keys)
        folds = [fold for key in keys if (fold := self.stage.page.folds.get(key)) is not None]
        for fold in folds:
            fold.is_open = is_open
        self.stage.fold(folds)
        for key in keys:
            self._layer.refresh(f"faq:{key}")

    def _is_answer(self, key: str) -> bool:
        return "@row" not in key

    def _clear_filter(self, key: str) -> None:
        widget = self._layer.made(f"symptoms:{key}")
        if isinstance(widget, SymptomFilterBar):
            widget.field.clear()

    def _rescue_focus(self, keys: list[str]) -> None:
        """Move the focus from a widget that is about to be hidden to its question."""
        for key in keys:
            fold = self.stage.page.folds.get(key)
            header = self._layer.made(f"faq:{key}")
            if fold is None or header is None:
                continue
            for item in self.stage.page.embedded:
                widget = self._layer.made(item.key) if fold.first <= item.first <= fold.last else None
                if widget is not None and self._layer.key_of(QApplication.focusWidget()) == item.key:
                    header.setFocus(Qt.FocusReason.OtherFocusReason)
