"""What a screen reader meets in the widgets of a page: they stand in the text's structure, not beside it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget

from kbviewer.ui.article.accessible_block import NOTHING, NodeAttributes, Surroundings, address
from kbviewer.ui.article.accessible_tree import Node
from kbviewer.ui.article.faq_header import FaqHeader
from kbviewer.ui.article.matrix_buttons import CellButton, HeadingButton
from kbviewer.ui.article.tick_box import TickBox

Role = QAccessible.Role
_Side = QAccessible.InterfaceType
_UNKNOWN = Node("", Role.NoRole)
_PRESS = QAccessibleActionInterface.pressAction
_TOGGLE = QAccessibleActionInterface.toggleAction


class Page(Surroundings, Protocol):
    """What the widgets need to know of their page."""

    def root(self) -> Node:
        """Return the structure of what is shown now."""

    def node_of_widget(self, widget: QWidget) -> Node | None:
        """Return the node of an embedded widget."""

    def node_at(self, point: QPoint) -> Node | None:
        """Return the outermost node below the root at a point of the screen."""

    def focused_node(self) -> Node | None:
        """Return the link that has the focus."""


class DocumentInterface(QAccessibleWidget):
    """The page's document: its children are the structure of the article."""

    def __init__(self, viewport: QWidget, page: Page) -> None:
        super().__init__(viewport, Role.Document, "")
        self._page = page
        self._attributes = NodeAttributes(_UNKNOWN)
        self._address = address(self._attributes)

    def text(self, kind: QAccessible.Text) -> str:
        """Return the article's title."""
        return self._page.root().name if kind == QAccessible.Text.Name else ""

    def childCount(self) -> int:
        """Return how many objects stand on the page."""
        return len(self._page.root().children)

    def child(self, index: int) -> QAccessibleInterface:
        """Return one of them."""
        children = self._page.root().children
        found = self._page.interface(children[index]) if 0 <= index < len(children) else None
        return found  # type: ignore[return-value]  # the stub knows no "None"

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return which one it is, -1 for none of them."""
        node, children = self._page.node_of(child), self._page.root().children
        return children.index(node) if node in children else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """Return the object at a point of the screen."""
        node = self._page.node_at(QPoint(x, y))
        found = self._page.interface(node) if node is not None else None
        return found  # type: ignore[return-value]  # the stub knows no "None"

    def focusChild(self) -> QAccessibleInterface:
        """Return the object that has the focus."""
        node = self._page.focused_node()
        found = self._page.interface(node) if node is not None else super().focusChild()
        return found  # type: ignore[return-value]  # the stub knows no "None"

    def interface_cast(self, side: QAccessible.InterfaceType) -> int:
        """Return the address of another side of the object."""
        if side == _Side.AttributesInterface:
            self._attributes.node = self._page.root()
            return self._address  # type: ignore[return-value]  # the stub takes the address for a number
        return _address_or_nothing(super().interface_cast(side))


class EmbeddedInterface(QAccessibleWidget):
    """An embedded widget: its parent is where it stands in the text, its children go from left to right."""

    def __init__(self, widget: QWidget, page: Page, role: QAccessible.Role) -> None:
        super().__init__(widget, role, "")
        self._page = page
        # Qt may want the object while the page is being laid out: nothing is looked up before it is asked.
        self._attributes = NodeAttributes(_UNKNOWN)
        self._address = address(self._attributes)

    def parent(self) -> QAccessibleInterface:
        """Return what it lies in."""
        node = self._page.node_of_widget(self._widget())
        if node is None or node.parent is None:
            return super().parent()
        found = self._page.interface(node.parent)
        return found if found is not None else super().parent()

    def childCount(self) -> int:
        """Return how many widgets lie in it."""
        return len(self._children())

    def child(self, index: int) -> QAccessibleInterface:
        """Return one of them."""
        children = self._children()
        found = QAccessible.queryAccessibleInterface(children[index]) if 0 <= index < len(children) else None
        return found  # type: ignore[return-value]  # the stub knows no "None"

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return which one it is, -1 for none of them."""
        widget, children = child.object(), self._children()
        return children.index(widget) if isinstance(widget, QWidget) and widget in children else -1

    def state(self) -> QAccessible.State:
        """Return the state; what only waits out of view is not said to be hidden."""
        state = super().state()
        if state.invisible and self._page.node_of_widget(self._widget()) is not None:
            state.invisible = False
            state.offscreen = True
        return state

    def interface_cast(self, side: QAccessible.InterfaceType) -> int:
        """Return the address of another side of the object."""
        if side == _Side.AttributesInterface:
            self._attributes.node = self._page.node_of_widget(self._widget()) or _UNKNOWN
            return self._address  # type: ignore[return-value]  # the stub takes the address for a number
        return _address_or_nothing(super().interface_cast(side))

    def _widget(self) -> QWidget:
        widget = self.object()
        assert isinstance(widget, QWidget)  # noqa: S101 - it is made for one
        return widget

    def _children(self) -> list[QWidget]:
        shown = [
            child
            for child in self._widget().children()
            if isinstance(child, QWidget) and not child.isHidden() and not child.isWindow()
        ]
        return sorted(shown, key=lambda child: (child.y(), child.x()))


class ButtonInterface(EmbeddedInterface):
    """A tick box, a question's header, a small button."""

    def __init__(self, widget: QWidget, page: Page) -> None:
        super().__init__(widget, page, Role.CheckBox if isinstance(widget, TickBox) else Role.Button)

    def state(self) -> QAccessible.State:
        """Return the state with what is ticked or open."""
        state, widget = super().state(), self._widget()
        if isinstance(widget, TickBox):
            state.checkable = True
            state.checked = widget.checkState() is Qt.CheckState.Checked
            state.checkStateMixed = widget.checkState() is Qt.CheckState.PartiallyChecked
        elif isinstance(widget, FaqHeader):
            state.expandable = True
            state.expanded = widget.is_open
            state.collapsed = not widget.is_open
        return state

    def actionNames(self) -> list[str]:
        """Return the actions."""
        press = _TOGGLE() if isinstance(self._widget(), TickBox) else _PRESS()
        return [press, QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        """Do one of them."""
        widget = self._widget()
        if name in (_PRESS(), _TOGGLE()) and isinstance(widget, QAbstractButton):
            widget.click()
        else:
            super().doAction(name)


class ChoiceInterface(QAccessibleWidget):
    """A heading or cell of a matrix: one of its axis is chosen, which Qt would call a check box."""

    def __init__(self, widget: HeadingButton | CellButton) -> None:
        super().__init__(widget, Role.RadioButton, "")
        self._button = widget

    def state(self) -> QAccessible.State:
        """Return the state with what is chosen."""
        state = super().state()
        state.checkable = True
        state.checked = self._button.isChecked()
        return state

    def actionNames(self) -> list[str]:
        """Return the actions."""
        return [_PRESS(), QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        """Do one of them."""
        if name == _PRESS():
            self._button.click()
        else:
            super().doAction(name)


def _address_or_nothing(found: object) -> int:
    """Return an address that came from Qt as Qt takes it back: not None, which the null address came as."""
    return NOTHING if found is None else found  # type: ignore[return-value]  # the stub takes it for a number


def embedded_interface(widget: QWidget, page: Page) -> EmbeddedInterface:
    """Return the object of an embedded widget."""
    if isinstance(widget, QAbstractButton):
        return ButtonInterface(widget, page)
    return EmbeddedInterface(widget, page, Role.Grouping)
