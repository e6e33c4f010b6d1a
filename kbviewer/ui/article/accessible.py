"""The article page as screen readers see it. Nothing here costs anything before the first of them asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import QLocale, QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QTextCursor, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from kbviewer.model.article import Article
from kbviewer.ui.article.accessible_block import BlockInterface
from kbviewer.ui.article.accessible_tree import Node, TreeBuilder
from kbviewer.ui.article.accessible_widgets import (
    ChoiceInterface,
    DocumentInterface,
    EmbeddedInterface,
    embedded_interface,
)
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.layer import EmbeddedLayer
from kbviewer.ui.article.matrix_buttons import CellButton, HeadingButton
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.view import ArticleView

_EMPTY = Node("", QAccessible.Role.Document)
_TELL_AFTER_MS = 50


class AccessiblePage(QObject):
    """The structure of the page that the stage shows, and the objects that Qt hands to screen readers.

    The view keeps Qt's own text with its caret; the structure hangs below its viewport. Objects that belong
    to a widget are deleted by Qt together with it; those of the text are deleted here, when what they stand
    for has gone. Until then they are kept alive here, because Qt only has their addresses.
    """

    def __init__(self, view: ArticleView, layer: EmbeddedLayer, stage: Stage, texts: Texts) -> None:
        super().__init__(view)
        self._view = view
        self._layer = layer
        self._stage = stage
        self._texts = texts
        self._article: Article | None = None
        self._root: Node | None = None
        self._shown: tuple[object, ...] = ()
        self._nodes: dict[str, Node] = {}
        self._known: frozenset[tuple[str, str]] = frozenset()
        self._blocks: dict[str, BlockInterface] = {}
        self._widgets: list[QAccessibleInterface] = []
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(_TELL_AFTER_MS)
        self._telling.timeout.connect(self._tell)
        # Not a method: the page is gone before its view says so, and a gone object is told nothing.
        view.destroyed.connect(partial(_let_go, self._blocks, self._widgets))
        view.verticalScrollBar().rangeChanged.connect(self._note)
        view.cursorPositionChanged.connect(self._note_focus)

    def load(self, article: Article) -> None:
        """Take a page that was built; its structure is read when somebody asks."""
        was_read = self._root is not None
        if self._article is not None and self._article.language != article.language:
            self._forget()
        self._article = article
        self._root = None
        # Not now: a widget that is made while the page is being laid out may be the first that is asked for.
        QTimer.singleShot(0, self, self._localise)
        if was_read and QAccessible.isActive():
            self._telling.start()

    def clear(self) -> None:
        """Delete the objects of the text."""
        _delete_all(self._blocks)

    def interface_for(self, widget: QObject) -> QAccessibleInterface | None:
        """Return a new object for the viewport or an embedded widget, None for anything else."""
        made: DocumentInterface | EmbeddedInterface | ChoiceInterface
        if isinstance(widget, (HeadingButton, CellButton)):
            made = ChoiceInterface(widget)
        elif widget is self._view.viewport():
            made = DocumentInterface(self._view.viewport(), self)
        elif isinstance(widget, QWidget) and widget.parentWidget() is self._view.viewport():
            made = embedded_interface(widget, self)
        else:
            return None
        gone = [known for known in self._widgets if not Shiboken.isValid(known)]
        self._widgets[:] = [known for known in self._widgets if Shiboken.isValid(known)]
        self._widgets.append(made)
        _empty(gone)
        return made

    def root(self) -> Node:
        """Return the structure of what is shown now."""
        if self._article is None:
            return _EMPTY
        shown = self._stage.shape
        if self._root is None or shown != self._shown:
            self._shown = shown
            self._read(self._article)
        return self._root if self._root is not None else _EMPTY

    def interface(self, node: Node) -> QAccessibleInterface | None:
        """Return the object of a node, made now when it was not before."""
        if not node.key:
            return QAccessible.queryAccessibleInterface(self._view.viewport())
        if node.widget:
            return self._widget_interface(node)
        found = self._blocks.get(node.key)
        if found is None:
            found = self._blocks[node.key] = BlockInterface(node, self)
        return found

    def node_of(self, interface: QAccessibleInterface) -> Node | None:
        """Return the node of an object."""
        if isinstance(interface, BlockInterface):
            return interface.node
        widget = interface.object()
        return self.node_of_widget(widget) if isinstance(widget, QWidget) else None

    def node_of_widget(self, widget: QWidget) -> Node | None:
        """Return the node of an embedded widget."""
        if widget.parentWidget() is not self._view.viewport():
            return None
        self.root()
        return self._nodes.get(f"widget:{self._layer.key_of(widget)}")

    def node_at(self, point: QPoint) -> Node | None:
        """Return the outermost node below the root at a point of the screen."""
        return next((node for node in self.root().children if self.area_of(node).contains(point)), None)

    def focused_node(self) -> Node | None:
        """Return the link that has the focus."""
        number = self._view.focused_link
        if number < 0 or not self._view.hasFocus():
            return None
        spot = self._stage.page.links[number]
        self.root()
        return self._nodes.get(f"link:{spot.owner}:{spot.index}")

    def text_of(self, node: Node) -> str:
        """Return a node's own text, character by character as in the document."""
        cursor = QTextCursor(self._stage.geometry.document)
        cursor.setPosition(node.start)
        cursor.setPosition(node.end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().replace("\ufffc", " ").replace("\u2028", "\n")

    def rect_of(self, start: int, end: int) -> QRect:
        """Return where the characters from `start` to `end` are on the screen."""
        rects = self._stage.geometry.text_rects(start, end)
        return self._on_screen(rects[0].toAlignedRect()) if rects else QRect()

    def area_of(self, node: Node) -> QRect:
        """Return where a node is on the screen."""
        if node.widget:
            widget = self._layer.made(node.widget)
            return QRect(widget.mapToGlobal(QPoint()), widget.size()) if widget is not None else QRect()
        geometry = self._stage.geometry
        if geometry.document is not self._view.document():
            return QRect()  # it is being laid out
        if node.link >= 0:
            area = QRect()
            for rect in geometry.text_rects(node.start, node.end):
                area = area.united(rect.toAlignedRect())
        else:
            area = geometry.area(node.first, node.last).toAlignedRect()
        return self._on_screen(area)

    def position_at(self, point: QPoint) -> int:
        """Return the document position at a point of the screen."""
        viewport = self._view.viewport()
        return self._view.cursorForPosition(viewport.mapFromGlobal(point)).position()

    def is_on_screen(self, node: Node) -> bool:
        """Return whether a node is in view."""
        viewport = self._view.viewport()
        shown = QRect(viewport.mapToGlobal(QPoint()), viewport.size())
        return viewport.isVisible() and shown.intersects(self.area_of(node))

    def caret(self) -> int:
        """Return the document position of the caret."""
        return self._view.textCursor().position()

    def put_caret(self, position: int) -> None:
        """Put the caret at a document position and bring it into view."""
        cursor = self._view.textCursor()
        cursor.setPosition(position)
        self._view.focused_link = -1
        self._view.setTextCursor(cursor)
        for rect in self._stage.geometry.text_rects(position, position + 1):
            self._view.reveal(rect.top(), rect.bottom())

    def is_focused(self, node: Node) -> bool:
        """Return whether a link has the focus."""
        return node.link >= 0 and node.link == self._view.focused_link and self._view.hasFocus()

    def focus(self, node: Node) -> None:
        """Put the focus on a link."""
        self._view.focus_link(node.link)

    def press(self, node: Node) -> None:
        """Follow a link."""
        self._view.link_pressed.emit(node.link)

    def window(self) -> QWindow | None:
        """Return the window of the page."""
        return self._view.window().windowHandle()

    def _read(self, article: Article) -> None:
        """Read the structure; objects whose node is there again stand for the new one."""
        geometry = self._stage.geometry
        self._root = TreeBuilder(article, self._stage.page, geometry.document, self._texts).build()
        self._nodes = {}
        for node in self._root.walk():
            while node.key in self._nodes:
                node.key += "'"
            self._nodes[node.key] = node
        self._known = self._known or _identities(self._nodes)
        for key in list(self._blocks):
            if key in self._nodes:
                self._blocks[key].node = self._nodes[key]
            else:
                _delete(self._blocks.pop(key))

    def _widget_interface(self, node: Node) -> QAccessibleInterface | None:
        widget = self._layer.made(node.widget)
        if widget is None or widget.isHidden():
            offset = self._view.offset
            self._layer.place_one(node.widget, offset.x(), offset.y())
            widget = self._layer.widget(node.widget)
        return QAccessible.queryAccessibleInterface(widget) if widget is not None else None

    def _on_screen(self, rect: QRect) -> QRect:
        return QRect(self._view.viewport().mapToGlobal(rect.topLeft() - self._view.offset), rect.size())

    def _forget(self) -> None:
        """Delete all objects: readers keep the language that an object had when they met it."""
        self.clear()
        for found in self._widgets:
            if Shiboken.isValid(found):
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(found))
        _empty(self._widgets)
        self._widgets.clear()

    def _localise(self) -> None:
        """Tell the language of the whole text; the controls speak the reader's."""
        if self._article is not None:
            self._view.setLocale(QLocale(self._article.language))
            self._view.viewport().setLocale(QLocale(self._texts.language))

    def _note(self) -> None:
        """Look again at what is shown when the page has another height: an answer opened, a row went."""
        if self._blocks and QAccessible.isActive():
            self._telling.start()

    def _note_focus(self) -> None:
        """Tell of a link that gets the focus, after Qt has told that the view has it."""
        if self._view.focused_link >= 0 and QAccessible.isActive():
            QTimer.singleShot(0, self, self._tell_focus)

    def _tell_focus(self) -> None:
        node = self.focused_node()
        found = self.interface(node) if node is not None else None
        if found is not None:
            _send(found, QAccessible.Event.Focus)

    def _tell(self) -> None:
        """Tell what is new: other names, and objects that the structure did not have before."""
        names = {key: block.node.name for key, block in self._blocks.items()}
        known = self._known
        root = self.root()
        self._known = _identities(self._nodes)
        for key, name in names.items():
            block = self._blocks.get(key)
            if block is not None and block.node.name != name:
                _send(block, QAccessible.Event.NameChanged)
        for node in root.children:
            if (node.key, node.language) not in known and not node.widget:
                found = self.interface(node)
                if found is not None:
                    _send(found, QAccessible.Event.ObjectCreated)
        focus = QApplication.focusWidget()
        if focus is not None and self._view.isAncestorOf(focus):
            _send(QAccessible.queryAccessibleInterface(focus), QAccessible.Event.Focus)


def _identities(nodes: Mapping[str, Node]) -> frozenset[tuple[str, str]]:
    return frozenset((node.key, node.language) for node in nodes.values())


def _let_go(blocks: dict[str, BlockInterface], widgets: list[QAccessibleInterface]) -> None:
    """Delete the objects of a page that has gone; Qt has deleted those of its widgets."""
    _delete_all(blocks)
    _empty(widgets)
    widgets.clear()


def _delete_all(blocks: dict[str, BlockInterface]) -> None:
    found = list(blocks.values())
    blocks.clear()
    for each in found:
        _delete(each)


def _delete(block: BlockInterface) -> None:
    if Shiboken.isValid(block):
        if QAccessible.isActive():
            _send(block, QAccessible.Event.ObjectDestroyed)
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(block))
    _empty([block])


def _empty(gone: Iterable[QAccessibleInterface]) -> None:
    """Take from objects that Qt has deleted what they hold: their page, and with it a whole window.

    The objects themselves stay, for shiboken does not take back the reference that it gave Qt.
    """
    for each in gone:
        vars(each).clear()


def _send(interface: QAccessibleInterface, event: QAccessible.Event) -> None:
    QAccessible.updateAccessibility(QAccessibleEvent(interface, event))
