"""What a screen reader meets in the text of a page: objects without a widget of their own.

Qt asks an object for its further sides (text, attributes, actions) by address: they are objects of their own
that live as long as the block does, and "it has none" is the null address. Returning None instead crashes.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QLocale, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAttributesInterface,
    QAccessibleInterface,
    QAccessibleTextInterface,
    QColor,
    QWindow,
)
from shiboken6 import Shiboken

from kbviewer.ui.article.accessible_tree import Node

_Side = QAccessible.InterfaceType
_Attribute = QAccessible.Attribute
NOTHING = Shiboken.VoidPtr(0)


class Surroundings(Protocol):
    """What the objects of a page need to know of it."""

    def interface(self, node: Node) -> QAccessibleInterface | None:
        """Return the object of a node."""

    def node_of(self, interface: QAccessibleInterface) -> Node | None:
        """Return the node of an object."""

    def text_of(self, node: Node) -> str:
        """Return a node's own text, character by character as in the document."""

    def rect_of(self, start: int, end: int) -> QRect:
        """Return where the characters from `start` to `end` are on the screen."""

    def area_of(self, node: Node) -> QRect:
        """Return where a node is on the screen."""

    def position_at(self, point: QPoint) -> int:
        """Return the document position at a point of the screen."""

    def is_on_screen(self, node: Node) -> bool:
        """Return whether a node is in view."""

    def caret(self) -> int:
        """Return the document position of the caret."""

    def put_caret(self, position: int) -> None:
        """Put the caret at a document position and bring it into view."""

    def is_focused(self, node: Node) -> bool:
        """Return whether a link has the focus."""

    def focus(self, node: Node) -> None:
        """Put the focus on a link."""

    def press(self, node: Node) -> None:
        """Follow a link."""

    def window(self) -> QWindow | None:
        """Return the window of the page."""


def address(side: Shiboken.Object) -> Shiboken.VoidPtr:
    """Return the address of an object as Qt wants it."""
    return Shiboken.VoidPtr(Shiboken.getCppPointer(side)[0])


class NodeAttributes(QAccessibleAttributesInterface):
    """Level and language of a node."""

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        """Return what is known of the node."""
        known = [_Attribute.Locale] if self.node.language else []
        return [_Attribute.Level, *known] if self.node.level else known

    def attributeValue(self, key: QAccessible.Attribute) -> object:
        """Return the value, None for what the node does not have: Qt asks for those too."""
        if key == _Attribute.Level:
            return self.node.level or None
        if key == _Attribute.Locale and self.node.language:
            return QLocale(self.node.language)
        return None


class _Text(QAccessibleTextInterface):
    """The characters of a node; the caret is that of the whole page."""

    def __init__(self, block: BlockInterface, page: Surroundings) -> None:
        super().__init__()
        self._block = block
        self._page = page

    def text(self, start: int, end: int) -> str:
        """Return characters."""
        return self._page.text_of(self._block.node)[max(0, start) : max(0, end)]

    def characterCount(self) -> int:
        """Return how many characters there are."""
        return self._block.node.end - self._block.node.start

    def cursorPosition(self) -> int:
        """Return where the caret is, -1 when it is elsewhere."""
        node, caret = self._block.node, self._page.caret()
        return caret - node.start if node.start <= caret <= node.end else -1

    def setCursorPosition(self, position: int) -> None:
        """Put the caret here."""
        self._page.put_caret(self._block.node.start + max(0, min(position, self.characterCount())))

    def scrollToSubstring(self, start: int, end: int) -> None:  # noqa: ARG002 - the first line is enough
        """Bring characters into view."""
        self.setCursorPosition(start)

    def characterRect(self, offset: int) -> QRect:
        """Return where a character is on the screen."""
        start = self._block.node.start + max(0, min(offset, self.characterCount()))
        return self._page.rect_of(start, start + 1)

    def offsetAtPoint(self, point: QPoint) -> int:
        """Return the character at a point of the screen, -1 for none."""
        node, position = self._block.node, self._page.position_at(point)
        return position - node.start if node.start <= position <= node.end else -1

    def selectionCount(self) -> int:
        """Return none: what is selected belongs to the text of the page."""
        return 0

    def addSelection(self, start: int, end: int) -> None:
        """Select nothing."""

    def removeSelection(self, index: int) -> None:
        """Select nothing."""

    def setSelection(self, index: int, start: int, end: int) -> None:
        """Select nothing."""


