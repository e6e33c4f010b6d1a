"""Updates in the window: the dialog, and update files that are dropped or opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.library.update_dialog import UpdateDialog
    from kbviewer.ui.library.update_port import Updates

UPDATE_SUFFIX = ".kbu"


class UpdateWork(QObject):
    """Opens the talk about updates, once at a time."""

    def __init__(
        self, window: QWidget, updates: Updates, actions: ActionSet, theme: Theme, translator: Translator
    ) -> None:
        super().__init__(window)
        self._window = window
        self._updates = updates
        self._actions = actions
        self._theme = theme
        self._translator = translator
        self._has_begun = False
        self.dialog: UpdateDialog | None = None
        updates.brought.connect(self._take_pending)
        actions.bind(ActionId.LOOK_FOR_UPDATES, self.open)

    def begin(self) -> None:
        """The window is on screen: look at what it was opened with."""
        self._has_begun = True
        self._take_pending()

    def open(self) -> None:
        """Show the sources, or what is under way."""
        if self.dialog is not None:
            return
        from kbviewer.ui.library.update_dialog import UpdateDialog

        self._updates.open()
        self.dialog = UpdateDialog(self._updates, self._theme, self._translator, self._window)
        self.dialog.finished.connect(self._forget)
        self.dialog.open_centred()

    def look_at(self, path: Path) -> None:
        """Look at an update file that was dropped on the window or opened."""
        if self._actions.offers(ActionId.LOOK_FOR_UPDATES):
            self.open()
            self._updates.look(str(path))

    def _take_pending(self) -> None:
        pending = self._updates.pending
        if pending and self._has_begun:
            self._updates.pending = ""
            self.look_at(Path(pending))

    def _forget(self) -> None:
        self.dialog = None
