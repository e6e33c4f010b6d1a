"""What can be found out about the controls of a window without a pair of eyes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QScrollBar,
    QWidget,
)

from kbviewer.ui.article.view import ArticleView
from kbviewer.ui.home.card_grid import CardGrid

MOST_STOPS = 600
LEAST_RING_PIXELS = 60
Stop = tuple[QWidget, int]
ROLES_WITHOUT_SENSE = {QAccessible.Role.NoRole, QAccessible.Role.Window, QAccessible.Role.Grouping}


def controls(root: QWidget) -> Iterator[QWidget]:
    """Yield what Tab ought to reach, but for what stands in the text of an article."""
    for widget in root.findChildren(QWidget):
        is_own = widget.window() is root.window() and widget.isVisible() and widget.isEnabled()
        by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        # A grid hands the focus to one of its cards.
        is_stop = not widget.focusProxy() and not isinstance(widget, QScrollBar | CardGrid)
        # Arrow keys reach the other buttons of a choice.
        is_other = isinstance(widget, QAbstractButton) and widget.autoExclusive() and not widget.isChecked()
        if is_own and by_tab and is_stop and not is_other:
            yield widget


def buttons(root: QWidget) -> Iterator[QAbstractButton]:
    """Yield every button that is seen, whether Tab reaches it or not."""
    for button in root.findChildren(QAbstractButton):
        if button.window() is root.window() and button.isVisible():
            yield button


def is_in_text(widget: QWidget) -> bool:
    """Return whether a widget stands in the text of an article, which has an order of its own."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, ArticleView):
            return True
        above = above.parentWidget()
    return False


def name_of(widget: QWidget) -> str:
    return str(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))


def describe(widget: QWidget) -> str:
    role = QAccessible.queryAccessibleInterface(widget).role().name
    return f"{type(widget).__name__}, {role} “{name_of(widget)[:60]}”, {widget.width()} x {widget.height()}"


def here() -> Stop:
    """Return what has the focus, and which link when it is a text."""
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus, focus.focused_link if isinstance(focus, ArticleView) else -1


def walk(key: Qt.Key, pressed: Callable[[Stop], object] = lambda stop: None) -> list[Stop]:
    """Press Tab or Shift+Tab until the focus is back; return the stops."""
    stops = [here()]
    while len(stops) < MOST_STOPS:
        pressed(stops[-1])
        QTest.keyClick(stops[-1][0], key)
        stop = here()
        if stop == stops[0]:
            return stops
        assert stop not in stops, f"caught at {describe(stop[0])}"
        stops.append(stop)
    raise AssertionError("Tab never comes round")


def cut_texts(root: QWidget) -> Iterator[str]:
    """Yield what is not shown in full and not told by a tool tip, or is out of reach."""
    for widget in root.findChildren(QWidget):
        if widget.window() is not root.window() or not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text() and _is_cut(widget):
            yield f"cut: {widget.text()[:60]}, {widget.width()} x {widget.height()}"
        is_narrow = widget.width() < widget.sizeHint().width()
        if isinstance(widget, QComboBox) and not widget.toolTip() and is_narrow:
            yield f"cut without a tool tip: {widget.currentText()}"
        if isinstance(widget, QAbstractScrollArea) and widget.horizontalScrollBar().maximum() > 0:
            yield f"scrolls sideways: {describe(widget)}"
        if isinstance(widget, QAbstractButton) and widget.focusPolicy() and not is_in_text(widget):
            left = widget.mapTo(root.window(), QPoint()).x()
            if left < 0 or left + widget.width() > root.window().width():
                yield f"out of reach: {describe(widget)}"


def _is_cut(label: QLabel) -> bool:
    if label.toolTip():
        return False
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width())
    return label.width() < label.sizeHint().width()


def ring_contrast(widget: QWidget) -> float:
    """Return how well it is seen that a widget has the focus.

    That is the best contrast between what enough pixels show with the focus and without it.
    """
    root = widget.window()
    area = QRect(widget.mapTo(root, QPoint()), widget.size()).adjusted(-4, -4, 4, 4) & root.rect()
    focused = root.grab(area).toImage()
    widget.clearFocus()
    plain = root.grab(area).toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    changed = [
        (focused.pixel(x, y), plain.pixel(x, y))
        for y in range(focused.height())
        for x in range(focused.width())
        if focused.pixel(x, y) != plain.pixel(x, y)
    ]
    seen = [pair for pair, count in Counter(changed).items() if count >= LEAST_RING_PIXELS]
    return max((contrast(after, before) for after, before in seen), default=1.0)


def contrast(one: int, other: int) -> float:
    """Return the ratio of WCAG."""
    light, dark = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
