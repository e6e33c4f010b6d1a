"""The theme that is on: tokens, zoom, touch mode, fonts; applied to the whole application."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from kbviewer.ui.theme import tokens as design
from kbviewer.ui.theme.palette import build_palette
from kbviewer.ui.theme.style_sheet import build_style_sheet
from kbviewer.ui.theme.tokens import CONTRAST, DARK, LIGHT, THEMES, Tokens

PREFERENCES = ("system", "light", "dark", "contrast")
ZOOM_STEPS = (0.5, 0.67, 0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)


class Theme(QObject):
    """Holds what the reader chose and what follows from it.

    Signals:
        changed: tokens or touch mode are new; repaint and rebuild.
        zoom_changed(zoom): text size is new, times the system's.
    """

    changed = Signal()
    zoom_changed = Signal(float)

    def __init__(self, preference: str = "system", zoom: float = 1.0, *, touch: bool = False) -> None:
        super().__init__()
        self._preference = preference if preference in PREFERENCES else "system"
        self._zoom = _clamp(zoom)
        self._touch = touch
        self._tokens = self._resolve()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def tokens(self) -> Tokens:
        """The colours that are on."""
        return self._tokens

    @property
    def preference(self) -> str:
        """What was chosen: one of PREFERENCES."""
        return self._preference

    @property
    def zoom(self) -> float:
        """Article text size, times the system's; 0.5 to 3."""
        return self._zoom

    @property
    def touch(self) -> bool:
        """Whether targets are sized for fingers."""
        return self._touch

    @property
    def scroll_bar_px(self) -> int:
        """Width of a vertical scroll bar.

        What stands beside one takes it from here and does not ask the bar. For shiboken a bar that is asked
        for is a child of its list, and a list of results whose bar had been asked for stayed in memory with
        its theme and its reader's settings: 0.1 MiB for each visitor of a terminal.
        """
        return design.TOUCH_SCROLL_BAR_PX if self._touch else design.SCROLL_BAR_PX

    @property
    def motion_ms(self) -> int:
        """Longest duration of a movement; 0 when the system asks for none."""
        # Not at the top: making all names of QStyle takes 10 ms of the start.
        from PySide6.QtWidgets import QStyle

        hint = QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
        return min(design.MOTION_MS, hint)

    def set_preference(self, preference: str) -> None:
        """Choose a theme; "system" follows the desktop."""
        self._preference = preference if preference in PREFERENCES else "system"
        self._follow_system()

    def set_zoom(self, zoom: float) -> None:
        """Set the article text size."""
        zoom = _clamp(zoom)
        if zoom != self._zoom:
            self._zoom = zoom
            self.zoom_changed.emit(zoom)

    def zoom_by(self, steps: int) -> None:
        """Go to the next larger (steps > 0) or smaller fixed size."""
        nearest = min(range(len(ZOOM_STEPS)), key=lambda index: abs(ZOOM_STEPS[index] - self._zoom))
        self.set_zoom(ZOOM_STEPS[max(0, min(len(ZOOM_STEPS) - 1, nearest + steps))])

    def set_touch(self, touch: bool) -> None:
        """Switch finger-sized targets on or off."""
        if touch != self._touch:
            self._touch = touch
            self.apply()
            self.changed.emit()

    def apply(self) -> None:
        """Set palette and style sheet of the application; call once before the first window."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(build_palette(self._tokens))
            app.setStyleSheet(build_style_sheet(self._tokens, touch=self._touch))

    def body_font(self) -> QFont:
        """Return the article's text font at the current zoom."""
        font = QFont(QApplication.font())
        font.setPointSizeF(design.BODY_POINT * self._zoom)
        return font

    def code_font(self) -> QFont:
        """Return the font of literals at the current zoom, .93 of the body."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(design.BODY_POINT * self._zoom * 0.93)
        return font

    def _resolve(self) -> Tokens:
        if self._preference != "system":
            return THEMES[self._preference]
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return CONTRAST
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _follow_system(self) -> None:
        tokens = self._resolve()
        if tokens is not self._tokens:
            self._tokens = tokens
            self.apply()
            self.changed.emit()


def _clamp(zoom: float) -> float:
    return max(ZOOM_STEPS[0], min(ZOOM_STEPS[-1], zoom))
