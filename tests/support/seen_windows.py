"""What is on the screen beside the main window, and what hangs in its menus."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QMenu, QWidget

from kbviewer.ui.shell.window import MainWindow


def all_menus(window: MainWindow) -> Iterator[QMenu]:
    """Yield every menu that hangs in the window, filled as when it is shown."""
    for menu in window.findChildren(QMenu):
        menu.aboutToShow.emit()
        yield menu


def dialogs() -> list[QWidget]:
    """Return the windows beside the main one that are on the screen."""
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible() and not isinstance(widget, MainWindow | QMenu)
    ]
