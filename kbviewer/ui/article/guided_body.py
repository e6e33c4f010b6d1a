"""The text of a guided view: one step, large, with its pictures, copy buttons and links."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QGuiApplication,
    QKeyEvent,
    QResizeEvent,
    QTextDocument,
)
from PySide6.QtWidgets import QToolTip, QWidget

from kbviewer.model.article import Article
from kbviewer.model.progress import Progress
from kbviewer.ui.article.accessible_door import AccessibleDoor
from kbviewer.ui.article.contracts import AbsentTitle, Media, Resolve, Texts
from kbviewer.ui.article.factory import WidgetFactory
from kbviewer.ui.article.guided_model import GuidedWalk
from kbviewer.ui.article.guided_writer import GuidedBuilder
from kbviewer.ui.article.layer import EmbeddedLayer
from kbviewer.ui.article.pictures import load_picture
from kbviewer.ui.article.reserved_space import ReservedSpace
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.step_keys import OUTCOME_KEYS
from kbviewer.ui.article.step_words import StepWords
from kbviewer.ui.article.step_writer import StepRooms
from kbviewer.ui.article.tick_model import TickModel
from kbviewer.ui.article.view import ArticleView
from kbviewer.ui.article.walker import FocusWalker
from kbviewer.ui.theme.theme import Theme

_CARET_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
_STEP_KEYS = (
    *_CARET_KEYS,
    *(Qt.Key[f"Key_{key}"] for key, outcome in OUTCOME_KEYS.items() if outcome is not None),
)


class GuidedText(ArticleView):
    """A view that leaves to its page the keys that go from step to step."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll while there is more; a screen reader's user moves the caret with arrows."""
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        bar = self.verticalScrollBar()
        at_end = (key is Qt.Key.Key_PageDown and bar.value() >= bar.maximum()) or (
            key is Qt.Key.Key_PageUp and bar.value() <= bar.minimum()
        )
        is_step = key in _STEP_KEYS and not (key in _CARET_KEYS and QAccessible.isActive())
        if modifiers == Qt.KeyboardModifier.NoModifier and (is_step or at_end):
            event.ignore()
            return
        super().keyPressEvent(event)


class GuidedBody(QWidget):
    """Shows the step at which a walk is.

    Signals:
        link_pressed(link): a link was followed.
        help_pressed(): the reader wants to hand the problem on.
        copied(text), announced(text): to be told to the reader.
        fitted(): the column of text may stand elsewhere.
    """

    fitted = Signal()
    link_pressed = Signal(object)
    help_pressed = Signal()
    copied = Signal(str)
    announced = Signal(str)

    _accessible: AccessibleDoor | None = None

    def __init__(
        self,
        theme: Theme,
        texts: Texts,
        media: Media,
        resolve: Resolve,
        absent_title: AbsentTitle,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._media = media
        self._article: Article | None = None
        self.view = GuidedText(theme, self._load, lambda cursor: self.stage.copier.mime(cursor), self)
        self._factory = WidgetFactory(
            theme,
            texts,
            words=StepWords(texts),
            offers_results=lambda: False,
            steps=lambda: TickModel(Article(id="", language="", title="", blocks=()), {}),
            measures=lambda: self.stage.measures,
            choice=lambda _key: (None, None),
            is_open=lambda _key: True,
            title_of=lambda _anchor: "",
            parent=self,
        )
        self.layer = EmbeddedLayer(self.view.viewport(), self._factory.make, self._factory.refresh)
        self._builder = GuidedBuilder(texts, media, resolve, absent_title)
        self.stage = Stage(theme, self.view, self._builder, self.layer, self._make_space, self._load)
        self._walker = FocusWalker(self.view, self.layer, self.stage)
        self.setFocusProxy(self.view)
        self.view.set_walk(self._walker.walk)
        self.view.tabbed_in.connect(self._walker.enter)
        self.view.scrolled.connect(self._follow)
        self.view.link_pressed.connect(self._press_link)
        self._factory.copy_pressed.connect(self._copy_text)
        self._factory.action_pressed.connect(self.link_pressed)
        self._factory.help_pressed.connect(self.help_pressed)
        theme.changed.connect(self.rebuild)
        theme.zoom_changed.connect(self.rebuild)
        self._accessible = AccessibleDoor(self.view, self.layer, self.stage, texts)

    def show_step(self, walk: GuidedWalk) -> None:
        """Show the step, or the end, at which `walk` is, from its top."""
        self._article = walk.article
        self._builder.walk = walk
        self._build()
        self.stage.return_to(self.stage.places.at(0))
        self.stage.settle()

    def rebuild(self) -> None:
        """Build the same step anew, at the same place: other words, colours or sizes."""
        if self._article is None:
            return
        if self._builder.walk is not None:
            self._article = self._builder.walk.article
        place = self.stage.place()
        focus = self._walker.remember()
        self._build()
        self.stage.return_to(place)
        self._walker.restore(focus)
        self.stage.settle()

    def clear(self) -> None:
        """Show nothing any more."""
        self._article = self._builder.walk = None
        self.layer.clear()

    @property
    def column_px(self) -> tuple[int, int]:
        """Left edge and width of the text."""
        measures = self.stage.measures
        spare = max(0, self.width() - self._theme.scroll_bar_px - measures.document_width)
        return spare // 2 + measures.gutter, measures.column

    def copy(self) -> None:
        """Copy the selection as clean text and HTML."""
        cursor = self.view.textCursor()
        if cursor.hasSelection():
            data = self.stage.copier.mime(cursor)
            text = data.text()
            QGuiApplication.clipboard().setMimeData(data)
            self.copied.emit(text)

    def accessible_part(self, part: QObject) -> QAccessibleInterface | None:
        """Return what a screen reader meets in the viewport or a widget in it."""
        return self._accessible.part(part) if self._accessible is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text; the place stays."""
        super().resizeEvent(event)
        if self.stage.resize(QRect(0, 0, self.width(), self.height())):
            self.rebuild()
        self.fitted.emit()

    def _build(self) -> None:
        if self._article is None:
            return
        self.stage.rect = QRect(0, 0, self.width(), self.height())
        self.stage.show(self._article, (), frozenset(), StepRooms(), lambda: None)
        self._walker.load()
        if self._accessible is not None:
            self._accessible.load(self._article)
        self.fitted.emit()

    def _follow(self) -> None:
        if self.stage.reader_scrolled():
            self.stage.follow()

    def _press_link(self, number: int) -> None:
        spots = self.stage.page.links
        if not 0 <= number < len(spots):
            return
        spot = spots[number]
        if spot.link is not None:
            self.link_pressed.emit(spot.link)
        else:
            rects = self.stage.geometry.text_rects(spot.start, spot.end)
            corner = rects[0].bottomLeft().toPoint() - self.view.offset
            QToolTip.showText(self.view.viewport().mapToGlobal(corner), spot.tip, self.view)
            self.announced.emit(spot.tip)

    def _copy_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)

    def _make_space(self, document: QTextDocument) -> ReservedSpace:
        return ReservedSpace(document, self.layer.height_for, lambda _payload: Progress(0, 0))

    def _load(self, kind: int, name: QUrl | str) -> object:
        if self._article is None:
            return None
        width = round(self.stage.measures.column * self.devicePixelRatioF())
        return load_picture(self._media, self._article.id, kind, name, width)
