"""Updates in the window: the dialog, and update files that are dropped or opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import Message
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.parts import Parts
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.model.updates import OldContent
    from kbviewer.ui.library.news_strip import NewsStrip
    from kbviewer.ui.library.update_dialog import UpdateDialog
    from kbviewer.ui.library.update_port import Updates

UPDATE_SUFFIX = ".kbu"


class UpdateWork(QObject):
    """Opens the talk about updates, once at a time.

    Signals:
        pack_named(path): what was named as a source of updates is a pack.
        age_changed(): `old_content` may say something else.
    """

    pack_named = Signal(object)
    age_changed = Signal()

    def __init__(
        self,
        window: QWidget,
        updates: Updates,
        parts: Parts,
        actions: ActionSet,
        theme: Theme,
        translator: Translator,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._updates = updates
        self._parts = parts
        self._actions = actions
        self._theme = theme
        self._translator = translator
        self._has_begun = False
        self.dialog: UpdateDialog | None = None
        self._strip: NewsStrip | None = None
        updates.brought.connect(self._take_pending)
        updates.noticed.connect(self._show_news)
        updates.changed.connect(self._follow)
        updates.pack_named.connect(self._hand_on)
        actions.bind(ActionId.LOOK_FOR_UPDATES, self.open)

    def begin(self) -> None:
        """The window is on screen: look at what it was opened with."""
        self._has_begun = True
        self._take_pending()
        self.age_changed.emit()
        if self.is_allowed:
            self._updates.glance()

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        if self._strip is not None:
            self._strip.retranslate()

    def open(self) -> None:
        """Show the sources, or what is under way."""
        if self.dialog is not None:
            return
        from kbviewer.ui.library.update_dialog import UpdateDialog

        if self._strip is not None:
            self._strip.hide()
        self._updates.open()
        self.dialog = UpdateDialog(self._updates, self._theme, self._translator, self._window)
        self.dialog.finished.connect(self._forget)
        self.dialog.open_centred()

    @property
    def is_allowed(self) -> bool:
        """Whether readers here may look for updates."""
        return self._actions.offers(ActionId.LOOK_FOR_UPDATES)

    def look_at(self, path: Path) -> None:
        """Look at an update file that was dropped on the window or opened."""
        if self.is_allowed:
            self.open()
            self._updates.look(str(path))

    def _show_news(self, key: str, news: Message) -> None:
        """Say in a line what a glance has found, unless the reader is looking already."""
        if self._strip is not None or self.dialog is not None:
            return
        from kbviewer.ui.library.news_strip import NewsStrip

        self._strip = NewsStrip(news, self._translator)
        self._strip.wanted.connect(lambda: self._check(key))
        self._parts.frame.add_strip(self._strip, [self._strip.look_button, self._strip.later_button])

    def _check(self, key: str) -> None:
        self.open()
        self._updates.check(key)

    def old_content(self) -> OldContent | None:
        """Return what may be out of date; nothing is looked up for that before the window is on screen."""
        return self._updates.old_content() if self._has_begun else None

    def _follow(self) -> None:
        if self._has_begun and not self._updates.is_busy:
            self.age_changed.emit()

    def _hand_on(self, path: str) -> None:
        """Leave the talk for the question what to do with a pack."""
        if self.dialog is not None:
            self.dialog.accept()
        self.pack_named.emit(Path(path))

    def _take_pending(self) -> None:
        pending = self._updates.pending
        if pending and self._has_begun:
            self._updates.pending = ""
            self.look_at(Path(pending))

    def _forget(self) -> None:
        self.dialog = None
