"""Lays an article out in the view, and again for another zoom, theme or language, at the same place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QBrush, QColor, QTextCharFormat, QTextDocument, QTextLayout

from kbviewer.model.article import Article
from kbviewer.model.policy import Right
from kbviewer.ui.article.builder import ArticleDocument, DocumentBuilder, LoadResource
from kbviewer.ui.article.geometry import Geometry
from kbviewer.ui.article.layer import EAGER_LIMIT, EmbeddedLayer
from kbviewer.ui.article.measures import Measures, measure
from kbviewer.ui.article.page_map import Fold, PageMap
from kbviewer.ui.article.painting import PagePainter
from kbviewer.ui.article.places import Anchorage, Places
from kbviewer.ui.article.reserved_space import ReservedSpace
from kbviewer.ui.article.step_writer import StepRooms
from kbviewer.ui.article.styles import Styles
from kbviewer.ui.article.view import ArticleView
from kbviewer.ui.theme.rights import allows
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.article.copying import Copier


class Stage:
    """The current document with its map, geometry, places and widgets.

    Attributes:
        reflowed: called when parts came or went, or a widget got other room.
        is_painted: the first article stands on the screen. Until then only widgets near the view are made;
            the others of a common article take 12 ms.
        chosen: what is chosen in a matrix; copied with it.
    """

    def __init__(
        self,
        theme: Theme,
        view: ArticleView,
        builder: DocumentBuilder,
        layer: EmbeddedLayer,
        make_space: Callable[[QTextDocument], ReservedSpace],
        load: LoadResource,
    ) -> None:
        self._theme = theme
        self._view = view
        self.builder = builder
        self._layer = layer
        self._make_space = make_space
        self._load = load
        self._pinned: Anchorage | None = None
        self._is_moving = False
        self.is_painted = False
        self.reflowed: Callable[[], None] = _nothing
        view.first_painted.connect(self._complete)
        self._space: ReservedSpace | None = None
        self.rect = QRect(0, 0, 780, 600)
        self.measures: Measures = measure(780, 1.0, touch=False)
        self.page = PageMap()
        self.styles = Styles(theme, self.measures)
        self.geometry = Geometry(view.document(), self.styles)
        self.places = Places(self.page, self.geometry)
        self._language = ""
        self._silent: set[int] = set()
        self.chosen: Callable[[str], tuple[int | None, int | None]] = lambda _key: (None, None)

    def show(
        self,
        article: Article,
        languages: Sequence[str],
        open_answers: frozenset[str],
        rooms: StepRooms,
        dress: Callable[[], None],
    ) -> None:
        """Build the article's document and show it; the place is the caller's business.

        Args:
            dress: shows what is known of the steps, before the document is laid out.
        """
        self.measures = self._measure()
        self.styles = Styles(self._theme, self.measures)
        view = self._view
        document = ArticleDocument(view, self._load)
        self._space = self._make_space(document)
        self.builder.offers_copies = allows(self._view, Right.COPY)
        self.page = self.builder.build(
            document, article, languages, self.styles, open_answers, rooms, self._space
        )
        self.geometry = Geometry(document, self.styles)
        self.places = Places(self.page, self.geometry)
        self._language = article.language
        for fold in self.page.folds.values():
            if not fold.is_open:
                self._set_visible(fold)
        self._silent = set(self.page.results.values())
        for number in self._silent:
            self.geometry.block(number).setVisible(False)
        dress()
        self._is_moving = True
        self._layer.load(self.page.embedded, self.geometry, self.styles)
        view.show_theme()
        view.give_up()
        view.adapt(self.rect, self.measures, self._theme.scroll_bar_px)
        view.open(document, self.page, self.geometry, PagePainter(self.page, self.geometry, self.styles))
        if len(self.page.embedded) <= EAGER_LIMIT:
            view.fit_range()
        self._is_moving = False

    @property
    def copier(self) -> Copier:
        """Turns what is selected into text and HTML. Made when something is copied."""
        from kbviewer.ui.article.copying import Copier

        texts = self.builder.texts
        return Copier(self.geometry.document, self.page, self._language, self.chosen, texts.gettext)

    @property
    def is_moving(self) -> bool:
        """Whether what moves now is not the reader's doing."""
        return self._is_moving

    def place(self) -> Anchorage:
        """Return the place at the top of the view; the one that was gone to, until the reader scrolls."""
        if self._pinned is not None:
            return self._pinned
        return self.places.at(self._view.verticalScrollBar().value())

    def return_to(self, place: Anchorage) -> bool:
        """Bring a place to the top of the view; return False when the document does not have it."""
        y = self.places.y_of(place)
        if y is None:
            return False
        self._is_moving = True
        self._view.scroll_to(y)
        self._is_moving = False
        self._pinned = place
        return True

    def hold(self, act: Callable[[], None]) -> None:
        """Do something that may scroll although the reader did not."""
        self._is_moving = True
        act()
        self._is_moving = False

    def scroll(self, move: Callable[[], None]) -> None:
        """Scroll by `move` as the reader would: the place follows."""
        move()
        self.reader_scrolled()

    def reader_scrolled(self) -> bool:
        """Note that the view moved; return whether it was the reader's doing."""
        if self._is_moving:
            return False
        self._pinned = None
        return True

    def follow(self) -> None:
        """Make the widgets that came near; those that are made have moved with the text."""
        if not self._has_all:
            self.settle()

    def settle(self) -> None:
        """Put the widgets where their text is."""
        view = self._view
        offset = view.offset
        if self._has_all:
            self._layer.place_all(offset.x(), offset.y())
        else:
            first, last = view.blocks_in_view(view.viewport().height() // 2)
            self._layer.place(first, last, offset.x(), offset.y())

    @property
    def _has_all(self) -> bool:
        """Whether widgets out of view are made too: in short articles, once the first is on the screen."""
        return self.is_painted and len(self.page.embedded) <= EAGER_LIMIT

    def _complete(self) -> None:
        self.is_painted = True
        self.settle()

    def resize(self, rect: QRect) -> bool:
        """Stand in `rect`; return whether the document must be built anew, because sizes changed."""
        self.rect = rect
        measures = self._measure()
        before = self.measures
        if measures == before:
            self._view.adapt(rect, measures, self._theme.scroll_bar_px)
            self.settle()
            return False
        return True

    def fold(self, folds: Iterable[Fold]) -> None:
        """Show or hide answers as they are marked; what is at the top of the view stays there."""
        place = self.place()
        pinned = self._pinned
        first, last = -1, -1
        for fold in folds:
            self._set_visible(fold)
            first = fold.first if first < 0 else min(first, fold.first)
            last = max(last, fold.last)
        if first < 0:
            return
        self.relayout(first, last)
        self.return_to(place)
        self._pinned = pinned
        self.settle()
        self.reflowed()

    def refit(self, key: str) -> None:
        """Give a widget the room that it needs now."""
        item = self.page.embedded_by_key(key)
        if item is not None and self._space is not None:
            self._space.forget(key)
            self.relayout(item.first, item.last)
            self.settle()
            self.reflowed()

    def relayout(self, first: int, last: int) -> None:
        """Lay the text blocks from `first` to `last` out anew."""
        start = self.geometry.block(first).position()
        tail = self.geometry.block(last)
        self._is_moving = True
        self.geometry.document.markContentsDirty(start, tail.position() + tail.length() - start)
        self.geometry.document.size()
        self._is_moving = False

    def dress_result(self, step: str, shown: bool) -> None:
        """Show or hide the line under a step while the document is not laid out yet."""
        number = self.page.results.get(step)
        if number is not None:
            (self._silent.discard if shown else self._silent.add)(number)
            self.geometry.block(number).setVisible(self._is_shown(number))

    def show_result(self, step: str, shown: bool) -> None:
        """Show or hide the line under a step, with the room that it needs; what is in view stays there."""
        number = self.page.results.get(step)
        if number is None or not (shown or number not in self._silent):
            return
        bar, top = self._view.verticalScrollBar(), self._view.blocks_in_view()[0]
        before = self.geometry.top(top)
        self.dress_result(step, shown)
        if self._space is not None:
            self._space.forget(f"result:{step}")
        self.relayout(number, number)
        if top > number:
            self.hold(lambda: bar.setValue(bar.value() + round(self.geometry.top(top) - before)))
        self.settle()

    def reveal_result(self, step: str) -> None:
        """Scroll as little as shows the line under a step with the step itself."""
        area = self.geometry.area(self.page.steps[step].first, self.page.results[step])
        self.scroll(lambda: self._view.reveal(area.top(), area.bottom()))
        self.settle()

    @property
    def shape(self) -> tuple[object, ...]:
        """Differs when another part of the page is hidden."""
        return *(fold.is_open for fold in self.page.folds.values()), frozenset(self._silent)

    def repaint(self) -> None:
        """Paint what is in view anew."""
        self._view.viewport().update()

    def show_muted(self, step: str, muted: bool) -> None:
        """Mute a step's action, or not."""
        text = self.page.steps.get(step)
        if text is None:
            return
        block = self.geometry.block(text.first)
        formats = []
        if muted and not self.styles.tokens.high_contrast:
            mark = QTextLayout.FormatRange()
            mark.start = block.text().find("\t") + 1
            mark.length = block.length()
            form = QTextCharFormat()
            form.setForeground(QBrush(QColor(self.styles.tokens.muted)))
            mark.format = form
            formats.append(mark)
        block.layout().setFormats(formats)
        # Formats empty the layout; without this the text is gone until something else changes.
        self.geometry.document.markContentsDirty(block.position(), block.length())

    def _set_visible(self, fold: Fold) -> None:
        block = self.geometry.block(fold.first)
        for number in range(fold.first, fold.last + 1):
            block.setVisible(self._is_shown(number))
            block = block.next()

    def _is_shown(self, number: int) -> bool:
        return number not in self._silent and all(over.is_open for over in self.page.folds_over(number))

    def _measure(self) -> Measures:
        return measure(
            self.rect.width() - self._theme.scroll_bar_px, self._theme.zoom, touch=self._theme.touch
        )


def _nothing() -> None:
    """Do nothing."""
