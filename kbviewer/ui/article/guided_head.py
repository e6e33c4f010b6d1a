"""The head of a guided view: which step of how many, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from kbviewer.model.cases import StepOutcome
from kbviewer.ui.article.buttons import IconButton
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.guided_model import GuidedWalk
from kbviewer.ui.article.guided_speech import count_words, position_words
from kbviewer.ui.article.step_words import StepWords
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import FOCUS_RING_PX, MIN_TARGET_PX, TOUCH_TARGET_PX

_BAR_PX: Final = 16
_GAP_PX: Final = 4
_GLYPH_FROM_PX: Final = 15
# How high a step's part of the bar is, so that narrow ones differ by more than their colour.
_SHARES: Final = {StepOutcome.DONE: 0.7, StepOutcome.FAILED: 1.0, StepOutcome.SKIPPED: 0.4, None: 0.7}
_GLYPHS: Final = {StepOutcome.DONE: "check", StepOutcome.FAILED: "cross", StepOutcome.SKIPPED: "skip"}


class OutcomeBar(QProgressBar):
    """One part per step, with its result. A click goes to the step; the keyboard has other ways.

    Signals:
        step_chosen(index): the reader pointed at that step.
    """

    step_chosen = Signal(int)

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._outcomes: Sequence[StepOutcome | None] = ()
        self._current = 0
        self.setTextVisible(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_outcomes(self, outcomes: Sequence[StepOutcome | None], current: int) -> None:
        """Show the results; `current` is the step that is on, behind the last at the end."""
        self._outcomes, self._current = outcomes, current
        self.setMaximum(max(1, len(outcomes)))
        self.setValue(len(outcomes) - list(outcomes).count(None))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a height that fingers and pointers meet."""
        return QSize(160, TOUCH_TARGET_PX if self._theme.touch else MIN_TARGET_PX + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, any width."""
        return QSize(40, self.sizeHint().height())

    def index_at(self, point: QPoint) -> int:
        """Return which step is at a point."""
        count = max(1, len(self._outcomes))
        return max(0, min(count - 1, int(point.x() * count / max(1, self.width()))))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the step at the pointer."""
        if event.button() is Qt.MouseButton.LeftButton and self._outcomes:
            self.step_chosen.emit(self.index_at(event.position().toPoint()))

    def event(self, event: QEvent) -> bool:
        """Name the step under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._outcomes:
            index = self.index_at(event.pos())
            words = self._texts.gettext("Step {number}: {outcome}").format(
                number=index + 1, outcome=StepWords(self._texts).outcome(self._outcomes[index])
            )
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the bar is small
        """Draw the parts; a ring is around the step that is on."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = max(1, len(self._outcomes))
        share = self.width() / count
        gap = _GAP_PX if share > 4 * _GAP_PX else share / 4
        middle = self.height() / 2
        looks = {
            StepOutcome.DONE: (tokens.done, tokens.done, tokens.on_done),
            StepOutcome.FAILED: (tokens.danger, tokens.danger, tokens.page),
            StepOutcome.SKIPPED: (tokens.window, tokens.muted, tokens.muted),
            None: (tokens.page, tokens.control_border, tokens.muted),
        }
        for index, outcome in enumerate(self._outcomes):
            fill, edge, ink = looks[outcome]
            wide = share - gap >= _GLYPH_FROM_PX
            height = _BAR_PX * (1.0 if wide else _SHARES[outcome])
            part = QRectF(index * share + gap / 2, middle - height / 2, share - gap, height)
            part.adjust(0.75, 0.75, -0.75, -0.75)
            painter.setPen(QPen(QColor(edge), 1.5))
            painter.setBrush(QColor(fill))
            corner = min(4.0, part.width() / 2)
            painter.drawRoundedRect(part, corner, corner)
            if wide and outcome is not None:
                side = _BAR_PX - 4.0
                target = QRectF(part.center().x() - side / 2, middle - side / 2, side, side)
                paint_icon(painter, target, _GLYPHS[outcome], ink)
            if index == self._current:
                painter.setPen(QPen(QColor(tokens.accent), FOCUS_RING_PX))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = QRectF(part.left(), middle - _BAR_PX / 2, part.width(), _BAR_PX)
                painter.drawRoundedRect(ring.adjusted(-2, -3, 2, 3), corner + 3, corner + 3)


class GuidedHead(QWidget):
    """Says where the reader is in the procedure.

    Signals:
        step_chosen(index): the reader pointed at a step in the bar.
        close_pressed(): back to the article.
    """

    step_chosen = Signal(int)
    close_pressed = Signal()

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.bar = OutcomeBar(theme, texts, self)
        self.bar.step_chosen.connect(self.step_chosen)
        self.legend = QLabel(self)
        self.legend.setTextFormat(Qt.TextFormat.PlainText)
        self.legend.setWordWrap(True)
        self.close_button = IconButton(theme, "close", self)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.close_button.clicked.connect(self.close_pressed)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.title, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        self._column.addWidget(self.bar)
        self._column.addWidget(self.legend)
        self.restyle()

    def set_sides(self, left: int, right: int) -> None:
        """Stand over the column of text."""
        self._column.setContentsMargins(left, 12, right, 8)

    def show_walk(self, walk: GuidedWalk, *, roomy: bool) -> None:
        """Show where `walk` is; without room the bar alone, and no title."""
        self.title.setText(position_words(walk, self._texts, short=not roomy))
        self.bar.show_outcomes(walk.outcomes(), walk.index)
        words = count_words(walk, self._texts)
        self.legend.setText(words)
        self.legend.setVisible(roomy)
        gettext = self._texts.gettext
        self.bar.setAccessibleName(gettext("Progress"))
        self.bar.setAccessibleDescription(words)
        self.close_button.setAccessibleName(gettext("Back to the article"))
        self.close_button.setToolTip(gettext("Back to the article") + " (Esc)")

    def restyle(self) -> None:
        """Take sizes and colours from the theme."""
        font = self._theme.body_font()
        font.setPointSizeF(font.pointSizeF() * 1.1)
        font.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(font)
        small = self._theme.body_font()
        small.setPointSizeF(small.pointSizeF() * 0.85)
        self.legend.setFont(small)
        self.legend.setStyleSheet(f"color: {self._theme.tokens.muted}")
        side = TOUCH_TARGET_PX if self._theme.touch else 32
        self.close_button.setFixedSize(side, side)
        self.bar.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the head and draw its edge."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.tokens.window))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(self._theme.tokens.border))
