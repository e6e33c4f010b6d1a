"""The theme of the window with larger or smaller article text, for a part of it."""

from __future__ import annotations

from kbviewer.ui.theme.theme import Theme


class ScaledTheme(Theme):
    """Follows another theme; its zoom is that theme's times a factor, up to a limit."""

    def __init__(self, base: Theme, factor: float, most: float = 3.0) -> None:
        self._base = base
        self._factor = factor
        self._most = most
        super().__init__(base.preference, self._wanted(), touch=base.touch)
        self._take()
        base.changed.connect(self._follow)
        base.zoom_changed.connect(lambda _zoom: self.set_zoom(self._wanted()))

    def set_most(self, most: float) -> None:
        """Set another limit."""
        if most != self._most:
            self._most = most
            self.set_zoom(self._wanted())

    def _wanted(self) -> float:
        return min(self._base.zoom * self._factor, self._most)

    def _take(self) -> None:
        self._preference = self._base.preference
        self._tokens = self._base.tokens
        self._touch = self._base.touch

    def _follow(self) -> None:
        self._take()
        self.changed.emit()

    def _follow_system(self) -> None:
        """Leave the system to the theme that is followed."""
