"""Jumps with one key between the areas of the window: search field, case, side pane, page, offer."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from kbviewer.ui.shell.parts import Parts
from kbviewer.ui.theme.starting_page import StartingPage


def to_next_area(parts: Parts) -> None:
    """Put the focus into the area after the one that has it."""
    areas: list[tuple[QWidget, QWidget]] = [(parts.bar, parts.field)]
    case_bar = parts.frame.case_bar
    if case_bar is not None and case_bar.isVisible():
        areas.append((case_bar, next(_stops(case_bar), case_bar)))
    strip = parts.frame.strip
    if strip is not None and strip.isVisible():
        areas.append((strip, strip.bar))
    if parts.pane.isVisible():
        areas.append((parts.pane, parts.pane.focus_target))
    page = parts.area.current
    if page is not None:
        areas.append((parts.area, _beginning(page) or next(_stops(page), page)))
    if parts.toast.is_offering:
        areas.append((parts.toast, parts.toast.button))
    focus = QApplication.focusWidget()
    beside = parts.area.beside
    if beside is not None and beside.is_aligned and page is not None:
        in_page = focus is not None and page.isAncestorOf(focus)
        if in_page and beside.focused is not beside.companion:
            beside.cross()
            return
    here = next((at for at, (area, _) in enumerate(areas) if focus and area.isAncestorOf(focus)), -1)
    areas[(here + 1) % len(areas)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _beginning(page: QWidget) -> QWidget | None:
    """Return where work begins on a page, when it says so."""
    beginning = page.beginning if isinstance(page, StartingPage) else page.focusProxy()
    return beginning if beginning is not None and beginning.isVisible() else None


def _stops(area: QWidget) -> Iterator[QWidget]:
    """Yield what Tab reaches in an area."""
    widget = area.nextInFocusChain()
    while widget is not None and widget is not area:
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if reached and area.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
            yield widget
        widget = widget.nextInFocusChain()
