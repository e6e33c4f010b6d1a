"""What each action does: the table of actions bound to the parts of the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError
from kbviewer.ui.case.desk import CaseDesk
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.reading import Reading
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.article.page import ArticlePage

THEME_ACTIONS = {
    ActionId.THEME_SYSTEM: "system",
    ActionId.THEME_LIGHT: "light",
    ActionId.THEME_DARK: "dark",
    ActionId.THEME_CONTRAST: "contrast",
}


class Commands(QObject):
    """Binds actions that concern what is read and how it looks.

    Signals:
        setting_changed(name, value): the reader chose it, keep it.
        said(text): a short note for the reader.
        undoable_said(text): the same, with a way to take it back.
    """

    setting_changed = Signal(str, object)
    said = Signal(str)
    undoable_said = Signal(str)

    def __init__(
        self,
        actions: ActionSet,
        reader: Reader,
        reading: Reading,
        desk: CaseDesk,
        theme: Theme,
        translator: Translator,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._reader = reader
        self._reading = reading
        self._desk = desk
        self._theme = theme
        self._translator = translator
        self._bind_reading()
        self._bind_looks()
        reader.moved.connect(self.refresh)
        reading.page_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Grey out what makes no sense now."""
        history = self._reader.history
        self._actions.set_article_open(self._reading.page is not None)
        self._actions[ActionId.BACK].setEnabled(history.can_go_back or self._reading.guided is not None)
        self._actions[ActionId.FORWARD].setEnabled(history.can_go_forward)

    def reset_progress(self) -> None:
        """Forget what was done in the article that is shown."""
        page = self._reading.page
        try:
            cleared = page.reset_progress() if page is not None else 0
        except KbError:
            return  # told already
        _ = self._translator.gettext
        if cleared and self._desk.in_case:
            self.undoable_said.emit(_("All results of the case in this article are cleared."))
        elif cleared:
            self.undoable_said.emit(_("All ticks in this article are cleared."))

    def _bind_reading(self) -> None:
        bind = self._actions.bind
        bind(ActionId.HOME, self._reader.go_home)
        bind(ActionId.BACK, self._go_back)
        bind(ActionId.FORWARD, self._reader.go_forward)
        bind(ActionId.RESET_PROGRESS, self.reset_progress)
        bind(ActionId.COPY, partial(self._in_text, "copy"))
        bind(ActionId.SELECT_ALL, partial(self._in_text, "selectAll"))
        self._actions.bind_toggle(ActionId.TEXT_CURSOR, self._set_caret)
        bind(ActionId.EXPAND_ALL, partial(self._on_page, lambda page: page.expand_all()))
        bind(ActionId.COLLAPSE_ALL, partial(self._on_page, lambda page: page.collapse_all()))

    def _bind_looks(self) -> None:
        theme, bind = self._theme, self._actions.bind
        bind(ActionId.ZOOM_IN, partial(theme.zoom_by, 1))
        bind(ActionId.ZOOM_OUT, partial(theme.zoom_by, -1))
        bind(ActionId.ZOOM_ACTUAL, partial(theme.set_zoom, 1.0))
        theme.zoom_changed.connect(self._say_zoom)
        for action, preference in THEME_ACTIONS.items():
            bind(action, partial(self._choose_theme, preference))
            self._actions[action].setChecked(theme.preference == preference)
        self._actions.bind_toggle(ActionId.TOUCH, self.choose_touch)
        self._actions[ActionId.TOUCH].setChecked(theme.touch)

    def _choose_theme(self, preference: str) -> None:
        self._theme.set_preference(preference)
        self.setting_changed.emit("theme", preference)

    def choose_touch(self, touch: bool) -> None:
        """Size targets for fingers, or for a pointer."""
        self._theme.set_touch(touch)
        self.setting_changed.emit("touch", touch)

    def _say_zoom(self, zoom: float) -> None:
        self.said.emit(self._translator.gettext("Text size {percent}%").format(percent=round(100 * zoom)))

    def _go_back(self) -> None:
        """Leave the guided view, else show the page before."""
        guided = self._reading.guided
        if guided is not None:
            guided.leave()
        else:
            self._reader.go_back()

    def _set_caret(self, on: bool) -> None:
        self._on_page(lambda page: page.set_caret(on))
        _ = self._translator.gettext
        self.said.emit(
            _("Arrow keys move the text cursor; F7 makes them scroll again.")
            if on
            else _("Arrow keys scroll the article.")
        )

    def _in_text(self, method: str) -> None:
        """Act on the field that has the focus, else on the article."""
        focus: QWidget | None = QApplication.focusWidget()
        guided = self._reading.guided
        if isinstance(focus, QLineEdit | QPlainTextEdit):
            getattr(focus, method)()
        elif (text := guided or self._reading.column) is not None:
            text.copy() if method == "copy" else text.select_all()

    def _on_page(self, act: Callable[[ArticlePage], object]) -> None:
        page = self._reading.page
        if page is not None:
            act(page)
