"""What the reader does on the page: choices, filters, links, copying; see `step_deeds` for steps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QMenu, QToolTip

from kbviewer.model.blocks import SymptomTable
from kbviewer.model.errors import KbError
from kbviewer.model.inline import Link, LinkKind
from kbviewer.model.policy import Right
from kbviewer.ui.article.contracts import Choices, Marks, NoMarks, Texts
from kbviewer.ui.article.factory import WidgetFactory
from kbviewer.ui.article.folding import Folding
from kbviewer.ui.article.layer import EmbeddedLayer
from kbviewer.ui.article.matrix_widget import MatrixWidget
from kbviewer.ui.article.navigator import Navigator
from kbviewer.ui.article.open_article import OpenArticle
from kbviewer.ui.article.page_map import Kind
from kbviewer.ui.article.place_menu import add_place_actions
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.symptom_filter import SymptomFilterBar
from kbviewer.ui.article.view import ArticleView
from kbviewer.ui.theme.rights import needs


class Interactions(QObject):
    """Carries out what widgets and links of the page ask for. A failure to save is told, not raised.

    Signals: as of ArticlePage, and
        menu_opening(menu, block): others may add what they offer at a text block.
    """

    link_activated = Signal(object)
    jumped = Signal(str, str)
    copied = Signal(str)
    announced = Signal(str)
    menu_opening = Signal(QMenu, int)
    place_commanded = Signal(object, str)
    tab_wanted = Signal(object)

    def __init__(
        self,
        texts: Texts,
        opened: OpenArticle,
        choices: Choices,
        view: ArticleView,
        stage: Stage,
        layer: EmbeddedLayer,
        folding: Folding,
        navigator: Navigator,
        parent: QObject,
        marks: Marks | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._open = opened
        self._choices = choices
        self._view = view
        self._stage = stage
        self._layer = layer
        self._folding = folding
        self._navigator = navigator
        self._marks = marks or NoMarks()
        # Whether a section that is gone to now is to open elsewhere.
        self.leaves: Callable[[], bool] = lambda: False
        view.link_pressed.connect(self.press_link)
        view.menu_requested.connect(self.show_menu)

    def connect_widgets(self, factory: WidgetFactory) -> None:
        """Do what the widgets of `factory` ask for."""
        factory.faq_pressed.connect(lambda key: self._try(lambda: self._folding.toggle(key)))
        factory.all_pressed.connect(lambda is_open: self._try(lambda: self._folding.set_all(is_open)))
        factory.copy_pressed.connect(self.copy_text)
        factory.action_pressed.connect(self.link_activated)
        factory.matrix_chosen.connect(self.choose)
        factory.target_pressed.connect(self.jump)
        factory.filtered.connect(self.filter_symptoms)
        factory.height_changed.connect(self.refit)
        factory.top_pressed.connect(lambda: self.jump("", ""))

    def choose(self, key: str, row: int | None, column: int | None) -> None:
        """Keep the choice in a matrix and say what it means."""
        article = self._open.article
        if article is None:
            return
        if not self._try(lambda: self._choices.set(article, key, row, column)):
            self.refresh_choices()
            return
        widget = self._layer.made(f"matrix:{key}")
        result = getattr(widget, "result", None)
        if result is not None and result.sentence:
            self.announced.emit(f"{result.sentence} {result.detail}")

    def refresh_choices(self) -> None:
        """Show the choices in all matrices as they are kept."""
        for item in self._stage.page.embedded:
            widget = self._layer.made(item.key) if item.kind is Kind.MATRIX else None
            if not isinstance(widget, MatrixWidget):
                continue
            key = item.key.removeprefix("matrix:")
            if (widget.model.row, widget.model.column) != self._open.choice(key):
                self._layer.refresh(item.key)
                self.refit(item.key)

    def jump(self, target: str, origin: str) -> None:
        """Go on to a section so that "back" returns to `origin`."""
        if self.leaves():
            self.link_activated.emit(Link(LinkKind.SECTION, target))
            return
        self.jumped.emit(origin, target)
        self._navigator.go_to(target, focus=True)

    def filter_symptoms(self, key: str, typed: str) -> None:
        """Show the symptoms that match and say how many they are."""
        item = self._stage.page.embedded_by_key(f"symptoms:{key}")
        if item is None or not isinstance(item.payload, tuple):
            return
        table = item.payload[1]
        if isinstance(table, SymptomTable):
            self._folding.filter_symptoms(key, table, typed)
            widget = self._layer.made(item.key)
            if isinstance(widget, SymptomFilterBar):
                self.announced.emit(widget.status_text())

    def refit(self, key: str) -> None:
        """Give a widget the room that it needs now."""
        self._stage.refit(key)

    def copy_text(self, text: str) -> None:
        """Copy a literal."""
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)

    def press_link(self, number: int) -> None:
        """Follow a link; a tip shows its explanation, a section is gone to."""
        spots = self._stage.page.links
        if not 0 <= number < len(spots):
            return
        spot = spots[number]
        if spot.link is None:
            QToolTip.showText(QCursor.pos(), spot.tip, self._view)
            self.announced.emit(spot.tip)
        elif spot.link.kind is LinkKind.SECTION:
            self.jump(spot.link.target, spot.owner)
        else:
            self.link_activated.emit(spot.link)

    def show_menu(self, position: int, point: QPoint) -> None:
        """Offer what can be done with the text at a place."""
        self.make_menu(position).popup(point)

    def make_menu(self, position: int) -> QMenu:
        """Return what can be done with the text at a place in the document."""
        gettext = self._texts.gettext
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offer_tab(menu, position)
        block = self._stage.geometry.document.findBlock(position).blockNumber()
        self.menu_opening.emit(menu, block)
        copy = needs(menu.addAction(gettext("Copy")), Right.COPY)
        copy.setEnabled(self._view.textCursor().hasSelection())
        copy.triggered.connect(self.copy_selection)
        menu.addAction(gettext("Select all")).triggered.connect(self._view.selectAll)
        article = self._open.article
        if article is not None:
            span = self._stage.page.span_at(block)
            key = span.key if span is not None else ""
            add_place_actions(menu, article, key, self._marks, self._texts, self.place_commanded.emit)
        return menu

    def _offer_tab(self, menu: QMenu, position: int) -> None:
        """Offer to open the link at a place in another tab, as fingers cannot hold Ctrl."""
        spots = self._stage.page.links
        link = next((spot.link for spot in spots if spot.start <= position < spot.end), None)
        if link is not None and link.kind in (LinkKind.ARTICLE, LinkKind.SECTION):
            opener = menu.addAction(self._texts.gettext("Open in another tab"))
            opener.triggered.connect(lambda: self.tab_wanted.emit(link))
            menu.addSeparator()

    def selected_text(self) -> str:
        """Return what is selected when it is part of one paragraph, else ""."""
        cursor = self._view.textCursor()
        if not cursor.hasSelection():
            return ""
        text = self._stage.copier.mime(cursor).text().strip()
        return "" if "\n" in text else text

    def copy_selection(self) -> None:
        """Copy the selection as clean text and HTML."""
        cursor = self._view.textCursor()
        if cursor.hasSelection():
            data = self._stage.copier.mime(cursor)
            text = data.text()
            QGuiApplication.clipboard().setMimeData(data)
            self.copied.emit(text)

    def _try(self, act: Callable[[], object]) -> bool:
        """Do something that is saved; say why when it cannot be. The page is where such errors end."""
        try:
            act()
        except KbError as error:
            self.announced.emit(error.render(self._texts.gettext))
            return False
        return True
