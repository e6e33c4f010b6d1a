"""The bar on top: name, search field, language, zoom, theme and the menu. It gives way on narrow windows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Right
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.bar_button import BarButton
from kbviewer.ui.shell.language_switch import LanguageSwitch
from kbviewer.ui.shell.menu_button import MenuButton
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.rights import needs
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX, FOCUS_RING_PX, TOP_BAR_PX, TOUCH_TARGET_PX

_FIELD_PX: Final = 620
_NAME_FROM_PX: Final = 900
_ZOOM_FROM_PX: Final = 700
_BRAND_FROM_PX: Final = 480
_BACK_FROM_PX: Final = 400


class _Brand(QPushButton):
    """The program's sign and name; leads home."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.with_name = True
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of sign and name."""
        side = TOUCH_TARGET_PX if self._theme.touch else 40
        name = self.fontMetrics().horizontalAdvance(self.text()) + 12 if self.with_name else 0
        return QSize(side + name, side)

    def minimumSizeHint(self) -> QSize:
        """Return the same: the window hides the name instead."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the button is small
        """Draw sign, name and focus ring."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), FOCUS_RING_PX))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)
        paint_icon(painter, QRectF(6, box.height() / 2 - 13, 26, 26), "book", tokens.accent)
        if self.with_name:
            painter.setPen(QColor(tokens.text))
            text = box.adjusted(40, 0, -2, 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class TopBar(QWidget):
    """Holds what is always at hand.

    Signals:
        pane_requested(): show or hide the side pane.
    """

    pane_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        translator: Translator,
        actions: ActionSet,
        field: QLineEdit,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._pane_offered = False
        self._added: tuple[QWidget, ...] = ()
        self.pane_button = BarButton(theme, "panel")
        self.pane_button.clicked.connect(self.pane_requested)
        self._brand = _Brand(theme)
        self._brand.clicked.connect(actions[ActionId.HOME].trigger)
        self.back_button = BarButton(theme, "arrow-left", actions[ActionId.BACK])
        self.forward_button = BarButton(theme, "arrow-right", actions[ActionId.FORWARD])
        self._field = field
        field.setMaximumWidth(_FIELD_PX)
        field.setMinimumWidth(60)
        field.installEventFilter(self)
        field.textChanged.connect(self._fold)
        self.languages = needs(LanguageSwitch(theme), Right.SWITCH_LANGUAGE)
        self._zoom = (
            BarButton(theme, "minus", actions[ActionId.ZOOM_OUT]),
            BarButton(theme, "plus", actions[ActionId.ZOOM_IN]),
        )
        self._themes = needs(MenuButton(theme, "contrast", actions.build_theme_menu()), Right.SETTINGS)
        self._menu = MenuButton(theme, "menu", actions.build_menu())
        self._compose()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    @property
    def last_stop(self) -> QWidget:
        """What Tab comes to last in the bar."""
        return self._menu

    def set_languages(self, languages: Sequence[str], current: str) -> None:
        """Offer `languages`, with `current` on."""
        self.languages.set_languages(languages, current)
        self._order_tabs()
        self._fold()

    def add_button(self, button: QWidget) -> None:
        """Put one more button before the menu."""
        self._layout.insertWidget(self._layout.indexOf(self._menu), button)
        self._added = (*self._added, button)
        self._order_tabs()
        self._fold()

    def offer_pane(self, offered: bool) -> None:
        """Show the button for a pane that is folded."""
        self._pane_offered = offered
        self._fold()

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self._brand.setText(_("Knowledge base"))
        self._brand.setAccessibleName(_("Home"))
        self._brand.setToolTip(_("Home"))
        self._brand.updateGeometry()
        self.pane_button.set_name(_("Contents"))
        for button in (self.back_button, self.forward_button):
            button.setAccessibleDescription(_("Press and hold for a list of pages"))
        self._themes.set_name(_("Theme"))
        self._menu.set_name(_("Menu"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give a narrow bar to the search field while the reader types."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut) and watched is self._field:
            self._fold()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way to the search field."""
        super().resizeEvent(event)
        self._fold()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the bar and draw its edge."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.tokens.page))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(self._theme.tokens.border))

    def _compose(self) -> None:
        layout = QHBoxLayout(self)
        layout.setSpacing(4)
        layout.addWidget(self.pane_button)
        layout.addWidget(self._brand)
        layout.addSpacing(4)
        layout.addWidget(self.back_button)
        layout.addWidget(self.forward_button)
        self._margins = (layout.count(), layout.count() + 2)
        layout.addStretch(2)
        layout.addWidget(self._field, 12)
        layout.addStretch(3)
        layout.addSpacing(4)
        layout.addWidget(self.languages)
        layout.addSpacing(4)
        for button in (*self._zoom, self._themes, self._menu):
            layout.addWidget(button)
        self._layout = layout

    @property
    def _room(self) -> int:
        """The width as it would be without what a kiosk adds."""
        added = sum(button.sizeHint().width() + self._layout.spacing() for button in self._added)
        return self.width() - added - self.languages.spelled_px

    def _fold(self) -> None:
        width = self._room
        self._brand.with_name = width >= _NAME_FROM_PX
        self._brand.updateGeometry()
        self._brand.setVisible(width >= _BRAND_FROM_PX)
        for button in (*self._zoom, self._themes, self.forward_button):
            button.setVisible(width >= _ZOOM_FROM_PX)
        typing = self._field.hasFocus() and bool(self._field.text())
        crowded = typing and width < _BRAND_FROM_PX
        self.pane_button.setVisible(self._pane_offered and not crowded)
        # The menu has "back", too.
        no_room = self._theme.touch and width < _BACK_FROM_PX
        self.back_button.setVisible(not crowded and not no_room)
        self.languages.set_compact(width < _BRAND_FROM_PX)
        self.languages.setVisible(not crowded and self.languages.is_useful)
        for margin, share in zip(self._margins, (2, 3), strict=True):
            self._layout.setStretch(margin, share if width >= _NAME_FROM_PX else 0)
        side = 12 if width >= _ZOOM_FROM_PX else 4
        self._layout.setContentsMargins(side, 0, side, 1)
        self._layout.setSpacing(4 if width >= _ZOOM_FROM_PX else 2)

    def _order_tabs(self) -> None:
        """Let Tab follow the eye; parts that were made later would come last."""
        start = (self.pane_button, self._brand, self.back_button, self.forward_button, self._field)
        end = (*self._zoom, self._themes, *self._added, self._menu)
        stops = [*start, *self.languages.stops, *end]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _restyle(self) -> None:
        self.setFixedHeight(TOP_BAR_PX + (8 if self._theme.touch else 0))
        self._brand.updateGeometry()
        self._fold()
        self.update()
