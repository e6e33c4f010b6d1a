"""What the terminal shows while nobody is there: how to begin and what there is, in every language at once.

At once and not in turn: what changes by itself cannot be read slowly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kbviewer.ui.kiosk.cover import Cover
from kbviewer.ui.kiosk.topics import TOPIC_PX, Topics, TopicsPlace
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.icons import icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CARD_CORNER_PX, TOUCH_TARGET_PX

_WIDEST_PX: Final = 1240
_BESIDE_FROM_PX: Final = 860
_BEGIN_PX: Final = 72
_AROUND_TEXT_PX: Final = 8
_LONGEST_TOPIC: Final = 60
_MOST_PANELS: Final = 3
# Items of the column.
_ABOVE: Final = 0
_BELOW: Final = 3
_DENSE_BELOW_PX: Final = 700
_USUAL_SCREEN: Final = 1366 * 768
_LARGEST_SCALE: Final = 1.6


class Greeting(NamedTuple):
    """What one language has to say.

    Attributes:
        language: its tag.
        name: what it calls itself.
        heading: what the terminal is for.
        invitation: how to begin.
        topics_name: what the topics are called together.
        topics: what there is, the largest first.
        promise: what becomes of what a visitor does here.
    """

    language: str
    name: str
    heading: str
    invitation: str
    topics_name: str
    topics: tuple[str, ...]
    promise: str


class AttractScreen(Cover):
    """Shows one panel per language. Any touch leaves it.

    Signals:
        begun(language, topic): somebody is there; both may be "".
        staff_wanted: somebody wants to enter the PIN.
    """

    begun = Signal(str, str)
    staff_wanted = Signal()

    def __init__(
        self, theme: Theme, window: QWidget, greetings: Sequence[Greeting], staff: str, language: str
    ) -> None:
        """Make the screen.

        Args:
            theme: colours and sizes.
            window: what it lies over.
            greetings: in the order in which languages are offered everywhere.
            staff: text of the button to the PIN, "" for none.
            language: of the terminal; screen readers hear it, and it is among the panels.
        """
        super().__init__(theme, window, is_opaque=True)
        self.setObjectName("attract")
        first = next((each for each in greetings if each.language == language), greetings[0])
        large = greetings[:_MOST_PANELS]
        if first not in large:
            large = (*large[:-1], first)
        self._panels = [_Panel(theme, self, each) for each in large]
        # More languages than there is room to greet in still begin with one touch.
        self._others = FlowRow(self)
        small = [each for each in greetings if each not in large]
        self._others.set_items([_BeginButton(theme, self, each) for each in small])
        self._others.setVisible(len(greetings) > _MOST_PANELS)
        self.setAccessibleName(first.heading)
        self.setAccessibleDescription(first.invitation)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(24)
        for panel in self._panels:
            self._row.addWidget(panel, 1)
        self._staff = _StaffButton(theme, self, staff)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._staff)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(1)
        column.addLayout(self._row, 8)
        column.addWidget(self._others)
        column.addStretch(1)
        column.addLayout(foot)
        self._arrange()

    def bring_up(self) -> None:
        """Come to the front, laid out: the window system may want the first picture at once."""
        super().bring_up()
        self._column.activate()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Begin in the language of the terminal, wherever it was touched."""
        event.accept()
        self.begun.emit("", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panels beside or below each other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.width(), self.height()
        beside = width >= _BESIDE_FROM_PX and width > height
        # It is read from across the hall: the words grow with the screen.
        scale = min(_LARGEST_SCALE, max(1.0, math.sqrt(width * height / _USUAL_SCREEN)))
        side = max(20, (width - round(_WIDEST_PX * scale)) // 2)
        edge = 12 if height < _DENSE_BELOW_PX else 24
        self._column.setContentsMargins(side, edge, side, 12)
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if beside else way.TopToBottom)
        for around in (_ABOVE, _BELOW):
            self._column.setStretch(around, int(beside))
        for panel in self._panels:
            panel.fit(scale, dense=height < _DENSE_BELOW_PX)


class _Panel(QFrame):
    """The greeting in one language."""

    def __init__(self, theme: Theme, screen: AttractScreen, greeting: Greeting) -> None:
        super().__init__(screen)
        self._theme = theme
        self._scale = 1.0
        self.setObjectName("attract-panel")
        self.setLocale(QLocale(greeting.language))
        self.setAccessibleName(greeting.name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._heading = _label(greeting.heading, self)
        self._invitation = _label(greeting.invitation, self)
        self._topics_name = _label(greeting.topics_name, self)
        self._promise = _label(greeting.promise, self)
        self._topics = Topics(self)
        self._topics.setAccessibleName(greeting.topics_name)
        self._topics.set_items([_topic_button(screen, greeting.language, each) for each in greeting.topics])
        self._place = TopicsPlace(self, self._topics_name, self._topics)
        self._begin = _BeginButton(theme, screen, greeting)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._invitation)
        column.addSpacing(4)
        column.addWidget(self._begin)
        column.addSpacing(8)
        column.addWidget(self._place, 1)
        column.addWidget(self._promise)
        theme.changed.connect(self._restyle)
        self._restyle()

    def fit(self, scale: float, *, dense: bool) -> None:
        """Take the size of the screen: larger words, or little room around them on a low one."""
        side = round((20 if dense else 32) * scale)
        self._column.setContentsMargins(side, 14 if dense else 28, side, 14 if dense else 24)
        self._column.setSpacing(round((6 if dense else 10) * scale))
        if scale != self._scale:
            self._scale = scale
            self._restyle()

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        self.setStyleSheet(
            f"#attract-panel {{ background: {tokens.page}; border: 1px solid {tokens.border};"
            f" border-radius: {CARD_CORNER_PX}px; }}"
        )
        body = self._theme.body_font()
        body.setPointSizeF(body.pointSizeF() * self._scale)
        self._heading.setFont(_scaled(body, 1.85))
        self._invitation.setFont(_scaled(body, 1.14, QFont.Weight.Normal))
        self._topics_name.setFont(_scaled(body, 1.0))
        self._promise.setFont(body)
        self._promise.setStyleSheet(f"QLabel {{ color: {tokens.muted}; }}")
        self._begin.setFont(_scaled(body, 1.5))
        for topic in self._topics.findChildren(QPushButton):
            topic.setFont(_scaled(body, 1.0, QFont.Weight.Normal))
        self._place.leave_out()
        self._topics.arrange()


def _label(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label


class _BeginButton(QPushButton):
    """Lets a visitor in, in its language."""

    def __init__(self, theme: Theme, screen: AttractScreen, greeting: Greeting) -> None:
        super().__init__(greeting.name.replace("&", "&&"), screen)
        self._theme = theme
        self.setObjectName("attract-begin")
        self.setLocale(QLocale(greeting.language))
        self.setFont(_scaled(theme.body_font(), 1.5))
        self.setAccessibleDescription(greeting.invitation)
        self.clicked.connect(lambda: screen.begun.emit(greeting.language, ""))
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        self.setStyleSheet(
            f"QPushButton {{ background: {tokens.accent}; color: {tokens.on_accent}; border: none;"
            f" min-height: {_BEGIN_PX}px; }}"
            f"QPushButton:focus {{ border: 3px solid {tokens.text}; }}"
        )


class _StaffButton(QPushButton):
    """Leads to the PIN; no more to be seen than it has to."""

    def __init__(self, theme: Theme, screen: AttractScreen, text: str) -> None:
        super().__init__(text, screen)
        self._theme = theme
        self.setObjectName("attract-staff")
        self.setProperty("flat", True)
        self.setMinimumHeight(TOUCH_TARGET_PX)
        self.setVisible(bool(text))
        self.clicked.connect(screen.staff_wanted)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setIcon(icon("lock", self._theme.tokens.muted, 20))


def _topic_button(screen: AttractScreen, language: str, topic: str) -> QPushButton:
    title = topic if len(topic) <= _LONGEST_TOPIC else f"{topic[: _LONGEST_TOPIC - 1]}…"
    button = QPushButton(title.replace("&", "&&"))
    button.setAccessibleName(topic)
    button.setLocale(QLocale(language))
    # Not `setMinimumHeight`: the style sheet has its own.
    button.setStyleSheet(f"QPushButton {{ min-height: {TOPIC_PX - _AROUND_TEXT_PX}px; }}")
    button.clicked.connect(lambda: screen.begun.emit(language, topic))
    return button


def _scaled(font: QFont, share: float, weight: QFont.Weight = QFont.Weight.DemiBold) -> QFont:
    scaled = QFont(font)
    scaled.setPointSizeF(scaled.pointSizeF() * share)
    scaled.setWeight(weight)
    return scaled
