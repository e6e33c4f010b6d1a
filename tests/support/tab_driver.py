"""What tests do with the tabs of a real window, as keyboard and mouse do it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kbviewer.model.inline import LinkKind
from kbviewer.ui.shell.tab_strip import TabStrip
from kbviewer.ui.shell.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def shown(window: MainWindow) -> list[str]:
    """The titles on the strip, the current one in brackets; one title when there is no strip."""
    tabs = window.tabs.open_tabs
    titles = [window.tab_desk.titles.title(tab.history.current) for tab in tabs]
    if len(titles) > 1:
        bar = strip_of(window).bar
        assert strip_of(window).isVisible()
        assert [bar.tabText(at) for at in range(bar.count())] == titles
        assert bar.currentIndex() == tabs.at
    elif window.tabs.strip is not None:
        assert not window.tabs.strip.isVisible()
    return [f"[{title}]" if at == tabs.at else title for at, title in enumerate(titles)]


def strip_of(window: MainWindow) -> TabStrip:
    assert window.tabs.strip is not None
    return window.tabs.strip


def press(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = CTRL) -> None:
    """Press a key as the keyboard does, wherever the focus is."""
    QTest.keyClick(window.windowHandle(), key, held)
    # Qt remembers what is held down until it hears otherwise.
    QTest.keyRelease(window.windowHandle(), Qt.Key.Key_Control)


def click(
    window: MainWindow,
    widget: QWidget,
    point: QPoint,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    held: Qt.KeyboardModifier = NONE,
) -> None:
    """Click as the mouse does, so that the whole window takes part."""
    QTest.mouseClick(window.windowHandle(), button, held, widget.mapTo(window, point))
    QTest.keyRelease(window.windowHandle(), Qt.Key.Key_Control)


def scroll(window: MainWindow) -> int:
    page = window.reading.page
    assert page is not None
    return page.view.verticalScrollBar().value()


def scroll_to(window: MainWindow, y: int) -> None:
    """Scroll as a wheel does."""
    page = window.reading.page
    assert page is not None
    page.view.verticalScrollBar().setValue(y)


def link_point(window: MainWindow, kind: LinkKind, target: str) -> QPoint:
    """Bring a link into view and return where it is, in the viewport."""
    page = window.reading.page
    assert page is not None
    spot = next(
        spot
        for spot in page.stage.page.links
        if spot.link is not None and (spot.link.kind, spot.link.target) == (kind, target)
    )
    rect = page.stage.geometry.text_rects(spot.start, spot.end)[0]
    page.view.reveal(rect.top(), rect.bottom())
    return (rect.center() - page.view.offset.toPointF()).toPoint()
