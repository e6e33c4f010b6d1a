"""The button with which a visitor takes away what he has left, without waiting for the time to be up."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

from kbviewer.i18n.translator import Translator
from kbviewer.ui.theme.icons import icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import TOUCH_TARGET_PX

_ICON_PX = 20


class StartOverButton(QPushButton):
    """Stands in the bar, in words: its sign alone would be taken for another one's."""

    def __init__(self, theme: Theme, translator: Translator) -> None:
        super().__init__()
        self._theme = theme
        self._translator = translator
        self.setObjectName("start-over")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.setMinimumHeight(TOUCH_TARGET_PX)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts from the language that is on."""
        _ = self._translator.gettext
        self.setText(_("Start over"))
        self.setToolTip(_("Forget everything and show the first page to the next visitor"))

    def _restyle(self) -> None:
        self.setIcon(icon("reset", self._theme.tokens.text, _ICON_PX))
