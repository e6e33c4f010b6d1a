"""When the command palette comes and goes, where the focus was, and what its entries do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import outline
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.parts import Parts
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.reading import Reading
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.shell.palette import CommandPalette


class PaletteOpener(QObject):
    """Opens the palette over a window; it is made when it is first wanted.

    It stays while the language is switched in the bar, and goes when the focus goes anywhere else.
    """

    def __init__(
        self,
        window: QWidget,
        parts: Parts,
        actions: ActionSet,
        reader: Reader,
        reading: Reading,
        theme: Theme,
        translator: Translator,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._bar = parts.bar
        self._search_field = parts.field
        self._actions = actions
        self._reader = reader
        self._reading = reading
        self._theme = theme
        self._translator = translator
        self._palette: CommandPalette | None = None
        self._came_from: QWidget | None = None
        actions.bind(ActionId.PALETTE, self.toggle)

    @property
    def is_open(self) -> bool:
        """Whether the palette is on screen."""
        return self._palette is not None and self._palette.isVisible()

    def toggle(self) -> None:
        """Open the palette, or close it and go back."""
        if self.is_open:
            self.close()
        else:
            self._open()

    def close(self, *, and_return: bool = True) -> None:
        """Take the palette away; the focus goes back where it was, unless it has gone elsewhere."""
        if self._palette is None or not self.is_open:
            return
        QApplication.instance().focusChanged.disconnect(self._follow_focus)  # type: ignore[union-attr]
        for watched in (self._window, self._bar):
            watched.removeEventFilter(self)
        came_from, self._came_from = self._came_from, None
        if and_return:
            self._give_back(came_from)
        self._palette.hide()

    def retranslate(self) -> None:
        """Take all texts from the language that is on, while the palette is open."""
        if self._palette is not None:
            self._palette.retranslate()
        if self._palette is not None and self.is_open:
            self._fill(self._palette)
            self._palette.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; let Esc close the palette from the bar, too."""
        if event.type() == QEvent.Type.Resize and self._palette is not None:
            self._palette.setGeometry(self._area())
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.close()
            return True
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        palette = self._palette
        if palette is None:
            palette = self._palette = self._make()
        self._came_from = QApplication.focusWidget()
        self._fill(palette)
        for watched in (self._window, self._bar):
            watched.installEventFilter(self)
        palette.begin(self._area())
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]

    def _make(self) -> CommandPalette:
        from kbviewer.ui.shell.palette import CommandPalette

        palette = CommandPalette(self._theme, self._translator, self._window)
        palette.chosen.connect(self._run)
        palette.dismissed.connect(self.close)
        return palette

    def _fill(self, palette: CommandPalette) -> None:
        from kbviewer.ui.shell.palette_entries import action_entries, section_entries

        entries = action_entries(self._actions, self._translator)
        article = self._reader.article
        if article is not None and self._reading.page is not None:
            entries += section_entries(outline(article), self._translator)
        palette.show_entries(entries)

    def _run(self, key: str) -> None:
        from kbviewer.ui.shell.palette_entries import SECTION_MARK

        # The focus goes back first: what copies or finds asks where it is.
        self.close()
        if key.startswith(SECTION_MARK):
            self._reading.go_to_section(key.removeprefix(SECTION_MARK))
            return
        if self._palette is not None:
            self._palette.model.remember(key)
        self._actions[ActionId(key)].trigger()

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        palette = self._palette
        if palette is None or new is None or palette.isAncestorOf(new):
            return
        if not self._bar.languages.isAncestorOf(new):
            # A dialog gives the focus back to what has it in this window.
            self.close(and_return=new.window() is not self._window)

    def _give_back(self, widget: QWidget | None) -> None:
        if widget is None or not isValid(widget) or not widget.isVisible():
            widget = self._reading.page or self._reading.guided or self._search_field
        widget.setFocus(Qt.FocusReason.PopupFocusReason)

    def _area(self) -> QRect:
        top = self._bar.mapTo(self._window, QPoint(0, self._bar.height())).y()
        return QRect(0, top, self._window.width(), self._window.height() - top)
