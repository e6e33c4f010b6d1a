"""A line of buttons with some at its left and some at its right, in more lines where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_GAP: Final = 8
_STRETCHED_BELOW_PX: Final = 600


class ButtonRows(QWidget):
    """Lays buttons out: in one line, else those at the right above those at the left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._left: Sequence[QWidget] = ()
        self._right: Sequence[QWidget] = ()
        self._tight = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_items(self, left: Sequence[QWidget], right: Sequence[QWidget], *, tight: bool) -> None:
        """Show these, and no others; `tight` spares height."""
        for item in (*self._left, *self._right):
            item.setVisible(item in left or item in right)
        self._left, self._right, self._tight = left, right, tight
        for item in (*left, *right):
            item.show()
        self.arrange()

    def arrange(self) -> None:
        """Lay out anew, as after another text."""
        self._arrange(self.width())
        self.setFixedHeight(self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        """Return the size at the present width."""
        return QSize(200, self.heightForWidth(max(200, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.arrange()

    def _arrange(self, width: int, *, move: bool = True) -> int:
        if _total(self._left) + _total(self._right) + 3 * _GAP <= width:
            if move:
                _place(self._left, 0, 0)
                _place(self._right, width - _total(self._right), 0)
            return _height((*self._left, *self._right))
        y = 0
        for line in self._lines(width):
            if width < _STRETCHED_BELOW_PX or _total(line) > width:
                y += self._stretch(line, width, y, move=move) + _GAP
                continue
            if move:
                _place(line, 0 if line[0] in self._left else width - _total(line), y)
            y += _height(line) + _GAP
        return max(0, y - _GAP)

    def _lines(self, width: int) -> list[list[QWidget]]:
        if self._tight:
            return _broken((*self._left, *self._right), width)
        return [*_broken(self._right, width), *_broken(self._left, width)]

    def _stretch(self, line: Sequence[QWidget], width: int, y: int, *, move: bool) -> int:
        """Give the line the whole width; return its height."""
        spare = (width - _total(line)) // len(line)
        wanted = [item.sizeHint().width() + spare for item in line]
        height = max(item.heightForWidth(own) for item, own in zip(line, wanted, strict=True))
        x = 0
        for item, own in zip(line, wanted, strict=True):
            if move:
                item.setGeometry(QRect(x, y, own, height))
            x += own + _GAP
        return height


def _total(items: Sequence[QWidget]) -> int:
    return sum(item.sizeHint().width() for item in items) + _GAP * max(0, len(items) - 1)


def _height(items: Sequence[QWidget]) -> int:
    return max((item.sizeHint().height() for item in items), default=0)


def _place(items: Sequence[QWidget], x: int, y: int) -> None:
    height = _height(items)
    for item in items:
        item.setGeometry(QRect(x, y, item.sizeHint().width(), height))
        x += item.sizeHint().width() + _GAP


def _broken(items: Sequence[QWidget], width: int) -> list[list[QWidget]]:
    """Share `items` out over lines."""
    lines: list[list[QWidget]] = []
    for item in items:
        if lines and _total([*lines[-1], item]) <= width:
            lines[-1].append(item)
        else:
            lines.append([item])
    return lines
