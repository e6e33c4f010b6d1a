"""The real widgets over the document: made when they come near, kept across rebuilds, moved with the text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from kbviewer.ui.article.geometry import Geometry
from kbviewer.ui.article.page_map import Embedded, Kind, Place
from kbviewer.ui.article.styles import Styles

EAGER_LIMIT = 160
Make = Callable[[Embedded, QWidget], QWidget]
Refresh = Callable[[QWidget, Embedded], None]
Measure = Callable[[Embedded, int], int | None]


class EmbeddedLayer:
    """Owns the widgets of one page by their keys."""

    def __init__(
        self, viewport: QWidget, make: Make, refresh: Refresh, measure: Measure = lambda _item, _width: None
    ) -> None:
        """Args:
        measure: returns how high a widget that is not made yet will be, None when only itself can tell.
        """
        self._viewport = viewport
        self._make = make
        self._refresh = refresh
        self._measure = measure
        self._widgets: dict[str, QWidget] = {}
        self._items: dict[str, Embedded] = {}
        self._order: list[Embedded] = []
        self._stale: set[str] = set()
        self._geometry: Geometry | None = None
        self._styles: Styles | None = None

    def load(self, items: list[Embedded], geometry: Geometry, styles: Styles) -> None:
        """Take the widgets of a rebuilt page; those that it has again are kept, with their focus."""
        self._geometry, self._styles = geometry, styles
        before, self._order = self._items, items
        self._items = {item.key: item for item in items}
        for key in list(self._widgets):
            item = self._items.get(key)
            if item is None or item.kind is not before[key].kind:
                self._drop(key)
        self._stale = set(self._widgets)

    def widget(self, key: str) -> QWidget | None:
        """Return the widget, made now when it was not before; None when the page has no such."""
        item = self._items.get(key)
        if item is None:
            return None
        found = self._widgets.get(key)
        if found is None:
            found = self._widgets[key] = self._make(item, self._viewport)
        elif key in self._stale:
            self._stale.discard(key)
            self._refresh(found, item)
        return found

    def made(self, key: str) -> QWidget | None:
        """Return the widget if it has been made."""
        return self._widgets.get(key)

    def refresh(self, key: str) -> None:
        """Show a widget's state anew, if it has been made."""
        if key in self._widgets and key in self._items:
            self._refresh(self._widgets[key], self._items[key])

    def key_of(self, widget: QWidget | None) -> str:
        """Return the key of the widget that is or holds `widget`, "" for none."""
        while widget is not None and widget is not self._viewport:
            for key, candidate in self._widgets.items():
                if candidate is widget:
                    return key
            widget = widget.parentWidget()
        return ""

    def height_for(self, key: str, width: int) -> int:
        """Return how high a widget with a line of its own is."""
        item = self._items.get(key)
        if item is not None and key not in self._widgets:
            # A layout asks for all heights, and most widgets are far out of view.
            height = self._measure(item, width)
            if height is not None:
                return max(1, height)
        widget = self.widget(key)
        return max(1, widget.heightForWidth(width)) if widget is not None else 1

    def place_all(self, offset_x: int, offset_y: int) -> None:
        """Make all widgets and move them to their text."""
        for item in self._order:
            self._place(item, offset_x, offset_y)

    def place(self, first: int, last: int, offset_x: int, offset_y: int) -> None:
        """Make and move the widgets of the blocks `first` to `last`, hide all others."""
        for item in self._order:
            if item.first > last or item.last < first:
                known = self._widgets.get(item.key)
                if known is not None and known.isVisibleTo(self._viewport) and not _has_focus(known):
                    known.hide()
                continue
            self._place(item, offset_x, offset_y)

    def place_one(self, key: str, offset_x: int, offset_y: int) -> None:
        """Make and move one widget, wherever it is."""
        if key in self._items:
            self._place(self._items[key], offset_x, offset_y)

    def clear(self) -> None:
        """Drop all widgets."""
        for key in list(self._widgets):
            self._drop(key)
        self._order, self._items = [], {}

    def _place(self, item: Embedded, offset_x: int, offset_y: int) -> None:
        if self._geometry is None or self._styles is None:
            return
        rect = self._geometry.embedded_rect(item, self._target(item))
        if rect.isEmpty():
            known = self._widgets.get(item.key)
            if known is not None:
                known.hide()
            return
        widget = self.widget(item.key)
        if widget is None:
            return
        if item.kind is Kind.FAQ:
            pad = self._styles.measures.px(11)
            rect = rect.adjusted(0, -pad, 0, pad)
        widget.setGeometry(
            QRect(
                round(rect.left()) - offset_x,
                round(rect.top()) - offset_y,
                round(rect.width()),
                round(rect.height()),
            )
        )
        if widget.isHidden():
            widget.show()

    def _target(self, item: Embedded) -> int:
        if self._styles is None:
            return 0
        measures = self._styles.measures
        if item.place is Place.MARGIN:
            return measures.tick_target
        if item.kind is Kind.STEP_MENU:
            return measures.menu_button
        return measures.small_button

    def _drop(self, key: str) -> None:
        widget = self._widgets.pop(key)
        if _has_focus(widget):
            self._viewport.setFocus()
        widget.hide()
        widget.deleteLater()


def _has_focus(widget: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))
