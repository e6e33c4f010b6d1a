"""The strip of tabs above the page; made when there is a second tab."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabBar, QToolButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId, without_mnemonic
from kbviewer.ui.shell.bar_button import BarButton
from kbviewer.ui.theme.icons import icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import MIN_TARGET_PX, TOUCH_TARGET_PX

_HEIGHT_PX = 38
_WIDEST_PX = 240
_NARROWEST_PX = 124
_CROSS_PX = 14
_EDGE_PX = 6
_ARROW_PX = 30


class _CloseButton(QToolButton):
    """The cross of a tab. Keys close with Ctrl+W or Delete, so that it is no stop of its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("flat", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.restyle(theme)

    def restyle(self, theme: Theme) -> None:
        """Take colours and size from the theme."""
        side = TOUCH_TARGET_PX - 10 if theme.touch else MIN_TARGET_PX
        self.setIcon(icon("close", theme.tokens.muted, _CROSS_PX))
        self.setIconSize(QSize(_CROSS_PX, _CROSS_PX))
        self.setStyleSheet(
            f"QToolButton {{ min-width: 0; min-height: 0; padding: 0; margin-right: {_EDGE_PX}px; }}"
        )
        self.setFixedSize(side + _EDGE_PX, side)


class TabRow(QTabBar):
    """Qt's tab bar with tabs that share the width.

    Signals:
        close_wanted(at), menu_wanted(at, global point): for the tab that stands there.
    """

    close_wanted = Signal(int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._middle = -1
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setDocumentMode(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def tabSizeHint(self, index: int) -> QSize:  # noqa: ARG002 - all tabs are alike
        """Return a tab's share of the width, wide enough to read its beginning."""
        height = TOUCH_TARGET_PX if self._theme.touch else _HEIGHT_PX
        least = round(_NARROWEST_PX * max(1.0, self._theme.zoom))
        share = self.width() // max(1, self.count())
        return QSize(max(least, min(_WIDEST_PX, share)), height)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the same: tabs that have no room are scrolled to."""
        return self.tabSizeHint(index)

    def sizeHint(self) -> QSize:
        """Return the height of a tab and no wish for width."""
        return QSize(_NARROWEST_PX, self.tabSizeHint(0).height())

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def share_out(self) -> None:
        """Size the tabs anew, as with another zoom."""
        # Qt sizes its tabs only when something of its own changes.
        self.resizeEvent(QResizeEvent(self.size(), self.size()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll through the tabs; Qt would open one after the other."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        name = "ScrollLeftButton" if turn > 0 else "ScrollRightButton"
        button = self.findChild(QToolButton, name)
        if turn and button is not None and button.isVisible() and button.isEnabled():
            button.click()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where the middle button goes down."""
        self._middle = -1
        if event.button() == Qt.MouseButton.MiddleButton:
            self._middle = self.tabAt(event.position().toPoint())
        elif event.button() == Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close a tab with the middle button."""
        if event.button() != Qt.MouseButton.MiddleButton:
            super().mouseReleaseEvent(event)
            return
        at, self._middle = self._middle, -1
        if at >= 0 and self.tabAt(event.position().toPoint()) == at:
            self.close_wanted.emit(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a tab; with the keyboard, of the one that is shown."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.currentIndex() if by_key else self.tabAt(event.pos())
        point = self.mapToGlobal(self.tabRect(at).bottomLeft()) if by_key else event.globalPos()
        if at >= 0:
            self.menu_wanted.emit(at, point)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete closes; the ends are a key away; all else is Qt's."""
        if event.key() == Qt.Key.Key_Delete:
            self.close_wanted.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.setCurrentIndex(0 if event.key() == Qt.Key.Key_Home else self.count() - 1)
        else:
            super().keyPressEvent(event)


class TabStrip(QWidget):
    """Shows the tabs, hidden while there is one.

    Signals:
        tab_chosen(number), tab_closed(number), others_closed(number), tab_duplicated(number): of a tab.
        tab_moved(from, to): the reader dragged it.
    """

    tab_chosen = Signal(int)
    tab_closed = Signal(int)
    others_closed = Signal(int)
    tab_duplicated = Signal(int)
    tab_moved = Signal(int, int)

    def __init__(
        self, theme: Theme, translator: Translator, actions: ActionSet, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._actions = actions
        self._numbers: list[int] = []
        self._is_filling = False
        self.bar = TabRow(theme)
        self.bar.currentChanged.connect(self._choose)
        self.bar.tabMoved.connect(self._move)
        self.bar.close_wanted.connect(lambda at: self.tab_closed.emit(self._numbers[at]))
        self.bar.menu_wanted.connect(lambda at, point: self.make_menu(at).popup(point))
        self.new_button = BarButton(theme, "plus", actions[ActionId.NEW_TAB])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.new_button)
        theme.changed.connect(self._restyle)
        theme.zoom_changed.connect(self.bar.share_out)
        self._restyle()
        self.retranslate()

    def show_tabs(self, tabs: Sequence[tuple[int, str]], current: int) -> None:
        """Show tabs by number and title, the `current`th in front."""
        self._is_filling = True
        numbers = [number for number, _ in tabs]
        # Tabs that stay keep their buttons: one of them may have been pressed just now.
        for at in reversed(range(self.bar.count())):
            if self._numbers[at] not in numbers:
                self.bar.removeTab(at)
                del self._numbers[at]
        for at, number in enumerate(numbers):
            if number not in self._numbers:
                self._numbers.insert(at, number)
                self.bar.insertTab(at, "")
                self.bar.setTabButton(at, QTabBar.ButtonPosition.RightSide, self._close_button(number))
            elif (was := self._numbers.index(number)) != at:
                self._numbers.insert(at, self._numbers.pop(was))
                self.bar.moveTab(was, at)
        for at, (_, title) in enumerate(tabs):
            self._name(at, title)
        self.bar.setCurrentIndex(current)
        self.setVisible(len(tabs) > 1)
        self._is_filling = False

    def follow(self, before: QWidget) -> None:
        """Be what Tab comes to after another part."""
        QWidget.setTabOrder(before, self.bar)
        QWidget.setTabOrder(self.bar, self.new_button)

    def retranslate(self) -> None:
        """Take all texts from the language that is on; titles come with the tabs."""
        # Of the row itself, Qt says which tab is in front.
        self.setAccessibleName(self._translator.gettext("Tabs"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the locale of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.bar.share_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the strip and draw its edge."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.tokens.window))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(self._theme.tokens.border))

    def _choose(self, at: int) -> None:
        if not self._is_filling and at >= 0:
            self.tab_chosen.emit(self._numbers[at])

    def _move(self, from_at: int, to_at: int) -> None:
        if not self._is_filling:
            self._numbers.insert(to_at, self._numbers.pop(from_at))
            self.tab_moved.emit(from_at, to_at)

    def _close_button(self, number: int) -> _CloseButton:
        button = _CloseButton(self._theme)
        button.clicked.connect(partial(self._close, number))
        return button

    def _close(self, number: int, _checked: bool = False) -> None:
        self.tab_closed.emit(number)

    def _name(self, at: int, title: str) -> None:
        """Give a tab its title; "&" in it is a letter."""
        text = title.replace("&", "&&")
        if self.bar.tabText(at) != text:
            self.bar.setTabText(at, text)
        self.bar.setTabToolTip(at, title)
        self.bar.setAccessibleTabName(at, title)
        button = self.bar.tabButton(at, QTabBar.ButtonPosition.RightSide)
        label = self._translator.gettext("Close {title}").format(title=title)
        button.setAccessibleName(label)
        button.setToolTip(label)

    def make_menu(self, at: int) -> QMenu:
        """Return what can be done with the tab that stands there."""
        number, actions = self._numbers[at], self._actions
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action, signal in (
            (ActionId.CLOSE_TAB, self.tab_closed),
            (ActionId.CLOSE_OTHER_TABS, self.others_closed),
            (ActionId.DUPLICATE_TAB, self.tab_duplicated),
        ):
            if not actions.offers(action):
                continue
            item = menu.addAction(without_mnemonic(actions[action].text()))
            item.triggered.connect(lambda _checked=False, chosen=signal: chosen.emit(number))
        menu.addSeparator()
        for action in filter(actions.offers, (ActionId.REOPEN_TAB, ActionId.NEW_TAB)):
            menu.addAction(actions[action])
        return menu

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        arrow = TOUCH_TARGET_PX if self._theme.touch else _ARROW_PX
        # All surfaces are black in high contrast: edges say which tab is in front and has the focus.
        edge = tokens.border if tokens.high_contrast else "transparent"
        self.bar.setStyleSheet(
            "QTabBar { outline: none; }"
            f"QTabBar::tab {{ background: transparent; color: {tokens.muted}; outline: none;"
            f" padding: 0 2px 0 10px; border: 2px solid transparent;"
            f" border-right: 1px solid {tokens.border}; }}"
            f"QTabBar::tab:hover {{ color: {tokens.text}; background: {tokens.accent_soft}; }}"
            f"QTabBar::tab:selected {{ background: {tokens.page}; color: {tokens.text};"
            f" border: 2px solid {edge}; border-top: 3px solid {tokens.accent};"
            f" border-right: 1px solid {tokens.border}; border-bottom: 2px solid transparent; }}"
            f"QTabBar::tab:selected:focus {{ border: 2px solid {tokens.accent}; }}"
            f"QTabBar::scroller {{ width: {2 * arrow}px; }} QTabBar::tear {{ width: 0; image: none; }}"
            f"#ScrollLeftButton, #ScrollRightButton {{ background: {tokens.window};"
            f" border: 1px solid {tokens.border}; border-radius: 4px;"
            " min-width: 24px; min-height: 20px; padding: 0; }"
            f"#ScrollLeftButton:disabled, #ScrollRightButton:disabled {{ border-color: {tokens.window}; }}"
        )
        self._restyle_crosses()
        self.bar.share_out()
        self.bar.updateGeometry()
        self.update()

    def _restyle_crosses(self) -> None:
        for at in range(self.bar.count()):
            button = self.bar.tabButton(at, QTabBar.ButtonPosition.RightSide)
            if isinstance(button, _CloseButton):
                button.restyle(self._theme)
