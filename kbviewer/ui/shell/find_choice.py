"""How alike matches must be: three buttons, or a menu of them where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.article.find import FindOptions
from kbviewer.ui.shell.bar_button import BarButton
from kbviewer.ui.theme.shown_state import ShownState
from kbviewer.ui.theme.theme import Theme

_ICON = "more"


class _More(BarButton):
    def nextCheckState(self) -> None:
        """Leave the state alone: it says what is on, not that the button was pressed."""


class FindChoice(QWidget):
    """Shows the options that are on.

    Signals:
        changed(options): the reader switched one.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._translator = translator
        self._actions = [QAction(self) for _option in FindOptions._fields]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self.buttons: list[QToolButton] = []
        for action in self._actions:
            action.setCheckable(True)
            action.toggled.connect(self._tell)
            button = QToolButton()
            button.setDefaultAction(action)
            self.buttons.append(button)
            layout.addWidget(button)
        self.more = _More(theme, _ICON)
        self._strictness = ShownState(self.more)
        self.more.clicked.connect(self._open_menu)
        layout.addWidget(self.more)
        self.unfold(False)
        self.retranslate()

    @property
    def options(self) -> FindOptions:
        """What is on."""
        return FindOptions(*(action.isChecked() for action in self._actions))

    def show_options(self, options: FindOptions) -> None:
        """Show options as they are kept, without telling."""
        for action, is_on in zip(self._actions, options, strict=True):
            action.blockSignals(True)
            action.setChecked(is_on)
            action.blockSignals(False)
        self._strictness.show(options.is_strict)

    def unfold(self, has_room: bool) -> None:
        """Show all options, or the way to them."""
        for button in self.buttons:
            button.setVisible(has_room)
        self.more.setVisible(not has_room)

    def make_menu(self) -> QMenu:
        """Return a menu of the options."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addActions(self._actions)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        names = (_("Match case"), _("Whole words"), _("Match å, ä, ö"))
        tips = (
            _("A and a are different letters"),
            _("Words that only contain the text are left out"),
            _("å and ä are different letters than a; without this, a finds them too"),
        )
        for action, button, name, tip in zip(self._actions, self.buttons, names, tips, strict=True):
            action.setText(name)
            action.setToolTip(tip)
            button.setAccessibleName(name)
            button.setAccessibleDescription(tip)
        self.more.set_name(_("Options for finding"))

    def _tell(self) -> None:
        self._strictness.show(self.options.is_strict)
        self.changed.emit(self.options)

    def _open_menu(self) -> None:
        menu = self.make_menu()
        menu.popup(self.more.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
