"""The switch EN | SV: one segment per language, or a menu when there are many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QRadioButton, QSizePolicy, QWidget

from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX, FOCUS_RING_PX, TOUCH_TARGET_PX

_MOST_SEGMENTS: Final = 3
_SEGMENT_PX: Final = 46
_HEIGHT_PX: Final = 36
_INSET_PX: Final = 4
_SPELLED_AROUND_PX: Final = 32


class _Segment(QRadioButton):
    """One language. A radio button for keyboard and screen reader, painted as a segment."""

    def __init__(self, language: str, theme: Theme) -> None:
        super().__init__(language.partition("-")[0].upper())
        self.language = language
        self.compact = False
        self._is_spelled = False
        self._theme = theme
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        font.setPointSizeF(font.pointSizeF() * 0.95)
        self.setFont(font)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the size of a segment."""
        text = self.fontMetrics().horizontalAdvance(self.text())
        if self._theme.touch:
            around = _SPELLED_AROUND_PX if self._is_spelled else 12
            return QSize(max(TOUCH_TARGET_PX, text + around), TOUCH_TARGET_PX)
        width = text + 12 if self.compact else max(_SEGMENT_PX, text + 20)
        return QSize(width, _HEIGHT_PX - 2 * _INSET_PX)

    def minimumSizeHint(self) -> QSize:
        """Return a segment as narrow as its text allows."""
        if self._theme.touch:
            return self.sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 12, self.sizeHint().height())

    def spell_out(self, name: str) -> None:
        """Show the language's name, and make room for it."""
        self._is_spelled = True
        self.setText(name)
        self.updateGeometry()

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002 - Qt's signature
        """Take clicks anywhere in the segment."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the segment is small
        """Draw the chosen segment raised, the focused one with a ring."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        colour = tokens.muted
        if self.isChecked():
            colour = tokens.on_accent if tokens.high_contrast else tokens.accent
            painter.setBrush(QColor(tokens.accent if tokens.high_contrast else tokens.page))
            painter.setPen(QPen(QColor(tokens.control_border), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX - 3, CORNER_PX - 3)
        elif self.underMouse():
            colour = tokens.text
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(
                QPen(QColor(tokens.text if tokens.high_contrast else tokens.accent), FOCUS_RING_PX)
            )
            painter.drawRoundedRect(box, CORNER_PX - 3, CORNER_PX - 3)
        painter.setPen(QColor(colour))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())


class LanguageSwitch(QWidget):
    """Shows which language is on and lets the reader choose another.

    Signals:
        language_chosen(language): the reader asks for a language.
    """

    language_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(_INSET_PX, _INSET_PX, _INSET_PX, _INSET_PX)
        self._layout.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._segments: dict[str, _Segment] = {}
        self._button: QPushButton | None = None
        self._languages: tuple[str, ...] = ()
        self._current = ""
        self._own_name: Callable[[str], str] | None = None
        theme.changed.connect(self._restyle)

    def set_languages(self, languages: Sequence[str], current: str) -> None:
        """Offer `languages`, with `current` on."""
        if tuple(languages) != self._languages:
            self._languages = tuple(languages)
            self._rebuild()
        self._current = current
        for language, segment in self._segments.items():
            is_on = language == current
            segment.setChecked(is_on)
            # Qt takes the others out of the way of Tab, but only once one has had the focus.
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_on else Qt.FocusPolicy.ClickFocus)
        if self._button is not None:
            self._button.setText(current.partition("-")[0].upper())
        self.setVisible(self.is_useful)
        self.updateGeometry()

    @property
    def is_useful(self) -> bool:
        """Whether there is anything to choose."""
        return len(self._languages) > 1

    @property
    def spelled_px(self) -> int:
        """How much wider the switch is because its languages are written in full."""
        if self._own_name is None:
            return 0
        return max(0, self.sizeHint().width() - len(self._segments) * TOUCH_TARGET_PX)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the focus, from left to right."""
        return (self._button,) if self._button is not None else tuple(self._segments.values())

    def set_compact(self, compact: bool) -> None:
        """Make the segments narrow, on a narrow window."""
        for segment in self._segments.values():
            if segment.compact != compact:
                segment.compact = compact
                segment.updateGeometry()

    def spell_out(self, own_name: Callable[[str], str]) -> None:
        """Write every language in full and as it calls itself, for who does not know their tags."""
        self._own_name = own_name
        self._spell()

    def set_names(self, title: str, name_of: Callable[[str], str]) -> None:
        """Name the switch and its languages for tool tips and screen readers."""
        self.setAccessibleName(title)
        for language, segment in self._segments.items():
            segment.setAccessibleName(name_of(language))
            segment.setToolTip(name_of(language))
        if self._button is not None:
            self._button.setAccessibleName(f"{title}: {name_of(self._current)}")
            for action in self._button.menu().actions():
                action.setText(name_of(str(action.data())))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the switch is small
        """Draw the groove in which the segments lie."""
        if self._button is not None:
            return
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tokens.window if not tokens.dark else tokens.raised))
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX, CORNER_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Swallow clicks in the groove."""
        event.accept()

    def _rebuild(self) -> None:
        for widget in (*self._segments.values(), self._button):
            if widget is not None:
                self._layout.removeWidget(widget)
                widget.deleteLater()
        self._segments = {}
        self._button = None
        if len(self._languages) > _MOST_SEGMENTS:
            self._build_menu()
            return
        for language in self._languages:
            segment = _Segment(language, self._theme)
            # Not `clicked`: a screen reader toggles.
            segment.toggled.connect(lambda on, chosen=language: self._choose(chosen) if on else None)
            self._segments[language] = segment
            self._layout.addWidget(segment)
        self._spell()

    def _spell(self) -> None:
        if self._own_name is None:
            return
        for language, segment in self._segments.items():
            name = self._own_name(language)
            segment.spell_out(name[:1].upper() + name[1:])

    def _build_menu(self) -> None:
        self._button = QPushButton(self)
        menu = QMenu(self._button)
        for language in self._languages:
            action = menu.addAction(language)
            action.setData(language)
            action.triggered.connect(lambda _checked=False, chosen=language: self._choose(chosen))
        self._button.setMenu(menu)
        self._layout.addWidget(self._button)

    def _choose(self, language: str) -> None:
        if language != self._current:
            self.language_chosen.emit(language)

    def _restyle(self) -> None:
        for segment in self._segments.values():
            segment.updateGeometry()
            segment.update()
        self.update()
