"""One library of the page: a switch with its title, what is known of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import CopyingError
from kbviewer.model.shelf import LibraryKind, ShelfItem
from kbviewer.ui.library.wording import (
    DEED_RIGHTS,
    Deed,
    copied_of,
    deed_name,
    deeds_of,
    facts_of,
    title_of,
    trouble_of,
)
from kbviewer.ui.theme.check_line import CheckLine
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.icon_tool import IconTool
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.rights import needs
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.thin_bar import ThinBar
from kbviewer.ui.theme.tokens import CARD_CORNER_PX

_PAD_PX = 12
_GRIP_PX = 24
_BUSY_DEEDS = frozenset({Deed.CHECK, Deed.INSTALL, Deed.ROLL_BACK, Deed.UNINSTALL})


class LibraryRow(QWidget):
    """Shows a ShelfItem; keeps nothing.

    Signals:
        switched(on): use it or not.
        stepped(by): one place up (-1) or down (1).
        dragged(y): the grip is being moved, at `y` of the screen.
        dropped(y): and let go.
        wanted(deed): do this with it.
    """

    switched = Signal(bool)
    stepped = Signal(int)
    dragged = Signal(int)
    dropped = Signal(int)
    wanted = Signal(object)

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self.item: ShelfItem | None = None
        self._is_busy = False
        self.switch = CheckLine("", self)
        self.grip = Grip(theme, self)
        self.up, self.down = IconTool(theme, "arrow-up", self), IconTool(theme, "arrow-down", self)
        self._facts, self._origin, self._trouble = QLabel(), QLabel(), QLabel()
        self._path = PathLabel(self)
        self._copied, self.copy_bar = QLabel(), ThinBar(theme)
        self.buttons: dict[Deed, QPushButton] = {}
        self._deeds = FlowRow(self, gap=6)
        self._compose()
        self._connect()
        theme.changed.connect(self.restyle)
        theme.zoom_changed.connect(self.restyle)

    def show_item(self, item: ShelfItem, *, at: int, count: int, is_kept: bool, is_busy: bool) -> None:
        """Show a library at its place among `count`.

        Args:
            is_busy: something is under way that leaves no room for another long deed.
        """
        _ = self._translator.gettext
        self.item = item
        title = title_of(item, self._translator)
        # A folder may be there again tomorrow; who does not want to hear of it until then switches it off.
        is_usable = not item.hidden_by and (item.fault is None or item.kind is LibraryKind.FOLDER)
        self.switch.setText(title)
        self.switch.setChecked(item.is_on and is_usable)
        self.switch.setEnabled(is_usable)
        place = _("{at} of {count}").format(at=at + 1, count=count)
        facts, trouble = facts_of(item, self._translator), trouble_of(item, self._translator)
        origin = "\n".join(part.render(_) for part in (item.origin, item.age) if part is not None)
        self.switch.setAccessibleName(title)
        self.switch.setAccessibleDescription(" ".join(filter(None, (facts, origin, trouble, place))))
        for label, text in ((self._facts, facts), (self._origin, origin), (self._trouble, trouble)):
            label.setText(text)
            label.setVisible(bool(text))
        self.show_copied(item.copied)
        # Where the program itself lies is of no interest here.
        paths = () if item.kind is LibraryKind.BUNDLED else item.paths
        self._path.show_path("\n".join(paths))
        for tool, name, keys, allowed in (
            (self.up, _("Move up"), "Alt+↑", at > 0),
            (self.down, _("Move down"), "Alt+↓", at < count - 1),
        ):
            tool.set_name(f"{name}: {title}", keys)
            tool.setEnabled(allowed)
            tool.setVisible(count > 1)
        self.grip.setVisible(count > 1)
        self._show_deeds(deeds_of(item, is_kept=is_kept), item, title, is_busy=is_busy)
        self.restyle()

    def show_copied(self, copied: tuple[int, int]) -> None:
        """Show how many kilobytes of its first copy have been made; that is not spoken each time."""
        is_copying = self.item is not None and self.item.is_copying
        self._copied.setVisible(is_copying)
        self.copy_bar.setVisible(is_copying)
        if is_copying:
            self._copied.setText(copied_of(copied, self._translator))
            # Qt shows how busy it is where nobody knows how much there is.
            self.copy_bar.setRange(0, max(1, copied[1]))
            self.copy_bar.setValue(copied[0])
            self.copy_bar.setAccessibleName(self._translator.gettext("Copying from the share"))
            self.copy_bar.setAccessibleDescription(self._copied.text())

    def stops(self) -> Sequence[QWidget]:
        """Return what Tab visits, in order."""
        return (self.switch, self.up, self.down, *self._deeds.tab_stops())

    def set_roomy(self, roomy: bool) -> None:
        """Let the facts begin under the title, or at the edge where there is little room."""
        self._below.setContentsMargins(_GRIP_PX + 10 if roomy else 0, 0, 0, 0)

    def restyle(self) -> None:
        """Take colours and sizes from the theme."""
        tokens, font = self._theme.tokens, self._theme.body_font()
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        self.switch.setFont(bold)
        for label in (self._facts, self._origin, self._path, self._trouble, self._copied):
            label.setFont(font)
        for label in (self._facts, self._origin, self._path, self._copied):
            label.setStyleSheet(f"color: {tokens.muted};")
        item = self.item
        fault = item.fault if item is not None and not isinstance(item.fault, CopyingError) else None
        is_wrong = item is not None and (fault is not None or item.problems)
        self._trouble.setStyleSheet(f"color: {tokens.warning if is_wrong else tokens.muted};")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the row is small
        """Draw the card."""
        tokens, painter = self._theme.tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.setBrush(QColor(tokens.raised))
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(place, CARD_CORNER_PX, CARD_CORNER_PX)

    def _compose(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.grip, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.switch, 1)
        top.addWidget(self.up, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.down, 0, Qt.AlignmentFlag.AlignTop)
        below = self._below = QVBoxLayout()
        below.setSpacing(4)
        for label in (self._facts, self._trouble, self._copied, self._origin):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            below.addWidget(label)
            if label is self._copied:
                below.addWidget(self.copy_bar)
        below.addWidget(self._path)
        below.addSpacing(4)
        below.addWidget(self._deeds)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD_PX, _PAD_PX, _PAD_PX, _PAD_PX)
        column.setSpacing(2)
        column.addLayout(top)
        column.addLayout(below)

    def _connect(self) -> None:
        # `clicked`, not `toggled`: only what the reader does.
        self.switch.clicked.connect(self.switched)
        self.up.clicked.connect(lambda: self.stepped.emit(-1))
        self.down.clicked.connect(lambda: self.stepped.emit(1))
        self.grip.dragged.connect(self.dragged)
        self.grip.dropped.connect(self.dropped)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.stepped.emit, by))

    def _show_deeds(self, deeds: Sequence[Deed], item: ShelfItem, title: str, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        for deed in deeds:
            if deed not in self.buttons:
                button = self.buttons[deed] = needs(QPushButton(self), *DEED_RIGHTS.get(deed, ()))
                button.clicked.connect(partial(self._want, deed))
        for deed, button in self.buttons.items():
            button.setVisible(deed in deeds)
            # The one with the focus keeps it, and does nothing meanwhile: the next one is never meant.
            button.setEnabled(not self._has_to_wait(deed) or button.hasFocus())
            name = deed_name(deed, item, self._translator)
            button.setText(name.replace("&", "&&"))
            button.setAccessibleName(f"{name.removesuffix('…')}: {title}")
        if [self.buttons[deed] for deed in deeds] != self._deeds.tab_stops():
            shown = [self.buttons[deed] for deed in deeds]
            hidden = [button for button in self.buttons.values() if button not in shown]
            self._deeds.set_items([*shown, *hidden])
            for button in hidden:
                button.hide()
        self._deeds.setVisible(bool(deeds))
        self._deeds.arrange()

    def _has_to_wait(self, deed: Deed) -> bool:
        return self._is_busy and deed in _BUSY_DEEDS

    def _want(self, deed: Deed, _checked: bool = False) -> None:
        if not self._has_to_wait(deed):
            self.wanted.emit(deed)


class Grip(QWidget):
    """Where a row is taken hold of with the mouse; the keyboard has keys of its own.

    Signals:
        dragged(y), dropped(y): at `y` of the screen.
    """

    dragged = Signal(int)
    dropped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_held = False
        self.setFixedSize(QSize(_GRIP_PX, _GRIP_PX + 4))
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_held = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the row is being carried."""
        if self._is_held:
            self.dragged.emit(event.globalPosition().toPoint().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._is_held:
            self._is_held = False
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.dropped.emit(event.globalPosition().toPoint().y())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - small
        """Draw six dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, QRectF(3, 5, 18, 18), "grip", self._theme.tokens.muted)


class PathLabel(QLabel):
    """A path in one line, with its middle left out where there is no room; the tool tip has all of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_path(self, text: str) -> None:
        """Show one path or several, one a line."""
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return that it can be narrow."""
        return QSize(40, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Follow width and font."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        metrics, width = self.fontMetrics(), max(40, self.width())
        lines = (
            metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, width) for line in self._text.split("\n")
        )
        self.setText("\n".join(lines))
