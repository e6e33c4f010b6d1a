"""The pane beside the page: the outline and how far the reader has come, or bookmarks, or notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QStackedLayout, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import OutlineEntry
from kbviewer.model.policy import Right
from kbviewer.model.progress import Progress
from kbviewer.ui.shell.pane_tabs import PaneTabs, Tab
from kbviewer.ui.theme.rights import needs
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import SIDE_PANE_PX

if TYPE_CHECKING:
    from kbviewer.ui.marks.bookmark_pane import BookmarkPane
    from kbviewer.ui.marks.note_pane import NotePane
    from kbviewer.ui.shell.outline_view import OutlineView
    from kbviewer.ui.shell.progress_card import ProgressCard

    ListPane = BookmarkPane | NotePane


class SidePane(QWidget):
    """Outline above, progress below. Empty until `fill`, so that the article is on screen first.

    Bookmarks and notes are made by whoever keeps them, when they are first shown.

    Signals:
        anchor_chosen(anchor): go to that section.
        guided_requested(): show one step at a time.
        reset_requested(): clear the ticks.
        tab_shown(tab): another view is on.
    """

    anchor_chosen = Signal(str)
    guided_requested = Signal()
    reset_requested = Signal()
    tab_shown = Signal(int)

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._entries: Sequence[OutlineEntry] = ()
        self._active = ""
        self._shown = Progress(0, 0)
        self._can_reset = False
        self._outline: OutlineView | None = None
        self._card: ProgressCard | None = None
        self._makers: dict[Tab, Callable[[], ListPane]] = {}
        self._lists: dict[Tab, ListPane] = {}
        self._marked: frozenset[str] = frozenset()
        self._has_article = False
        self.tabs = needs(PaneTabs(theme), Right.NOTES)
        self.tabs.currentChanged.connect(self._show_tab)
        self._nothing = QLabel()
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(16, 4, 16, 6)
        self._nothing.hide()
        self.setFixedWidth(SIDE_PANE_PX)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 1, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.tabs)
        self._pages = QStackedLayout()
        self._column.addLayout(self._pages, 1)
        contents = QWidget()
        self._contents = QVBoxLayout(contents)
        self._contents.setContentsMargins(0, 10, 0, 0)
        self._contents.setSpacing(0)
        self._contents.addWidget(self._nothing)
        self._contents.addStretch(0)
        self._pages.addWidget(contents)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    @property
    def outline(self) -> OutlineView:
        """The list of headings and questions."""
        self.fill()
        assert self._outline is not None  # noqa: S101 - made by fill
        return self._outline

    @property
    def progress(self) -> ProgressCard:
        """The card with the progress."""
        self.fill()
        assert self._card is not None  # noqa: S101 - made by fill
        return self._card

    def fill(self) -> None:
        """Make what the pane shows; nothing when it is there."""
        if self._outline is not None:
            return
        from kbviewer.ui.shell.outline_view import OutlineView
        from kbviewer.ui.shell.progress_card import ProgressCard

        self._outline = OutlineView(self._theme, self)
        self._card = ProgressCard(self._theme, self._translator, self)
        self._contents.insertWidget(1, self._outline, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 10, 13, 16)
        foot.addWidget(self._card)
        self._contents.addLayout(foot)
        self._outline.anchor_chosen.connect(self.anchor_chosen)
        self._card.guided_requested.connect(self.guided_requested)
        self._card.reset_requested.connect(self.reset_requested)
        self.retranslate()
        self.show_outline(self._entries, self._active)
        self.set_marked(self._marked)
        self.set_progress(self._shown, can_reset=self._can_reset)

    @property
    def tab(self) -> Tab:
        """The view that is on."""
        return Tab(self.tabs.currentIndex())

    def set_maker(self, tab: Tab, make: Callable[[], ListPane]) -> None:
        """Say who makes a list when it is first shown."""
        self._makers[tab] = make

    def show_tab(self, tab: Tab) -> None:
        """Bring a view to the front."""
        self.tabs.setCurrentIndex(tab)

    def set_has_article(self, has_article: bool) -> None:
        """Say whether there is an article whose contents can be shown."""
        self._has_article = has_article
        self._say_nothing()

    @property
    def focus_target(self) -> QWidget:
        """What gets the focus when the reader goes to the pane."""
        if self.tab is Tab.CONTENTS:
            return self.outline if self.outline.isVisibleTo(self) else self.tabs
        return next((stop for stop in self._list(self.tab).stops[1::-1] if stop.isVisibleTo(self)), self.tabs)

    def focus_list(self) -> None:
        """Put the focus into the view that is on, when it is seen."""
        if self.isVisible():
            self.focus_target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_marked(self, anchors: frozenset[str]) -> None:
        """Mark the sections in which there are bookmarks."""
        self._marked = anchors
        if self._outline is not None:
            self._outline.outline.set_marked(anchors)

    def show_outline(self, entries: Sequence[OutlineEntry], active: str = "") -> None:
        """Show the outline of an article."""
        self._entries = entries
        if self._outline is not None:
            self._outline.set_entries(entries)
            self._outline.setVisible(bool(entries))
            self._nothing.setVisible(not entries)
        self.set_active(active)

    def set_active(self, anchor: str) -> None:
        """Mark the section that is read."""
        self._active = anchor
        if self._outline is not None:
            self._outline.set_active(anchor)

    def set_progress(self, progress: Progress, *, can_reset: bool = False) -> None:
        """Show how far the reader has come; `can_reset`: also what is not done can be taken back."""
        self._shown, self._can_reset = progress, can_reset
        if self._card is not None:
            self._card.set_progress(progress, can_reset=can_reset)

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        for tab, text in zip(Tab, (_("Contents"), _("Bookmarks"), _("Notes")), strict=True):
            self.tabs.setTabText(tab, text)
            self.tabs.setTabToolTip(tab, text)
        self.tabs.setAccessibleName(_("Sidebar"))
        self._say_nothing()
        self.setAccessibleName(_("Sidebar"))
        if self._outline is not None and self._card is not None:
            self._outline.setAccessibleName(_("Contents"))
            self._outline.outline.set_texts(_("You are here"), _("Bookmarked"))
            self._card.retranslate()
        for shown in self._lists.values():
            shown.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the list that is on, now that it is seen."""
        super().showEvent(event)
        self._show_tab(self.tab)

    def sizeHint(self) -> QSize:
        """Return the pane's width and no wish for height."""
        return QSize(SIDE_PANE_PX, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the pane and draw its edge."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.tokens.window))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(self._theme.tokens.border))

    def _restyle(self) -> None:
        self._nothing.setStyleSheet(f"color: {self._theme.tokens.muted}")
        self.update()

    def _say_nothing(self) -> None:
        _ = self._translator.gettext
        has_article = self._has_article
        self._nothing.setText(_("This article has no headings.") if has_article else _("No article is open."))

    def _list(self, tab: Tab) -> ListPane:
        """Return the list of a tab, made now when it was not before."""
        found = self._lists.get(tab)
        if found is None:
            found = self._lists[tab] = self._makers[tab]()
            self._pages.addWidget(found)
            for before, after in pairwise((self.progress.reset_button, *found.stops)):
                QWidget.setTabOrder(before, after)
        return found

    def _show_tab(self, number: int) -> None:
        tab, shown = Tab(number), self._pages.currentWidget()
        if shown is not None and shown.isAncestorOf(QApplication.focusWidget() or self):
            # Whatever comes next in the window would get the focus when this one hides.
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        if tab is Tab.CONTENTS:
            self._pages.setCurrentIndex(0)
        elif tab in self._makers and self.isVisible():
            self._pages.setCurrentWidget(self._list(tab))
        self.tab_shown.emit(tab)
