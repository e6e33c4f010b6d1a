"""Side by side, on and off. The second column is imported when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal

from kbviewer.i18n.translator import Translator
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.frame import Frame
from kbviewer.ui.shell.page_area import PageArea
from kbviewer.ui.shell.page_factory import PageFactory
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import BESIDE_FROM_PX, SIDE_PANE_PX

if TYPE_CHECKING:
    from kbviewer.ui.article.page import ArticlePage

SETTING = "side_by_side"


class BesideSwitch(QObject):
    """Switches the second column on and off, and folds the side pane while there is no room for both.

    Signals:
        setting_changed(name, value): the reader chose it, keep it.
    """

    setting_changed = Signal(str, object)

    def __init__(
        self,
        actions: ActionSet,
        area: PageArea,
        frame: Frame,
        factory: PageFactory,
        theme: Theme,
        translator: Translator,
        *,
        wanted: bool,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._action = actions[ActionId.SIDE_BY_SIDE]
        self._area = area
        self._frame = frame
        self._factory = factory
        self._theme = theme
        self._translator = translator
        self._wanted = wanted
        self._has_folded = False
        self._is_pane_kept = False
        self._is_moving = False
        self._action.setChecked(wanted)
        actions.bind_toggle(ActionId.SIDE_BY_SIDE, self.set_wanted)
        area.article_page_made.connect(self._begin)
        frame.installEventFilter(self)
        frame.pane_shown.connect(self._note_pane)
        theme.zoom_changed.connect(self._fit_pane)

    def set_wanted(self, wanted: bool) -> None:
        """Show both languages, or one."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._action.setChecked(wanted)
            self.setting_changed.emit(SETTING, wanted)
            self._apply()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and watched is self._frame:
            self._fit_pane()
        return False

    def _begin(self, _page: ArticlePage) -> None:
        """Begin as it was left, with the first article."""
        if self._wanted:
            self._apply()

    def _apply(self) -> None:
        page = self._area.article_page
        if page is None:
            return
        beside = self._area.beside
        if beside is None:
            beside = self._area.beside = self._factory.make_beside(page)
            beside.close_pressed.connect(lambda: self.set_wanted(False))
        if self._wanted:
            self._is_pane_kept = False
            self._fit_pane()
            beside.start()
        else:
            beside.stop()
            self._give_back()

    def _fit_pane(self) -> None:
        """Fold the side pane while both columns have room without it only."""
        least = BESIDE_FROM_PX * max(1.0, self._theme.zoom)
        beside_pane = self._frame.width() - SIDE_PANE_PX
        if not self._wanted or self._frame.is_narrow or self._area.article_page is None:
            return
        if self._has_folded and beside_pane >= least:
            self._give_back()
        elif (
            self._frame.pane_wanted and not self._is_pane_kept and beside_pane < least <= self._frame.width()
        ):
            self._has_folded = True
            self._move_pane(False)

    def _give_back(self) -> None:
        """Unfold the side pane, when it was not the reader who folded it."""
        if self._has_folded:
            self._has_folded = False
            self._move_pane(True)

    def _move_pane(self, shown: bool) -> None:
        self._is_moving = True
        self._frame.set_pane_wanted(shown)
        self._is_moving = False

    def _note_pane(self, shown: bool) -> None:
        """Leave the pane alone once the reader has brought it back."""
        if shown and self._has_folded and self._frame.pane_wanted and not self._is_moving:
            self._has_folded = False
            self._is_pane_kept = True
