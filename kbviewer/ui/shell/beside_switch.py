"""Side by side, on and off. The second column is imported when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kbviewer.i18n.translator import Translator
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.frame import Frame
from kbviewer.ui.shell.page_area import PageArea
from kbviewer.ui.shell.page_factory import PageFactory
from kbviewer.ui.theme.theme import Theme

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
        self._pane_was_folded = False
        self._action.setChecked(wanted)
        actions.bind_toggle(ActionId.SIDE_BY_SIDE, self.set_wanted)
        area.article_page_made.connect(self._begin)

    def set_wanted(self, wanted: bool) -> None:
        """Show both languages, or one."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._action.setChecked(wanted)
            self.setting_changed.emit(SETTING, wanted)
            self._apply()

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
            self._make_room()
            beside.start()
        else:
            beside.stop()
            self._give_back()

    def _make_room(self) -> None:
        """Fold the side pane when both columns would be too narrow beside it."""
        from kbviewer.ui.article.beside import LEAST_PX

        room = self._area.width()
        if (
            room < LEAST_PX * max(1.0, self._theme.zoom)
            and self._frame.pane_wanted
            and not self._frame.is_narrow
        ):
            self._pane_was_folded = True
            self._frame.set_pane_wanted(False)

    def _give_back(self) -> None:
        """Unfold the side pane, when it was not the reader who folded it."""
        if self._pane_was_folded:
            self._pane_was_folded = False
            self._frame.set_pane_wanted(True)