class _Actions(QAccessibleActionInterface):
    """What can be done with a link."""

    def __init__(self, block: BlockInterface, page: Surroundings) -> None:
        super().__init__()
        self._block = block
        self._page = page

    def actionNames(self) -> list[str]:
        """Return the actions."""
        return [QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        """Do one of them."""
        if name == QAccessibleActionInterface.pressAction():
            self._page.press(self._block.node)
        elif name == QAccessibleActionInterface.setFocusAction():
            self._page.focus(self._block.node)

    def keyBindingsForAction(self, name: str) -> list[str]:
        """Return the key that follows a focused link."""
        return ["Return"] if name == QAccessibleActionInterface.pressAction() else []


class BlockInterface(QAccessibleInterface):
    """One node; `node` is replaced when the page is rebuilt, so that screen readers keep the object."""

    def __init__(self, node: Node, page: Surroundings) -> None:
        super().__init__()
        self._node = node
        self._page = page
        # Qt has only their addresses: they must not be collected before the block is.
        self._sides = (NodeAttributes(node), _Text(self, page), _Actions(self, page))
        self._addresses = tuple(address(side) for side in self._sides)

    @property
    def node(self) -> Node:
        """What it stands for."""
        return self._node

    @node.setter
    def node(self, node: Node) -> None:
        self._node = node
        self._sides[0].node = node

    def isValid(self) -> bool:
        """Return True: what has gone is deleted."""
        return True

    def object(self) -> None:  # type: ignore[override]  # the stub knows no "None"
        """Return that there is no widget behind it."""

    def window(self) -> QWindow:
        """Return the window."""
        return self._page.window()  # type: ignore[return-value]  # the stub knows no "None"

    def role(self) -> QAccessible.Role:
        """Return the role."""
        return self._node.role

    def text(self, kind: QAccessible.Text) -> str:
        """Return name or description."""
        if kind == QAccessible.Text.Name:
            return self._node.name
        return self._node.description if kind == QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Leave the text to the article."""

    def state(self) -> QAccessible.State:
        """Return the state."""
        state = QAccessible.State()
        has_text = self._node.end > self._node.start
        state.readOnly = has_text
        state.multiLine = has_text and self._node.link < 0
        if self._node.link >= 0:
            state.focusable = True
            state.linked = self._node.role == QAccessible.Role.Link
            state.focused = self._page.is_focused(self._node)
        state.offscreen = not self._page.is_on_screen(self._node)
        return state

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        return self._page.area_of(self._node)

    def parent(self) -> QAccessibleInterface:
        """Return what it lies in."""
        parent = self._node.parent
        found = self._page.interface(parent) if parent is not None else None
        return found  # type: ignore[return-value]  # the stub knows no "None"

    def childCount(self) -> int:
        """Return how many objects lie in it."""
        return len(self._node.children)

    def child(self, index: int) -> QAccessibleInterface:
        """Return one of them."""
        children = self._node.children
        found = self._page.interface(children[index]) if 0 <= index < len(children) else None
        return found  # type: ignore[return-value]  # the stub knows no "None"

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return which one it is, -1 for none of them."""
        node = self._page.node_of(child)
        return self._node.children.index(node) if node in self._node.children else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """Return the object at a point of the screen."""
        point = QPoint(x, y)
        for node in self._node.children:
            if self._page.area_of(node).contains(point):
                return self._page.interface(node)  # type: ignore[return-value]  # as above
        return None  # type: ignore[return-value]

    def focusChild(self) -> QAccessibleInterface:
        """Return the object inside that has the focus."""
        for node in self._node.children:
            if self._page.is_focused(node):
                return self._page.interface(node)  # type: ignore[return-value]  # as above
        return None  # type: ignore[return-value]

    def foregroundColor(self) -> QColor:
        """Return that the colour is not told."""
        return QColor()

    def backgroundColor(self) -> QColor:
        """Return that the colour is not told."""
        return QColor()

    def interface_cast(self, side: QAccessible.InterfaceType) -> int:
        """Return the address of another side of the object."""
        found = NOTHING
        if side == _Side.AttributesInterface:
            found = self._addresses[0]
        elif side == _Side.TextInterface and self._node.end > self._node.start:
            found = self._addresses[1]
        elif side == _Side.ActionInterface and self._node.link >= 0:
            found = self._addresses[2]
        return found  # type: ignore[return-value]  # the stub takes the address for a number
