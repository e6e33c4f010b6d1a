"""The visible parts of a window, made in the order in which Tab visits them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QMainWindow, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.search.field import SearchField
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.frame import Frame
from kbviewer.ui.shell.notice_bar import NoticeBar
from kbviewer.ui.shell.page_area import PageArea
from kbviewer.ui.shell.page_factory import PageFactory
from kbviewer.ui.shell.side_pane import SidePane
from kbviewer.ui.shell.toast import Toast
from kbviewer.ui.shell.top_bar import TopBar
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.shell.tab_strip import TabStrip


class Parts(NamedTuple):
    """What the window is put together from."""

    field: SearchField
    bar: TopBar
    notice: NoticeBar
    pane: SidePane
    area: PageArea
    frame: Frame
    toast: Toast

    def fill_pane(self) -> None:
        """Fill the side pane and put it between bar and page for Tab, though it is made last."""
        self.pane.fill()
        card = self.pane.progress
        stops = (self.bar.last_stop, self.pane.tabs, self.pane.outline, card.guided_button, card.reset_button)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        if self.frame.strip is not None:
            self.place_strip(self.frame.strip)

    def place_strip(self, strip: TabStrip) -> None:
        """Put the strip of tabs between bar and pane for Tab."""
        strip.follow(self.bar.last_stop)


def build_parts(
    window: QMainWindow, actions: ActionSet, theme: Theme, translator: Translator, factory: PageFactory
) -> Parts:
    """Make the parts and put them into `window`."""
    field = SearchField(theme, translator)
    bar = TopBar(theme, translator, actions, field)
    notice = NoticeBar(theme, translator)
    pane = SidePane(theme, translator)
    area = PageArea(theme, factory)
    frame = Frame(bar, notice, pane, area, theme)
    window.setCentralWidget(frame)
    toast = Toast(theme, lambda: area.current)
    frame.add_foot(toast)
    return Parts(field, bar, notice, pane, area, frame, toast)
